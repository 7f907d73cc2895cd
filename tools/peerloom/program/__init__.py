"""Reads the content folder into records and diagnostics; nothing else reads it."""

from peerloom.program.checking import Checked, check, check_changes, examine
from peerloom.program.loading import Loaded, load
from peerloom.program.tree import Snapshot, bad_name_diagnostic, link_diagnostic

__all__ = [
    "RULES",
    "Checked",
    "Loaded",
    "Snapshot",
    "bad_name_diagnostic",
    "check",
    "check_changes",
    "examine",
    "link_diagnostic",
    "load",
]

# What must hold for the files of a program, in Markdown, by the id that a diagnostic carries.
RULES: dict[str, str] = {
    "missing-program": "A program's folder holds `content/program.yml`.",
    "names-are-text": "The name of a file or folder is text in UTF-8.",
    "records-are-files": "What is named like a record is a file, not a folder.",
    "no-symbolic-links": "Files and folders are there themselves; links are not followed.",
    "cannot-read": "Every file and folder may be read.",
}
