"""Each workflow's steps, executed as they stand in a fresh clone, with GitHub's own payloads.

Payloads are the examples that GitHub publishes, and hostile variants of them. Only what a payload
must have in common with the repository is set: numbers, commits, whether it is private.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import folder
from commits import Commits
from machine import (
    HOME,
    ROOT,
    Environment,
    Machine,
    empty_environment,
    environment_of_the_tests,
    example,
    files_of_a_folder,
    files_of_the_checkout,
)
from peerloom import __version__, source
from peerloom.github_names import TWICE_A_DAY_LABEL
from stand_in import StandIn

# On one worker, so that each lock is installed once.
_ON_ONE_WORKER = pytest.mark.xdist_group("new program")
# The others are on one worker, too, so that each script that installs is executed once.
pytestmark = pytest.mark.xdist_group("checkout")
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
# Whatever a text stands in, between no quotes or either kind, it would run the first of these.
HOSTILE = [
    """$(touch pwned) `touch pwned` "; touch pwned; " '; touch pwned; '""",
    "x\n::set-output name=a::b\n::error::c",
    "%0A::warning::x ${{ secrets.GITHUB_TOKEN }}",
    "--help",
]


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


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return environment_of_the_tests(tmp_path_factory.mktemp("environment") / "tests")


@pytest.fixture(scope="session")
def checkout() -> dict[str, Any]:
    files = files_of_the_checkout() | _program()
    mode, settings = files["mkdocs.yml"]
    # The site has the program's name, which is another one here.
    return files | {"mkdocs.yml": (mode, settings.replace(b"Open Bench", b"Reading Circle"))}


def _machine(
    root: Path, files: dict[str, Any], choose_environment: Callable[[str], Environment]
) -> Iterator[Machine]:
    with StandIn(HOME) as hub:
        hub.now = datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC)
        yield Machine(root, hub, files, choose_environment)


@pytest.fixture
def machine(
    tmp_path: Path, checkout: dict[str, Any], environment: Environment
) -> Iterator[Machine]:
    """A machine for this repository: what it installs, the tests have."""
    yield from _machine(tmp_path, checkout, lambda _: environment)


@pytest.fixture(scope="session")
def new_program(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The files of a program that `init` made, with the records of the smallest program."""
    folder = tmp_path_factory.mktemp("new") / "program"
    flags = {
        "name": "Reading Circle",
        "repository": HOME,
        "coordinator": "noor",
        "cohort": "spring",
    }
    flags |= {"starts": str(TODAY - timedelta(days=30)), "weeks": "20"}
    given = [f"--{key}={value}" for key, value in flags.items()]
    subprocess.run([sys.executable, "-m", "peerloom", "init", str(folder), *given], check=True)
    return files_of_a_folder(folder) | _program()


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Environment]:
    """An empty environment for each lock, out of reach of this checkout."""
    folder = tmp_path_factory.mktemp("environments")
    probe = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    run = subprocess.run([*probe, "--dest", str(folder), "mergedeep"], check=False)
    if run.returncode != 0:
        pytest.skip(
            "left out: a new program's workflows, because no package index answers to pip here"
        )
    made: dict[str, Environment] = {}

    def choose(script: str) -> Environment:
        if script not in made:
            made[script] = empty_environment(folder / str(len(made)))
        return made[script]

    return choose


@pytest.fixture(params=["checkout", pytest.param("program", marks=_ON_ONE_WORKER)])
def any_machine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Machine]:
    """A machine for this repository, and one for a new program, which installs from its index."""
    if request.param == "checkout":
        yield request.getfixturevalue("machine")
        return
    files, choose = map(request.getfixturevalue, ("new_program", "environments"))
    yield from _machine(tmp_path, files, choose)


def _each_and_one_in_a_program(name: str, *values: str) -> pytest.MarkDecorator:
    """Every value of a parameter here, and the last in a new program with the same workflows."""
    rows = [("checkout", value) for value in values]
    rows.append(pytest.param("program", values[-1], marks=_ON_ONE_WORKER))
    return pytest.mark.parametrize(("any_machine", name), rows, indirect=["any_machine"])


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


