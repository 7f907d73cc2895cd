"""Which account a run writes as, as GitHub says, and what it does where another has written."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from dying_client import run_reminders as run
from peerloom import github
from peerloom.cli.command import peerloom
from peerloom.github.client import Client
from peerloom.github.sticky_comment import renew_comment
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn

HOME = "reading-circle/mentoring"
DUE = date(2026, 1, 26)
APP = {"login": "our-app[bot]", "id": 12, "type": "Bot"}
NOOR = {"login": "noor", "id": 5, "type": "User"}


@pytest.fixture
def hub():
    with StandIn(HOME) as hub:
        yield hub


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return load(folder.write(tmp_path / "program", folder.MINIMAL)).program


@pytest.fixture
def remind(tmp_path: Path, hub: StandIn, monkeypatch):
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)

    def command(*more: str) -> Result:
        what = ["-C", str(root), "remind", "--apply", "--pace", "0", "--today", "2026-01-26"]
        return CliRunner().invoke(peerloom, [*what, *more])

    return command


def issues(hub: StandIn) -> list[dict]:
    return list(hub.repositories[HOME].issues.values())


def number_everything(hub: StandIn, number: int) -> None:
    hub.account["id"] = hub.bots["github-actions[bot]"] = number


def test_on_a_server_where_actions_have_another_number_nothing_opens_twice(
    program: Program, hub: StandIn
) -> None:
    number_everything(hub, 7)
    assert run(program, hub, DUE).done == 1
    assert run(program, hub, DUE).done == 0
    assert len(issues(hub)) == 1


def test_with_another_token_than_before_nothing_opens_and_it_is_said(hub: StandIn, remind) -> None:
    assert remind().exit_code == 0
    hub.account = NOOR
    found = remind()
    assert found.exit_code == 1
    assert found.stderr == (
        "peerloom: 1 issues are not opened: the program has written as 'github-actions[bot]' in "
        f"{HOME}, and this run writes as 'noor': it would write everything a second time. Run it "
        "with the token of that account, or, where the token is an app's, set PEERLOOM_ACCOUNT to "
        "its login; to go on as another account, first close what that one has opened\n"
        "0 of 0 done\n"
    )
    assert len(issues(hub)) == 1
    issues(hub)[0]["state"] = "closed"
    assert remind().exit_code == 0


def test_a_person_who_may_write_counts_as_the_program_and_one_who_reads_does_not(
    program: Program, hub: StandIn
) -> None:
    hub.account = NOOR
    run(program, hub, DUE)
    body = issues(hub)[0]["body"]
    hub.account = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}
    assert run(program, hub, DUE).done == 0
    hub.repositories[HOME].issues.clear()
    hub.repositories[HOME].settings.people |= {"reader": ("read", 8)}
    for login, number in (("reader", 8), ("mallory", 666)):
        hub.open_as(login, number, HOME, "Check-in", body)
    assert run(program, hub, DUE).done == 1


def test_an_app_says_its_login(program: Program, hub: StandIn, remind, monkeypatch) -> None:
    hub.account, hub.bots = APP, {"our-app[bot]": 12}
    said = remind().stderr
    assert (
        "GitHub does not say which account the token belongs to, and 'github-actions[bot]' is not "
        in said
    )
    assert "set PEERLOOM_ACCOUNT to the login that the token writes as" in said
    assert issues(hub) == []
    monkeypatch.setenv("PEERLOOM_ACCOUNT", "our-app[bot]")
    assert remind().exit_code == 0
    assert len(issues(hub)) == 1


def test_where_the_first_issue_is_another_account_s_no_second_one_opens(
    program: Program, hub: StandIn
) -> None:
    pairs = {("spring", f"p{n}"): replace(p, id=f"p{n}") for n in range(4) for p in pair(program)}
    many = replace(program, pairs=pairs)
    hub.account = APP
    found = run(many, hub, DUE)
    assert (found.done, len(found.left), len(issues(hub))) == (0, 4, 1)
    assert "the program has written as 'our-app[bot]'" in found.reasons[0]
    assert len(issues(hub)) == 1 and run(many, hub, DUE).done == 0


def pair(program: Program) -> list:
    return list(program.pairs.values())


def test_no_more_than_twice_what_is_due_opens_within_a_day(
    program: Program, hub: StandIn, remind
) -> None:
    hub.now = datetime.now(UTC)
    for _ in range(2):
        assert remind().exit_code == 0
        # As if somebody, or something, had broken every issue that opens.
        for issue in issues(hub):
            issue["state"] = "open"
            issue["user"] = {**issue["user"], "login": "a-copy", "id": 41898282}
    found = remind()
    assert found.exit_code == 1
    assert "2 about the same were opened in the last day, and no more than 1 are due" in (
        found.stderr
    )
    assert len(issues(hub)) == 2
    assert remind("--however-many").exit_code == 0
    assert len(issues(hub)) == 3


def test_a_comment_of_another_app_is_not_written_again(hub: StandIn) -> None:
    hub.open_as("grace", 3, HOME, "Update", "")
    own = Client(hub.token, hub.url)
    renew_comment(own, HOME, 1, "<!-- ours -->\nfine", own.account())
    hub.account, hub.bots = APP, {"our-app[bot]": 12}
    other, app = (
        Client(hub.token, hub.url, login="our-app[bot]"),
        github.Account(number=12, login="our-app[bot]"),
    )
    with pytest.raises(github.GitHubError, match=r"was written by 'github-actions\[bot\]'"):
        renew_comment(other, HOME, 1, "<!-- ours -->\nfine", app)
    hub.comment_as("mallory", HOME, 1, "<!-- theirs -->\nfine")
    renew_comment(other, HOME, 1, "<!-- theirs -->\nfine", app)
    assert len(hub.repositories[HOME].comments) == 3
