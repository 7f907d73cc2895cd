"""The rows of a sheet, whatever form it came in, and how many there may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.intake.notes import CannotTake, Note

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
SPLIT = "split the sheet, or delete the rows and columns that are not sign-ups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that holds something. `number` is what a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a sheet. `formulas` are cells by row number and place from 0.

    They are never computed.
    """

    rows: tuple[Row, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[Note, ...] = ()


def held_to_limits(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that hold something. Raises `CannotTake` where there are too many, or too wide."""
    kept: list[Row] = []
    for row in rows:
        if not any(row.cells):
            continue
        if len(row.cells) > MOST_COLUMNS and any(row.cells[MOST_COLUMNS:]):
            message = f"the sheet must have at most {MOST_COLUMNS} columns"
            raise CannotTake(f"{message}, and this row has more", SPLIT, row.number)
        kept.append(row)
        if len(kept) > MOST_ROWS + 1:
            raise CannotTake(f"the sheet must have at most {MOST_ROWS:,} rows, and has more", SPLIT)
    return tuple(kept)
