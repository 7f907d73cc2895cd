"""Recognizing a CSV or XLSX file by its first bytes, whatever its name says."""

from collections.abc import Collection

from peerloom.diagnostic import quoted
from peerloom.intake.csv_file import read_csv_grid
from peerloom.intake.grid import MAX_SHEET_BYTES, SPLIT_HELP, Grid
from peerloom.intake.result import UnusableSheet
from peerloom.intake.xlsx_file import read_xlsx_grid
from peerloom.text.phrases import list_words

_ZIP_START = b"PK\x03\x04"
_OLD_OFFICE_START = b"\xd0\xcf\x11\xe0"
# What a workbook with a password holds, in the text of such files.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS_XLSX = "open it in a spreadsheet program and choose File, Save as, Excel workbook (.xlsx)"
_OTHER_FILE_TYPES = {
    b"%PDF": "a PDF",
    b"PK\x05\x06": "an empty archive",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!DOCTYPE html": "a web page",
    b"<html": "a web page, whatever its name says",
    b"<?xml": "an XML file",
}


def too_large_message(size: int) -> str:
    """Return what to tell a coordinator whose file has `size` bytes, more than a sheet may."""
    limit = f"the file must have at most {MAX_SHEET_BYTES // 1_000_000} MB"
    return f"{limit}, and has {size / 1_000_000:,.0f}"


def read_grid(
    data: bytes,
    *,
    encoding: str | None = None,
    worksheet: str | None = None,
    known_worksheets: Collection[str] = (),
    known_encodings: Collection[str] = (),
) -> Grid:
    """Read the rows of a CSV or XLSX file. Raises `UnusableSheet`.

    `worksheet` names the one to read in a workbook; else it is the only one with rows, or the only
    one of those that is among `known_worksheets`. An encoding that is not sure is the only one of
    the likely ones that is among `known_encodings`.
    """
    if len(data) > MAX_SHEET_BYTES:
        raise UnusableSheet(too_large_message(len(data)), SPLIT_HELP)
    _refuse_other_file(data)
    if data.startswith(_ZIP_START):
        grid = read_xlsx_grid(data, worksheet, known_worksheets)
    else:
        grid = read_csv_grid(data, encoding)
        remembered = {c.encoding for c in grid.encoding_candidates} & set(known_encodings)
        if len(remembered) == 1:
            grid = read_csv_grid(data, remembered.pop())
        elif grid.encoding_candidates:
            raise _encoding_question(grid)
    if not grid.rows:
        raise UnusableSheet("the sheet must have rows, and is empty", "is it the right file?")
    return grid


def _encoding_question(grid: Grid) -> UnusableSheet:
    """Return the exception that asks for an encoding, with how names look in each."""
    shown = "; ".join(
        f"{list_words(map(quoted, c.words))} in {c.label}: --encoding {c.encoding}"
        for c in grid.encoding_candidates
    )
    message = "the file does not say its encoding, and names in it could be read in several ways"
    return UnusableSheet(
        message,
        f"which is right? {shown}",
        choices=tuple(c.encoding for c in grid.encoding_candidates),
        asks_for="encoding",
    )


def _refuse_other_file(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE_START):
        if _ENCRYPTED in data:
            message = "the workbook is protected by a password, and cannot be read"
            help_ = "open it, choose File, Info, remove the password, and save it"
            raise UnusableSheet(message, help_)
        message = "the file must be a CSV or XLSX, and is an Excel file of the old kind (.xls)"
        raise UnusableSheet(message, _SAVE_AS_XLSX)
    for start, file_type in _OTHER_FILE_TYPES.items():
        if data[: len(start)].lower() == start.lower():
            message = f"the file must be a CSV or XLSX, and is {file_type}"
            raise UnusableSheet(message, _SAVE_AS_XLSX)
