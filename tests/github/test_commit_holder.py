"""Several pull requests at one commit, to other branches, or from nowhere: who is told what."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from commits import Commits
from peerloom.cli.command import peerloom
from peerloom.review import COMMENT_MARK
from stand_in import StandIn

HOME = "reading-circle/mentoring"
GRACE, MALLORY = ("grace", 3), ("mallory", 666)
ANSWER = "content/check-ins/spring/ada-grace/2026-02-09-grace.yml"
CLEAN = (
    "cohort: spring\npair: ada-grace\ndue: 2026-02-09\nparticipant: grace\n"
    "answered_on: 2026-02-09\nmet: true\n"
)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn(HOME) as hub:
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield hub


class Life:
    """A program whose clean check-ins merge themselves, and a commit of Grace's."""

    def __init__(self, root: Path, hub: StandIn) -> None:
        self.hub, self.hosted = hub, hub.repositories[HOME]
        hub.now = datetime(2026, 2, 9, 20, tzinfo=UTC)  # when the check-in is due
        self.commits = Commits(root / "origin.git")
        base = dict(folder.MINIMAL)
        base["content/participants/grace.yml"] += "github: grace\ngithub_id: 3\n"
        base["content/program.yml"] += "merge: when clean\n"
        self.main = self.commits.commit("main", base)
        self.head = self.commits.commit("topic", {ANSWER: CLEAN}, self.main)

    def open(self, who: tuple[str, int], **more: object) -> int:
        return self.hub.pull_as(who, HOME, self.head, **more)  # type: ignore[arg-type]

    def review(self, number: int, head: str | None = None) -> Result:
        who = self.hosted.issues[number]["user"]
        command = ["-C", str(self.commits.folder), "review", "--base", "main", "--head"]
        command += [head or self.head, "--author", who["login"], "--author-id", str(who["id"])]
        line = [*command, "--post", str(number), "--today", "2026-03-01"]
        return CliRunner().invoke(peerloom, line)

    def comments(self, number: int) -> list[str]:
        at = self.hosted.issues[number]["url"]
        return [c["body"] for c in self.hosted.comments.values() if c["issue_url"] == at]

    @property
    def states(self) -> list[str]:
        statuses = [status for _, status in self.hosted.statuses]
        return [each["state"] for each in statuses if each["description"] != "being read"]


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> Life:
    return Life(tmp_path, hub)


def test_who_comes_second_to_a_commit_is_told_so_and_changes_nothing(life: Life) -> None:
    first, second = life.open(MALLORY), life.open(GRACE)
    life.review(first)
    found = life.review(second)
    assert found.exit_code == 0
    assert found.output == f"#{second} is not reviewed at this commit now\n"
    assert life.states == ["failure"] and life.hosted.merged == []
    (said,) = life.comments(second)
    assert said.startswith(f"{COMMENT_MARK}\n")
    assert f"This waits: #{first} has the very same commit, and had it first." in said
    assert "`git commit --allow-empty -m Mine`" in said
    assert life.hosted.issues[second]["labels"] == []


def test_one_more_commit_is_enough_to_be_read(life: Life) -> None:
    first, second = life.open(MALLORY), life.open(GRACE)
    life.review(first)
    life.review(second)
    mine = life.commits.commit("mine", {}, life.head)
    life.hosted.pulls[second]["head_sha"] = mine
    life.review(second, mine)
    assert life.states == ["failure", "success"]
    (said,) = life.comments(second)
    assert "Your check-in has arrived" in said
    assert life.hosted.merged == [(second, mine)]


def test_an_older_number_does_not_speak_for_another_s_commit(life: Life) -> None:
    """Somebody pushes it to a pull request that they opened before."""
    other = life.commits.commit("other", {"content/pages/x.md": "# X\n"}, life.main)
    old = life.hub.pull_as(MALLORY, HOME, other)
    life.review(old, other)
    honest = life.open(GRACE, is_draft=True)
    life.review(honest)
    life.hosted.pulls[old]["head_sha"] = life.head
    life.review(old)
    assert life.states[1:] == ["success"]
    assert f"This waits: #{honest} has" in life.comments(old)[0]


def test_what_goes_to_another_branch_is_not_judged_and_told_where_to_go(life: Life) -> None:
    number = life.open(GRACE, base="side")
    assert life.review(number).exit_code == 0
    assert life.hosted.statuses == [] and life.hosted.merged == []
    (said,) = life.comments(number)
    assert "**This goes to `side`; only what goes to `main` is reviewed.**" in said
    assert "press 'Edit' beside the title, and choose `main` as the base" in said
    life.hosted.pulls[number]["base"] = "main"
    life.review(number)
    assert life.states == ["success"] and len(life.comments(number)) == 1


def test_what_shares_no_history_is_told_so_and_its_status_is_red(life: Life) -> None:
    life.head = life.commits.commit("elsewhere", {ANSWER: CLEAN})
    number = life.open(GRACE)
    assert life.review(number).exit_code == 0
    assert life.states == ["failure"]
    (said,) = life.comments(number)
    assert "This cannot be merged: it shares no commit with `main`." in said


def test_a_draft_is_judged_and_does_not_merge_itself(life: Life) -> None:
    number = life.open(GRACE, is_draft=True)
    life.review(number)
    assert life.states == ["success"] and life.hosted.merged == []
    assert "merges by itself" not in life.comments(number)[0]
    life.hosted.pulls[number]["draft"] = False
    life.review(number)
    assert life.hosted.merged == [(number, life.head)]


def test_of_a_fork_that_was_deleted_the_commit_is_judged_all_the_same(life: Life) -> None:
    number = life.open(GRACE, fork=None)
    life.review(number)
    assert life.states == ["success"] and life.hosted.merged == [(number, life.head)]


@pytest.mark.parametrize("what", ["pushed over", "closed"])
def test_what_moved_on_before_it_was_read_is_left_to_the_next_run(life: Life, what: str) -> None:
    number = life.open(GRACE)
    if what == "closed":
        life.hosted.issues[number]["state"] = "closed"
        found = life.review(number)
    else:
        found = life.review(number, "1" * 40)
    assert (found.exit_code, life.hosted.statuses, life.comments(number)) == (0, [], [])


def test_a_status_of_another_account_speaks_for_nobody(life: Life) -> None:
    first, second = life.open(GRACE), life.open(MALLORY)
    bot, life.hub.account = life.hub.account, {"login": "ci", "id": 8, "type": "User"}
    link = f"https://github.com/{HOME}/pull/{second}"
    status = {"state": "success", "context": "peerloom", "target_url": link}
    life.hub._status(life.hosted, life.head, status | {"description": ""})
    life.hub.account = bot
    life.review(second)
    assert re.search(rf"This waits: #{first} has", life.comments(second)[0])