def test_review_survives_a_fork_that_was_deleted(any_machine: Machine) -> None:
    event = proposed(any_machine, "opened", {ANSWER: RECORD})
    event["pull_request"]["head"]["repo"] = None
    any_machine.run("review", event)
    assert any_machine.repository.statuses[-1][1]["state"] == "success"


@_each_and_one_in_a_program("visibility", "public", "private")
def test_after_a_push_check_ins_writes_when_an_answer_came_in(
    any_machine: Machine, visibility: str
) -> None:
    now = int(datetime.now(UTC).timestamp())
    any_machine.run("check-ins", {}, "schedule")  # what is made from the program is renewed
    any_machine.commits.committer = f"GitHub <noreply@github.com> {now} +0000"
    any_machine.commits.commit("main", {ANSWER: RECORD}, "main")
    any_machine.repository.settings.workflows |= {"site": "active"}
    any_machine.run("check-ins", _seen_as(example("push"), visibility), "push")
    told = source.parse(any_machine.commits.git("show", f"main:{ANSWER}").encode()).value
    assert told["received_by"] == "git"
    # A private repository's site is built by schedule, as each minute is billed.
    started = [("site", "main")] if visibility == "public" else []
    assert any_machine.repository.settings.started == started


def test_check_ins_writes_again_what_is_made_from_the_program(machine: Machine) -> None:
    said = machine.run("check-ins", example("push"), "push")["catch-up"]
    assert "renewed .github/ISSUE_TEMPLATE/sign-up.yml" in said
    assert "it is on main" in said
    assert "up to date" in machine.run("check-ins", example("push"), "push")["catch-up"]


def test_a_push_that_breaks_a_private_program_is_told(machine: Machine) -> None:
    path = "content/pairs/spring/ada-grace.yml"
    text = machine.commits.git("show", f"main:{path}").replace("mentor: ada", "mentor: nobody")
    machine.commits.commit("main", {path: text + "\n"}, "main")
    machine.event_name = "push"
    file = ROOT / ".github/workflows/check-ins.yml"
    job = source.parse(file.read_bytes()).value["jobs"]["catch-up"]
    machine.run_job("catch-up", job, _seen_as({}, "public"), 0)
    machine.annotations = 1
    said = machine.run_job("catch-up", job, _seen_as({}, "private"), 1)
    assert f"::error file={path}" in said


@pytest.mark.parametrize(
    ("steps", "refused", "fault", "reason", "done"),
    [
        ({"Propose"}, "/pulls", "no", "#1: the token may not", "1 of 1 done"),
        ({"Propose", "Renew"}, "/git/trees", "no", "the token may not", "1 of 1 done"),
        ({"Remind"}, "/issues", "limit", "GitHub", "#1 is pull request #2"),
    ],
)
def test_what_fails_in_check_ins_is_told_and_done_by_the_next_run(
    machine: Machine, steps: set[str], refused: str, fault: Any, reason: str, done: str
) -> None:
    sent(machine, "opened", BODY)
    machine.failing = frozenset(steps)
    machine.hub.faults = lambda number, how, path: (
        fault if (how, path[-len(refused) :]) == ("POST", refused) else None
    )
    said = machine.run("check-ins", {"schedule": "17 5 * * *"}, "schedule")["catch-up"]
    assert machine.has_failed and reason in said and done in said
    machine.failing = frozenset()
    machine.hub.faults = lambda number, how, path: None
    machine.run("check-ins", {"schedule": "17 5 * * *"}, "schedule")
    assert not machine.has_failed
    assert len(machine.repository.pulls) == 1
    assert len(machine.repository.issues) == 3  # the form's, its pull request and the reminder


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


