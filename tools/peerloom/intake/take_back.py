"""Taking back records that an earlier import made of the same rows, but of somebody else.

That happens where a sheet was read wrongly or was wrong itself: a company became a name, say. When
the corrected sheet comes, its rows are other people, and what the wrong ones left behind goes, if
nobody has edited it since and nothing names it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerloom.intake.record_text import ReadText, new_record_text, parse_record
from peerloom.intake.sheet_rows import SheetRow
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Participant
from peerloom.records import Program, short_digest

# The share of the people of an earlier import that must be in a sheet again for it to be the same
# sheet, corrected, so that a row without a timestamp is known by its number.
_MIN_FOUND = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOrigin:
    """What tells that a record came from a row.

    It is the row's content and number, when it was sent, and in which version of the sheet it was.
    """

    content: str
    number: str
    sent: str
    sheet: str

    def as_text(self) -> str:
        """Return the origin as records keep it."""
        return f"{self.content} {self.number} {self.sent or '-'} {self.sheet}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A record to take back: where it is, its row, and whether that is surely the same row."""

    path: str
    row: int
    is_sure: bool


def origin_of_row(row: SheetRow, sheet: str) -> RowOrigin:
    """Return where a record that is made of a row comes from; `sheet` is the sheet's digest."""
    answered = row["answered"]
    return RowOrigin(
        content=short_digest(row.cells),
        number=str(row.number),
        sent=short_digest(answered) if ":" in answered else "",
        sheet=sheet,
    )


def digest_sheet(rows: Iterable[SheetRow]) -> str:
    """Return what tells a version of a sheet from others."""
    return short_digest([row.cells for row in rows])


def origin_key(cohort: str) -> str:
    """Return the key under which a record keeps its origin among its digests."""
    return f"row {cohort}"


def find_orphans(
    program: Program,
    cohort: str,
    rows: Iterable[SheetRow],
    found: Mapping[int, str],
    read_text: ReadText,
) -> Iterator[Orphan]:
    """Yield the records to take back, each with the number of the row it was made of.

    `found` gives, by the number of a row, the id of the person that it is now.
    """
    kept = dict(_kept_origins(program, cohort))
    current, named = set(found.values()), set(_named_people(program))
    sheets = _sheets_found_again(kept, current)
    by_row = {row.number: origin_of_row(row, "") for row in rows}
    for id_, origin in kept.items():
        if id_ in current or id_ in named:
            continue
        row = _find_row(origin, by_row, is_same_sheet=origin.sheet in sheets)
        path = KIND_BY_NAME["participant"].path_for(id_)
        if row is None or row not in found:
            continue
        if _is_as_imported(program.participants[id_], read_text(path)):
            is_sure = origin.number != str(row) or _is_row(origin, by_row[row])
            if is_sure or found[row] not in program.participants:
                yield Orphan(path=path, row=row, is_sure=is_sure)


def _kept_origins(program: Program, cohort: str) -> Iterator[tuple[str, RowOrigin]]:
    for person in program.participants.values():
        parts = person.imported.get(origin_key(cohort), "").split(" ")
        if len(parts) == 4:
            content, number, sent, sheet = parts
            sent = "" if sent == "-" else sent
            yield person.id, RowOrigin(content=content, number=number, sent=sent, sheet=sheet)


def _sheets_found_again(kept: Mapping[str, RowOrigin], current: Collection[str]) -> set[str]:
    """Return the versions of sheets of whose people most are in the sheet that is imported now."""
    people: dict[str, list[str]] = {}
    for id_, origin in kept.items():
        people.setdefault(origin.sheet, []).append(id_)
    return {
        sheet
        for sheet, ids in people.items()
        if sum(id_ in current for id_ in ids) >= _MIN_FOUND * len(ids)
    }


def _find_row(
    origin: RowOrigin, rows: Mapping[int, RowOrigin], *, is_same_sheet: bool
) -> int | None:
    """Return the number of the row that a record came from, if the sheet has it."""
    for number, row in rows.items():
        if _is_row(origin, row):
            return number
    number = int(origin.number) if origin.number.isdecimal() else 0
    return number if is_same_sheet and not origin.sent and number in rows else None


def _is_row(origin: RowOrigin, row: RowOrigin) -> bool:
    """Whether a row is the one that a record came from, by its content or its time."""
    return origin.content == row.content or bool(origin.sent and origin.sent == row.sent)


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
