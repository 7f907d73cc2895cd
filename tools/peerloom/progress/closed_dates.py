"""The days up to which figures are published below coordinators.

Were they published each day, the figures of two days would tell what one person said in between.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.as_of import program_as_of
from peerloom.model import Cohort, Survey, Wave
from peerloom.progress.survey_figures import SurveyFigures, WaveChange, compute_survey_figures
from peerloom.progress.windows import (
    SURVEY_OPEN,
    find_last_day_of_report,
    find_opening_days,
)
from peerloom.records import Program
from peerloom.schedule import add_days, due_dates, grace_period


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDate:
    """Published figures are about the days up to `due`, as they were known on `closed_on`.

    Of the date that `is_final` nothing more can come that counts.
    """

    due: date
    closed_on: date
    is_final: bool = False


def list_closed_dates(program: Program, cohort: Cohort, today: date) -> tuple[ClosedDate, ...]:
    """The check-in dates of a cohort that are closed on a day, in order, and then its final date.

    A date is closed on the first day after its days of grace. A cohort without an end, whose pairs
    have no dates in common, closes months instead, and has no final date. The dates follow from the
    cohort alone, so that they tell of nobody; only the final one waits for pairs that go on longer.
    """
    dates = _list_dates(program, cohort, today)
    return tuple(closed for closed in dates if closed.closed_on <= today)


def _list_dates(program: Program, cohort: Cohort, today: date) -> Iterator[ClosedDate]:
    days = grace_period(program.settings, cohort).days + 1
    final = find_last_day_of_report(program, cohort)
    ends = due_dates(cohort) if cohort.ends else _list_month_ends(cohort.starts, today)
    for due in ends:
        closed_on = add_days(due, days)
        if final is None or closed_on <= final:
            yield ClosedDate(due=due, closed_on=closed_on)
    if final is not None:
        yield ClosedDate(due=final, closed_on=add_days(final, 1), is_final=True)


def _list_month_ends(starts: date, until: date) -> Iterator[date]:
    first = starts.replace(day=1)
    while (first := _find_next_month(first)) <= until:
        yield add_days(first, -1)


def _find_next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def compute_closed_surveys(
    program: Program, cohort: Cohort, closed: ClosedDate
) -> tuple[SurveyFigures, ...]:
    """The surveys of a cohort on a closed date, with answers of the waves alone that were over.

    Each wave is as it was known when it was over, 56 days after it opened.
    """
    over = {
        wave: add_days(opens, SURVEY_OPEN.days)
        for wave, opens in find_opening_days(cohort).items()
        if add_days(opens, SURVEY_OPEN.days) < closed.closed_on
    }
    return tuple(
        _compute_survey(program, program.surveys[id_], cohort, closed.due, over)
        for id_ in cohort.surveys
        if id_ in program.surveys
    )


def _compute_survey(
    program: Program, survey: Survey, cohort: Cohort, due: date, over: Mapping[Wave, date]
) -> SurveyFigures:
    counted = compute_survey_figures(program, survey, cohort, due)
    newest = max(over.values(), default=None)
    if newest is None:
        return _without_answers(counted)
    known = compute_survey_figures(program_as_of(program, newest), survey, cohort, newest)
    if "after" not in over:
        known = replace(known, **_without_changes(known))
    return replace(known, asked=counted.asked, answered=counted.answered)


def _without_answers(survey: SurveyFigures) -> SurveyFigures:
    afterwards = tuple(replace(row, answers=()) for row in survey.afterwards)
    return replace(survey, afterwards=afterwards, **_without_changes(survey))


def _without_changes(survey: SurveyFigures) -> dict[str, Any]:
    def empty(change: WaveChange) -> WaveChange:
        return replace(change, answers=())

    return {
        "changes": tuple(replace(row, change=empty(row.change)) for row in survey.changes),
        "constructs": tuple(replace(row, change=empty(row.change)) for row in survey.constructs),
    }
