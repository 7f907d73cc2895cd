"""What is to be published by a day: the figures of each closed date, the oldest first."""

from collections.abc import Iterable, Iterator
from datetime import date

from peerloom import source
from peerloom.kinds import record_path
from peerloom.model import PublishedAudience, PublishedFigures
from peerloom.progress.closed_dates import ClosedDate, list_closed_dates
from peerloom.published_records import describe_record
from peerloom.records import Program
from peerloom.report import is_past_publishing, list_published, publish_date


def plan_publishing(program: Program, today: date) -> tuple[PublishedFigures, ...]:
    """The records that are to be written on a day, by cohort, audience and date.

    There is one for each date of a cohort that is closed and later than what was published of it,
    until its final report is. For members there are some only where nobody else can read the
    repository.
    """
    return tuple(
        record
        for cohort in program.cohorts
        for audience in _list_audiences(program)
        for record in _plan_cohort(program, cohort, audience, today)
    )


def has_unpublished_dates(program: Program, audience: PublishedAudience, today: date) -> bool:
    """Whether there is a date for an audience that is closed and not published."""
    return audience in _list_audiences(program) and any(
        _list_unpublished(program, cohort, audience, today) for cohort in program.cohorts
    )


def _list_audiences(program: Program) -> tuple[PublishedAudience, ...]:
    return ("public", "members") if program.settings.visibility == "private" else ("public",)


def _plan_cohort(
    program: Program, cohort: str, audience: PublishedAudience, today: date
) -> Iterator[PublishedFigures]:
    earlier = list_published(program, cohort, audience)
    for closed in _list_unpublished(program, cohort, audience, today):
        record = publish_date(program, cohort, audience, closed, earlier)
        earlier.append(record)
        yield record


def _list_unpublished(
    program: Program, cohort: str, audience: PublishedAudience, today: date
) -> list[ClosedDate]:
    dates = list_closed_dates(program, program.cohorts[cohort], today)
    return [
        closed for closed in dates if not is_past_publishing(program, cohort, audience, closed.due)
    ]


def publish_texts(records: Iterable[PublishedFigures]) -> dict[str, str]:
    """The text of the file of each record, by its path."""
    return {record_path(record): source.dump(describe_record(record)) for record in records}
