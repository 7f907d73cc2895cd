"""Reminders carried out on a stand-in for GitHub, whatever is lost, doubled or killed."""

import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from dying_client import DyingClient, Killed
from dying_client import run_reminders as run
from peerloom import github, reminders
from peerloom.cli.command import peerloom
from peerloom.github.client import Client
from peerloom.model import CheckIn
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn

HOME, PRIVATE = "reading-circle/mentoring", "reading-circle/coordinators"
DUE = date(2026, 1, 26)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return load(folder.write(tmp_path / "program", folder.MINIMAL)).program


@pytest.fixture
def hub():
    with StandIn(HOME, PRIVATE) as hub:
        yield hub


def issues(hub: StandIn, state: str = "open", repository: str = HOME) -> list[dict]:
    return [i for i in hub.repositories[repository].issues.values() if i["state"] == state]


def comments(hub: StandIn, repository: str = HOME) -> list[str]:
    return [c["body"] for c in hub.repositories[repository].comments.values()]


def answered(program: Program, *people: str) -> Program:
    keys = {"cohort": "spring", "pair": "ada-grace", "due": DUE, "answered_on": DUE}
    return replace(program, check_ins=tuple(CheckIn(participant=who, **keys) for who in people))


def test_an_issue_opens_is_asked_in_again_and_closes(program: Program, hub: StandIn) -> None:
    assert run(program, hub, DUE).done == 1
    (issue,) = issues(hub)
    assert issue["title"] == "Check-in of Ada Example and Grace Example, due 26 January 2026"
    assert run(program, hub, DUE).done == 0
    assert run(program, hub, DUE + timedelta(days=3)).done == 1
    assert run(program, hub, DUE + timedelta(days=4)).done == 0
    assert len(comments(hub)) == 1
    assert run(answered(program, "ada", "grace"), hub, DUE + timedelta(days=5)).done == 1
    assert issues(hub) == []
    assert issues(hub, "closed")[0]["state_reason"] == "completed"


def test_the_command_does_what_it_shows(tmp_path: Path, hub: StandIn, monkeypatch) -> None:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    command = ["-C", str(root), "remind", "--today", "2026-01-24", "--pace", "0"]
    shown = CliRunner().invoke(peerloom, command)
    assert shown.exit_code == 0
    assert shown.stdout == (
        "open a reminder: Check-in of Ada Example and Grace Example, due 26 January 2026\n"
    )
    assert hub.count("POST") == 0
    done = CliRunner().invoke(peerloom, [*command, "--apply"])
    assert done.exit_code == 0
    assert done.stderr == "1 of 1 done\n"
    again = CliRunner().invoke(peerloom, [*command, "--apply"])
    assert again.stdout == "nothing to do\n"
    assert len(issues(hub)) == 1


@pytest.mark.parametrize("fault", ["lost", "cut", "done and 502", "twice", "502", "slow down"])
@pytest.mark.parametrize("nth", range(3))
def test_whatever_fails_the_next_runs_end_in_one_issue_and_one_comment(
    program: Program, hub: StandIn, fault, nth: int
) -> None:
    for today in (DUE, DUE + timedelta(days=3)):
        writes = iter(range(1000))

        def faults(number: int, method: str, path: str, writes=writes):
            return fault if method != "GET" and next(writes) == nth else None

        hub.faults = faults
        run(program, hub, today)
        hub.faults = lambda number, method, path: None
        run(program, hub, today)
    assert len(issues(hub)) == 1
    assert len(comments(hub)) == 1
    mark = reminders.read_mark(issues(hub)[0]["body"])
    assert (mark.day, mark.comments) == (3, 1)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(6))
def test_killed_at_any_request_the_next_run_mends_it(
    program: Program, hub: StandIn, nth: int, after: bool
) -> None:
    for today in (DUE, DUE + timedelta(days=3)):
        try:
            run(program, hub, today, DyingClient(hub, nth, after=after))
        except Killed:
            run(program, hub, today)
    assert len(issues(hub)) == 1
    assert len(comments(hub)) == 1


