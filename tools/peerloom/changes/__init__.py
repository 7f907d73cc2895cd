"""Changes of a program's files: shown as a diff, then written all together or not at all.

Every change is first written into a journal outside the folders that Git tracks. A run that is
killed leaves the journal there, and the next command finishes the change or takes it back.
"""

from peerloom.changes.diff import render_diff
from peerloom.changes.errors import CannotWrite
from peerloom.changes.recovery import recover
from peerloom.changes.writer import Changes, FileContents, Writer, open_writer

__all__ = [
    "CannotWrite",
    "Changes",
    "FileContents",
    "Writer",
    "open_writer",
    "recover",
    "render_diff",
]
