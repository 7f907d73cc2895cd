"""Published figures: of closed dates, as they were published, and of nobody by name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peerloom.days import latest_day_anywhere
from peerloom.model import PublishedFigures
from peerloom.published_records import compute_digest
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.schedule import due_dates
from peerloom.source import Keys
from peerloom.text.dates import full_date

_TAKE_BACK = "take the change back: put the file there as it was before"


def published_figures_are_of_closed_dates(program: Program, today: date) -> Iterator[Finding]:
    """Figures are published of a date that is past, on a later day that has come somewhere."""
    latest = latest_day_anywhere(today)
    for record in program.published:
        if record.due >= record.closed_on:
            yield Finding(
                where=record,
                keys=("closed_on",),
                message=f"the day must be later than {full_date(record.due)}",
                help=_TAKE_BACK,
            )
        elif record.closed_on > latest:
            yield Finding(
                where=record,
                keys=("closed_on",),
                message=f"{full_date(record.closed_on)} must not be in the future",
                help="delete the file: 'peerloom publish' writes it when the date is closed",
            )


def published_figures_are_as_published(program: Program, _: date) -> Iterator[Finding]:
    """Figures that were published are never changed, so that nothing follows from a difference."""
    for record in program.published:
        if record.digest != compute_digest(record):
            yield Finding(
                where=record,
                keys=("digest",),
                message="published figures must stay as they were published, and these were "
                "changed; no page shows them",
                help=_TAKE_BACK,
            )


def figures_for_members_are_in_private_repositories(program: Program, _: date) -> Iterator[Finding]:
    """Figures for members are kept only where nobody but members can read the repository."""
    if program.settings.visibility == "private":
        return
    for record in program.published:
        if record.audience == "members":
            yield Finding(
                where=record,
                keys=("audience",),
                message="figures for members must not be in a repository that everybody can read",
                help="delete the file",
            )


def published_figures_are_all_there(program: Program, _: date) -> Iterator[Finding]:
    """Between the first and the last published date of a cohort, none is missing or made up."""
    for (id_, audience), records in _group_published(program).items():
        cohort = program.cohorts.get(id_)
        if cohort is None or cohort.ends is None:
            continue
        dates, newest = set(due_dates(cohort)), max(records, key=lambda each: each.due)
        for record in records:
            if not record.is_final and record.due not in dates:
                yield Finding(
                    where=record,
                    keys=("due",),
                    message=f"{full_date(record.due)} is no check-in date of the cohort",
                    help="if the cohort's dates were changed, leave the file; else delete it",
                )
        missing = {day for day in dates if day < newest.due} - {each.due for each in records}
        for day in sorted(missing):
            yield Finding(
                where=newest,
                keys=("due",),
                message=f"figures of {full_date(day)} for {_READERS[audience]} are not published, "
                "although those of a later date are",
                help=f"if there was a file for {day.isoformat()}, take back that it was deleted",
            )


_READERS = {"public": "everybody", "members": "members"}


def _group_published(program: Program) -> dict[tuple[str, str], list[PublishedFigures]]:
    groups: dict[tuple[str, str], list[PublishedFigures]] = {}
    for record in program.published:
        groups.setdefault((record.cohort, record.audience), []).append(record)
    return groups


def published_figures_name_nobody(program: Program, _: date) -> Iterator[Finding]:
    """No text in published figures has the name of a participant, but for the program's own."""
    names = {p.name for p in program.participants.values() if " " in p.name}
    own = {program.settings.name, *(cohort.name for cohort in program.cohorts.values())}
    for record in program.published:
        for keys, text in _list_texts(record.figures, ("figures",)):
            if text not in own and any(name in text for name in names):
                yield Finding(
                    where=record,
                    keys=keys,
                    message="published figures must not name anybody",
                    help=_TAKE_BACK,
                )


def _list_texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Each text in figures with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _list_texts(inner, (*keys, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _list_texts(inner, (*keys, index))
