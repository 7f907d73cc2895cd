"""The days that a report is about."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.program import load
from peerloom.progress.windows import WindowError, choose_window, find_last_day_of_report
from peerloom.records import Program

STARTS, ENDS = date(2026, 1, 12), date(2026, 6, 28)
LATE = date(2027, 1, 1)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return load(folder.write(tmp_path, folder.MINIMAL)).program


def test_a_window_goes_from_the_start_of_the_cohort_to_today(program: Program) -> None:
    window = choose_window(program, program.cohorts["spring"], None, None, date(2026, 3, 1))
    assert (window.first, window.last) == (STARTS, date(2026, 3, 1))
    assert (window.asked_first, window.asked_last) == (None, None)
    assert STARTS in window
    assert date(2026, 3, 2) not in window
    assert None not in window


def test_a_report_runs_on_until_grace_and_the_closing_survey_are_over(program: Program) -> None:
    spring = program.cohorts["spring"]
    # The last check-in is due on 15 June, six weeks after the end no survey is open.
    assert find_last_day_of_report(program, spring) == ENDS
    late = replace(spring.check_ins, grace_days=20)
    cohort = replace(spring, check_ins=late)
    changed = replace(program, cohorts={"spring": cohort})
    assert find_last_day_of_report(changed, cohort) == date(2026, 7, 5)


def test_days_outside_of_the_cohort_are_cut_off_and_told(program: Program) -> None:
    spring = program.cohorts["spring"]
    window = choose_window(program, spring, date(2026, 1, 1), date(2026, 12, 31), LATE)
    assert (window.first, window.last) == (STARTS, ENDS)
    assert (window.asked_first, window.asked_last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_days_that_have_not_come_are_cut_off(program: Program) -> None:
    today = date(2026, 2, 1)
    window = choose_window(program, program.cohorts["spring"], None, date(2026, 3, 1), today)
    assert (window.last, window.asked_last) == (today, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-03-02", "2026-03-01", "must not be after the last, 1 March 2026"),
        (None, "2026-01-11", "must not be before the cohort starts, on 12 January 2026"),
        ("2026-07-01", None, "must not be after the report's last day, 28 June 2026"),
    ],
)
def test_a_window_outside_of_the_cohort_is_refused(program: Program, first, last, why) -> None:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    with pytest.raises(WindowError, match=why):
        choose_window(program, program.cohorts["spring"], *days, LATE)


def test_a_window_that_begins_after_today_is_refused(program: Program) -> None:
    cohort = program.cohorts["spring"]
    with pytest.raises(WindowError, match="must not be after today, 1 February 2026"):
        choose_window(program, cohort, date(2026, 2, 2), None, date(2026, 2, 1))


def test_before_the_start_of_a_cohort_its_window_is_its_first_day(program: Program) -> None:
    window = choose_window(program, program.cohorts["spring"], None, None, date(2025, 12, 1))
    assert (window.first, window.last) == (STARTS, STARTS)
