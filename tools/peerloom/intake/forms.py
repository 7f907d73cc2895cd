"""Which form a file has: a CSV, a workbook, or one that cannot be taken."""

from peerloom.intake import delimited, workbook
from peerloom.intake.notes import CannotTake
from peerloom.intake.sheets import MOST_BYTES, SPLIT, Grid

_OTHER_FORMS = {
    b"\xd0\xcf\x11\xe0": "an old Excel or a password-protected file",
    b"%PDF": "a PDF",
    b"PK\x05\x06": "an empty archive",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
}


def too_many(size: int) -> str:
    """What is said of a file of more bytes than a sheet may have."""
    most = f"the file must have at most {MOST_BYTES // 1_000_000} MB"
    return f"{most}, and has {size / 1_000_000:,.0f}"


def grid(data: bytes) -> Grid:
    """The rows of a CSV or XLSX file. Raises `CannotTake`."""
    if len(data) > MOST_BYTES:
        raise CannotTake(too_many(len(data)), SPLIT)
    for start, what in _OTHER_FORMS.items():
        if data.startswith(start):
            message = f"the file must be a CSV or XLSX, and is {what}"
            raise CannotTake(message, "open it in a spreadsheet program and save it as CSV or XLSX")
    found = workbook.grid(data) if data.startswith(b"PK\x03\x04") else delimited.grid(data)
    if not found.rows:
        raise CannotTake("the sheet must have rows, and is empty", "is it the right file?")
    return found
