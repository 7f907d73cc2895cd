"""Which row of a sheet holds the headers, and which rows hold answers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from peerloom.intake.cleaning import clean_text, fold_text, single_line
from peerloom.intake.grid import Grid, GridRow, column_letters
from peerloom.intake.headers import interpret_header
from peerloom.intake.result import UnusableSheet
from peerloom.intake.wordings import HeaderWordings

# The headers are one of the first rows: titles and remarks may stand above them.
_HEADERS_WITHIN = 6
# The share of headers that a row must repeat to be the headers again.
_MIN_REPEATED = 0.6
_TOTAL = re.compile(
    r"(?:grand |sub ?)?(?:totals?|sum|count|averages?|mean|n|responses|gesamt|summe|anzahl|suma|"
    r"total general|recuento|somme|nombre de reponses|soma|contagem|media|moyenne|durchschnitt)"
    r"(?: (?:of )?(?:responses|rows|answers|people|sign ?ups))?\s*[:=]?\s*[\d.,]*",
)
# The survey service Qualtrics writes such a row below its headers.
_QUALTRICS = '{"ImportId"'

SkipReason = Literal["headers again", "totals", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its place, counted from 0, its header, and a label that no other column has."""

    place: int
    header: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet's columns, the rows with answers, and how many rows were skipped for each reason.

    `above` holds the numbers of the rows above the headers.
    """

    columns: tuple[SheetColumn, ...]
    rows: tuple[GridRow, ...]
    skipped: Counter[SkipReason]
    above: tuple[int, ...]
    header_row: int

    def answers_in(self, place: int) -> list[str]:
        """Return the cells of a column that are not empty, cleaned."""
        cells = (row.cells[place] for row in self.rows if place < len(row.cells))
        return [text for cell in cells if (text := clean_text(cell)[0])]


def find_table(grid: Grid, fields: HeaderWordings) -> Table:
    """Find the headers and the rows of answers. Raises `UnusableSheet` where there are none."""
    index = _find_header_row(grid.rows, fields)
    header_row = grid.rows[index]
    headers = [single_line(clean_text(cell)[0]) for cell in header_row.cells]
    rest = list(grid.rows[index + 1 :])
    if rest and _is_second_header_row(headers, rest[0], fields):
        headers = _join_headers(headers, rest.pop(0))
    if len([header for header in headers if header]) < 2:
        message = "the sheet must have at least two columns, and has one"
        help_ = "is it a CSV, and is each column in its own cell?"
        raise UnusableSheet(message, help_, header_row.number)
    kept, skipped = _select_rows(headers, rest)
    if not kept:
        message = "the sheet must have rows of answers, and has only its headers"
        raise UnusableSheet(message, "is it the right file?")
    between = grid.last_row_number - header_row.number - len(grid.rows[index + 1 :])
    if between > 0:
        skipped["empty"] = between
    return Table(
        columns=tuple(_label_columns(headers, kept)),
        rows=tuple(kept),
        skipped=skipped,
        above=tuple(row.number for row in grid.rows[:index]),
        header_row=header_row.number,
    )


def _find_header_row(rows: Sequence[GridRow], fields: HeaderWordings) -> int:
    """Return the index of the row with most known headers, if two or more, else 0."""
    counts = []
    for row in rows[:_HEADERS_WITHIN]:
        meanings = [interpret_header(cell, fields) for cell in row.cells if cell]
        known = {m.field for m in meanings if m.certainty == "known"}
        likely = {m.field for m in meanings if m.field}
        counts.append((len(known), len(likely)))
    # A likely question counts only where no row has two known ones: answers are words, too.
    for place in (0, 1):
        most = max((count[place] for count in counts), default=0)
        if most > 1:
            return next(n for n, count in enumerate(counts) if count[place] == most)
    return 0


def _is_second_header_row(headers: Sequence[str], row: GridRow, fields: HeaderWordings) -> bool:
    """Whether a row divides the questions above it: `Availability`, and below it days.

    Such a row is empty under the questions that stand alone, and the cells beside the divided ones
    are empty or merged with them.
    """
    filled = {n for n, cell in enumerate(row.cells) if cell and not _is_kind_of_answer(cell)}
    divided = {
        n
        for n in range(len(row.cells))
        if n
        and (n >= len(headers) or not headers[n] or headers[n] == headers[n - 1])
        and (headers[min(n, len(headers)) - 1] or n - 1 in filled)
    }
    starts = {n - 1 for n in divided if n - 1 not in divided}
    if any(map(_is_kind_of_answer, row.cells)) and filled <= divided | starts:
        return True
    if not divided & filled or not filled <= divided | starts:
        return False
    names = {n for n, h in enumerate(headers) if interpret_header(h, fields).field == "name"}
    return not names & filled


def _is_kind_of_answer(cell: str) -> bool:
    """Whether a cell only says how a question was answered, as SurveyMonkey's second row does."""
    return fold_text(cell) in ("response", "open-ended response", "open ended response")


def _join_headers(headers: Sequence[str], below: GridRow) -> list[str]:
    joined: list[str] = []
    question = ""
    for n in range(max(len(headers), len(below.cells))):
        own = headers[n] if n < len(headers) else ""
        part = single_line(below.cells[n]) if n < len(below.cells) else ""
        part = "" if _is_kind_of_answer(part) else part
        question = own or question
        joined.append(f"{question} [{part}]" if part and question else own or part)
    return joined


def _label_columns(headers: Sequence[str], rows: Sequence[GridRow]) -> list[SheetColumn]:
    """Return the columns that have a header or answers; a header asked twice is told by place."""
    counts = Counter(fold_text(header) for header in headers if header)
    columns = []
    for place, header in enumerate(headers):
        letters = f"column {column_letters(place)}"
        if header:
            label = f"{header} ({letters})" if counts[fold_text(header)] > 1 else header
            columns.append(SheetColumn(place=place, header=header, label=label))
        elif any(place < len(row.cells) and row.cells[place] for row in rows):
            columns.append(SheetColumn(place=place, header="", label=letters))
    return columns


def _select_rows(
    headers: Sequence[str], rows: Sequence[GridRow]
) -> tuple[list[GridRow], Counter[SkipReason]]:
    """Return the rows of answers, and how many are something else."""
    known = [fold_text(header) for header in headers]
    skipped: Counter[SkipReason] = Counter()
    kept = []
    for row in rows:
        if _repeats_headers(row, known):
            skipped["headers again"] += 1
        elif _is_of_totals(row, len([header for header in headers if header])):
            skipped["totals"] += 1
        else:
            kept.append(row)
    return kept, skipped


def _repeats_headers(row: GridRow, headers: Sequence[str]) -> bool:
    cells = [(fold_text(cell), n) for n, cell in enumerate(row.cells) if cell]
    same = sum(n < len(headers) and cell == headers[n] for cell, n in cells)
    imported = sum(row.cells[n].startswith(_QUALTRICS) for _, n in cells)
    return max(same, imported) > 1 and max(same, imported) >= _MIN_REPEATED * len(cells)


def _is_of_totals(row: GridRow, width: int) -> bool:
    """Whether a row sums up a sheet: a word for it in the first cell, and little besides."""
    filled = [cell for cell in row.cells if cell]
    is_short = len(filled) <= max(1, width // 2)
    others = filled[1:]
    return (
        is_short
        and _TOTAL.fullmatch(fold_text(filled[0])) is not None
        and all(re.fullmatch(r"[\d.,%\s/]+", cell) for cell in others)
        and (bool(others) or re.search(r"\d|:|total|sum", fold_text(filled[0])) is not None)
    )
