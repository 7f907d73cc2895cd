"""Recognizing a CSV or XLSX file by its first bytes, whatever its name says."""

from peerloom.intake.csv_file import read_csv_grid
from peerloom.intake.grid import MAX_SHEET_BYTES, SPLIT_HELP, Grid
from peerloom.intake.result import UnusableSheet
from peerloom.intake.xlsx_file import read_xlsx_grid

_ZIP_START = b"PK\x03\x04"
_OTHER_FILE_TYPES = {
    b"\xd0\xcf\x11\xe0": "an old Excel or a password-protected file",
    b"%PDF": "a PDF",
    b"PK\x05\x06": "an empty archive",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
}


def too_large_message(size: int) -> str:
    """Return what to tell a coordinator whose file has `size` bytes, more than a sheet may."""
    limit = f"the file must have at most {MAX_SHEET_BYTES // 1_000_000} MB"
    return f"{limit}, and has {size / 1_000_000:,.0f}"


def read_grid(data: bytes) -> Grid:
    """Read the rows of a CSV or XLSX file. Raises `UnusableSheet`."""
    if len(data) > MAX_SHEET_BYTES:
        raise UnusableSheet(too_large_message(len(data)), SPLIT_HELP)
    for start, file_type in _OTHER_FILE_TYPES.items():
        if data.startswith(start):
            message = f"the file must be a CSV or XLSX, and is {file_type}"
            help_ = "open it in a spreadsheet program and save it as CSV or XLSX"
            raise UnusableSheet(message, help_)
    grid = read_xlsx_grid(data) if data.startswith(_ZIP_START) else read_csv_grid(data)
    if not grid.rows:
        raise UnusableSheet("the sheet must have rows, and is empty", "is it the right file?")
    return grid