def test_two_runs_at_once_leave_one_issue(program: Program, hub: StandIn) -> None:
    own = github.Clients(
        program=Client(hub.token, hub.url), coordinators=Client(hub.token, hub.url)
    )
    keys = {"repository": HOME, "budget": 400, "pace": 0, "now": hub.now}
    keys["sleep"] = lambda seconds: None
    both = [github.plan_from_issues(program, DUE, own, **keys) for _ in range(2)]
    for found in both:
        github.apply_reminders(found.plan, found.repositories, lambda seconds: None)
    assert len(issues(hub)) == 2
    run(program, hub, DUE)
    (issue,) = issues(hub)
    assert issue["number"] == 1
    assert issues(hub, "closed")[0]["state_reason"] == "duplicate"
    late = DUE + timedelta(days=3)
    hub.now += timedelta(days=3)
    both = [github.plan_from_issues(program, late, own, **keys) for _ in range(2)]
    for found in both:
        github.apply_reminders(found.plan, found.repositories, lambda seconds: None)
    assert len(comments(hub)) == 2
    run(program, hub, DUE + timedelta(days=7))
    said = Counter(text.partition("\n")[0] for text in comments(hub))
    assert set(said.values()) == {1}, said


def test_a_list_that_is_behind_makes_no_second_issue(program: Program, hub: StandIn) -> None:
    hub.faults = lambda number, method, path: "lost" if method == "POST" else None
    run(program, hub, DUE)
    assert len(issues(hub)) == 1
    hub.faults = lambda number, method, path: None
    assert run(program, hub, DUE).done == 0


@pytest.mark.parametrize("fault", ["lost", "cut"])
def test_lists_that_trail_make_a_second_issue_at_most_and_it_is_folded(
    program: Program, hub: StandIn, fault
) -> None:
    """What a run made or did not, it and the next one do not see."""
    hub.faults = lambda number, method, path: fault if method == "POST" else "stale"
    run(program, hub, DUE)
    hub.faults = lambda number, method, path: "stale" if method == "GET" else None
    run(program, hub, DUE)
    hub.faults = lambda number, method, path: None
    run(program, hub, DUE)
    (issue,) = issues(hub)
    assert issue["number"] == 1
    assert run(program, hub, DUE).done == 0


def test_an_answer_that_is_late_counts_as_one_that_never_came(
    program: Program, hub: StandIn, monkeypatch
) -> None:
    monkeypatch.setattr(sys.modules[Client.__module__], "_TIMEOUT_SECONDS", 1)
    hub.delay = 0.02
    slow = iter([1.3])
    hub.faults = lambda number, method, path: time.sleep(next(slow, 0) if method == "POST" else 0)
    run(program, hub, DUE)
    assert hub.count("POST") == 1
    run(program, hub, DUE)
    assert len(issues(hub)) == hub.count("POST") == 1


def test_a_person_s_comment_is_read_once_and_stays(program: Program, hub: StandIn) -> None:
    run(program, hub, DUE)
    run(program, hub, DUE + timedelta(days=3))
    hub.comment_as("ada", HOME, 1, "Thank you, tomorrow.")
    hub.requests.clear()
    assert run(program, hub, DUE + timedelta(days=4)).done == 1
    assert (hub.count("GET", "/comments"), hub.count("PATCH"), hub.count("POST")) == (1, 1, 0)
    assert run(program, hub, DUE + timedelta(days=4)).done == 0
    assert len(comments(hub)) == 2


def test_a_stranger_s_issue_with_our_mark_changes_nothing(program: Program, hub: StandIn) -> None:
    mark = reminders.Mark(what="check-in", cohort="spring", pair="ada-grace", due=DUE)
    hub.open_as("mallory", 666, HOME, "Check-in", f"{mark}\nmine")
    assert run(program, hub, DUE).done == 1
    assert len(issues(hub)) == 2


def test_coordinators_are_told_in_their_own_repository(program: Program, hub: StandIn) -> None:
    settings = replace(program.settings, coordinators_repository=PRIVATE)
    told = replace(program, settings=settings)
    run(told, hub, DUE)
    run(told, hub, DUE + timedelta(days=21))
    (issue,) = [i for i in issues(hub, repository=PRIVATE) if "26 January" in i["title"]]
    assert "have not answered the check-in of 26 January 2026, 21 days after" in issue["body"]
    run(told, hub, DUE + timedelta(days=31))
    assert sum("30 days" in c or "31 days" in c for c in comments(hub, PRIVATE)) == 1
    run(answered(told, "ada", "grace"), hub, DUE + timedelta(days=32))
    assert issue["state"] == "closed"


