"""Each workflow's steps, executed as they stand in a fresh clone, with GitHub's own payloads.

Payloads are the examples that GitHub publishes, and hostile variants of them. Only what a payload
must have in common with the repository is set: numbers, commits, whether it is private.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import folder
from commits import Commits
from peerloom import source
from peerloom.github_names import TWICE_A_DAY_LABEL
from simulated_actions.expressions import evaluate_expression, fill_in_expressions, is_truthy
from stand_in import Origin, StandIn

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
HOME = "reading-circle/mentoring"
TODAY = datetime.now(UTC).date()
# What belongs to the program that the repository is; here it is another one.
OWN = ("content/", ".github/ISSUE_TEMPLATE/")
DUE = TODAY - timedelta(days=1)
ANSWER = f"content/check-ins/spring/ada-grace/{DUE}-grace.yml"
RECORD = (
    f"cohort: spring\npair: ada-grace\ndue: {DUE}\nparticipant: grace\nanswered_on: {DUE}\n"
    "met: true\n"
)
BODY = f"""\
### Which check-in

spring/ada-grace/{DUE}

### Did you meet?

We met

### When you met

_No response_

### Where your goals stand

_No response_

### Next steps

NEXT

### Next meeting

_No response_
"""
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "x\n::set-output name=a::b\n::error::c",
    "%0A::warning::x",
    "--help",
    "${{ secrets.GITHUB_TOKEN }}",
]


def example(name: str, action: str | None = None) -> dict[str, Any]:
    """An example of an event as GitHub publishes it."""
    assert EXAMPLES.is_file(), f"'{EXAMPLES}' must be there: run npm ci in the project's folder"
    events = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    found = next(event["examples"] for event in events if event["name"] == name)
    event: dict[str, Any] = next(e for e in found if action is None or e.get("action") == action)
    return event


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to install into that has what the tests have, and asks no package index."""
    home = tmp_path_factory.mktemp("machine")
    venv.create(home, with_pip=True)
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    packages = home / "lib" / name / "site-packages"
    # Of each folder, as a path to another that such a file leads to is not followed again.
    there = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "as-the-tests.pth").write_text("\n".join(there) + "\n")
    return home / "bin"


