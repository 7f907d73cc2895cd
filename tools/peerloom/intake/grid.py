"""A sheet as rows of text cells, whatever kind of file it came from, and its size limits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from peerloom.intake.encodings import EncodingCandidate
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
    """The rows of a sheet that are not empty, and what else its file says.

    `formulas` holds the cells with a formula, as (row number, column counted from 0). Formulas
    are never computed: their result would not be what somebody answered. `hidden_rows` and
    `hidden_columns` are not seen in the spreadsheet, rows also because of a filter.
    `encoding_candidates` are there only where the encoding is not sure.
    """

    rows: tuple[GridRow, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[ImportNote, ...] = ()
    encoding: str = ""
    encoding_candidates: tuple[EncodingCandidate, ...] = ()
    worksheet: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_filtered: bool = False
    last_row_number: int = 0

    def without_hidden_rows(self) -> "Grid":
        """Return the rows that are seen in the spreadsheet."""
        rows = tuple(row for row in self.rows if row.number not in self.hidden_rows)
        return replace(self, rows=rows, hidden_rows=frozenset())


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


def column_letters(column: int) -> str:
    """Return `A`, `B`, … `Z`, `AA` for 0, 1, … 25, 26, as a spreadsheet names its columns."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