def test_without_access_to_their_repository_reminders_go_on_and_it_is_said(
    program: Program, hub: StandIn
) -> None:
    settings = replace(program.settings, coordinators_repository="reading-circle/elsewhere")
    own = Client(hub.token, hub.url)
    found = github.plan_from_issues(
        replace(program, settings=settings),
        DUE,
        github.Clients(program=own, coordinators=own),
        repository=HOME,
        now=hub.now,
        budget=400,
        pace=0,
        sleep=lambda seconds: None,
    )
    assert [a.kind for a in found.plan.actions] == ["open"]
    assert (
        "coordinators are told nothing on GitHub: reading-circle/elsewhere does not exist"
        in (found.notes[0])
    )


def test_a_token_for_the_coordinators_that_is_over_is_told_and_the_next_run_tells_them(
    tmp_path: Path, hub: StandIn, monkeypatch
) -> None:
    files = dict(folder.MINIMAL)
    files["content/program.yml"] += f"coordinators_repository: {PRIVATE}\n"
    root = folder.write(tmp_path / "program", files)
    for key, value in (hub.environment | {"COORDINATORS_TOKEN": "over"}).items():
        monkeypatch.setenv(key, value)
    command = ["-C", str(root), "remind", "--today", "2026-02-16", "--pace", "0", "--apply"]
    result = CliRunner().invoke(peerloom, command)
    assert result.exit_code == 1
    assert "make a new one, and set COORDINATORS_TOKEN" in result.stderr
    assert len(issues(hub)) == 1 and not issues(hub, repository=PRIVATE)
    monkeypatch.setenv("COORDINATORS_TOKEN", hub.token)
    assert CliRunner().invoke(peerloom, command).exit_code == 0
    assert len(issues(hub)) == 1 and len(issues(hub, repository=PRIVATE)) == 1


def test_it_waits_as_long_as_github_asks_and_leaves_the_rest_when_that_is_long(
    program: Program, hub: StandIn
) -> None:
    asked = iter(["slow down"])
    hub.faults = lambda number, method, path: next(asked, None) if method == "POST" else None
    assert run(program, hub, DUE).done == 1
    assert 7.0 in hub.slept
    hub.faults = lambda number, method, path: "limit" if method == "POST" else None
    carried = run(program, hub, DUE + timedelta(days=3))
    assert carried.done == 0
    assert carried.reasons == (
        "GitHub asks to wait 3600 seconds; the rest is left to the next run",
    )


def test_runs_in_one_hour_together_make_no_more_than_github_allows(
    program: Program, hub: StandIn
) -> None:
    (pair,) = program.pairs.values()
    many = {("spring", f"p{n:03}"): replace(pair, id=f"p{n:03}") for n in range(700)}
    crowd = replace(program, pairs=many)
    assert run(crowd, hub, DUE).done == 400
    assert run(crowd, hub, DUE).done == 100
    assert run(crowd, hub, DUE).done == 0
    assert run(crowd, hub, DUE, now=hub.now + timedelta(hours=1)).done == 200
    assert len(issues(hub)) == 700


def test_a_second_passes_between_two_writes(program: Program, hub: StandIn) -> None:
    run(program, hub, DUE, pace=1.0)
    assert hub.slept == [1.0]


TROUBLE = {
    "no token": "there is no token for GitHub: set GITHUB_TOKEN",
    "wrong token": "GitHub does not accept the token: it is wrong or has expired",
    "no such repository": "somebody/elsewhere does not exist, has moved, or the token may not see",
    "moved": f"{HOME} has moved: give its new name as 'repository' in content/program.yml",
    "no address": "GITHUB_API_URL must be an address such as https://api.github.com, or not be",
    "issues off": f"issues are switched off in {HOME}: switch them on in its settings",
    "archived": f"{HOME} is archived, and nothing in it can change: unarchive it",
    "down": "GitHub has an internal error; try again later, https://www.githubstatus.com lists",
    "slow": "GitHub asks to wait 7 seconds; run it again then, and it continues where it stopped",
}


ENVIRONMENT = {
    "no token": {"GITHUB_TOKEN": ""},
    "wrong token": {"GITHUB_TOKEN": "wrong"},
    "no such repository": {"GITHUB_REPOSITORY": "somebody/elsewhere"},
    "no address": {"GITHUB_API_URL": "api.github.com"},
}
FAULTS = {"down": "502", "slow": "slow down"}