class Machine:
    """What GitHub gives a job: a clone of main, an event, an environment."""

    def __init__(self, root: Path, hub: StandIn, python: Path) -> None:
        self.root, self.hub, self.python = root, hub, python
        # What is installed is the same in all tests, as it is in all runs on a main.
        self.temp = python.parent / "temp"
        self.jobs: dict[str, Any] = {}
        self.event_name = ""
        self.commits = Commits(root / "origin.git")
        listed = subprocess.run(
            # With what is not committed yet: workflows are read as they stand, too.
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        files: dict[str, Any] = {
            path: (
                ("100755" if os.access(ROOT / path, os.X_OK) else "100644"),
                (ROOT / path).read_bytes(),
            )
            for path in listed.split("\0")
            if path and not path.startswith(OWN) and (ROOT / path).is_file()
        }
        self.commits.commit("main", files | _program())
        self.repository = hub.repositories[HOME]
        self.repository.origin = Origin(self.commits.folder)

    def run(
        self, workflow: str, event: dict[str, Any], name: str = "", *, code: int = 0
    ) -> dict[str, str]:
        """What the jobs of a workflow printed, by job, that an event of this name lets run.

        `code` is that with which the last step of each ends.
        """
        file = ROOT / f".github/workflows/{workflow}.yml"
        value = source.parse(file.read_bytes()).value
        said = {}
        self.jobs = {}
        self.event_name = name
        for id_, job in value["jobs"].items():
            is_wanted = "if" not in job or _holds(job["if"], self._contexts(event))
            if is_wanted and ("needs" not in job or job["needs"] in self.jobs):
                last = code if job is list(value["jobs"].values())[-1] else 0
                said[id_] = self._job(id_, job, event, last)
        return said

    def _contexts(self, event: dict[str, Any]) -> dict[str, Any]:
        github = {"event": event, "event_name": self.event_name, "token": "t0ken"}
        settings = event.get("settings", {})
        known = {"github": github, "needs": self.jobs, "runner": {"temp": str(self.temp)}}
        return known | {"secrets": settings, "vars": settings}

    def _job(self, name: str, job: dict[str, Any], event: dict[str, Any], code: int) -> str:
        clone = self.root / "a clone"
        shutil.rmtree(clone, ignore_errors=True)
        clone.mkdir()
        steps: dict[str, Any] = {}
        known = self._contexts(event) | {"steps": steps}
        said = ""
        for step in job["steps"]:
            if "if" in step and not _holds(step["if"], known):
                continue
            if "run" not in step:
                steps[step.get("id", "")] = {"outputs": self._used(step, known, clone)}
                continue
            given = {k: fill_in_expressions(str(v), known) for k, v in step.get("env", {}).items()}
            output = self.root / "output"
            output.write_text("", encoding="utf-8")
            given["GITHUB_OUTPUT"] = str(output)
            script = self.root / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=clone,
                env=self._environment() | given,
                capture_output=True,
                text=True,
                check=False,
            )
            wanted = code if step is job["steps"][-1] else 0
            assert done.returncode == wanted, f"{step['name']}:\n{done.stdout}\n{done.stderr}"
            said += done.stdout + done.stderr
            lines = output.read_text(encoding="utf-8").splitlines()
            steps[step.get("id", "")] = {"outputs": dict(line.split("=", 1) for line in lines)}
        outputs = job.get("outputs", {}).items()
        self.jobs[name] = {
            "outputs": {key: fill_in_expressions(value, known) for key, value in outputs}
        }
        self.clone = clone
        assert not list(self.root.rglob("pwned"))
        assert not re.search(r"^::(?:set-output|error|warning)", said, re.MULTILINE)
        return said

    def _used(self, step: dict[str, Any], known: dict[str, Any], clone: Path) -> dict[str, str]:
        """What an action of GitHub's does; its outputs."""
        action, given = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/checkout":
            assert "ref" not in given or "default_branch" in given["ref"]
            command = ["git", "clone", "--quiet", "--no-local", str(self.commits.folder), "."]
            subprocess.run(command, cwd=clone, check=True)
        elif action in ("actions/upload-artifact", "actions/download-artifact"):
            kept = self.root / "kept" / given["name"]
            ends = (clone / given["path"], kept)
            shutil.copytree(*(ends if "upload" in action else ends[::-1]), dirs_exist_ok=True)
        return {}

    def _environment(self) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
        return kept | {
            "PATH": f"{self.python}:{os.environ['PATH']}",
            # What is installed comes from the clone, and what it needs is there.
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GITHUB_API_URL": self.hub.url,
            "GITHUB_REPOSITORY": HOME,
            "GITHUB_SERVER_URL": str(self.root / "elsewhere"),
            "GITHUB_ACTOR": "noor",
            "GITHUB_ACTOR_ID": "1",
            "RUNNER_TEMP": str(self.temp),
            "CI": "true",
        }


def _holds(condition: str, contexts: dict[str, Any]) -> bool:
    return is_truthy(evaluate_expression(condition, contexts))


def _program() -> dict[str, str]:
    """The smallest program, with a check-in that was due yesterday."""
    files = dict(folder.MINIMAL)
    starts = TODAY - timedelta(days=30)
    files["content/cohorts/spring.yml"] = (
        f"id: spring\nname: Spring\nstarts: {starts}\nends: {TODAY + timedelta(days=90)}\n"
        f"check_ins:\n  dates: [{DUE}]\n  grace_days: 5\n  answers: both\n"
    )
    pair = "content/pairs/spring/ada-grace.yml"
    files[pair] = files[pair].replace("2026-01-14", starts.isoformat())
    files["content/participants/grace.yml"] += "github: grace\ngithub_id: 3\n"
    return files


@pytest.fixture
def machine(tmp_path: Path, python: Path) -> Iterator[Machine]:
    with StandIn(HOME) as hub:
        hub.now = datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC)
        yield Machine(tmp_path, hub, python)


def _seen_as(event: dict[str, Any], visibility: str) -> dict[str, Any]:
    event.setdefault("repository", {})["visibility"] = visibility
    return event


def proposed(machine: Machine, action: str, files: dict[str, Any]) -> dict[str, Any]:
    """A pull request of Grace's from a fork, as the published example but for what must agree."""
    head = machine.commits.commit("heads-of-forks", files, "main")
    number = machine.hub.pull_as(("grace", 3), HOME, head)
    machine.commits.git("update-ref", f"refs/pull/{number}/head", head)
    machine.commits.git("update-ref", "-d", "refs/heads/heads-of-forks")
    event = example("pull_request", action)
    event["pull_request"] |= {"number": number, "user": {"login": "grace", "id": 3}}
    event["pull_request"]["head"]["sha"] = head
    return event


@pytest.mark.parametrize("action", ["opened", "reopened", "synchronize", "ready_for_review"])
def test_review_reads_a_pull_request_from_a_fork(machine: Machine, action: str) -> None:
    machine.run("review", proposed(machine, action, {ANSWER: RECORD}))
    status = machine.repository.statuses[-1][1]
    assert status["state"] == "success"
    assert {label["name"] for label in machine.repository.issues[1]["labels"]} == {"check-in"}


