"""The days of facts that records do not date, as Git's history tells them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from commits import Commits, Content
from peerloom.as_of import program_as_of
from peerloom.git import with_days_from_git
from peerloom.program import Snapshot, examine_snapshot
from peerloom.records import FactDay, Program

PATH = "content/pairs/spring/ada-grace.yml"
ANSWER = "content/check-ins/spring/ada-grace/2026-01-26-grace.yml"
PROGRAM = """\
name: P
repository: a/b
visibility: private
time_zone: {zone}
languages: [en]
"""
COHORT = "id: spring\nname: Spring\nstarts: 2026-01-12\nends: 2026-06-28\n"
FIRST = date(2026, 1, 1)
TODAY = date(2026, 11, 1)


class Main:
    """A branch to which somebody commits at noon in UTC, and the newest files on it."""

    def __init__(self, folder: Path, zone: str = "UTC") -> None:
        self.commits = Commits(folder)
        self.files: dict[str, Content] = {}
        self.add(
            0,
            {
                "content/program.yml": PROGRAM.format(zone=zone),
                "content/cohorts/spring.yml": COHORT,
            },
        )

    def add(self, day: int, files: Mapping[str, Content], hour: int = 12, minute: int = 0) -> None:
        """A commit on a day after 1 January 2026."""
        start = datetime(2026, 1, 1, hour, minute, tzinfo=UTC)
        seconds = int((start + timedelta(days=day)).timestamp())
        self.commits.author = self.commits.committer = f"Noor <n@example.org> {seconds} +0000"
        self.commits.commit("main", dict(files), "main" if self.files else None)
        self.files.update(files)

    def program(
        self,
        history: Path | None = None,
        today: date = TODAY,
        uncommitted: Mapping[str, str] | None = None,
    ) -> Program:
        """The program as its files are, of which some may differ from the newest commit."""
        texts = {p: t.encode() for p, t in self.files.items() if isinstance(t, str)}
        texts |= {p: t.encode() for p, t in (uncommitted or {}).items()}
        program = examine_snapshot(Snapshot(texts), TODAY).program
        return with_days_from_git(program, history or self.commits.folder, today)

    def days(self, path: str = PATH) -> dict[str, int | str]:
        """By fact, how many days after 1 January it came about; as text if no later than that."""
        return {
            fact: _show(found)
            for (at, fact), found in self.program().fact_days.items()
            if at == path
        }


def _show(found: FactDay) -> int | str:
    days = (found.day - FIRST).days
    return days if found.is_exact else f"by {days}"


@pytest.fixture
def main(tmp_path: Path) -> Main:
    return Main(tmp_path / "origin.git")


def pair(status: str, more: str = "", id_: str = "ada-grace") -> str:
    mentor, mentee = id_.split("-")
    return (
        f"id: {id_}\ncohort: spring\nmentor: {mentor}\nmentee: {mentee}\nstatus: {status}\n{more}"
    )


def answer(more: str = "") -> str:
    return (
        "cohort: spring\npair: ada-grace\ndue: 2026-01-26\nparticipant: grace\n"
        f"answered_on: 2026-01-27\nreceived_on: 2026-01-28\nreceived_by: github\n{more}"
    )


def test_each_status_of_a_pair_is_dated_by_the_first_commit_that_has_it(main: Main) -> None:
    main.add(3, {PATH: pair("proposed")})
    main.add(12, {PATH: pair("active")})
    main.add(20, {PATH: pair("active", "team: owls\n")})
    main.add(90, {PATH: pair("completed")})
    assert main.days() == {"proposed": 3, "started": 12, "ended": 90}


def test_a_pair_is_as_it_was_on_each_day_by_its_history(main: Main) -> None:
    main.add(3, {PATH: pair("proposed")})
    main.add(12, {PATH: pair("active")})
    main.add(90, {PATH: pair("completed")})
    statuses = []
    for day in (2, 3, 11, 12, 89, 90):
        found = program_as_of(main.program(), FIRST + timedelta(days=day))
        statuses += [pair.status for pair in found.pairs.values()] or ["not yet"]
    expected = ["not yet", "proposed", "proposed", "active", "active", "completed"]
    assert statuses == expected


def test_a_goal_a_story_and_a_pause_are_dated(main: Main) -> None:
    main.add(12, {PATH: pair("active", "started_on: 2026-01-10\n")})
    goal = "started_on: 2026-01-10\ngoals:\n- id: g\n  title: G\n"
    main.add(20, {PATH: pair("active", goal)})
    main.add(30, {PATH: pair("paused", f"{goal}stories:\n- by: ada\n  text: Good.\n")})
    assert main.days() == {"goal g": 20, "story ada": 30, "paused": 30}


def test_what_went_and_came_again_is_dated_by_the_second_time(main: Main) -> None:
    main.add(3, {PATH: pair("completed", "started_on: 2026-01-03\n")})
    main.add(5, {PATH: pair("active", "started_on: 2026-01-03\n")})
    main.add(9, {PATH: pair("ended_early", "started_on: 2026-01-03\n")})
    assert main.days() == {"ended": 9}


def test_a_pair_with_another_id_keeps_the_days_that_it_had_under_the_first(main: Main) -> None:
    main.add(3, {PATH: pair("proposed")})
    new = "content/pairs/spring/bola-grace.yml"
    former = "former:\n- id: ada-grace\n  people: [ada, grace]\n"
    main.add(7, {new: pair("active", former, "bola-grace"), PATH: None})
    assert main.days(new) == {"proposed": 3, "started": 7}


def test_a_circle_a_decision_and_a_break_are_dated(main: Main) -> None:
    circle, person = "content/circles/spring/tea.yml", "content/participants/ada.yml"
    base = "id: ada\nname: Ada\ncohorts:\n- cohort: spring\n  role: mentor\n  state: {}\n"
    text = "id: tea\ncohort: spring\nkind: circle\nname: Tea\nstatus: {}\n"
    main.add(2, {circle: text.format("proposed"), person: base.format("applied")})
    main.add(8, {circle: text.format("active")})
    main.add(9, {person: base.format("waiting") + "paused_until: 2026-02-02\n"})
    assert main.days(circle) == {"proposed": 2, "started": 8}
    assert main.days(person) == {"decision spring mentor": 9, "break": 9}


def test_what_the_first_commit_holds_came_about_by_then_at_the_latest(tmp_path: Path) -> None:
    commits = Main(tmp_path / "origin.git")
    commits.commits = Commits(tmp_path / "other.git")
    before, commits.files = commits.files, {}
    commits.add(40, {**before, PATH: pair("active")})
    assert commits.days() == {"proposed": "by 40", "started": "by 40"}


def test_what_many_files_brought_at_once_came_about_by_then_at_the_latest(main: Main) -> None:
    names = ["ada", "bea", "cleo", "dora", "eva", "fay"]
    paths = {
        f"content/pairs/spring/{n}-grace.yml": pair("proposed", "", f"{n}-grace") for n in names
    }
    main.add(5, paths)
    assert main.days() == {"proposed": "by 5"}


def test_many_pairs_that_one_commit_ends_ended_on_that_day(main: Main) -> None:
    names = ["ada", "bea", "cleo", "dora", "eva", "fay"]
    started = "started_on: 2026-01-04\n"

    def pairs(status: str) -> dict[str, Content]:
        return {
            f"content/pairs/spring/{n}-grace.yml": pair(status, started, f"{n}-grace")
            for n in names
        }

    main.add(5, pairs("active"))
    main.add(80, pairs("completed"))
    assert main.days() == {"ended": 80}


def test_a_history_that_was_rewritten_within_a_minute_dates_nothing_exactly(main: Main) -> None:
    names = ["ada", "bea", "cleo", "dora", "eva", "fay"]
    for minute, status in enumerate(("proposed", "active")):
        for n in names:
            path = f"content/pairs/spring/{n}-grace.yml"
            main.add(50, {path: pair(status, "", f"{n}-grace")}, minute=minute)
    assert main.days() == {"proposed": "by 50", "started": "by 50"}


def test_a_commit_from_a_wrong_clock_dates_nothing_exactly(main: Main) -> None:
    main.add(3, {"content/pages/a.md": "a"})
    main.add(900, {PATH: pair("proposed")})
    main.add(4, {"content/pages/a.md": "b"})
    main.add(5, {"content/pages/a.md": "c"})
    assert main.days() == {"proposed": "by 5"}


def test_the_day_is_that_of_the_programs_time_zone(tmp_path: Path) -> None:
    found = {}
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        main = Main(tmp_path / f"{zone[-6:]}.git", zone)
        main.add(3, {PATH: pair("proposed")}, hour=11)
        found[zone] = main.days()["proposed"]
    assert found == {"Pacific/Auckland": 4, "Pacific/Honolulu": 3}


def test_a_checkout_of_the_newest_commit_alone_tells_only_of_which_day_it_is(
    main: Main, tmp_path: Path
) -> None:
    main.add(3, {PATH: pair("proposed")})
    main.add(12, {PATH: pair("active")})
    origin = main.commits.folder.as_uri()
    main.commits.git(
        "clone", "--quiet", "--depth", "1", "-b", "main", origin, str(tmp_path / "one")
    )
    program = main.program(tmp_path / "one")
    assert (program.fact_days, program.records_day) == ({}, date(2026, 1, 13))
    before = program_as_of(program, date(2026, 1, 12))
    assert (dict(before.pairs), [record.id for record in before.undated]) == ({}, ["ada-grace"])  # type: ignore[attr-defined]
    (now,) = program_as_of(program, date(2026, 1, 13)).pairs.values()
    assert now.status == "active"


def test_a_folder_that_is_no_repository_dates_nothing(main: Main, tmp_path: Path) -> None:
    main.add(3, {PATH: pair("proposed")})
    (tmp_path / "empty").mkdir()
    program = main.program(tmp_path / "empty")
    assert (program.fact_days, program.records_day) == ({}, None)
    assert len(program_as_of(program, date(2026, 1, 1)).pairs) == 1


def test_a_symbolic_link_or_a_broken_file_of_an_earlier_day_is_no_record(main: Main) -> None:
    main.add(3, {PATH: ("120000", "elsewhere")})
    main.add(4, {PATH: "status: [\n"})
    main.add(6, {PATH: pair("active", "goals:\n- 7\n")})
    main.add(8, {PATH: pair("active", "goals:\n- id: g\n  title: G\n")})
    assert main.days() == {"proposed": 4, "started": 6, "goal g": 8}


def test_a_goal_that_a_check_in_names_before_it_was_committed_is_known_from_then(
    main: Main,
) -> None:
    main.add(12, {PATH: pair("active", "started_on: 2026-01-13\n")})
    main.add(27, {ANSWER: answer("goals:\n- goal: g\n  level: 0\n")})
    goal = "started_on: 2026-01-13\ngoals:\n- id: g\n  title: G\n"
    main.add(60, {PATH: pair("active", goal)})
    assert main.days() == {"goal g": "by 27"}


def test_a_pair_had_begun_when_a_check_in_of_it_came_before_its_status_was_committed(
    main: Main,
) -> None:
    main.add(3, {PATH: pair("proposed")})
    main.add(27, {ANSWER: answer()})
    main.add(60, {PATH: pair("active")})
    assert main.days() == {"proposed": 3, "started": "by 25"}
    found = program_as_of(main.program(), FIRST + timedelta(days=30))
    assert [pair.status for pair in found.pairs.values()] == ["active"]


def test_a_pair_was_proposed_when_it_made_its_agreement_at_the_latest(main: Main) -> None:
    agreement = "agreement:\n  agreed_on: 2026-01-20\n  expectations: []\n"
    main.add(60, {PATH: pair("proposed", agreement)})
    assert main.days() == {"proposed": "by 19"}


def test_a_circle_had_begun_when_it_met_before_its_status_was_committed(main: Main) -> None:
    path = "content/circles/spring/owls.yml"
    text = "id: owls\ncohort: spring\nkind: circle\nname: Owls\n"
    met = "meetings:\n- on: 2026-01-20\n"
    main.add(3, {path: f"{text}status: proposed\n"})
    main.add(40, {path: f"{text}status: active\n{met}"})
    assert main.days(path) == {"proposed": 3, "started": "by 19"}


def test_what_no_commit_holds_yet_holds_since_today_and_is_not_known_before(main: Main) -> None:
    main.add(3, {PATH: pair("active", "started_on: 2026-01-04\n")})
    ended = {PATH: pair("completed", "started_on: 2026-01-04\n")}
    program = main.program(today=date(2026, 5, 1), uncommitted=ended)
    assert program.fact_days[PATH, "ended"] == FactDay(day=date(2026, 5, 1), is_exact=False)
    assert [r.id for r in program_as_of(program, date(2026, 3, 1)).undated] == ["ada-grace"]  # type: ignore[attr-defined]
    (now,) = program_as_of(program, date(2026, 5, 1)).pairs.values()
    assert now.status == "completed"


def test_a_newest_commit_from_a_clock_that_is_behind_is_not_older_than_the_records(
    main: Main,
) -> None:
    main.add(40, {ANSWER: answer(), PATH: pair("active", "started_on: 2026-01-04\n")})
    main.add(-3000, {"README.md": "Hello\n"})
    assert main.program().records_day == date(2026, 1, 28)


def test_what_one_record_lacks_changes_nothing_about_another(main: Main) -> None:
    planned = pair("proposed", "started_on: 2026-12-01\n", "joan-mary")
    other = "content/pairs/spring/joan-mary.yml"
    main.add(30, {PATH: pair("active", "started_on: 2026-01-04\n"), other: planned})
    day = FIRST + timedelta(days=29)
    complete = program_as_of(main.program(), day).pairs
    main.add(30, {PATH: pair("active")})
    lacking = program_as_of(main.program(), day).pairs
    key = ("spring", "joan-mary")
    assert (key in complete, key in lacking) == (False, False)


def test_without_git_the_records_are_of_the_newest_day_in_them(
    main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    main.add(3, {PATH: pair("active", "proposed_on: 2026-01-03\nstarted_on: 2026-01-04\n")})
    monkeypatch.setenv("PATH", "")
    program = main.program()
    assert program.records_day is None
    assert program_as_of(program, TODAY).records_day == date(2026, 1, 3)
