"""The reports that were published: written down once, and shown from then on as they are.

Were a published figure computed anew, the difference would tell what one person changed since.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from peerloom.as_of import program_as_of
from peerloom.model import Audience, PublishedAudience, PublishedFigures
from peerloom.progress.closed_dates import ClosedDate
from peerloom.progress.windows import NothingClosedError, WindowError
from peerloom.published_records import compute_digest
from peerloom.records import Program, short_digest
from peerloom.report.building import (
    Report,
    answer_aims,
    build_report,
    list_pairs_in_detail,
    list_unmeasured_aims,
)
from peerloom.report.provenance_section import show_provenance
from peerloom.report.scope import choose_closed_dates
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _

# What is made anew from what its readers see anyway, and what only coordinators are told. Each is
# kept empty, for its place among the keys.
_NOT_KEPT: Mapping[str, Any] = {
    "aims": [],
    "pairs_in_detail": [],
    "provenance": {},
    "signed_up": {},
}


def publish_date(
    program: Program,
    cohort: str,
    audience: PublishedAudience,
    closed: ClosedDate,
    earlier: Iterable[PublishedFigures],
) -> PublishedFigures:
    """The record of what is published of a closed date, as known when it was closed.

    `earlier` are the records of the cohort's dates before, for the same audience.
    """
    kept = [each.figures for each in earlier]
    report = build_report(
        program, cohort, None, closed.due, audience, today=closed.closed_on, kept=kept
    )
    figures = {**report.contents, **_NOT_KEPT}
    figures["aims_answered"] = [
        {**row, "aim": short_digest(row["aim"])}
        for row in figures["aims_answered"]
        if row["measure"]
    ]
    record = PublishedFigures(
        cohort=cohort,
        due=closed.due,
        audience=audience,
        closed_on=closed.closed_on,
        digest="",
        is_final=closed.is_final,
        withheld=report.withheld,
        later=report.later,
        # As a file gives it back: lists, texts, numbers.
        figures=json.loads(json.dumps(figures)),
    )
    return replace(record, digest=compute_digest(record))


def list_published(program: Program, cohort: str, audience: Audience) -> list[PublishedFigures]:
    """What was published of a cohort for an audience, the oldest first.

    A record that somebody changed by hand is left out: nobody knows what it holds.
    """
    published = program.published_of(cohort, audience)
    return [each for each in published if compute_digest(each) == each.digest]


def is_past_publishing(program: Program, cohort: str, audience: Audience, due: date) -> bool:
    """Whether nothing can be published of a date any more: a later one was, or the final report.

    A record that was changed by hand was published all the same.
    """
    published = program.published_of(cohort, audience)
    return any(each.is_final or each.due >= due for each in published)


def find_report(
    program: Program,
    cohort: str,
    start: date | None,
    end: date | None,
    audience: Audience,
    today: date,
) -> Report:
    """The report that an audience is given, as `build_report` takes its days.

    Below coordinators it is what was published of the date, where it was; else it is what will be
    published of it. Raises `KeyError` and `WindowError` as `build_report` does.
    """
    if audience == "coordinators":
        return build_report(program, cohort, start, end, audience, today=today)
    known = program_as_of(program, today)
    due = choose_closed_dates(known, known.cohorts[cohort], start, end, today)[-1].due
    published = list_published(known, cohort, audience)
    is_past = is_past_publishing(known, cohort, audience, due)
    if end is None and is_past and published:
        return show_published(program, published[-1])
    for record in published:
        if record.due == due:
            return show_published(program, record)
    if is_past:
        raise WindowError(
            _(
                "nothing was published of {day}, or its file is gone or was changed by hand, and "
                "nothing will be: leave out the last day"
            ).format(day=full_date(due))
        )
    kept = [each.figures for each in published]
    return build_report(program, cohort, start, end, audience, today=today, kept=kept)


def read_report(program: Program, cohort: str, audience: Audience, today: date) -> Report:
    """The report that a site shows: below coordinators, the newest that was published.

    Raises `NothingClosedError` where nothing was.
    """
    if audience == "coordinators":
        return build_report(program, cohort, None, None, audience, today=today)
    published = list_published(program_as_of(program, today), cohort, audience)
    if not published:
        raise NothingClosedError(_("nothing is published yet"))
    return show_published(program, published[-1])


def read_aims(
    program: Program, cohort: str, audience: Audience, today: date
) -> list[dict[str, Any]]:
    """What has become of each aim, as the report says it that a site shows."""
    if audience == "coordinators":
        return answer_aims(program, cohort, audience, today)
    published = list_published(program_as_of(program, today), cohort, audience)
    if not published:
        run = program.cohorts[cohort]
        return list_unmeasured_aims(program, run, run.starts)
    return _show_aims(program, published[-1])


def _show_aims(program: Program, record: PublishedFigures) -> list[dict[str, Any]]:
    """The aims in a cohort's own words, each with the figures that were published of it.

    What a person said of an aim is in the cohort's record, and is read from there.
    """
    known = program_as_of(program, record.closed_on)
    day = record.closed_on if record.is_final else record.due
    kept = {row["aim"]: row for row in record.figures["aims_answered"]}
    rows = list_unmeasured_aims(known, known.cohorts[record.cohort], day)
    return [{**kept.get(short_digest(row["aim"]), row), "aim": row["aim"]} for row in rows]


def show_published(program: Program, record: PublishedFigures) -> Report:
    """A report as it was published, with what members see of each pair anyway."""
    pairs = list_pairs_in_detail(
        program, record.cohort, record.audience, record.due, record.closed_on
    )
    contents = {
        **record.figures,
        "aims": [aim.text for aim in program.cohorts[record.cohort].stated_aims],
        "aims_answered": _show_aims(program, record),
        "pairs_in_detail": pairs,
        "provenance": show_provenance(program.provenance, record.closed_on),
    }
    return Report(
        audience=record.audience,
        contents=contents,
        withheld=record.withheld,
        later=record.later,
    )
