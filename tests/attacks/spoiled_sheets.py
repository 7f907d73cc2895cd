"""Sheets that are damaged, or whose cells hold whatever anybody can type into a form."""

import csv
import io
from collections.abc import Sequence
from random import Random

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from mutation import HOSTILE_WORDS, spoil_text
from random_sheets.layouts import write_sheet

# A mail address tells who is who while a sheet is read, and is in nothing that comes of it.
MAIL_MARK = "zqmailzq"
_HEADERS = (
    *("Role", "Skills offered", "Skills wanted", "GitHub", "Time zone", "Languages", "About you"),
    *("When are you free?", "How many mentees?", "Years of experience", "Timestamp", "Pronouns"),
    *("May we show you?", "Booking link", "What do you hope for?", "Which region?", "Interests"),
)
_CELLS = (
    *("mentor", "mentee", "Both", "Mon 9-12", "UTC+2", "Python (good); R", "2", "two", "yes", "no"),
    *("=1+1", '=HYPERLINK("http://a.example","b")', "@SUM(A1)", "-2+3", "\t=1", "English, Deutsch"),
    *("12/01/2027 9:12:44", "2027-01-12", "٣", "²", "", "", "n/a", "https://a.example", "@ada"),
    *(
        "\x00",
        "\u2028",
        "\ufeff",
        "\u202eadA",
        "a\nb",
        "a\r\nb",
        '"',
        '""',
        "'",
        ",;\t|",
        "x" * 9000,
    ),
)


def make_spoiled_sheet(chance: Random) -> tuple[bytes, bool]:
    """Return a sheet's bytes, and whether addresses with `MAIL_MARK` are in a column of theirs."""
    kind = chance.random()
    if kind < 0.45:
        return spoil_text(write_sheet(chance.randrange(1 << 30)).data, chance), False
    grid = _make_grid(chance)
    if kind < 0.9:
        return _write_csv(grid, chance), True
    return _spoil_workbook(_write_workbook(grid), chance), False


def _make_grid(chance: Random) -> list[list[str]]:
    headers = ["Name", "Email address", *chance.sample(_HEADERS, chance.randrange(1, 8))]
    words = (*_CELLS, *HOSTILE_WORDS)
    rows = [
        [
            f"Zq Person {number}" if chance.random() < 0.7 else chance.choice(words),
            f"{MAIL_MARK}{number}@a.example",
            *(chance.choice(words) for _ in headers[2:]),
        ]
        for number in range(chance.randrange(7))
    ]
    return [headers, *rows]


def _write_csv(grid: Sequence[Sequence[str]], chance: Random) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=chance.choice(",;\t")).writerows(grid)
    return text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")


def _write_workbook(grid: Sequence[Sequence[str]]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in grid:
        workbook.active.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def _spoil_workbook(data: bytes, chance: Random) -> bytes:
    return spoil_text(data, chance) if chance.random() < 0.7 else data
