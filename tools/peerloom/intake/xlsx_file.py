"""Reading the first visible sheet of an XLSX file; the only module that knows openpyxl.

A workbook is a ZIP archive of XML files. Both formats let a small file expand without limit
(ZIP bombs, XML entities), so both are checked before openpyxl sees them.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from peerloom.intake.grid import MAX_COLUMNS, Grid, GridRow, collect_rows
from peerloom.intake.result import UnusableSheet

_MAX_UNPACKED_BYTES = 200_000_000
_MAX_MEMBERS = 5000
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as XLSX or CSV"


def read_xlsx_grid(data: bytes) -> Grid:
    """Read the rows of a workbook's first visible sheet. Raises `UnusableSheet`."""
    try:
        _refuse_hostile_archive(data)
        return _read_first_visible_sheet(data)
    except UnusableSheet:
        raise
    except Exception as error:  # noqa: BLE001 - on damaged files openpyxl raises almost anything
        message = f"the workbook must be whole, and cannot be read ({type(error).__name__})"
        raise UnusableSheet(message, _SAVE_AGAIN) from None


def _refuse_hostile_archive(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            message = "the file must be an Excel workbook (XLSX), and is another kind of archive"
            raise UnusableSheet(message, _SAVE_AGAIN)
        unpacked = sum(member.file_size for member in members)
        if unpacked > _MAX_UNPACKED_BYTES or len(members) > _MAX_MEMBERS:
            limit = f"the workbook must have at most {_MAX_UNPACKED_BYTES // 1_000_000} MB unpacked"
            raise UnusableSheet(f"{limit}, and has more", "save only the sheet of sign-ups, as CSV")
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
                message = "the workbook must not hold XML entities, which no spreadsheet writes"
                raise UnusableSheet(message, _SAVE_AGAIN)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    previous = b""  # the end of the last block: a declaration may lie across two
    with archive.open(member) as stream:
        while block := stream.read(1 << 20):
            if b"<!DOCTYPE" in previous + block or b"<!ENTITY" in previous + block:
                return True
            previous = block[-16:]
    return False


def _read_first_visible_sheet(data: bytes) -> Grid:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and not needed for a CSV

    formulas: set[tuple[int, int]] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which are not read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            if sheet is None:
                message = "the workbook must have a visible sheet, and has none"
                raise UnusableSheet(message, _SAVE_AGAIN)
            rows = collect_rows(_read_rows(sheet, formulas))
        finally:
            book.close()
    return Grid(rows=rows, formulas=frozenset(formulas))


def _read_rows(sheet: Any, formulas: set[tuple[int, int]]) -> Iterator[GridRow]:
    """Yield the rows of a sheet, and add the cells that hold a formula to `formulas`."""
    sheet.reset_dimensions()  # the size that a file gives for itself is often wrong
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    for number, cells in enumerate(rows, start=1):
        texts = []
        for column, cell in enumerate(cells):
            is_formula = cell.data_type == "f"
            if is_formula:
                formulas.add((number, column))
            is_error = cell.data_type == "e"
            texts.append("" if is_formula or is_error else _cell_text(cell.value))
        yield GridRow(number=number, cells=tuple(texts))


def _cell_text(value: Any) -> str:  # noqa: PLR0911 - one line for each type of value
    """Return a cell's value as a CSV would hold it."""
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
