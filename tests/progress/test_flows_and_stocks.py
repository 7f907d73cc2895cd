"""What happened in a window, and what stood on its last day."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import folder
from peerloom.program import load
from peerloom.progress.windows import WindowError
from peerloom.records import Program
from peerloom.report import build_report

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
FLOWS = {
    "meetings": ("held", "undated", "minutes", "minutes_known"),
    "check_ins": ("due", "time_up", "on_time", "late", "undated", "missing", "early", "awaited"),
    "goals": ("set",),
    "support": ("asked",),
    "circles": ("meetings", "minutes", "attendances", "guests"),
    "events": ("held", "attendances", "guests"),
    "participants": ("left",),
}
STOCKS = ("pairs", "began", "surveys")


def _report(
    program: Program, cohort: str, first: date | None, last: date | None, today: date
) -> dict[str, Any]:
    return build_report(program, cohort, first, last, "coordinators", today=today).contents


def _read_flows(figures: dict[str, Any]) -> Counter[str]:
    flows = Counter({f"{of}.{key}": figures[of][key] for of, keys in FLOWS.items() for key in keys})
    flows.update({key: figures[key] for key in ("started", "completed")})
    flows.update({f"ended_early.{why}": n for why, n in figures["ended_early"].items()})
    return flows


@pytest.mark.parametrize(
    ("cohort", "starts", "today"),
    [
        ("2026-spring", date(2026, 1, 12), date(2026, 8, 30)),
        ("2026-spring", date(2026, 1, 12), date(2026, 5, 3)),
        ("2026-autumn", date(2026, 9, 7), date(2026, 11, 24)),
    ],
)
def test_flows_of_two_windows_add_up_and_stocks_are_those_of_the_last_day(
    cohort: str, starts: date, today: date
) -> None:
    program = load(ROOT).program
    whole = _report(program, cohort, None, None, today)
    for days in range(5, (today - starts).days - 5, 17):
        middle = starts + timedelta(days=days)
        first = _report(program, cohort, None, middle, today)
        rest = _report(program, cohort, middle + DAY, None, today)
        assert _read_flows(first) + _read_flows(rest) == +_read_flows(whole)
        assert [rest[key] for key in STOCKS] == [whole[key] for key in STOCKS]


def test_no_pair_of_the_first_weeks_has_finished_whatever_became_of_it() -> None:
    today = date(2026, 11, 24)
    figures = _report(load(ROOT).program, "2026-spring", None, date(2026, 2, 1), today)
    assert figures["began"]["pairs"] == figures["pairs"]["active"] == 7
    assert figures["goals"]["set"] == figures["goals"]["standing"] == 2


PAIR = "content/pairs/spring/ada-grace.yml"


def test_a_pair_that_ended_on_the_day_it_started_was_never_at_work(tmp_path: Path) -> None:
    text = folder.MINIMAL[PAIR].replace("active", "ended_early")
    files = folder.MINIMAL | {PAIR: f"{text}ended_on: 2026-01-14\nend_reason: time\n"}
    program = load(folder.write(tmp_path, files)).program
    figures = _report(program, "spring", None, None, date(2026, 3, 1))
    assert figures["meetings"]["pairs_at_work"] == 0
    assert figures["began"]["pairs"] == 1


def test_a_goal_stays_with_its_pair_until_the_pair_it_is_taken_to_has_started(
    tmp_path: Path,
) -> None:
    proposed = (
        "id: grace-noa\ncohort: spring\nmentor: noa\nmentee: grace\nstatus: proposed\n"
        "proposed_on: 2026-02-01\nstarted_on: 2026-03-02\ngoals:\n"
        "  - {id: package, title: publish a  first PACKAGE, set_on: 2026-02-01}\n"
    )
    mentor = folder.MINIMAL["content/participants/ada.yml"].replace("id: ada", "id: noa")
    files = folder.MINIMAL | {
        "content/participants/noa.yml": mentor.replace("Ada", "Noa"),
        "content/pairs/spring/grace-noa.yml": proposed,
    }
    program = load(folder.write(tmp_path, files)).program
    figures = _report(program, "spring", None, None, date(2026, 2, 10))
    goals = {pair["pair"]: pair["goals"] for pair in figures["pairs_in_detail"]}
    assert goals == {"ada-grace": 1, "grace-noa": 0}
    assert figures["goals"]["standing"] == 1


def test_a_report_that_begins_later_than_a_cohort_to_come_is_refused(tmp_path: Path) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    with pytest.raises(WindowError, match="the cohort starts on 12 January 2026"):
        _report(program, "spring", date(2026, 2, 1), None, date(2025, 12, 1))
