"""Whom people would like to be matched with, or not: names in a sheet, looked up as people."""

from collections.abc import Sequence

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import single_line, split_answers
from peerloom.intake.identify_people import PersonRows, SheetPeople
from peerloom.intake.known_people import KnownPeople
from peerloom.intake.result import ImportNote
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.fillers import is_filler

_WISHES = ("preferred", "excluded")


def add_wishes_for_people(sheet: SheetPeople) -> list[ImportNote]:
    """Add to each person whom they named, by id, and return notes about names of nobody."""
    notes: list[ImportNote] = []
    for person in sheet.people:
        for name in _WISHES:
            row = next((row for row in reversed(person.rows) if row[name]), None)
            if row is not None:
                person.values[name] = _find_wishes(row, name, person, sheet.known_people, notes)
    return notes


def _find_wishes(
    row: SheetRow,
    name: str,
    person: PersonRows,
    known_people: KnownPeople,
    notes: list[ImportNote],
) -> list[str]:
    """Return the ids of the people whom an answer names, the most wanted first."""
    ids: dict[str, None] = {}
    for line in filter(None, map(single_line, row[name].split("\n"))):
        if is_filler(line, "identity"):
            continue
        for word in _words_for_people(line, known_people):
            found = known_people.find_by_word(row.replace_answer(name, word))
            if len(found) == 1 and found[0].id != person.id:
                ids[found[0].id] = None
                continue
            notes.append(_unknown_note(row, name, word, [p.id for p in found], known_people))
    return list(ids)


def _words_for_people(line: str, known_people: KnownPeople) -> Sequence[str]:
    """Return the names in a line: the whole line, if it is one, before it is split at commas."""
    return [line] if known_people.find_by_word(line) else split_answers(line)


def _unknown_note(
    row: SheetRow, name: str, word: str, found: Sequence[str], known_people: KnownPeople
) -> ImportNote:
    message = f"{quoted(word)} must be somebody who signed up: write their name, id or login"
    help_ = did_you_mean(word, known_people.ids_and_names())
    if len(found) > 1:
        message = f"{quoted(word)} is the name of several people"
        help_ = f"write the id: {' or '.join(found)}"
    elif found:
        message, help_ = "nobody prefers or avoids themself", ""
    return row.note("left_out", name, message, help_)
