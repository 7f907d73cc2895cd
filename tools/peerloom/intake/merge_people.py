"""Stage 5: what a sheet's people change in their records, and what is to be said about it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.intake.identify_people import PersonRows
from peerloom.intake.merge_sign_up import application_values, merge_sheet_sign_up
from peerloom.intake.read_answers import field_for_key
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.result import ImportNote
from peerloom.intake.take_back import origin_key, origin_of_row
from peerloom.model import Cohort
from peerloom.text.phrases import list_words

_Outcome = Literal["new", "updated", "unchanged", "refused"]


class MergedPeople:
    """The records of a sheet's people that change, and what is to be said about them."""

    def __init__(self) -> None:
        self.changes: Changes = {}
        self.rows: dict[str, tuple[int, ...]] = {}
        self.notes: list[ImportNote] = []
        self.counts: Counter[_Outcome] = Counter()


def merge_people(
    people: Iterable[PersonRows],
    read_text: ReadText,
    cohort: Cohort,
    applied_days: Mapping[str, date],
    sheet: str,
) -> MergedPeople:
    """Return what the people of a sheet change.

    `applied_days` says by a person's id when they signed up; `sheet` is the digest of the sheet.
    """
    records = MergedPeople()
    for person in people:
        path = _participant_path(person.id)
        text, notes, outcome = _merge_into_record(
            person, read_text(path), cohort, applied_days[person.id], sheet
        )
        records.notes += notes
        records.counts[outcome] += 1
        if text is not None:
            records.changes[path] = text
            records.rows[path] = tuple(row.number for row in person.rows)
    return records


def _participant_path(id_: str) -> str:
    return f"content/participants/{id_}.yml"


def _merge_into_record(
    person: PersonRows, text: str | None, cohort: Cohort, applied_on: date, sheet: str
) -> tuple[str | None, list[ImportNote], _Outcome]:
    """Return the new text of a person's record if it changes, notes, and what became of it.

    `sheet` is the digest of the sheet, which a new record keeps.
    """
    record = parse_record(text) or {"id": person.id}
    sign_up = person.sign_up(cohort.id, application_values(cohort, applied_on))
    merged = merge_sheet_sign_up(record, sign_up)
    problems = list(_problem_notes(person, merged.values))
    notes = [*_kept_notes(person, merged.kept_keys), *problems]
    if merged.keeps_consent:
        notes.append(_consent_note(person))
    if merged.lacks_consent:
        notes.append(_lacking_note(person))
    if merged.newer_keys:
        notes.append(_older_note(person, merged.newer_keys))
    if problems:
        return None, notes, "refused"
    if text is None:
        origin = {origin_key(cohort.id): origin_of_row(person.rows[-1], sheet).as_text()}
        imported = dict(sorted({**merged.values["imported"], **origin}.items()))
        values = {**merged.values, "imported": imported}
        return new_record_text("participant", values), notes, "new"
    removed = dict.fromkeys(record.keys() - merged.values.keys())
    new_text = edit_record_text(text, {**merged.values, **removed})
    return (None, notes, "unchanged") if new_text == text else (new_text, notes, "updated")


def _kept_notes(person: PersonRows, keys: Iterable[str]) -> Iterator[ImportNote]:
    path = _participant_path(person.id)
    for key in keys:
        message = f"{quoted(key)} was changed by hand in {path}, and stays as it is"
        help_ = "if the sheet is right, correct that file"
        yield person.rows[-1].note("kept", field_for_key(key), message, help_)


def _consent_note(person: PersonRows) -> ImportNote:
    message = f"{_participant_path(person.id)} shows this person to fewer people, and stays so"
    help_ = "the answer has no date; if it is the newer one, write it into that file"
    return person.rows[-1].note("kept", "show", message, help_)


def _lacking_note(person: PersonRows) -> ImportNote:
    parts = person.values["agreements"]
    message = (
        f"{_participant_path(person.id)} does not say who may see this person, so what else they "
        f"agree to ({list_words(parts)}) has no place there yet"
    )
    help_ = "ask who may see them, write 'consent' with 'given_on' and 'show', and import again"
    return person.rows[-1].note("left_out", next(iter(parts)), message, help_)


def _older_note(person: PersonRows, keys: Iterable[str]) -> ImportNote:
    listed = list_words(map(quoted, keys))
    message = f"these answers are older than those in {_participant_path(person.id)}"
    help_ = f"{listed} stay as they are there; what was missing is added"
    return ImportNote(kind="kept", row=person.rows[-1].number, message=message, help=help_)


def _problem_notes(person: PersonRows, record: Mapping[str, Any]) -> Iterator[ImportNote]:
    if schema.is_valid("participant", record):
        return
    for problem in schema.find_problems("participant", record):
        key = str(problem.keys[0]) if problem.keys else "name"
        for row in person.rows:
            yield row.note("refused", field_for_key(key), problem.message, problem.help)
