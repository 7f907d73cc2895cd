"""Taking back records that an earlier import made of the same rows, but of somebody else.

That happens where a sheet was read wrongly or was wrong itself: a company became a name, say. When
the corrected sheet comes, its rows are other people, and what the wrong ones left behind goes, if
nobody has edited it since and nothing names it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerloom.intake.record_text import ReadText, new_record_text, parse_record
from peerloom.intake.sheet_rows import SheetRow
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Participant
from peerloom.records import Program, short_digest

# The share of a sheet's rows that must be known as they are for a row without a timestamp to be the
# same row, corrected, and not one of another sheet.
_MIN_KNOWN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOrigin:
    """What tells that a record came from a row: its content, its number, and when it was sent."""

    content: str
    number: int
    sent: str

    def as_text(self) -> str:
        """Return the origin as records keep it."""
        return f"{self.content} {self.number} {self.sent}".strip()


def origin_of_row(row: SheetRow) -> RowOrigin:
    """Return where a record that is made of a row comes from."""
    answered = row["answered"]
    return RowOrigin(
        content=short_digest(row.cells),
        number=row.number,
        sent=short_digest(answered) if ":" in answered else "",
    )


def origin_key(cohort: str) -> str:
    """Return the key under which a record keeps its origin among its digests."""
    return f"row {cohort}"


def find_orphans(
    program: Program,
    cohort: str,
    rows: Iterable[SheetRow],
    found: Mapping[int, str],
    read_text: ReadText,
) -> Iterator[tuple[str, int]]:
    """Yield the paths of records to take back, each with the number of the row it was made of.

    `found` gives, by the number of a row, the id of the person that it is now.
    """
    origins = {origin.as_text(): origin for origin in map(origin_of_row, rows)}
    kept = {
        person.id: person.imported[origin_key(cohort)]
        for person in program.participants.values()
        if origin_key(cohort) in person.imported
    }
    known = len(origins.keys() & set(kept.values()))
    is_same_sheet = known >= _MIN_KNOWN * len(origins)
    current = set(found.values())
    named = set(_named_people(program))
    for id_, text in kept.items():
        if id_ in current or id_ in named:
            continue
        row = _row_with_origin(text, origins.values(), is_same_sheet=is_same_sheet)
        path = KIND_BY_NAME["participant"].path_for(id_)
        if (
            row is not None
            and row in found
            and _is_as_imported(program.participants[id_], read_text(path))
        ):
            yield path, row


def _row_with_origin(text: str, origins: Iterable[RowOrigin], *, is_same_sheet: bool) -> int | None:
    """Return the number of the row that a record came from, if the sheet has it."""
    content, number, sent = (*text.split(" "), "")[:3]
    for origin in origins:
        if content == origin.content or (sent and sent == origin.sent):
            return origin.number
        if is_same_sheet and not sent and number == str(origin.number):
            return origin.number
    return None


def _named_people(program: Program) -> Iterator[str]:
    """Yield the ids of people whom other records name."""
    for pair in program.pairs.values():
        yield from pair.people
    for circle in program.circles.values():
        yield from (*circle.facilitators, *circle.members)
    for check_in in program.check_ins:
        yield check_in.participant
    for event in program.events.values():
        yield from (*event.hosts, *event.attended)
    for resource in program.resources.values():
        yield from (resource.suggested_by,) if resource.suggested_by else ()
    for person in program.participants.values():
        yield from (*person.preferred, *person.excluded)


def _is_as_imported(person: Participant, text: str | None) -> bool:
    """Whether a record is for one cohort and is word for word what an import wrote."""
    if text is None or len({part.cohort for part in person.cohorts}) > 1:
        return False
    record = parse_record(text)
    if new_record_text("participant", record) != text:
        return False
    cohort = person.cohorts[0].cohort if person.cohorts else ""
    keys = record.keys() - {"id", "imported"}
    return all(_digest_fits(record, key, cohort) for key in keys)


def _digest_fits(record: Mapping[str, Any], key: str, cohort: str) -> bool:
    digests = record.get("imported") or {}
    value = record[key]
    if key == "consent":
        return bool(digests.get(key) == short_digest(value.get("show")))
    if key == "cohorts":
        answered = [{k: part.get(k) for k in ("role", "team", "capacity")} for part in value]
        return bool(digests.get(f"cohorts {cohort}") == short_digest(answered))
    name = f"goals {cohort}" if key == "goals" else key
    return bool(digests.get(name) == short_digest(value))
