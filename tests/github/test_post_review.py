"""A review posted on its pull request: one comment, a status, labels; renewed, never repeated."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from peerloom.ownership import code_owners_text, runs_something
from peerloom.review import COMMENT_MARK
from pull_request_of_grace import ANSWER, CLEAN, HOME, PullRequestOfGrace, comments, labels
from stand_in import StandIn

# What runs, or is read by what runs; of tools of tomorrow, too.
RUNNING = [
    *("tools/peerloom/x.py", "schemas/pair.json", ".github/workflows/x.yml", "pyproject.toml"),
    *("constraints.txt", "mkdocs.yml", "hooks.py", ".ci/run", "Makefile", "package.json"),
    *("package-lock.json", ".npmrc", ".gitattributes", ".gitmodules", ".peerloom/cache", "x"),
    *(".devcontainer/devcontainer.json", "docs/CODEOWNERS", "README.md"),
]
RUNNING_INSIDE = [
    *("content/.gitattributes", "content/pages/.npmrc", "content/.github/workflows/x.yml"),
]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn(HOME) as hub:
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield hub


def test_a_clean_check_in_is_green_and_labeled(tmp_path: Path, hub: StandIn) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    assert proposed.review(CLEAN).exit_code == 0
    (comment,) = comments(hub)
    assert comment.startswith(COMMENT_MARK)
    assert labels(hub) == {"check-in"}
    (seen, being_read), (sha, status) = hub.repositories[HOME].statuses
    assert seen == sha == proposed.head
    assert being_read["state"] == "pending"
    assert status == {
        "state": "success",
        "context": "peerloom",
        "description": "the rules hold; received 2026-02-09",
        "target_url": f"https://github.com/{HOME}/pull/1",
    }
    assert hub.repositories[HOME].merged == []


def test_the_comment_is_renewed_and_never_repeated(tmp_path: Path, hub: StandIn) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    hub.comment_as("mallory", HOME, 1, f"{COMMENT_MARK}\nall is well")
    assert proposed.review(CLEAN.replace("ada-grace", "ada-grcae")).exit_code == 0
    assert "did you mean" in comments(hub)[1]
    assert hub.repositories[HOME].statuses[-1][1]["state"] == "failure"
    proposed.review(CLEAN)
    assert len(comments(hub)) == 2
    assert "did you mean" not in comments(hub)[1]
    assert comments(hub)[0] == f"{COMMENT_MARK}\nall is well"
    assert hub.repositories[HOME].statuses[-1][1]["state"] == "success"


@pytest.mark.parametrize("path", RUNNING)
def test_what_runs_the_program_is_for_a_maintainer_and_its_status_never_green(
    tmp_path: Path, hub: StandIn, path: str
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub, "when clean")
    assert proposed.review("x", "3", path).exit_code == 0
    assert labels(hub) == {"for a maintainer"}
    status = hub.repositories[HOME].statuses[-1][1]
    assert status["state"] == "pending"
    assert status["description"] == ("no rule can judge this; a maintainer merges it by hand")
    assert hub.repositories[HOME].merged == []


@pytest.mark.parametrize("path", RUNNING_INSIDE)
def test_nor_is_it_green_where_it_lies_among_words(tmp_path: Path, hub: StandIn, path: str) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    assert proposed.review("x", "3", path).exit_code == 0
    assert "for a maintainer" in labels(hub) or "needs a coordinator" in labels(hub)
    states = [status["state"] for _, status in hub.repositories[HOME].statuses]
    assert states == ["pending", "failure"]  # it is pending while it is read
    assert runs_something(path)


def test_who_owns_what_runs_is_said_in_one_place() -> None:
    file = Path(__file__).parents[2] / ".github/CODEOWNERS"
    assert file.read_text(encoding="utf-8") == code_owners_text("@open-bench/maintainers")
    assert all(map(runs_something, (*RUNNING, *RUNNING_INSIDE)))
    assert not any(map(runs_something, (ANSWER, "content/pages/a.md", "content/pairs/.gitkeep")))


def test_labels_follow_the_verdict_and_a_person_s_label_stays(tmp_path: Path, hub: StandIn) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    proposed.review(CLEAN, "666")
    assert "needs a coordinator" in labels(hub)
    hub.repositories[HOME].issues[1]["labels"][0]["name"] = "help wanted"
    proposed.review(CLEAN)
    assert labels(hub) == {"help wanted", "check-in"}


def test_a_clean_check_in_merges_itself_where_the_base_says_so(
    tmp_path: Path, hub: StandIn
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub, "when clean")
    hub.repositories[HOME].settings.workflows |= {"site": "active"}
    assert proposed.review(CLEAN).exit_code == 0
    assert hub.repositories[HOME].merged == [(1, proposed.head)]
    assert hub.repositories[HOME].settings.started == [("check-ins", "main"), ("site", "main")]
    proposed.review(CLEAN, "666")
    assert len(hub.repositories[HOME].merged) == 1


def test_what_a_merge_starts_may_fail_and_waits_for_its_schedule(
    tmp_path: Path, hub: StandIn
) -> None:
    hub.repositories[HOME].settings.workflows = {"site": "active"}
    hub.faults = lambda number, method, path: "no" if "/site.yml/" in path else None
    assert PullRequestOfGrace(tmp_path, hub, "when clean").review(CLEAN).exit_code == 0
    assert len(hub.repositories[HOME].merged) == 1
    assert hub.repositories[HOME].settings.started == []


@pytest.mark.parametrize("fault", ["lost", "done and 502"])
def test_a_comment_whose_answer_is_lost_is_not_written_twice(
    tmp_path: Path, hub: StandIn, fault
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    hub.faults = lambda number, method, path: (
        fault if method == "POST" and path.endswith("/comments") else None
    )
    proposed.review(CLEAN)
    hub.faults = lambda number, method, path: None
    assert proposed.review(CLEAN).exit_code == 0
    assert len(comments(hub)) == 1


def test_it_waits_where_github_asks_to_and_reads_again_what_did_not_come(
    tmp_path: Path, hub: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    faults = iter(["slow down", "502", "cut"])
    hub.faults = lambda number, method, path: (
        next(faults, None) if path.endswith(("/comments", "/labels")) else None
    )
    assert PullRequestOfGrace(tmp_path, hub).review(CLEAN).exit_code == 0
    assert [seconds for seconds in slept if seconds >= 1] == [7.0, 2.0, 4.0]
    assert len(comments(hub)) == 1
    assert hub.repositories[HOME].statuses[-1][1]["state"] == "success"
    hub.faults = lambda number, method, path: "limit"
    said = PullRequestOfGrace(tmp_path / "again", hub).review(CLEAN).stderr
    assert "GitHub asks to wait 3600 seconds; run it again then, and it continues where" in said


def test_without_a_repository_or_a_token_it_says_what_to_do(
    tmp_path: Path, hub: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    monkeypatch.delenv("GITHUB_TOKEN")
    assert "there is no token for GitHub" in proposed.review(CLEAN).stderr
    monkeypatch.delenv("GITHUB_REPOSITORY")
    assert proposed.review(CLEAN).exit_code == 2


def test_who_lives_where_it_is_tomorrow_already_answers_for_that_day(
    tmp_path: Path, hub: StandIn
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub)
    program = folder.MINIMAL["content/program.yml"].replace("Europe/Lisbon", "Pacific/Auckland")
    proposed.main = proposed.commits.commit("main", {"content/program.yml": program}, proposed.main)
    head = proposed.commits.commit("topic", {ANSWER: CLEAN}, proposed.main)
    hub.repositories[HOME].pulls[1]["head_sha"] = head
    hub.now = datetime(2026, 2, 8, 20, tzinfo=UTC)  # the ninth, in Auckland
    command = ["-C", str(proposed.commits.folder), "review", "--base", "main", "--head", head]
    command += ["--author", "grace", "--author-id", "3", "--post", "1", "--today", "2026-02-08"]
    CliRunner().invoke(peerloom, command)
    status = hub.repositories[HOME].statuses[-1][1]
    assert status["description"] == "the rules hold; received 2026-02-09"
