"""Reading a worksheet of an XLSX file; the only module that knows openpyxl.

A workbook is a ZIP archive of XML files. Both formats let a small file expand without limit
(ZIP bombs, XML entities), so both are checked before openpyxl sees them.
"""

import io
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.grid import MAX_COLUMNS, Grid, GridRow, collect_rows
from peerloom.intake.result import UnusableSheet
from peerloom.intake.xlsx_layout import MergedArea, WorksheetLayout, read_layout
from peerloom.text.phrases import list_words

_MAX_UNPACKED_BYTES = 200_000_000
_MAX_MEMBERS = 5000
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as XLSX or CSV"


def read_xlsx_grid(
    data: bytes, worksheet: str | None = None, known_worksheets: Collection[str] = ()
) -> Grid:
    """Read the rows of a worksheet: the one that is named, or else the only one with rows.

    Of several with rows it is the only one among `known_worksheets`. Raises `UnusableSheet`.
    """
    try:
        _refuse_hostile_archive(data)
        return _read_worksheet(data, worksheet, known_worksheets)
    except (UnusableSheet, ModuleNotFoundError):
        raise  # without openpyxl, nothing is wrong with the workbook
    except Exception as error:  # noqa: BLE001 - on damaged files openpyxl raises almost anything
        message = f"the workbook must be whole, and cannot be read ({type(error).__name__})"
        raise UnusableSheet(message, _SAVE_AGAIN) from None


def _refuse_hostile_archive(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if archive.namelist()[:1] == ["mimetype"] and b"opendocument" in archive.read("mimetype"):
            message = "the file must be a CSV or XLSX, and is an OpenDocument file (.ods)"
            help_ = "open it in LibreOffice and choose File, Save as, Excel 2007-365 (.xlsx)"
            raise UnusableSheet(message, help_)
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


def _read_worksheet(data: bytes, named: str | None, known: Collection[str]) -> Grid:
    from openpyxl import load_workbook  # slow to import, and not needed for a CSV

    formulas: set[tuple[int, int]] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which are not read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = _choose_worksheet(book, named, known)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                layout = read_layout(archive.read(sheet._worksheet_path))
            rows = collect_rows(_read_rows(sheet, formulas, layout))
        finally:
            book.close()
    return Grid(
        rows=rows,
        formulas=frozenset(formulas),
        worksheet=sheet.title,
        hidden_rows=layout.hidden_rows & {row.number for row in rows},
        hidden_columns=layout.hidden_columns,
        is_filtered=layout.is_filtered,
        last_row_number=rows[-1].number if rows else 0,
    )


def _choose_worksheet(book: Any, named: str | None, known: Collection[str]) -> Any:
    """Return the worksheet to read; several with rows are asked for."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        message = "the workbook must have a visible sheet, and has none"
        raise UnusableSheet(message, _SAVE_AGAIN)
    if named is not None:
        return _find_named(book.worksheets, named)
    if len(visible) == 1:
        return visible[0]
    with_rows = [sheet for sheet in visible if _has_a_table(sheet)]
    remembered = [sheet for sheet in with_rows if sheet.title in known]
    if len(with_rows) > 1 and len(remembered) != 1:
        titles = [sheet.title for sheet in with_rows]
        message = f"the workbook has {len(titles)} worksheets with rows, and one must be chosen"
        help_ = f"say which: {' or '.join(f'--sheet {quoted(title)}' for title in titles[:6])}"
        raise UnusableSheet(message, help_, choices=tuple(titles), asks_for="worksheet")
    return (remembered or with_rows or visible)[0]


def _find_named(sheets: Iterable[Any], named: str) -> Any:
    by_title = {fold_text(sheet.title): sheet for sheet in sheets}
    if fold_text(named) not in by_title:
        titles = [sheet.title for sheet in by_title.values()]
        message = f"there must be a worksheet {quoted(named)}, as '--sheet' says"
        help_ = did_you_mean(named, titles) or f"they are: {list_words(map(quoted, titles))}"
        raise UnusableSheet(message, help_)
    return by_title[fold_text(named)]


def _has_a_table(sheet: Any) -> bool:
    """Whether a worksheet has at least two rows with two cells or more, within its first rows."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=50, max_col=MAX_COLUMNS, values_only=True)
    wide = (row for row in rows if sum(cell not in (None, "") for cell in row) > 1)
    return len(list(islice(wide, 2))) == 2


def _read_rows(
    sheet: Any, formulas: set[tuple[int, int]], layout: WorksheetLayout
) -> Iterator[GridRow]:
    """Yield the rows of a sheet, and add the cells that hold a formula to `formulas`.

    What stands in merged cells stands in each of them.
    """
    sheet.reset_dimensions()  # the size that a file gives for itself is often wrong
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    merged = _MergedCells(layout.merged)
    for number, cells in enumerate(rows, start=1):
        texts = []
        for column, cell in enumerate(cells):
            is_formula = cell.data_type == "f"
            if is_formula:
                formulas.add((number, column))
            is_error = cell.data_type == "e"
            texts.append("" if is_formula or is_error else _cell_text(cell.value))
        merged.fill(number, texts)
        yield GridRow(number=number, cells=tuple(texts))


class _MergedCells:
    """Fills each merged area with what stands in its first cell, row after row."""

    def __init__(self, areas: Iterable[MergedArea]) -> None:
        self._waiting = sorted(areas, key=lambda area: -area.first_row)
        self._open: list[tuple[MergedArea, str]] = []

    def fill(self, number: int, texts: list[str]) -> None:
        """Fill the cells of the row with this number, which comes after all rows before it."""
        self._open = [(area, text) for area, text in self._open if area.last_row >= number]
        while self._waiting and self._waiting[-1].first_row <= number:
            area = self._waiting.pop()
            first = area.first_column
            self._open.append((area, texts[first] if first < len(texts) else ""))
        for area, text in self._open:
            for column in range(area.first_column, min(area.last_column + 1, len(texts))):
                texts[column] = texts[column] or text


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
