"""Everything that a program publishes about a cohort, day after day, as a reader keeps it."""

import json
from collections.abc import Iterator
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
    program: Program, cohort: str, audience: Audience, days: tuple[date, ...]
) -> Iterator[Publication]:
    """What is published where each day's report is about all that is known by then."""
    for day in days:
        report = build_report(program, cohort, None, None, audience, today=day)
        yield Publication(day=day, audience=audience, figures=json.loads(report_as_json(report)))