@pytest.mark.parametrize("what", TROUBLE)
def test_trouble_is_a_sentence_and_the_next_run_mends_it(
    tmp_path: Path, hub: StandIn, monkeypatch, what: str
) -> None:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    environment = hub.environment | ENVIRONMENT.get(what, {})
    hub.repositories[HOME].has_issues = what != "issues off"
    hub.repositories[HOME].is_archived = what == "archived"
    hub.moved = {HOME: 9} if what == "moved" else {}
    hub.faults = lambda number, method, path: FAULTS.get(what)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    command = ["-C", str(root), "remind", "--today", "2026-01-24", "--pace", "0", "--apply"]
    result = CliRunner().invoke(peerloom, command)
    assert result.exit_code == 1
    assert f"peerloom: {TROUBLE[what]}" in result.stderr
    hub.moved.clear()
    hub.repositories[HOME].has_issues, hub.repositories[HOME].is_archived = True, False
    hub.faults = lambda number, method, path: None
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    assert CliRunner().invoke(peerloom, command).exit_code == 0
    assert len(issues(hub)) == 1


def test_a_run_costs_a_listing_for_every_hundred_issues_and_its_writes(
    program: Program, hub: StandIn
) -> None:
    (pair,) = program.pairs.values()
    many = {("spring", f"p{n:03}"): replace(pair, id=f"p{n:03}") for n in range(250)}
    crowd = replace(program, pairs=many)
    run(crowd, hub, DUE - timedelta(days=3))
    assert hub.count("POST") == 250
    hub.requests.clear()
    run(crowd, hub, DUE)
    assert (hub.count("GET", "/issues"), hub.count("POST"), hub.count("PATCH")) == (3, 0, 0)
    hub.requests.clear()
    run(crowd, hub, DUE + timedelta(days=3))
    assert (hub.count("GET", "/issues"), hub.count("POST"), hub.count("PATCH")) == (3, 250, 250)


def test_of_closed_issues_no_older_ones_are_listed_than_can_matter(
    program: Program, hub: StandIn
) -> None:
    run(program, hub, DUE)
    hub.repositories[HOME].issues[1]["state"] = "closed"
    hub.requests.clear()
    assert run(program, hub, DUE).done == 0
    (closed,) = [path for _, path, _ in hub.requests if "state=closed" in path]
    assert "since=2026-01-09T" in closed


BY_HAND = ("reopened", "title", "body", "label", "locked", "transferred", "closed")


@pytest.mark.parametrize("what", BY_HAND)
def test_what_somebody_did_to_an_issue_by_hand_does_no_harm(
    program: Program, hub: StandIn, what: str
) -> None:
    """Whatever was done, people have one open reminder, or none where somebody closed it."""
    run(program, hub, DUE)
    there = hub.repositories[HOME].issues
    match what:
        case "title":
            there[1]["title"] = "Check in, please"
        case "body":
            there[1]["body"] += "\n\nA word from the coordinator."
        case "label":
            there[1]["labels"] = []
        case "locked":
            there[1]["locked"] = True
        case "transferred":
            del there[1]
        case "closed":
            there[1]["state"] = "closed"
    for days in (0, 3, 3):
        run(program, hub, DUE + timedelta(days))
    now_open = [issue for issue in there.values() if issue["state"] == "open"]
    assert len(now_open) == (0 if what == "closed" else 1)
    assert all("A word" in issue["body"] for issue in now_open if what == "body")
    said = [c["issue_url"] for c in hub.repositories[HOME].comments.values()]
    assert len(said) == len(set(said))
    answered = replace(program, check_ins=_answers())
    run(answered, hub, DUE + timedelta(4))
    if what == "reopened":
        there[1]["state"] = "open"
        run(answered, hub, DUE + timedelta(5))
    assert {issue["state"] for issue in there.values()} == {"closed"}


def _answers() -> tuple[CheckIn, ...]:
    pair = {"cohort": "spring", "pair": "ada-grace", "due": DUE, "answered_on": DUE}
    return tuple(CheckIn(participant=who, **pair) for who in ("ada", "grace"))


def test_github_down_for_an_hour_in_the_middle_is_mended_by_the_next_run(
    program: Program, hub: StandIn
) -> None:
    (pair,) = program.pairs.values()
    many = replace(
        program, pairs={("spring", f"p{n}"): replace(pair, id=f"p{n}") for n in range(9)}
    )
    first = len(hub.requests)
    hub.faults = lambda number, method, path: "502" if number > first + 5 else None
    carried = run(many, hub, DUE)
    assert carried.left and "GitHub has an internal error" in carried.reasons[0]
    hub.faults = lambda number, method, path: None
    run(many, hub, DUE)
    marks = [
        reminders.read_mark(issue["body"]).pair for issue in hub.repositories[HOME].issues.values()
    ]
    assert sorted(marks) == [f"p{n}" for n in range(9)]
