"""A sheet as rows of text cells, whatever kind of file it came from, and its size limits."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.intake.result import ImportNote, UnusableSheet

MAX_SHEET_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
SPLIT_HELP = "split the sheet, or delete the rows and columns that are not sign-ups"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row with at least one cell that is not empty; `number` is what a spreadsheet shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a sheet that are not empty.

    `formulas` holds the cells with a formula, as (row number, column counted from 0). Formulas
    are never computed: their result would not be what somebody answered.
    """

    rows: tuple[GridRow, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[ImportNote, ...] = ()


def collect_rows(rows: Iterable[GridRow]) -> tuple[GridRow, ...]:
    """Return the rows that are not empty. Raises `UnusableSheet` if the sheet is too large.

    Reading stops at the limit, so that a hostile file cannot fill the memory.
    """
    collected: list[GridRow] = []
    for row in rows:
        if not any(row.cells):
            continue
        if len(row.cells) > MAX_COLUMNS and any(row.cells[MAX_COLUMNS:]):
            message = f"the sheet must have at most {MAX_COLUMNS} columns"
            raise UnusableSheet(f"{message}, and this row has more", SPLIT_HELP, row.number)
        collected.append(row)
        if len(collected) > MAX_ROWS + 1:  # the headers are a row, too
            message = f"the sheet must have at most {MAX_ROWS:,} rows, and has more"
            raise UnusableSheet(message, SPLIT_HELP)
    return tuple(collected)
