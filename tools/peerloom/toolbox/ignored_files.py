"""What Git leaves out of a program."""

from peerloom.filenames import SHEET_SUFFIXES


def ignored_files_text() -> str:
    """Return the text of `.gitignore`: what is built from the program, and all sheets."""
    # Letters of both cases, because spreadsheet programs write either.
    names = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in s) for s in SHEET_SUFFIXES)
    return (
        "site/\n.*-building/\n.peerloom-journal/\n"
        "# Sheets hold what people did not agree to show: import them, and never commit them.\n"
        + "".join(f"*{name}\n" for name in names)
    )
