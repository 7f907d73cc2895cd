"""Facts: what is due, met, reached; against tables and published examples."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from scipy import stats

import folder
from peerloom.model import CheckInSchedule, Cohort, Pair, Pause
from peerloom.program import load
from peerloom.progress.cohort_figures import compute_cohort_figures
from peerloom.progress.goals import t_score
from peerloom.progress.meetings import merge_meetings
from peerloom.progress.pair_history import pair_history
from peerloom.progress.survey_figures import compute_margin
from peerloom.progress.windows import choose_window
from peerloom.schedule import due_dates, pair_due_dates
from peerloom.signals import find_signals

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
SPRING = Cohort(
    id="spring",
    name="Spring",
    starts=date(2026, 1, 12),
    ends=date(2026, 3, 10),
    check_ins=CheckInSchedule(every_weeks=2),
)


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ([1, 0, 1], None, 59.13),
        ([1, 0, -1], [3, 2, 1], 54.41),
        ([-1, -1, -1], None, 36.31),
        ([2, 2, 2], None, 77.39),
        ([0, 0], None, 50.0),
        ([1], None, 60.0),
    ],
)
def test_a_goal_score_equals_the_worked_examples(
    levels: list[int], weights: list[float] | None, score: float
) -> None:
    assert round(t_score(levels, weights), 2) == score


def test_no_score_is_made_of_nothing() -> None:
    with pytest.raises(ValueError, match="at least one level"):
        t_score([])


def test_a_schedule_runs_from_one_interval_after_the_start_to_the_end() -> None:
    days = [(d.month, d.day) for d in due_dates(SPRING)]
    assert days == [(1, 26), (2, 9), (2, 23), (3, 9)]


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, [(1, 26), (2, 9), (2, 23), (3, 9)]),
        ({"started_on": date(2026, 2, 9)}, [(2, 9), (2, 23), (3, 9)]),
        ({"ended_on": date(2026, 2, 22)}, [(1, 26), (2, 9)]),
        ({"status": "proposed"}, []),
        (
            {"pauses": (Pause(starts=date(2026, 2, 9), ends=date(2026, 2, 23)),)},
            [(1, 26), (3, 9)],
        ),
        ({"pauses": (Pause(starts=date(2026, 2, 10)),)}, [(1, 26), (2, 9)]),
    ],
)
def test_a_pair_owes_answers_from_its_start_to_its_end_but_not_in_a_pause(
    changes: dict, days: list[tuple[int, int]]
) -> None:
    pair = Pair(**({"id": "p", "cohort": "spring", "status": "active"} | changes))
    assert [(d.month, d.day) for d in pair_due_dates(SPRING, pair)] == days


def _check_in(due: str, who: str, on: str, more: str = "") -> dict[str, str]:
    path = f"content/check-ins/spring/ada-grace/{due}-{who}.yml"
    text = f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {who}\nanswered_on: {on}\n"
    return {path: text + more}


def test_an_answer_is_on_time_late_overdue_due_or_to_come(tmp_path: Path) -> None:
    by = "received_on: %s\nreceived_by: github\n"
    files = folder.MINIMAL | _check_in("2026-01-26", "ada", "2026-02-09", by % "2026-01-31")
    files |= _check_in("2026-01-26", "grace", "2026-01-20", by % "2026-02-01")
    program = load(folder.write(tmp_path, files)).program
    (pair,) = program.pairs.values()
    owed = pair_history(program, pair, date(2026, 2, 15)).owed_check_ins
    assert [(a.due.isoformat(), a.participant, a.state) for a in owed[:6]] == [
        ("2026-01-26", "ada", "on_time"),
        ("2026-01-26", "grace", "late"),
        ("2026-02-09", "ada", "overdue"),
        ("2026-02-09", "grace", "overdue"),
        ("2026-02-23", "ada", "upcoming"),
        ("2026-02-23", "grace", "upcoming"),
    ]
    assert pair_history(program, pair, date(2026, 2, 14)).owed_check_ins[2].state == "due"
    assert pair_history(program, pair, date(2026, 2, 16)).owed_check_ins[4].state == "due"


def test_an_answer_of_which_only_its_author_says_when_it_came_is_neither_on_time_nor_late(
    tmp_path: Path,
) -> None:
    files = folder.MINIMAL | _check_in("2026-01-26", "ada", "2026-01-26")
    program = load(folder.write(tmp_path, files)).program
    (pair,) = program.pairs.values()
    assert pair_history(program, pair, date(2026, 2, 15)).owed_check_ins[0].state == "answered"
    cohort = program.cohorts["spring"]
    window = choose_window(program, cohort, None, None, date(2026, 2, 15))
    (found,) = compute_cohort_figures(program, cohort, window).pairs
    assert (found.check_ins.received, found.check_ins.undated, found.check_ins.on_time) == (1, 1, 0)
    told = replace(
        program, received={next(iter(_check_in("2026-01-26", "ada", ""))): date(2026, 2, 14)}
    )
    assert pair_history(told, pair, date(2026, 2, 15)).owed_check_ins[0].state == "late"
    assert pair_history(told, pair, date(2026, 2, 13)).owed_check_ins[0].state == "overdue"


def test_one_meeting_that_both_report_is_one_meeting(tmp_path: Path) -> None:
    told = "meetings: [{on: 2026-01-20, minutes: 45}]\n"
    files = folder.MINIMAL | _check_in("2026-01-26", "ada", "2026-01-26", told)
    longer = "meetings: [{on: 2026-01-20, minutes: 60}, {on: 2026-01-24}]\n"
    files |= _check_in("2026-01-26", "grace", "2026-01-26", longer)
    program = load(folder.write(tmp_path, files)).program
    (pair,) = program.pairs.values()
    found = pair_history(program, pair, date(2026, 3, 1)).meetings
    assert [(m.on.day, m.minutes) for m in found] == [(20, 60), (24, None)]
    assert merge_meetings(program.check_ins, date(2026, 1, 23)) == found[:1]
    assert pair_history(program, pair, date(2026, 1, 25)).meetings == ()


def test_where_both_speak_of_a_goal_the_mentees_word_counts(tmp_path: Path) -> None:
    level = "goals: [{goal: first-package, level: %d}]\n"
    files = folder.MINIMAL | _check_in("2026-01-26", "ada", "2026-01-26", level % 2)
    files |= _check_in("2026-01-26", "grace", "2026-01-26", level % -1)
    program = load(folder.write(tmp_path, files)).program
    (pair,) = program.pairs.values()
    assert pair_history(program, pair, date(2026, 3, 1)).goals[0].level == -1
    assert pair_history(program, pair, date(2026, 1, 25)).goals[0].level is None


def test_the_figures_of_the_shipped_program_equal_a_count_by_hand() -> None:
    program = load(ROOT).program
    for cohort in program.cohorts.values():
        end = min(cohort.ends, TODAY)
        window = choose_window(program, cohort, cohort.starts, end, end)
        found = compute_cohort_figures(program, cohort, window).check_ins
        allowed = timedelta(days=cohort.check_ins.grace_days)
        due = time_up = received = on_time = missing = 0
        for pair in program.pairs.values():
            if pair.cohort != cohort.id or pair.status == "proposed":
                continue
            dates = cohort.check_ins.dates or tuple(
                cohort.check_ins.first + timedelta(weeks=2 * n) for n in range(40)
            )
            for day in dates:
                inside = (pair.started_on <= day <= (pair.ended_on or cohort.ends)) and day <= end
                if not inside or any(p.starts <= day <= (p.ends or date.max) for p in pair.pauses):
                    continue
                given = [
                    c
                    for c in program.check_ins
                    if (c.cohort, c.pair, c.due) == (cohort.id, pair.id, day)
                ]
                wanted = 1 if cohort.check_ins.answers == "either" else 2
                due += wanted
                if end <= day + allowed:
                    continue
                time_up += wanted
                first = sorted(given, key=lambda c: c.received_on)[:wanted]
                received += len(first)
                on_time += sum(c.received_on <= day + allowed for c in first)
                missing += wanted - len(first)
        assert (found.due, found.time_up, found.received) == (due, time_up, received)
        assert (found.on_time, found.missing) == (on_time, missing)
        assert due > 20


def test_the_two_pairs_in_trouble_come_first() -> None:
    found = find_signals(load(ROOT).program, TODAY)
    # Both ask for help, and the newer call comes first; then the match that does not fit.
    assert [(s.pair, s.id) for s in found if s.urgency == 3] == [
        ("dilnoza-zeynep", "support"),
        ("kwame-xolani", "support"),
        ("kwame-xolani", "fit"),
    ]
    assert {s.id for s in found if s.pair == "dilnoza-zeynep"} >= {"support", "silent", "gap"}


@pytest.mark.parametrize("count", [3, 4, 11, 14, 57, 400])
def test_a_margin_is_half_the_interval_that_scipy_gives(count: int) -> None:
    changes = [n % 5 - 1.5 for n in range(count)]
    around = stats.ttest_1samp(changes, 0).confidence_interval(0.95)
    assert compute_margin(changes) == pytest.approx((around.high - around.low) / 2)


def test_a_margin_equals_students_by_hand() -> None:
    # Mean 2, standard deviation 1, n 3: 4.3027 · 1 / √3.
    assert compute_margin([1, 2, 3]) == pytest.approx(2.4841, abs=1e-4)
    assert compute_margin([1, 2]) is None


def test_after_a_cohort_only_open_ends_need_the_coordinator(tmp_path) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    during = {s.id for s in find_signals(program, date(2026, 5, 1))}
    assert {"no-meeting", "silent"} <= during
    after = [(s.id, s.why) for s in find_signals(program, date(2026, 7, 15)) if s.pair]
    assert after == [("ending", "the cohort ended on 28 June and the pair is not closed")]
