"""Which files the commands write: nothing else is written, least of all because a journal says so.

A journal may come with a copied folder. If it could name any file, it could place a hook, a
workflow or a page.
"""

import re

# The name of one file or folder; it is never '.' or '..'.
_NAME = r"(?!\.\.?(?:/|$))[^/\\\x00-\x1f\x7f]+"
_RECORD = re.compile(
    r"content/(?:program"
    rf"|(?:cohorts|participants|surveys|events|resources)/{_NAME}"
    rf"|(?:pairs|circles)/{_NAME}/{_NAME}"
    rf"|(?:check-ins|responses)/{_NAME}/{_NAME}/{_NAME}"
    r")\.yml"
)
_ISSUE_FORM = re.compile(r"\.github/ISSUE_TEMPLATE/[a-z-]+\.yml")
# What a new program holds besides. A journal can have these deleted, if they are as they were
# written, and never has them written.
_PLAIN = r"(?!\.\.?(?:/|$))[A-Za-z0-9._-]+"
_BEGINNING = re.compile(
    rf"(?!(?i:\.git)$){_PLAIN}"
    rf"|\.github/(?:{_PLAIN}/)?{_PLAIN}"
    rf"|content/{_PLAIN}/{_PLAIN}"
)


def may_be_written(path: str) -> bool:
    """Whether a command writes this file in a program that is there."""
    return bool(_RECORD.fullmatch(path) or _ISSUE_FORM.fullmatch(path))


def belongs_to_a_beginning(path: str) -> bool:
    """Whether this file is one of those that a new program begins with."""
    return may_be_written(path) or bool(_BEGINNING.fullmatch(path))
