"""What is known of a pair on a day: what comes later changes nothing that is shown of that day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from peerloom import reminders
from peerloom.model import (
    Audience,
    CheckIn,
    Cohort,
    GoalProgress,
    Meeting,
    Pair,
    Ratings,
)
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.progress.calls import find_recent_calls
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.report import (
    NothingClosedError,
    build_report,
    report_as_csv,
    report_as_json,
    report_as_markdown,
)
from peerloom.schedule import pair_due_dates
from peerloom.signals import find_signals

ROOT = Path(__file__).parents[2]
PROGRAM = load(ROOT).program
DAYS = [date(2026, 2, 10), date(2026, 5, 20), date(2026, 10, 13), date(2026, 11, 24)]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def without_check_ins_received_after(program: Program, day: date) -> Program:
    return replace(
        program, check_ins=tuple(c for c in program.check_ins if program.counts_from(c) <= day)
    )


def with_check_ins_received_the_day_after(program: Program, day: date) -> Program:
    """Every check-in that is still owed comes the next day, with all that one can say."""
    given = {(c.cohort, c.pair, c.due, c.participant) for c in program.check_ins}
    more = [
        full_check_in(pair, due, who, day)
        for pair in program.pairs.values()
        for due in pair_due_dates(program.cohorts[pair.cohort], pair)
        for who in pair.people
        if (pair.cohort, pair.id, due, who) not in given
    ]
    assert len(more) > 30
    together = sorted(
        (*program.check_ins, *more), key=lambda c: (c.cohort, c.pair, c.due, c.participant)
    )
    return replace(program, check_ins=tuple(together))


def full_check_in(pair: Pair, due: date, who: str, day: date) -> CheckIn:
    next_day = day + timedelta(days=1)
    return CheckIn(
        cohort=pair.cohort,
        pair=pair.id,
        due=due,
        participant=who,
        answered_on=day - timedelta(days=3),  # its author's word does not make it known
        received_on=next_day,
        received_by="github",
        met=True,
        meetings=(Meeting(on=day - timedelta(days=2), minutes=70, setting="remote"),),
        ratings=Ratings(useful=1, relationship=1),
        goals=tuple(GoalProgress(goal=g.id, level=-2, note="later") for g in pair.goals),
        next_steps="what was planned later",
        next_meeting=day + timedelta(days=4),
        fit="not_good",
        support_wanted=True,
        support_note="help, later",
        challenges="a threat, later",
    )


def reports_shown_on(
    program: Program, cohort: Cohort, day: date, audience: Audience
) -> Iterator[tuple[str, object]]:
    try:
        found = build_report(program, cohort.id, None, None, audience, today=day)
    except NothingClosedError as error:
        yield f"report of {cohort.id} for {audience}", str(error)
        return
    for form in (report_as_markdown, report_as_csv, report_as_json):
        yield f"{form.__name__} of {cohort.id} for {audience}", form(found)
    if audience == "coordinators":
        at_end = build_report(program, cohort.id, None, day, audience)
        yield f"report of {cohort.id} as known then for {audience}", at_end.contents
        whole = build_report(program, cohort.id, None, cohort.ends, audience, today=day)
        yield f"report of all of {cohort.id} for {audience}", whole.contents


def shown_on(program: Program, day: date) -> Iterator[tuple[str, object]]:
    """All that is shown, told or sent on a day."""
    for audience in AUDIENCES:
        for path, text in render_pages(program, day, audience).items():
            yield f"page {path} for {audience}", text
        for cohort in program.cohorts.values():
            if cohort.starts <= day:
                yield from reports_shown_on(program, cohort, day, audience)
    yield "signals", find_signals(program, day)
    yield "calls", tuple(find_recent_calls(program, day))
    yield "reminders", reminders.plan_reminders(program, day, ())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nothing_shown_of_a_day_changes_when_check_ins_are_received_later(day: date) -> None:
    known = without_check_ins_received_after(PROGRAM, day)
    as_it_was = dict(shown_on(known, day))
    for later in (PROGRAM, with_check_ins_received_the_day_after(known, day)):
        now = dict(shown_on(later, day))
        assert now.keys() == as_it_was.keys()
        assert [name for name, value in now.items() if value != as_it_was[name]] == []


def test_the_check_ins_that_come_the_day_after_are_shown_from_then_on() -> None:
    day = DAYS[3]
    known = without_check_ins_received_after(PROGRAM, day)
    later = with_check_ins_received_the_day_after(known, day)
    before, after = (dict(shown_on(p, day + timedelta(days=1))) for p in (known, later))
    changed = {name.split()[0] for name, value in after.items() if before.get(name) != value}
    assert changed >= {"page", "report", "report_as_markdown", "signals", "calls", "reminders"}


def test_a_history_is_made_once_for_a_pair_and_a_day() -> None:
    pair = next(iter(PROGRAM.pairs.values()))
    first = pair_history(PROGRAM, pair, DAYS[0])
    assert pair_history(PROGRAM, pair, DAYS[0]) is first
    assert pair_history(PROGRAM, pair, DAYS[1]) is not first
    assert pair_history(replace(PROGRAM), pair, DAYS[0]) is not first
    changed = replace(pair, ended_on=DAYS[3])
    assert pair_history(PROGRAM, changed, DAYS[0]).pair is changed
