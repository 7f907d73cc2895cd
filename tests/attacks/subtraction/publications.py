"""Everything that a program publishes about a cohort, day after day, as a reader keeps it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peerloom.model import Audience
from peerloom.records import Program
from peerloom.report import build_report, report_as_json

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


def publish_daily(
    program: Program, cohort: str, audience: Audience, days: Iterable[date]
) -> Iterator[Publication]:
    """What is published where each day's report is about all that is known by then."""
    for day in days:
        yield _publish(program, cohort, None, audience, day)


def publish_closed_dates(
    program_on: Callable[[date], Program],
    cohort: str,
    audience: Audience,
    dates: Iterable[tuple[date, date]],
    later_days: Iterable[date] = (),
) -> Iterator[Publication]:
    """What is published of each closed date, on the day on which it closes.

    `program_on` returns the records as they are in the repository on a day, and `dates` has each
    due date with the day on which it closes. Where figures are not kept, each date is also
    published anew on those of the `later_days` that come after.
    """
    later = tuple(later_days)
    for due, closed_on in dates:
        for day in (closed_on, *(day for day in later if day > closed_on)):
            yield _publish(program_on(day), cohort, due, audience, day)


def _publish(
    program: Program, cohort: str, last: date | None, audience: Audience, day: date
) -> Publication:
    report = build_report(program, cohort, None, last, audience, today=day)
    return Publication(day=day, audience=audience, figures=json.loads(report_as_json(report)))
