"""The first visible sheet of an XLSX; the only module that knows openpyxl.

A workbook is an archive of XML: both can be made to grow without end, and neither may.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from peerloom.intake.notes import CannotTake
from peerloom.intake.sheets import MOST_COLUMNS, Grid, Row, held_to_limits

_MOST_UNPACKED = 200_000_000
_AGAIN = "open it in a spreadsheet program and save it again as XLSX or CSV"


def grid(data: bytes) -> Grid:
    """The rows of a workbook. Raises `CannotTake`."""
    try:
        _refuse_traps(data)
        return _grid(data)
    except CannotTake:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises of all kinds on damaged files
        message = f"the workbook must be whole, and cannot be read ({type(error).__name__})"
        raise CannotTake(message, _AGAIN) from None


def _refuse_traps(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            message = "the file must be an Excel workbook (XLSX), and is another kind of archive"
            raise CannotTake(message, _AGAIN)
        if sum(member.file_size for member in members) > _MOST_UNPACKED or len(members) > 5000:
            message = f"the workbook must have at most {_MOST_UNPACKED // 1_000_000} MB unpacked"
            raise CannotTake(f"{message}, and has more", "save only the sheet of sign-ups, as CSV")
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
                message = "the workbook must not hold XML entities, which no spreadsheet writes"
                raise CannotTake(message, _AGAIN)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    before = b""
    with archive.open(member) as stream:
        while block := stream.read(1 << 20):
            if b"<!DOCTYPE" in before + block or b"<!ENTITY" in before + block:
                return True
            before = block[-16:]
    return False


def _grid(data: bytes) -> Grid:
    from openpyxl import load_workbook  # noqa: PLC0415 - it takes a while, and a CSV needs it not

    formulas: set[tuple[int, int]] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which nobody asked for
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            if sheet is None:
                raise CannotTake("the workbook must have a visible sheet, and has none", _AGAIN)
            rows = held_to_limits(_rows(sheet, formulas))
        finally:
            book.close()
    return Grid(rows=rows, formulas=frozenset(formulas))


def _rows(sheet: Any, formulas: set[tuple[int, int]]) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    for number, cells in enumerate(rows, start=1):
        texts = []
        for at, cell in enumerate(cells):
            is_formula = cell.data_type == "f"
            if is_formula:
                formulas.add((number, at))
            texts.append("" if is_formula or cell.data_type == "e" else _text(cell.value))
        yield Row(number=number, cells=tuple(texts))


def _text(value: Any) -> str:  # noqa: PLR0911 - a table of kinds of values
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return str(value).strip()