def test_what_merged_itself_in_a_private_repository_is_followed_up_by_the_schedule(
    machine: Machine,
) -> None:
    """The merge starts nothing there; the next scheduled run dates it and closes the reminder."""
    cohort = "content/cohorts/spring.yml"
    files = {
        "content/program.yml": folder.MINIMAL["content/program.yml"] + "merge: when clean\n",
        cohort: machine.commits.git("show", f"main:{cohort}").replace("both", "either") + "\n",
    }
    machine.commits.commit("main", files, "main")
    machine.run("check-ins", {"schedule": "17 5 * * *"}, "schedule")
    (reminder,) = machine.repository.issues
    said = machine.run("forms", _seen_as(sent(machine, "opened", BODY), "private"))
    assert list(said) == ["propose", "merge"] and machine.repository.settings.started == []
    form, issues = reminder + 1, machine.repository.issues
    assert len(machine.repository.merged) == 1
    replies = [comment["body"] for comment in machine.repository.comments.values()]
    promise = "It merges by itself in a moment. This issue closes when it is merged."
    assert sum(promise in reply for reply in replies) == 1
    assert (issues[form]["state"], issues[reminder]["state"]) == ("closed", "open")
    machine.run("check-ins", {"schedule": "43 16 * * *"}, "schedule")
    assert issues[reminder]["state"] == "closed"
    assert "received_on" in machine.commits.git("show", f"main:{ANSWER}")
    assert machine.repository.origin.refs("heads/issue-") == {}


def test_what_moved_on_since_it_was_judged_is_not_merged(machine: Machine) -> None:
    event = proposed(machine, "opened", {ANSWER: RECORD})
    file = ROOT / ".github/workflows/review.yml"
    job = source.parse(file.read_bytes()).value["jobs"]["merge"]
    head = event["pull_request"]["head"]["sha"]
    pull = machine.repository.pulls[1]
    for changed in ({"head_sha": "1" * 40}, {"head_sha": head, "base": "side"}):
        pull |= changed
        machine.jobs = {"review": {"outputs": {"merge": f"1:{head}"}}}
        machine.run_job("merge", job, event, 0)
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
    machine.run_job("merge", job, event, 1)
    assert (1, head) in machine.repository.merged
    assert ("site", "main") in machine.repository.settings.started


def sent(machine: Machine, action: str, body: str) -> dict[str, Any]:
    number = machine.hub.open_as("grace", 3, HOME, "Check-in", body)
    event = example("issues", action)
    event["issue"] |= {"number": number, "title": "Check-in", "body": body}
    return event


@_each_and_one_in_a_program("action", "opened", "edited", "reopened")
def test_forms_makes_a_pull_request(any_machine: Machine, action: str) -> None:
    said = any_machine.run("forms", sent(any_machine, action, BODY))
    assert said == {"propose": "#1 is pull request #2\n"}
    assert any_machine.repository.statuses[0][1]["state"] == "success"


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
    event = _seen_as(sent(machine, "opened", BODY), "private")
    labels = [{"name": "check-in"}, {"name": TWICE_A_DAY_LABEL}]
    for changed in (
        {"body": "How do I change my mentor?"},
        {"body": None},
        {"user": {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}},
        {"labels": labels},
    ):
        assert machine.run("forms", {**event, "issue": event["issue"] | changed}) == {}
    # An issue from when the repository was private, which costs nothing to read now.
    public = _seen_as({**event, "issue": event["issue"] | {"labels": labels}}, "public")
    assert list(machine.run("forms", public)) == ["propose"]


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


@_each_and_one_in_a_program("name", "push", "workflow_dispatch", "schedule")
def test_check_ins_opens_what_is_due(any_machine: Machine, name: str) -> None:
    event = example(name) if name != "schedule" else {"schedule": "17 5 * * *"}
    said = any_machine.run("check-ins", event, name)["catch-up"]
    assert "1 of 1 done" in said
    assert len(any_machine.repository.issues) == 1


def test_check_ins_looks_at_all_forms_that_wait(machine: Machine) -> None:
    sent(machine, "opened", BODY)
    said = machine.run("check-ins", {"schedule": "17 5 * * *"}, "schedule")["catch-up"]
    assert "#1 is pull request #2\n" in said


