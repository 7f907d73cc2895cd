"""Reads a program's content folder into records and diagnostics; no other package reads it."""

from peerloom.program.checking import (
    Checked,
    check,
    check_changes,
    check_links,
    examine_snapshot,
    place_findings,
)
from peerloom.program.loading import Loaded, load
from peerloom.program.tree import Snapshot, bad_name_diagnostic, link_diagnostic

__all__ = [
    "FILE_RULES",
    "Checked",
    "Loaded",
    "Snapshot",
    "bad_name_diagnostic",
    "check",
    "check_changes",
    "check_links",
    "examine_snapshot",
    "link_diagnostic",
    "load",
    "place_findings",
]

# What must hold for the files of a program, in Markdown, by the id that a diagnostic carries.
FILE_RULES: dict[str, str] = {
    "missing-program": "A program's folder has `content/program.yml`.",
    "names-are-text": "The name of a file or folder is text in UTF-8.",
    "records-are-files": "A record is a file, and no folder has the name of one.",
    "no-symbolic-links": "Files and folders are not symbolic links, which are never followed.",
    "cannot-read": "Every file and folder can be read.",
}