@pytest.mark.parametrize("text", HOSTILE)
def test_review_takes_hostile_names_for_text(machine: Machine, text: str) -> None:
    files = {f"content/check-ins/spring/{text}.yml": RECORD, ANSWER: f"{RECORD}# {text}\n"}
    event = proposed(machine, "opened", files)
    event["pull_request"] |= {"title": text, "body": text}
    event["pull_request"]["head"]["ref"] = text
    event["pull_request"]["head"]["repo"]["full_name"] = "grace/mentoring"
    machine.run("review", event)
    status = machine.repository.statuses[-1][1]
    assert status["state"] == "failure"


def test_review_survives_a_fork_that_was_deleted(machine: Machine) -> None:
    event = proposed(machine, "opened", {ANSWER: RECORD})
    event["pull_request"]["head"]["repo"] = None
    machine.run("review", event)
    assert machine.repository.statuses[-1][1]["state"] == "success"


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_after_a_push_check_ins_writes_when_an_answer_came_in(
    machine: Machine, visibility: str
) -> None:
    now = int(datetime.now(UTC).timestamp())
    machine.commits.committer = f"GitHub <noreply@github.com> {now} +0000"
    machine.commits.commit("main", {ANSWER: RECORD}, "main")
    machine.repository.settings.workflows |= {"site": "active"}
    machine.run("check-ins", _seen_as(example("push"), visibility), "push")
    told = source.parse(machine.commits.git("show", f"main:{ANSWER}").encode()).value
    assert told["received_by"] == "git"
    # A private repository's site is built by schedule, as each minute is billed.
    started = [("site", "main")] if visibility == "public" else []
    assert machine.repository.settings.started == started


def test_a_push_that_breaks_a_private_program_is_told(machine: Machine) -> None:
    path = "content/pairs/spring/ada-grace.yml"
    text = machine.commits.git("show", f"main:{path}").replace("mentor: ada", "mentor: nobody")
    machine.commits.commit("main", {path: text + "\n"}, "main")
    machine.event_name = "push"
    file = ROOT / ".github/workflows/check-ins.yml"
    job = source.parse(file.read_bytes()).value["jobs"]["catch-up"]
    machine._job("catch-up", job, _seen_as({}, "public"), 0)
    with pytest.raises(AssertionError, match=f"::error file={path}"):
        machine._job("catch-up", job, _seen_as({}, "private"), 1)


def test_review_starts_nothing_for_a_title_or_a_merge(machine: Machine) -> None:
    event = proposed(machine, "opened", {ANSWER: RECORD})
    titled = {**event, "action": "edited", "changes": {"title": {"from": "x"}}}
    assert machine.run("review", titled) == {}
    event["pull_request"]["merged"] = True
    assert machine.run("review", {**event, "action": "closed"}) == {}


def test_of_two_at_a_commit_the_second_is_judged_when_the_first_closes(machine: Machine) -> None:
    event = proposed(machine, "opened", {ANSWER: RECORD})
    head = event["pull_request"]["head"]["sha"]
    machine.run("review", event)
    second = machine.hub.pull_as(("mallory", 666), HOME, head)
    machine.commits.git("update-ref", f"refs/pull/{second}/head", head)
    theirs = {**event, "pull_request": {**event["pull_request"], "number": second}}
    theirs["pull_request"]["user"] = {"login": "mallory", "id": 666}
    machine.run("review", theirs)
    states = [status["state"] for _, status in machine.repository.statuses]
    assert states == ["pending", "success"]  # it is pending while it is read
    machine.repository.issues[1]["state"] = "closed"
    event["pull_request"]["merged"] = False
    machine.run("review", {**event, "action": "closed"})
    assert machine.repository.statuses[-1][1]["state"] == "failure"
    assert machine.repository.statuses[-1][1]["target_url"].endswith(f"/pull/{second}")


@pytest.mark.parametrize("visibility", ["public", "private"])
@pytest.mark.parametrize("merge", ["when clean", "by hand"])
def test_only_where_the_program_says_so_is_there_a_token_that_merges(
    machine: Machine, merge: str, visibility: str
) -> None:
    text = folder.MINIMAL["content/program.yml"] + f"merge: {merge}\n"
    machine.commits.commit("main", {"content/program.yml": text}, "main")
    machine.repository.settings.workflows |= {"site": "active"}
    event = _seen_as(proposed(machine, "opened", {ANSWER: RECORD}), visibility)
    said = machine.run("review", event)
    is_merged = merge == "when clean"
    assert ("merge" in said) == is_merged == bool(machine.repository.merged)
    wanted = ("check-ins", "site") if visibility == "public" else ()
    started = [(name, "main") for name in wanted] if is_merged else []
    assert machine.repository.settings.started == started


