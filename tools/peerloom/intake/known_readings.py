"""Readings that the program keeps, and which of them is of the same form as a sheet.

A sheet is of the same form as a kept reading if at least two thirds of its headers are columns of
the reading, and two thirds of the reading's columns are in the sheet: a form may get a question or
lose one, and stays the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from peerloom.intake.cleaning import fold_text
from peerloom.intake.reading import PersonDecision
from peerloom.model import DateOrderWord, HiddenRows, SavedReading, SheetSubject
from peerloom.records import Program

_MIN_SHARED = 2 / 3
_OLD_SETTING = "as 'import_columns' in content/program.yml says"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownColumn:
    """What a kept reading says of a column, and why; `answers` are by their folded text."""

    answers: Mapping[str, str] = field(default_factory=dict)
    field: str
    why: str
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReading:
    """All that is kept about a form: the record, if there is one, and each column by its header."""

    record: SavedReading | None = None
    columns: Mapping[str, KnownColumn] = field(default_factory=dict)
    decisions: tuple[PersonDecision, ...] = ()

    @property
    def path(self) -> str | None:
        """Where the record is, if there is one."""
        return f"content/readings/{self.record.id}.yml" if self.record else None

    @property
    def date_order(self) -> DateOrderWord | None:
        """Whether dates have the day or the month first, where that was decided."""
        return self.record.date_order if self.record else None

    @property
    def hidden_rows(self) -> HiddenRows | None:
        """Whether hidden rows are taken, where that was decided."""
        return self.record.hidden_rows if self.record else None


def find_known_reading(
    program: Program, headers: Collection[str], subject: SheetSubject
) -> KnownReading:
    """Return what the program keeps about the form of a sheet with these headers."""
    kept = [r for r in program.readings.values() if (r.lists or "sign_ups") == subject]
    columns = {
        fold_text(header): KnownColumn(field=name, why=_OLD_SETTING)
        for header, name in program.settings.import_columns.items()
    }
    for record in kept:
        if record.every_form:
            columns |= _known_columns(record)
    same = [(share, record) for record in kept if (share := _shared(record, headers))]
    if not same:
        return KnownReading(columns=columns)
    _, record = max(same, key=lambda pair: pair[0])
    decisions = tuple(
        PersonDecision(people=frozenset(decision.words), are_same=decision.same_person)
        for decision in record.people
    )
    return KnownReading(
        record=record, columns=columns | _known_columns(record), decisions=decisions
    )


def known_worksheets(program: Program) -> frozenset[str]:
    """Return the names of worksheets that readings say hold the answers."""
    return frozenset(record.worksheet for record in program.readings.values() if record.worksheet)


def known_encodings(program: Program) -> tuple[str, ...]:
    """Return the encodings that readings say the CSV files of forms have."""
    return tuple(record.encoding for record in program.readings.values() if record.encoding)


def _known_columns(record: SavedReading) -> dict[str, KnownColumn]:
    why = f"as content/readings/{record.id}.yml says" if record.every_form else "remembered"
    return {
        fold_text(column.header): KnownColumn(
            field=column.field,
            why=why,
            option=column.option or "",
            answers={fold_text(answer): meaning for answer, meaning in column.answers.items()},
        )
        for column in record.columns
    }


def _shared(record: SavedReading, headers: Iterable[str]) -> float:
    """Return the share of headers that a sheet and a reading have in common, 0 if too small."""
    if record.every_form or not record.columns:
        return 0.0
    ours = {fold_text(column.header) for column in record.columns}
    theirs = {fold_text(header) for header in headers}
    common = len(ours & theirs)
    shares = (common / len(ours), common / max(1, len(theirs)))
    return sum(shares) if min(shares) >= _MIN_SHARED else 0.0
