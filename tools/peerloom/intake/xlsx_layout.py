"""What a worksheet hides, merges and filters, read from its XML without building a tree of it.

openpyxl reads these only with the whole workbook in memory, which takes a third longer.
"""

import re
from dataclasses import dataclass

# A tag of the worksheet, with or without a prefix for its namespace.
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_FILTER_COLUMN = re.compile(rb"<(?:\w+:)?filterColumn\b")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ATTRIBUTE = re.compile(rb'\b(r|min|max)="([0-9]{1,7})"')
_MOST_MERGED_AREAS = 2000
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedArea:
    """Cells merged into one; rows count from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetLayout:
    """The hidden rows (from 1) and columns (from 0) of a worksheet, and its merged cells."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[MergedArea, ...]
    is_filtered: bool


def read_layout(xml: bytes) -> WorksheetLayout:
    """Read the layout from the XML of a worksheet."""
    return WorksheetLayout(
        hidden_rows=frozenset(_hidden_rows(xml)) if b"hidden=" in xml else frozenset(),
        hidden_columns=frozenset(_hidden_columns(xml)),
        merged=tuple(_merged_areas(xml)),
        is_filtered=_FILTER_COLUMN.search(xml) is not None,
    )


def _hidden_rows(xml: bytes) -> list[int]:
    rows: list[int] = []
    for match in _ROW.finditer(xml):
        if _HIDDEN.search(match[1]):
            numbers = dict(_ATTRIBUTE.findall(match[1]))
            rows += [int(numbers[b"r"])] if b"r" in numbers else []
    return rows


def _hidden_columns(xml: bytes) -> list[int]:
    """Return the hidden columns; `<cols>` stands before the rows."""
    columns: list[int] = []
    start = xml.split(b"sheetData", 1)[0]
    for match in _COLUMN.finditer(start):
        limits = dict(_ATTRIBUTE.findall(match[1]))
        if _HIDDEN.search(match[1]) and {b"min", b"max"} <= limits.keys():
            last = min(int(limits[b"max"]), _MOST_COLUMNS)
            columns += range(int(limits[b"min"]) - 1, last)
    return columns


def _merged_areas(xml: bytes) -> list[MergedArea]:
    """Return the merged areas; they stand after the rows."""
    end = xml.rpartition(b"sheetData")[2]
    return [
        MergedArea(
            first_row=int(match[2]),
            last_row=int(match[4]),
            first_column=_column_number(match[1]),
            last_column=_column_number(match[3]),
        )
        for match, _ in zip(_MERGED.finditer(end), range(_MOST_MERGED_AREAS), strict=False)
    ]


def _column_number(letters: bytes) -> int:
    """Return 0 for `A`, 25 for `Z`, 26 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
