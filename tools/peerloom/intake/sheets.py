"""Bytes of a CSV or XLSX to rows of cells; the form is found out, and limits are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.intake.notes import CannotTake, Note

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that holds something. `number` is what a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a sheet. `formulas` are cells by row number and place from 0.

    A workbook's formulas are never computed and their cells are empty. In a CSV they are text
    like any other, which a spreadsheet would run: there they are kept, and pointed out.
    """

    rows: tuple[Row, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    formulas_are_text: bool = True
    notes: tuple[Note, ...] = ()


def grid(data: bytes) -> Grid:
    """The rows of a CSV or XLSX file. Raises `CannotTake`."""
    from peerloom.intake import delimited, workbook  # noqa: PLC0415 - they build on this module

    if len(data) > MOST_BYTES:
        message = f"the file must have at most {MOST_BYTES // 1_000_000} MB"
        raise CannotTake(f"{message}, and has {len(data) / 1_000_000:.0f}", _SPLIT)
    for start, what in _OTHER_FORMS.items():
        if data.startswith(start):
            message = f"the file must be a CSV or XLSX, and is {what}"
            raise CannotTake(message, "open it in a spreadsheet program and save it as CSV or XLSX")
    found = workbook.grid(data) if data.startswith(b"PK\x03\x04") else delimited.grid(data)
    if not found.rows:
        raise CannotTake("the sheet must have rows, and is empty", "is it the right file?")
    return found


_SPLIT = "split the sheet, or delete the rows and columns that are not sign-ups"
_OTHER_FORMS = {
    b"\xd0\xcf\x11\xe0": "an old Excel or a password-protected file",
    b"%PDF": "a PDF",
    b"PK\x05\x06": "an empty archive",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
}


def held_to_limits(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that hold something. Raises `CannotTake` where there are too many, or too wide."""
    kept: list[Row] = []
    for row in rows:
        if not any(row.cells):
            continue
        if len(row.cells) > MOST_COLUMNS and any(row.cells[MOST_COLUMNS:]):
            message = f"the sheet must have at most {MOST_COLUMNS} columns"
            raise CannotTake(f"{message}, and this row has more", _SPLIT, row.number)
        kept.append(row)
        if len(kept) > MOST_ROWS + 1:
            raise CannotTake(
                f"the sheet must have at most {MOST_ROWS:,} rows, and has more", _SPLIT
            )
    return tuple(kept)
