"""Everything that a program publishes about a cohort, day after day, as a reader keeps it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peerloom.model import Audience
from peerloom.progress.closed_dates import list_closed_dates
from peerloom.records import Program
from peerloom.report import build_report, report_as_json
from peerloom.report.suppression import Rules

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A report as it was published on a day: `figures` has the keys of its JSON."""

    day: date
    audience: Audience
    figures: dict[str, Any]


def list_days_of_change(program: Program, cohort: str) -> tuple[date, ...]:
    """The days on which something came that a report of a cohort counts, or something ended."""
    run = program.cohorts[cohort]
    answers = (program.counts_from(each) for each in program.check_ins if each.cohort == cohort)
    waves = (
        wave.answered_on
        for response in program.responses
        if response.cohort == cohort
        for wave in response.waves
    )
    ends = (pair.ended_on for pair in program.pairs_of(cohort) if pair.ended_on)
    days = {day for day in (*answers, *waves, *ends) if day >= run.starts}
    return tuple(sorted(days))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A program over time: `read_on` returns the records as they are in the repository on a day.

    `days` are those on which something changed, and `until` is the last day that is looked at.
    """

    program: Program
    cohort: str
    read_on: Callable[[date], Program]
    days: tuple[date, ...]
    until: date


def make_history(program: Program, cohort: str, until: date) -> History:
    """The history of records of which none is ever changed or removed."""
    days = list_days_of_change(program, cohort)
    return History(
        program=program,
        cohort=cohort,
        read_on=lambda _: program,
        days=tuple(day for day in days if day <= until),
        until=until,
    )


def publish_all(
    history: History, audience: Audience, rules: Rules, *, is_kept: bool = True
) -> Iterator[Publication]:
    """Everything that is ever published for an audience under some rules.

    Without closed dates that is a report on each day of change, of all that is known by then. Where
    published figures are not kept, each report computes those of earlier dates anew.
    """
    if not rules.closed_dates:
        for day in (*history.days, history.until):
            yield _publish(history, None, audience, day, rules)
        return
    kept: list[dict[str, Any]] = []
    cohort = history.program.cohorts[history.cohort]
    for closed in list_closed_dates(history.program, cohort, history.until):
        published = _publish(history, closed.due, audience, closed.closed_on, rules, kept)
        if is_kept:
            kept.append(published.figures)
        yield published


def _publish(
    history: History,
    last: date | None,
    audience: Audience,
    day: date,
    rules: Rules,
    kept: Sequence[dict[str, Any]] = (),
) -> Publication:
    program, cohort = history.read_on(day), history.cohort
    report = build_report(program, cohort, None, last, audience, today=day, rules=rules, kept=kept)
    return Publication(day=day, audience=audience, figures=json.loads(report_as_json(report)))
