"""Reading a CSV in whatever encoding and with whatever delimiter it was written."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from peerloom.intake.encodings import DecodedSheet, decode_sheet, encoding_label
from peerloom.intake.grid import Grid, GridRow, collect_rows
from peerloom.intake.result import UnusableSheet

_DELIMITERS = ",;\t|"
# How many characters are looked at to find the delimiter.
_SAMPLE_LENGTH = 65_536
_SAVE_AS_UTF_8 = "save it again as 'CSV UTF-8', or as XLSX"


def read_csv_grid(data: bytes, encoding: str | None = None) -> Grid:
    """Read the rows of a CSV, in the `encoding` that somebody said or else in the likeliest.

    Raises `UnusableSheet`.
    """
    decoded = _decode(data, encoding)
    text = decoded.text
    if "\0" in text:
        raise UnusableSheet("the file must be a CSV or XLSX, and is neither", _SAVE_AS_UTF_8)
    # Excel reads and writes a first line `sep=;` that names the delimiter.
    announced = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    body = text[announced.end() :] if announced else text
    delimiter = announced[1] if announced else _find_delimiter(body)
    all_rows = _parse_rows(body, delimiter, first_number=2 if announced else 1)
    counter = _RowCounter(all_rows)
    return Grid(
        rows=collect_rows(counter),
        encoding=decoded.encoding,
        encoding_candidates=decoded.candidates,
        last_row_number=counter.last_number,
    )


class _RowCounter:
    """Rows as they pass, and the number of the last one, empty or not."""

    def __init__(self, rows: Iterable[GridRow]) -> None:
        self._rows = rows
        self.last_number = 0

    def __iter__(self) -> Iterator[GridRow]:
        for row in self._rows:
            self.last_number = row.number
            yield row


def _decode(data: bytes, encoding: str | None) -> DecodedSheet:
    try:
        return decode_sheet(data, encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding is not None:
            message = f"the file cannot be read as {encoding_label(encoding)}: see line {line}"
            raise UnusableSheet(message, "leave out --encoding to see what is likelier") from None
        message = f"the file's encoding must be UTF-8, UTF-16 or one of Excel's: see line {line}"
        raise UnusableSheet(message, _SAVE_AS_UTF_8) from None


def _find_delimiter(text: str) -> str:
    """Return the delimiter that splits most rows into the same number of cells.

    Between two that do so equally well, it is the one that makes more cells.
    """
    sample = text[:_SAMPLE_LENGTH]

    def rate_delimiter(delimiter: str) -> tuple[float, int]:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row in rows if row]
        except csv.Error:
            return 0, 0
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            return 0, 0
        width, rows_of_width = max(counts.items(), key=lambda item: (item[1], item[0]))
        # The header counts extra: it is the row that is least likely to be ragged.
        return rows_of_width / len(widths) + (widths[0] == width), width

    return max(_DELIMITERS, key=rate_delimiter)


def _parse_rows(text: str, delimiter: str, *, first_number: int) -> Iterator[GridRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first_number - 1
    while True:
        first_line = reader.line_num + first_number
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _explain_error(error, first_line) from None
        number += 1
        yield GridRow(number=number, cells=tuple(cell.strip() for cell in cells))


def _explain_error(error: csv.Error, line: int) -> UnusableSheet:
    """Return the exception for a row that begins in `line`, in a coordinator's words."""
    match str(error):
        case "unexpected end of data":
            message = f"a quote that opens must close, and one in line {line} does not"
        case text if text.endswith("expected after '\"'"):
            message = f"a quote inside a cell must be doubled, and one from line {line} on is not"
        case text if text.startswith("field larger"):
            limit = csv.field_size_limit()
            message = f"a cell must have at most {limit:,} characters: see line {line}"
            return UnusableSheet(message, "does a quote open there that closes much later?")
        case _:
            message = f"the file must be a CSV, and line {line} cannot be read"
    help_ = "correct that line in a text editor, or save the sheet again as XLSX"
    return UnusableSheet(message, help_)
