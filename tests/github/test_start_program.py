"""A repository that was made by "Use this template" becomes a program of one's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from commits import Commits, Content
from peerloom.cli.command import peerloom
from peerloom.program import examine_snapshot
from peerloom.program.tree import Snapshot
from peerloom.toolbox import workflow_files
from runner import carried_out
from stand_in import Origin, StandIn

HOME = "reading-circle/mentoring"
TODAY = "2026-12-01"
EXAMPLE = folder.MINIMAL["content/program.yml"].replace(HOME, "open-bench/mentoring")
# What the template's repository holds, as far as it matters here.
TEMPLATE: dict[str, Content] = {
    **folder.MINIMAL,
    **workflow_files(),
    "content/program.yml": EXAMPLE,
    ".github/workflows/tests.yml": "name: tests\n",
    "tools/peerloom/__init__.py": "",
    "tests/intake/cases/a.csv": "Name\n",
    "pyproject.toml": "",
    "README.md": "# Peerloom\n",
}
ANSWERS = {
    "name": "Lab Mentors",
    "cohort": "2027-spring",
    "starts": "2027-01-11",
    "weeks": "20",
    "time-zone": "Europe/Lisbon",
    "visibility": "public",
}


class Copy:
    """A copy of the template on the stand-in, and the step that starts a program in it."""

    def __init__(self, root: Path, hub: StandIn) -> None:
        self.hub, self.repository, self.summary = hub, hub.repositories[HOME], root / "summary.md"
        self.commits = Commits(root / "origin.git")
        self.commits.commit("main", TEMPLATE)
        self.repository.origin = Origin(self.commits.folder)
        self._clone = root / "clone"

    def start(self, repository: str = HOME, login: str = "noor", **changes: str) -> Result:
        """The step of the workflow, in a clone of main."""
        answers = ANSWERS | {key.replace("_", "-"): text for key, text in changes.items()}
        given = [f"--{flag}={text}" for flag, text in answers.items()]
        number = len(list(self._clone.parent.glob("clone*")))
        clone = self._clone.with_name(f"clone{number}")
        self.commits.git("clone", "--quiet", ".", str(clone))
        environment = {
            **self.hub.environment,
            "GITHUB_REPOSITORY": repository,
            "GITHUB_ACTOR": login,
            "GITHUB_ACTOR_ID": "5",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        command = ["-C", str(clone), "start", *given, "--today", TODAY]
        return CliRunner().invoke(peerloom, command, env=environment)

    def summarized(self) -> str:
        return self.summary.read_text(encoding="utf-8")

    def started(self) -> dict[str, str]:
        """Mode and object of each file on the branch."""
        listed = self.commits.git("ls-tree", "-r", "start").splitlines()
        return {path: about for about, _, path in (line.partition("\t") for line in listed)}

    def read(self, path: str) -> str:
        return self.commits.git("show", f"start:{path}")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    with StandIn(HOME) as hub:
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield Copy(tmp_path, hub)


def test_a_copy_becomes_an_empty_program_by_a_pull_request(copy: Copy) -> None:
    run = copy.start()
    assert (run.exit_code, run.stdout) == (
        0,
        f"pull request #1 starts the program: read and merge it at https://github.com/{HOME}/pull/1\n",
    )
    files = copy.started()
    assert not [path for path in files if path.startswith(("tools/", "tests/", "pyproject"))]
    assert {".peerloom/version", ".devcontainer/devcontainer.json", ".vscode/tasks.json"} <= set(
        files
    )
    settings = copy.read("content/program.yml")
    for line in ("name: Lab Mentors", f"repository: {HOME}", "visibility: public", "noor: 5"):
        assert line in settings
    content = {p: copy.read(p).encode() for p in files if p.startswith("content/")}
    loaded = examine_snapshot(Snapshot(content), date(2026, 12, 1))
    assert loaded.diagnostics == ()
    assert loaded.program.participants == {}
    pull = copy.repository.issues[1]
    assert pull["title"] == "Start Lab Mentors"
    assert "choose **Merge pull request**" in pull["body"] and "before-start" not in pull["body"]
    assert "[Pull request #1]" in copy.summarized()


def test_nothing_changes_under_the_workflows_folder(copy: Copy) -> None:
    """The token of a workflow may not push such a change, and GitHub refuses all of it."""
    assert copy.start().exit_code == 0
    trees = [copy.commits.git("rev-parse", f"{ref}:.github/workflows") for ref in ("main", "start")]
    assert trees[0] == trees[1]


def test_the_wheel_is_the_one_that_the_lock_names(copy: Copy) -> None:
    assert copy.start().exit_code == 0
    (wheel,) = [path for path in copy.started() if path.endswith(".whl")]
    assert f"./{wheel} " in copy.read(".peerloom/requirements.txt")


def test_where_actions_may_open_no_pull_request_one_click_is_left(copy: Copy) -> None:
    copy.hub.faults = lambda number, method, path: (
        "no pulls" if (method, path) == ("POST", f"/repos/{HOME}/pulls") else None
    )
    run = copy.start()
    link = f"https://github.com/{HOME}/compare/main...start?expand=1"
    assert run.exit_code == 0
    assert run.stdout == (
        "::notice title=One click is left::the program is ready; one click is left, 'Create pull "
        f"request', at {link}\n"
    )
    assert f"**[Create pull request]({link})**" in copy.summarized()
    assert "content/program.yml" in copy.started()


def test_a_run_that_died_is_continued_by_the_next(copy: Copy) -> None:
    copy.hub.faults = lambda number, method, path: (
        "502" if (method, path) == ("POST", f"/repos/{HOME}/pulls") else None
    )
    assert copy.start().exit_code == 1
    made = copy.commits.git("rev-parse", "start")
    copy.hub.faults = lambda number, method, path: None
    assert copy.start().exit_code == 0
    assert copy.commits.git("rev-parse", "start") == made
    assert copy.start().exit_code == 0
    assert list(copy.repository.pulls) == [1]


def test_a_second_start_with_other_answers_refuses(copy: Copy) -> None:
    assert copy.start().exit_code == 0
    made = copy.commits.git("rev-parse", "start")
    run = copy.start(name="Others")
    assert run.exit_code == 1
    assert run.stderr == (
        "peerloom: nothing was changed: there is a branch 'start' already: merge its pull request, "
        "or delete the branch, and run this again\n"
    )
    assert copy.commits.git("rev-parse", "start") == made


def test_a_program_that_was_started_refuses_to_start_again(copy: Copy) -> None:
    assert copy.start().exit_code == 0
    copy.commits.git("update-ref", "refs/heads/main", "start")
    run = copy.start()
    assert run.exit_code == 1
    assert "this repository holds a program already" in run.stderr
    assert "this repository holds a program already" in copy.summarized()


def test_the_project_s_own_repository_refuses(copy: Copy) -> None:
    run = copy.start(repository="open-bench/mentoring")
    assert run.exit_code == 1
    assert "open-bench/mentoring is where Peerloom itself is made" in run.stderr


def test_a_copy_whose_settings_were_filled_in_by_hand_is_no_home_of_peerloom(copy: Copy) -> None:
    copy.commits.commit(
        "main", {"content/program.yml": EXAMPLE.replace("open-bench/mentoring", HOME)}, "main"
    )
    run = copy.start()
    assert run.exit_code == 1
    assert f"says that this program lives in {HOME} already" in run.stderr
    assert "write 'repository: open-bench/mentoring' there" in run.stderr
    assert "Peerloom itself" not in run.stderr
    theirs = EXAMPLE + "contact: https://example.org\n"
    copy.commits.commit("main", {"content/program.yml": theirs}, "main")
    assert copy.start().exit_code == 0
    assert "before-start/content/program.yml" in copy.started()


def test_a_fork_or_an_import_refuses(copy: Copy) -> None:
    first = {path: text for path, text in TEMPLATE.items() if not path.startswith(".github/")}
    copy.commits.commit("main", first)
    copy.commits.commit("main", TEMPLATE, "main")
    run = copy.start()
    assert run.exit_code == 1
    assert "this repository has the template's whole history" in run.stderr


def test_another_default_branch_is_named(copy: Copy) -> None:
    copy.repository.settings.default_branch = "trunk"
    run = copy.start()
    assert run.exit_code == 1
    assert "the default branch must be 'main', and is 'trunk'" in run.stderr


def test_what_somebody_wrote_is_named_and_kept(copy: Copy) -> None:
    theirs: dict[str, Content] = {
        "README.md": "# Our lab\n",
        "content/program.yml": EXAMPLE + "nonsense\n",
        "content/participants/noor.yml": "id: noor\n",
        "sign-ups.xlsx": b"\x00\xff",
        "run @all `x`.sh": ("100755", "x"),
        ".github/workflows/own.yml": "name: own\n",
        ".github/workflows/tests.yml": "name: changed\n",
        ".github/workflows/match.yml": None,
        "pyproject.toml": None,
    }
    copy.commits.commit("main", theirs, "main")
    assert copy.start().exit_code == 0
    files, body = copy.started(), copy.repository.issues[1]["body"]
    for path in list(theirs)[:5]:
        assert (
            files[f"before-start/{path}"]
            == copy.commits.git("ls-tree", "main", "--", path).partition("\t")[0]
        )
        assert path in body or path.startswith("run ")
    assert "`run @\u200ball 'x'.sh`" in body
    assert copy.read(".github/workflows/own.yml") == "name: own"
    assert ".github/workflows/match.yml" not in files
    trees = [copy.commits.git("rev-parse", f"{ref}:.github/workflows") for ref in ("main", "start")]
    assert trees[0] == trees[1]
    _, _, sheets = body.partition("These are sheets")
    assert "- `sign-ups.xlsx`" in sheets and "README.md" not in sheets
    stay, _, gone = body.partition("These workflows were deleted.")
    assert "own.yml" in stay and "tests.yml" in stay and "match.yml" in gone
    assert "name: Lab Mentors" in copy.read("content/program.yml")


HOSTILE = [
    "$(touch pwned)",
    "x\n::error::pwned",
    "::set-output name=a::b",
    "##[add-path]x",
    "%0A::warning::x",
    "<script>alert(1)</script> @all",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_all_that_is_wrong_with_the_answers_is_said_at_once_and_harmlessly(
    copy: Copy, text: str
) -> None:
    run = copy.start(name="\x00", cohort=text, starts=text, weeks=text, time_zone=text)
    assert run.exit_code == 1
    said = [line for line in run.stdout.splitlines() if line.startswith("::error ")]
    assert len(said) == len(run.stdout.splitlines())
    assert set(carried_out(run.stdout)) == {"error"}
    labels = [line.partition("corrected::")[2].partition(":")[0] for line in said]
    assert {"Name", "Cohort", "First day", "Weeks", "Time zone"} == set(labels)
    summary = copy.summarized()
    assert "<script>" not in summary and "@all" not in summary
    assert summary.count("\n- ") == len(said)
    assert copy.commits.git("for-each-ref", "refs/heads/start") == ""
    assert copy.hub.requests == []


def test_each_answer_that_is_wrong_is_named_as_the_form_names_it(copy: Copy) -> None:
    run = copy.start(cohort="Spring 2027", starts="11.1.2027", weeks="many", time_zone="Mars/One")
    assert run.exit_code == 1
    assert run.stderr == "peerloom: nothing was changed; 4 answers must be corrected\n"
    title = "::error title=This answer must be corrected::"
    lines = run.stdout.splitlines()
    assert [line.removeprefix(title).split(":")[0] for line in lines] == [
        "Cohort",
        "First day",
        "Weeks",
        "Time zone",
    ]
    assert lines[1:3] == [
        f"{title}First day: '11.1.2027' must be a date such as 2027-01-11",
        f"{title}Weeks: 'many' must be a number from 3 to 260",
    ]


@pytest.mark.parametrize(
    ("flag", "answer", "said"),
    [
        ("cohort", "", "Cohort: 'id' must not be empty"),
        ("cohort", "index", "Cohort: 'index' must not be an id"),
        ("weeks", "2", "Weeks: '2' must be a number from 3 to 260"),
        ("time_zone", "europe/lisbon", "did you mean 'Europe/Lisbon'?"),
    ],
)
def test_an_answer_with_which_check_would_fail_is_said_once_and_starts_nothing(
    copy: Copy, flag: str, answer: str, said: str
) -> None:
    run = copy.start(**{flag: answer})
    assert run.exit_code == 1
    assert said in run.stdout
    assert run.stderr == "peerloom: nothing was changed; 1 answer must be corrected\n"


def test_the_shortest_cohort_is_checked_without_a_problem(copy: Copy) -> None:
    assert copy.start(weeks="3").exit_code == 0
    content = {p: copy.read(p).encode() for p in copy.started() if p.startswith("content/")}
    assert examine_snapshot(Snapshot(content), date(2026, 12, 1)).diagnostics == ()


@pytest.mark.parametrize(
    "command",
    [
        ("remind", "--apply"),
        ("propose",),
        ("receive",),
        ("match", "--pull-request", "x"),
        ("review", "--base=HEAD", "--head=HEAD", "--author=ada", "--author-id=1", "--post=1"),
    ],
)
def test_nothing_is_done_in_a_copy_that_was_not_started(
    copy: Copy, tmp_path: Path, command: tuple[str, ...]
) -> None:
    copy.commits.git("clone", "--quiet", ".", str(tmp_path / "copy"))
    given = ["-C", str(tmp_path / "copy"), *command, "--today", "2026-03-01"]
    run = CliRunner().invoke(peerloom, given)
    assert (run.exit_code, run.stdout) == (
        0,
        "this copy of the template holds no program yet: start one by the workflow 'start'\n",
    )
    assert copy.repository.issues == {} and copy.hub.count("POST") == 0


def test_a_login_that_settings_cannot_have_is_left_out(copy: Copy) -> None:
    assert copy.start(login="noor_corp").exit_code == 0
    assert "coordinators:\n" in copy.read("content/program.yml")
    assert "noor" not in copy.read("content/program.yml")
    assert "Write your GitHub login under `coordinators`" in copy.read("README.md")
