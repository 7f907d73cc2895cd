"""When a check-in came in is what GitHub or the history says, and is written once, on main."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dying_client import DyingClient, Killed
from peerloom import git, github
from peerloom.github import received_days
from program_on_github import HOME, WITH_GRACE, ProgramOnGitHub
from stand_in import StandIn

FOLDER = "content/check-ins/spring/ada-grace"
ANSWER = f"{FOLDER}/2026-02-09-grace.yml"
TEXT = (
    "# by hand\ncohort: spring\npair: ada-grace\ndue: 2026-02-09\nparticipant: grace\n"
    "answered_on: 2026-02-09\nmet: true\n"
)
WHO = {"login": "grace", "id": 3, "type": "User"}
TODAY = date(2026, 3, 10)
ZONE = "Europe/Lisbon"


class Life(ProgramOnGitHub):
    """A program on GitHub, and Grace, who opens pull requests."""

    def __init__(self, root: Path, hub: StandIn) -> None:
        super().__init__(root, hub, WITH_GRACE, TODAY)
        self.repository.settings.workflows |= {"site": "active"}

    def send(self, day: int, text: str = TEXT, branch: str = "topic") -> int:
        """A pull request of a day in February, at eight in the evening, which is reviewed."""
        self.hub.now = datetime(2026, 2, day, 20, tzinfo=UTC)
        self.commits.commit(branch, {ANSWER: text}, "main")
        value = {"title": "Update", "body": "", "head": branch, "base": "main"}
        number = self.hub.propose_as(WHO, HOME, value)
        self.read(number, branch)
        return number

    def read(self, number: int, branch: str = "topic") -> None:
        head = self.commits.git("rev-parse", branch)
        assert self.review(number, head, "grace", 3).exit_code == 0

    def received(self) -> tuple[str, str] | None:
        record = self.read_record(ANSWER)
        return (record["received_on"], record["received_by"]) if "received_on" in record else None


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> Life:
    return Life(tmp_path, hub)


def test_the_day_on_which_github_had_it_is_written_after_the_merge(life: Life) -> None:
    number = life.send(17)
    life.hub.now = life.hub.now.replace(day=27)
    life.hub.merge(HOME, number)
    said = life.run("receive")
    assert said.output == "1 check-in has the day on which it came in; it is on main\n"
    assert life.received() == ("2026-02-17", "github")
    text = life.commits.git("show", f"main:{ANSWER}")
    assert text == f"{TEXT}received_on: 2026-02-17\nreceived_by: github"
    assert life.repository.settings.started == [("site", "main")]
    head = life.commits.git("rev-parse", "main")
    assert life.run("receive").output == "every check-in says when it came in\n"
    assert life.commits.git("rev-parse", "main") == head


def test_a_second_reading_and_a_branch_brought_up_to_date_change_no_day(life: Life) -> None:
    number = life.send(9)
    life.hub.now = life.hub.now.replace(day=26)
    life.read(number)
    life.commits.commit("main", {"README.md": "x"}, "main")
    life.commits.commit("topic", {"README.md": "x"}, "topic", "refs/heads/main")
    life.read(number)
    life.hub.merge(HOME, number)
    life.run("receive")
    assert life.received() == ("2026-02-09", "github")


def test_what_was_pushed_later_came_later(life: Life) -> None:
    number = life.send(9, TEXT.replace("met: true", "met: false"))
    life.hub.now = life.hub.now.replace(day=26)
    life.commits.commit("topic", {ANSWER: TEXT}, "topic")
    life.read(number)
    life.hub.merge(HOME, number)
    life.run("receive")
    assert life.received() == ("2026-02-26", "github")


def test_a_status_of_somebody_else_says_nothing(life: Life) -> None:
    life.hub.now = datetime(2026, 2, 9, tzinfo=UTC)
    head = life.commits.commit("topic", {ANSWER: TEXT}, "main")
    forged = {"state": "success", "context": "peerloom", "description": "x; received 2026-02-09"}
    life.hub.status_as(WHO, life.repository, head, forged)
    number = life.send(26)
    life.hub.merge(HOME, number)
    life.run("receive")
    assert life.received() == ("2026-02-26", "github")


def test_where_main_is_protected_the_days_wait_in_one_pull_request(life: Life) -> None:
    life.hub.merge(HOME, life.send(9))
    life.repository.is_protected = True
    said = life.run("receive").output
    assert said.endswith("it waits as pull request #2, for somebody who may merge it\n")
    assert life.received() is None
    sha, status = life.repository.statuses[-1]
    assert sha == life.commits.git("rev-parse", "received") and status["state"] == "success"
    life.run("receive")
    assert len(life.repository.pulls) == 2
    assert life.commits.git("rev-parse", "received") == sha
    life.hub.merge(HOME, 2)
    assert life.received() == ("2026-02-09", "github")


def test_nobody_turns_that_pull_request_red_by_an_older_one_at_its_commit(life: Life) -> None:
    life.hub.merge(HOME, life.send(9))
    life.commits.commit("other", {"content/pages/x.md": "# X\n"}, "main")
    old = life.hub.pull_as(("mallory", 666), HOME, life.commits.git("rev-parse", "other"))
    life.repository.is_protected = True
    life.run("receive")
    head = life.commits.git("rev-parse", "received")
    life.repository.pulls[old]["head_sha"] = head
    who = ("--author", "mallory", "--author-id", "666")
    life.run("review", "--base", "main", "--head", head, *who, "--post", str(old))
    states = [status["state"] for sha, status in life.repository.statuses if sha == head]
    assert states == ["success"]


def test_what_somebody_put_on_the_branch_for_it_is_not_taken(life: Life) -> None:
    life.hub.merge(HOME, life.send(9))
    life.commits.commit("received", {"tools/x.py": "bad"}, "main")
    life.run("receive")
    assert life.received() == ("2026-02-09", "github")
    assert "tools/x.py" not in life.commits.git("ls-tree", "-r", "--name-only", "main")


def test_what_is_merged_meanwhile_is_left_to_the_next_run(life: Life) -> None:
    life.hub.merge(HOME, life.send(9))
    publisher = life.make_publisher()
    life.commits.commit("main", {"README.md": "x"}, "main")
    told = github.date_check_ins(publisher, git.read_check_in_arrivals(life.commits.folder))
    assert told.where.startswith("is left to the next run")
    assert life.received() is None and len(life.repository.pulls) == 1
    life.run("receive")
    assert life.received() == ("2026-02-09", "github")


@pytest.mark.parametrize("after", [False, True])
def test_a_run_killed_at_any_request_is_gone_on_with_by_the_next(life: Life, after: bool) -> None:
    life.hub.merge(HOME, life.send(9))
    before = life.commits.git("rev-parse", "main")
    for protected in (True, False):
        life.repository.is_protected = protected
        for dies_at in range(30):
            life.commits.git("update-ref", "refs/heads/main", before)
            try:
                publisher = life.make_publisher(DyingClient(life.hub, dies_at, after=after))
                github.date_check_ins(publisher, git.read_check_in_arrivals(life.commits.folder))
            except Killed:
                assert life.received() in (None, ("2026-02-09", "github"))
                continue
            break
        life.run("receive")
        pulls = [n for n in life.repository.pulls if life.repository.issues[n]["state"] == "open"]
        assert len(pulls) == 1
        assert (life.received() is None) == protected


def test_what_was_pushed_without_a_pull_request_has_the_day_of_the_history(life: Life) -> None:
    life.commits.committer = "Noor <n@example.org> 1771000000 +0000"
    life.commits.commit("main", {ANSWER: TEXT}, "main")
    life.run("receive")
    assert life.received() == ("2026-02-13", "git")


@pytest.mark.parametrize(
    "end", ["}\n", "}\n...\n# the end\n", "}  # Ada says so\n", "\n}\n", ",\n}\n"]
)
def test_a_record_between_braces_is_dated_and_else_as_it_was(life: Life, end: str) -> None:
    flow = (
        "{cohort: spring, pair: ada-grace, due: 2026-02-09, participant: grace, "
        "answered_on: 2026-02-09"
    )
    life.commits.committer = "Noor <n@example.org> 1771000000 +0000"
    life.commits.commit("main", {ANSWER: flow + end}, "main")
    life.run("receive")
    added = ", received_on: 2026-02-13, received_by: git"
    assert life.commits.git("show", f"main:{ANSWER}") == f"{flow}{added}{end}".strip()


def test_a_file_that_cannot_be_added_to_is_left_as_it_is(life: Life) -> None:
    ended = f"{TEXT}...\n"
    life.commits.committer = "Noor <n@example.org> 1771000000 +0000"
    life.commits.commit("main", {ANSWER: ended}, "main")
    assert life.run("receive").output == "it is not known when 1 check-in came in\n"
    assert life.commits.git("show", f"main:{ANSWER}") == ended.strip()


def test_a_limit_ends_a_run_with_what_is_known(life: Life) -> None:
    life.hub.merge(HOME, life.send(9))
    life.hub.faults = lambda number, method, path: "limit" if "/commits/" in path else None
    said = life.run("receive")
    assert said.exit_code == 1
    assert "the rest is left to the next run" in said.stderr
    assert life.received() is None


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-02-09T20:00:00Z", "Pacific/Auckland", date(2026, 2, 10)),
        ("2026-02-09T02:00:00Z", "America/Los_Angeles", date(2026, 2, 8)),
        ("2026-02-09T02:00:00Z", "Nowhere/Land", date(2026, 2, 9)),
        ("soon", ZONE, None),
    ],
)
def test_a_day_is_that_of_the_program_s_time_zone(moment: str, zone: str, day: date | None) -> None:
    assert received_days.day_of_moment(moment, zone) == day


def test_an_issue_edited_later_came_in_later(life: Life) -> None:
    from sent_forms import CHECK_IN

    life.hub.now = datetime(2026, 2, 9, 20, tzinfo=UTC)
    issue = life.hub.open_as("grace", 3, HOME, "Check-in", CHECK_IN)
    life.run("propose")
    assert life.repository.statuses[-1][1]["description"].endswith("received 2026-02-09")
    life.hub.now = life.hub.now.replace(day=12)
    life.run("propose")
    assert life.repository.statuses[-1][1]["description"].endswith("received 2026-02-09")
    life.hub.now = life.hub.now.replace(day=20)
    edited = {"body": CHECK_IN.replace("2026-02-23", "2026-02-24"), "updated_at": life.hub.time()}
    life.repository.issues[issue] |= edited
    life.run("propose")
    assert life.repository.statuses[-1][1]["description"].endswith("received 2026-02-20")
