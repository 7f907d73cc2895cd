"""New texts for files of a program: shown as a diff, then written all or not at all.

What is written stands first in a journal outside the folders that Git tracks. A run that is
killed leaves it there, and the next command finishes what it says, or takes it back.
"""

from peerloom.changes.settling import settle
from peerloom.changes.showing import diff
from peerloom.changes.trouble import CannotWrite
from peerloom.changes.writer import Changes, Writer, apply, writing

__all__ = ["CannotWrite", "Changes", "Writer", "apply", "diff", "settle", "writing"]
