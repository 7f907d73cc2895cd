"""Reading whole sheets back through the import, and counting what became of each answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from peerloom.intake.file_type import read_grid
from peerloom.intake.import_people import plan_participants
from peerloom.intake.record_text import parse_record, text_reader
from peerloom.intake.result import ImportOptions, ImportResult
from peerloom.intake.values.zone_names import zone_offsets
from peerloom.records import Program
from random_sheets.layouts import WrittenSheet
from random_sheets.people import KnownPerson

_TODAY = date(2027, 3, 15)
# The field of a sheet behind each key that is compared.
_KEYS = ("role", "github", "time_zone", "languages", "skills_offered", "skills_wanted")
_OTHER_KEYS = ("availability", "capacity", "experience_years", "show")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What became of one answer: right, guessed, asked, left out, lost, wrong, wrongly guessed."""

    field: str
    text: str
    meant: Any
    read: Any
    outcome: str


def read_sheet_back(
    sheet: WrittenSheet, root: Path, program: Program
) -> tuple[list[ReadBack], ImportResult]:
    """Return what became of each answer of a sheet, and the result of the import."""
    options = ImportOptions(cohort="spring", today=_TODAY, accepts_guesses=True)
    result = plan_participants(read_grid(sheet.data), text_reader(root), program, options)
    records = [
        parse_record(text) for path, text in result.changes.items() if "/participants/" in path
    ]
    by_name = {record["name"]: record for record in records}
    answers = [
        _compare(field, person, by_name.get(person.name), sheet, result)
        for person in sheet.people
        for field in (*_KEYS, *_OTHER_KEYS)
        if field in sheet.fields
    ]
    return [answer for answer in answers if answer.text or answer.read is not None], result


def _compare(
    field: str,
    person: KnownPerson,
    record: Mapping[str, Any] | None,
    sheet: WrittenSheet,
    result: ImportResult,
) -> ReadBack:
    text = sheet.cells[person.name, field]
    meant = _comparable(_meant(person)[field])
    read = _comparable(_read(record)[field]) if record else None
    uncertain = _uncertain_kind(sheet.headers.get(field, ""), text, result)
    if read == meant and record:
        outcome = "guessed" if uncertain == "guessed" else "right"
    elif uncertain:
        outcome = "wrongly guessed" if uncertain == "guessed" and read is not None else "asked"
    elif read is not None:
        outcome = "wrong"
    else:
        told = any(n.kind in ("left_out", "refused") for n in result.notes)
        outcome = "left out" if told else "lost"
    return ReadBack(field=field, text=text, meant=meant, read=read, outcome=outcome)


def _uncertain_kind(header: str, text: str, result: ImportResult) -> str:
    """Return whether an answer was guessed or is open, and an empty text if neither."""
    assert result.reading
    folded = " ".join(text.split()).casefold()
    for answer in result.reading.uncertain_answers:
        is_here = answer.column.startswith(header.strip())
        if is_here and answer.answer.casefold() in folded:
            return answer.certainty
    guessed = {column.label for column in result.reading.guessed_columns}
    return "guessed" if header in guessed else ""


def _meant(person: KnownPerson) -> dict[str, Any]:
    hours = [{"day": h.day, "starts": h.starts, "ends": h.ends} for h in person.hours]
    return {
        "role": person.role,
        "github": person.github,
        "time_zone": person.time_zone,
        "languages": list(person.languages),
        "skills_offered": sorted(person.offered),
        "skills_wanted": sorted(person.wanted),
        "availability": hours,
        "capacity": person.capacity,
        "experience_years": person.years,
        "show": person.show,
    }


def _read(record: Mapping[str, Any]) -> dict[str, Any]:
    membership = record["cohorts"][0]
    found = {key: record.get(key) for key in (*_KEYS, *_OTHER_KEYS)}
    for key, others in (("skills_offered", "also_offers"), ("skills_wanted", "also_wants")):
        named = sorted(skill["skill"] for skill in record.get(key) or [])
        found[key] = [*named, *(record.get(others) or [])]
    return found | {
        "role": membership["role"],
        "capacity": membership.get("capacity"),
        "show": (record.get("consent") or {}).get("show"),
    }


def _comparable(value: Any) -> Any:
    """Return a value in the form in which two are compared: zones by the time they keep."""
    if isinstance(value, str) and ("/" in value or value == "UTC"):
        return zone_offsets(value)
    return None if value == [] else value


def count_questions(result: ImportResult) -> int:
    """Return how many decisions a sheet asks a coordinator for."""
    reading = result.reading
    assert reading
    return (
        len(reading.guessed_columns)
        + len({answer.column for answer in reading.uncertain_answers})
        + len(reading.questions)
        + len(reading.other_guesses)
    )


def count_outcomes(answers: list[ReadBack]) -> Counter[str]:
    """Return how many answers became what."""
    return Counter(answer.outcome for answer in answers)