def test_by_hand_forms_looks_at_all_that_wait(machine: Machine) -> None:
    sent(machine, "opened", BODY)
    said = machine.run("forms", example("workflow_dispatch"), "workflow_dispatch")
    assert said == {"propose": "#1 is pull request #2\n"}


def asked(cohort: str, stable: str = "false", begin_on: str = "") -> dict[str, Any]:
    event = example("workflow_dispatch")
    event["inputs"] = {"cohort": cohort, "stable": stable, "begin_on": begin_on}
    return event


@pytest.mark.parametrize(
    ("stable", "begin_on"), [("true", ""), ("false", str(TODAY))], ids=["stable", "begun"]
)
def test_match_makes_a_pull_request(any_machine: Machine, stable: str, begin_on: str) -> None:
    any_machine.commits.commit("main", {"content/pairs/spring/ada-grace.yml": None}, "main")
    said = any_machine.run("match", asked("spring", stable, begin_on))
    assert said == {"match": "pull request #1 proposes 1 pair: may merge\n"}
    assert any_machine.repository.statuses[0][1]["state"] == "success"


@pytest.mark.parametrize("text", [*HOSTILE, "--write", "learn", ""])
def test_match_takes_a_hostile_cohort_for_text(machine: Machine, text: str) -> None:
    said = machine.run("match", asked(text), code=2)["match"]
    assert "there is no cohort" in said and "Usage: peerloom match" in said
    assert machine.repository.issues == {}
    assert machine.repository.origin.refs("heads/match") == {}


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    return dict(files_of_the_checkout(with_program=True))


@pytest.fixture
def template_copy(
    tmp_path: Path, template: dict[str, Any], environment: Environment
) -> Iterator[Machine]:
    """A machine for a repository that was made from this one, with all that is in it."""
    yield from _machine(tmp_path, template, lambda _: environment)


def answered(**answers: str) -> dict[str, Any]:
    event = _seen_as(example("workflow_dispatch"), "private")
    spring = {"name": "Lab Mentors", "cohort": "2027-spring", "starts": "2027-01-11"}
    event["inputs"] = spring | {"weeks": "20", "time_zone": "Europe/Lisbon"} | answers
    return event


def test_start_makes_a_copy_of_the_template_a_program_once(template_copy: Machine) -> None:
    said = template_copy.run("start", answered())["start"]
    assert said.startswith("pull request #1 starts the program: read and merge it at ")
    git = template_copy.commits.git
    trees = [git("rev-parse", f"{ref}:.github/workflows") for ref in ("main", "start")]
    assert trees[0] == trees[1]
    listed = git("ls-tree", "-r", "--name-only", "start").splitlines()
    assert not [path for path in listed if path.startswith(("tools/", "tests/", "before-start/"))]
    settings = source.parse(git("show", "start:content/program.yml").encode()).value
    assert (settings["name"], settings["repository"]) == ("Lab Mentors", HOME)
    assert (settings["visibility"], settings["coordinators"]) == ("private", ["noor"])
    template_copy.hub.repositories[HOME].origin.git("update-ref", "refs/heads/main", "start")
    template_copy.annotations = 1
    refused = template_copy.run("start", answered(), code=1)["start"]
    assert "this repository holds a program already" in refused


@pytest.mark.parametrize("text", HOSTILE)
def test_start_takes_hostile_answers_for_text(template_copy: Machine, text: str) -> None:
    template_copy.annotations = 4
    hostile = dict.fromkeys(("cohort", "starts", "weeks", "time_zone"), text)
    said = template_copy.run("start", answered(**hostile), code=1)["start"]
    assert "4 answers must be corrected" in said
    assert template_copy.repository.origin.refs("heads/start") == {}


@pytest.mark.parametrize("name", [HOSTILE[0], "--help", "${{ secrets.GITHUB_TOKEN }}"])
def test_start_calls_a_program_by_whatever_name_was_typed(
    template_copy: Machine, name: str
) -> None:
    template_copy.run("start", answered(name=name))
    text = template_copy.commits.git("show", "start:content/program.yml")
    assert source.parse(text.encode()).value["name"] == name