def test_what_moved_on_since_it_was_judged_is_not_merged(machine: Machine) -> None:
    event = proposed(machine, "opened", {ANSWER: RECORD})
    file = ROOT / ".github/workflows/review.yml"
    job = source.parse(file.read_bytes()).value["jobs"]["merge"]
    head = event["pull_request"]["head"]["sha"]
    pull = machine.repository.pulls[1]
    for changed in ({"head_sha": "1" * 40}, {"head_sha": head, "base": "side"}):
        pull |= changed
        machine.jobs = {"review": {"outputs": {"merge": f"1:{head}"}}}
        machine._job("merge", job, event, 0)
    assert machine.repository.merged == []


@pytest.mark.parametrize("name", ["review", "forms", "check-ins"])
def test_one_that_cannot_be_merged_keeps_no_other_waiting(machine: Machine, name: str) -> None:
    event = _seen_as(proposed(machine, "opened", {ANSWER: RECORD}), "public")
    head = event["pull_request"]["head"]["sha"]
    # GitHub merges no draft, and knows of no number 99.
    draft = machine.hub.pull_as(("grace", 3), HOME, head, is_draft=True)
    file = ROOT / f".github/workflows/{name}.yml"
    job = source.parse(file.read_bytes()).value["jobs"]["merge"]
    before = {"review": "review", "forms": "propose", "check-ins": "catch-up"}[name]
    machine.repository.settings.workflows |= {"site": "active"}
    wanted = f"99:{head} {draft}:{head} 1:{head}"
    machine.jobs = {before: {"outputs": {"merge": wanted}}}
    machine._job("merge", job, event, 1)
    assert (1, head) in machine.repository.merged
    assert ("site", "main") in machine.repository.settings.started


def sent(machine: Machine, action: str, body: str) -> dict[str, Any]:
    number = machine.hub.open_as("grace", 3, HOME, "Check-in", body)
    event = example("issues", action)
    event["issue"] |= {"number": number, "title": "Check-in", "body": body}
    return event


@pytest.mark.parametrize("action", ["opened", "edited", "reopened"])
def test_forms_makes_a_pull_request(machine: Machine, action: str) -> None:
    said = machine.run("forms", sent(machine, action, BODY))
    assert said == {"propose": "#1 is pull request #2\n"}
    assert machine.repository.statuses[0][1]["state"] == "success"


@pytest.mark.parametrize("text", HOSTILE)
def test_forms_takes_hostile_answers_for_text(machine: Machine, text: str) -> None:
    event = sent(machine, "opened", BODY.replace("NEXT", text))
    event["issue"]["title"] = text
    machine.run("forms", event)
    written = machine.commits.git("show", f"issue-1:{ANSWER}").encode()
    assert source.parse(written).value["next_steps"] == text


def test_forms_leaves_other_issues_alone(machine: Machine) -> None:
    event = example("issues", "opened")
    body = "### A heading of my own\n\nSpelling"
    event["issue"] |= {"number": machine.hub.open_as("x", 9, HOME, "Spelling", body), "body": body}
    assert machine.run("forms", event) == {"propose": "#1 was not made by a form\n"}


def test_no_job_runs_for_an_issue_that_is_no_form_s_or_is_left_to_the_schedule(
    machine: Machine,
) -> None:
    event = sent(machine, "opened", BODY)
    labels = [{"name": "check-in"}, {"name": TWICE_A_DAY_LABEL}]
    for changed in (
        {"body": "How do I change my mentor?"},
        {"body": None},
        {"user": {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}},
        {"labels": labels},
    ):
        assert machine.run("forms", {**event, "issue": event["issue"] | changed}) == {}


@pytest.mark.parametrize(
    ("closed_by", "reason", "is_read"),
    [(3, "completed", True), (1, "not_planned", True), (1, "completed", False)],
)
def test_a_form_that_is_closed_by_merging_it_runs_no_job(
    machine: Machine, closed_by: int, reason: str, is_read: bool
) -> None:
    event = {**sent(machine, "opened", BODY), "action": "closed", "sender": {"id": closed_by}}
    machine.run("forms", {**event, "action": "opened"})
    machine.repository.issues[event["issue"]["number"]]["state"] = "closed"
    event["issue"] |= {"state_reason": reason, "user": {"id": 3, "type": "User"}}
    assert machine.run("forms", event) == ({"propose": "#1 is closed\n"} if is_read else {})
    machine.run("check-ins", {"schedule": "17 5 * * *"}, "schedule")
    assert machine.repository.origin.refs("heads/issue-") == {}


