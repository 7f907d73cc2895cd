"""A CSV in whatever encoding and with whatever delimiter a form or spreadsheet wrote it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from peerloom.intake.notes import CannotTake, Note
from peerloom.intake.sheets import Grid, Row, held_to_limits

_DELIMITERS = ",;\t|"
_SAMPLE = 65_536
_AS_UTF_8 = "save it again as 'CSV UTF-8', or as XLSX"


def grid(data: bytes) -> Grid:
    """The rows of a CSV. Raises `CannotTake`."""
    text, notes = _decoded(data)
    if "\0" in text:
        raise CannotTake("the file must be a CSV or XLSX, and is neither", _AS_UTF_8)
    announced = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    body = text[announced.end() :] if announced else text
    delimiter = announced[1] if announced else _delimiter(body)
    rows = held_to_limits(_rows(body, delimiter, first=2 if announced else 1))
    formulas = frozenset(
        (row.number, at)
        for row in rows
        for at, cell in enumerate(row.cells)
        if cell.startswith("=")
    )
    return Grid(rows=rows, formulas=formulas, notes=notes)


def _decoded(data: bytes) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding), ()
    wide = _utf_16_without_mark(data[:2000])
    if wide:
        return _strictly(data, wide), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        message = "the file is not UTF-8, and was read as Windows-1252"
        help_ = f"look at names with accents; if they are wrong, {_AS_UTF_8}"
        note = Note(kind="remark", message=message, help=help_)
        return _strictly(data, "cp1252"), (note,)


def _utf_16_without_mark(start: bytes) -> str | None:
    """Every second byte of Latin text in UTF-16 is zero: the first or the second of two."""
    pairs = max(1, len(start) // 2)
    if start[1::2].count(0) > 0.4 * pairs and start[::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if start[::2].count(0) > 0.4 * pairs and start[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"the file's encoding must be UTF-8, UTF-16 or Windows-1252: see line {line}"
        raise CannotTake(message, _AS_UTF_8) from None


def _delimiter(text: str) -> str:
    """The one that cuts most rows into the same number of cells, more cells before fewer."""
    sample = text[:_SAMPLE]

    def agreement(delimiter: str) -> tuple[float, int]:
        try:
            widths = [
                len(row)
                for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
                if row
            ]
        except csv.Error:
            return 0, 0
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            return 0, 0
        width, times = max(wide.items(), key=lambda item: (item[1], item[0]))
        # The header is a row that is sure to be whole.
        return times / len(widths) + (widths[0] == width), width

    return max(_DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str, *, first: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first - 1
    while True:
        begins = reader.line_num + first
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken(error, begins) from None
        number += 1
        yield Row(number=number, cells=tuple(cell.strip() for cell in cells))


def _broken(error: csv.Error, line: int) -> CannotTake:
    match str(error):
        case "unexpected end of data":
            message = f"a quote that opens must close, and one in line {line} does not"
        case says if says.endswith("expected after '\"'"):
            message = f"a quote inside a cell must be doubled, and one from line {line} on is not"
        case says if says.startswith("field larger"):
            message = (
                f"a cell must have at most {csv.field_size_limit():,} characters: see line {line}"
            )
            return CannotTake(message, "does a quote open there that closes much later?")
        case _:
            message = f"the file must be a CSV, and line {line} cannot be read"
    return CannotTake(message, "mend that line in a text editor, or save the sheet again as XLSX")