@pytest.mark.parametrize("text", HOSTILE)
def test_match_takes_a_hostile_day_for_text(machine: Machine, text: str) -> None:
    said = machine.run("match", asked("spring", begin_on=text), code=2)["match"]
    assert "must be a date such as" in said
    assert machine.repository.origin.refs("heads/match") == {}


@_each_and_one_in_a_program("visibility", "public", "private")
def test_report_writes_for_those_who_can_read_it(any_machine: Machine, visibility: str) -> None:
    said = any_machine.run("report", _seen_as(example("workflow_dispatch"), visibility))["report"]
    names = {path.name for path in (any_machine.clone / "reports").iterdir()}
    if visibility == "public":  # no check-in date of this cohort is closed yet
        assert names == set()
        assert "nothing is published yet" in said
    else:
        assert names == {f"spring.{form}" for form in ("html", "md", "csv", "json")}
        assert all(path.stat().st_size for path in (any_machine.clone / "reports").iterdir())


@_ON_ONE_WORKER
def test_a_new_program_runs_what_it_carries_and_nothing_of_this_checkout(
    environments: Callable[[str], Environment], new_program: dict[str, Any], tmp_path: Path
) -> None:
    with StandIn(HOME) as hub:
        machine = Machine(tmp_path, hub, new_program, environments)
        machine.run("report", example("workflow_dispatch"))
        environment = machine.environment
    where = "import peerloom, sys; print(peerloom.__file__, *sys.path)"
    command = [environment.bin / "python", "-c", where]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env={})
    own, *paths = run.stdout.split()
    assert Path(own).is_relative_to(environment.bin.parent)
    assert not [path for path in paths if Path(path).is_relative_to(ROOT)]
    listed = [environment.bin / "python", "-m", "pip", "list", "--format", "freeze"]
    run = subprocess.run(listed, capture_output=True, text=True, check=True)
    names = {line.partition("==")[0].lower() for line in run.stdout.splitlines()}
    assert {"peerloom", "mkdocs-material"} <= names
    assert not {"ortools", "openpyxl", "pygithub", "rapidfuzz", "zensical"} & names


def test_site_is_public_where_the_repository_is(any_machine: Machine) -> None:
    said = any_machine.run("site", _seen_as(example("push"), "public"), "push")
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


def test_a_release_is_built_twice_to_the_same_bytes(machine: Machine) -> None:
    commit = machine.commits.git("rev-parse", "main")
    value = source.parse(machine.files[".github/workflows/release.yml"][1]).value
    event = {"repository": {"is_template": True}}
    machine.variables["GITHUB_REF_NAME"] = f"v{__version__}"
    said = machine.run_job("build", value["jobs"]["build"], event, 0)
    names = {f"peerloom-{__version__}.tar.gz", f"peerloom-{__version__}-py3-none-any.whl"}
    built = {file.name: file.read_bytes() for file in (machine.root / "kept/dist").iterdir()}
    assert built.keys() == names
    for name in names:
        assert f"{hashlib.sha256(built[name]).hexdigest()}  dist/{name}\n" in said
    assert machine.commits.git("rev-parse", "main") == commit


def test_a_release_whose_tag_is_no_version_is_not_built(machine: Machine) -> None:
    value = source.parse(machine.files[".github/workflows/release.yml"][1]).value
    job = value["jobs"]["build"]
    job["steps"] = job["steps"][:-1]  # up to what fails
    machine.variables["GITHUB_REF_NAME"] = "v99.0"
    said = machine.run_job("build", job, {"repository": {"is_template": True}}, 1)
    assert "the tag must be v and the version" in said


@pytest.mark.parametrize("name", ["release", "tests"])
def test_what_tests_and_releases_the_project_never_starts_in_a_program(
    machine: Machine, name: str
) -> None:
    event = example("push") | {"repository": {"is_template": False, "visibility": "public"}}
    assert machine.run(name, event) == {}