@pytest.mark.parametrize("name", ["push", "workflow_dispatch", "schedule"])
def test_check_ins_opens_what_is_due(machine: Machine, name: str) -> None:
    event = example(name) if name != "schedule" else {"schedule": "17 5 * * *"}
    said = machine.run("check-ins", event, name)["catch-up"]
    assert "1 of 1 done" in said
    assert len(machine.repository.issues) == 1


@pytest.mark.parametrize("name", ["workflow_dispatch", "schedule"])
def test_check_ins_looks_at_all_forms_that_wait(machine: Machine, name: str) -> None:
    sent(machine, "opened", BODY)
    said = machine.run("check-ins", {}, name)["catch-up"]
    assert "#1 is pull request #2\n" in said


def test_by_hand_forms_looks_at_all_that_wait(machine: Machine) -> None:
    sent(machine, "opened", BODY)
    said = machine.run("forms", example("workflow_dispatch"), "workflow_dispatch")
    assert said == {"propose": "#1 is pull request #2\n"}


def asked(cohort: str, stable: str = "false") -> dict[str, Any]:
    event = example("workflow_dispatch")
    event["inputs"] = {"cohort": cohort, "stable": stable}
    return event


@pytest.mark.parametrize("stable", ["true", "false"])
def test_match_makes_a_pull_request(machine: Machine, stable: str) -> None:
    machine.commits.commit("main", {"content/pairs/spring/ada-grace.yml": None}, "main")
    said = machine.run("match", asked("spring", stable))
    assert said == {"match": "pull request #1 proposes 1 pair: may merge\n"}
    assert machine.repository.statuses[0][1]["state"] == "success"


@pytest.mark.parametrize("text", [*HOSTILE, "--write", "learn", ""])
def test_match_takes_a_hostile_cohort_for_text(machine: Machine, text: str) -> None:
    said = machine.run("match", asked(text), code=2)["match"]
    assert "there is no cohort" in said and "Usage: peerloom match" in said
    assert machine.repository.issues == {}
    assert machine.repository.origin.refs("heads/match") == {}


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_report_writes_for_those_who_can_read_it(machine: Machine, visibility: str) -> None:
    machine.run("report", _seen_as(example("workflow_dispatch"), visibility))
    names = {path.name for path in (machine.clone / "reports").iterdir()}
    assert names == {f"spring.{form}" for form in ("html", "md", "csv", "json")}
    assert all(path.stat().st_size for path in (machine.clone / "reports").iterdir())


def test_site_is_public_where_the_repository_is(machine: Machine) -> None:
    said = machine.run("site", _seen_as(example("push"), "public"), "push")
    assert said.keys() == {"public", "publish"}


def test_a_private_repository_s_sites_are_for_its_people(machine: Machine) -> None:
    said = machine.run("site", _seen_as({}, "private"), "schedule")
    assert "public" not in said and "private" in said


def test_no_push_builds_a_private_repository_s_sites(machine: Machine) -> None:
    event = _seen_as(example("push"), "private")
    event["settings"] = {"SITE_REPOSITORY": "reading-circle/site", "SITE_TOKEN": "s3cret"}
    assert machine.run("site", event, "push") == {}


def test_the_public_site_of_a_private_program_goes_to_a_second_repository(
    machine: Machine,
) -> None:
    second = Commits(machine.root / "elsewhere/reading-circle/site.git")
    event = _seen_as({}, "private")
    event["settings"] = {"SITE_REPOSITORY": "reading-circle/site", "SITE_TOKEN": "s3cret"}
    said = machine.run("site", event, "schedule")
    assert said.keys() == {"private", "outside", "elsewhere"} and "s3cret" not in said["elsewhere"]
    machine.run("site", event, "schedule")
    listed = second.git("ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert {"index.html", ".nojekyll"} <= set(listed)
    assert not [path for path in listed if path.endswith((".yml", ".md"))]
    assert second.git("rev-list", "--count", "gh-pages") == "1"
    event["settings"] = {}
    assert machine.run("site", event, "schedule").keys() == {"private"}


def test_the_tests_are_what_the_workflow_runs(machine: Machine) -> None:
    """This very run; its step is the script that calls the README's command."""
    value = source.parse((ROOT / ".github/workflows/tests.yml").read_bytes()).value
    (step,) = [s for s in value["jobs"]["tests"]["steps"] if "run" in s]
    assert step["run"] == ".ci/run" and os.access(ROOT / ".ci/run", os.X_OK)
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
