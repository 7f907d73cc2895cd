"""Every file is where it belongs."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from peerloom import records
from peerloom.diagnostic import quoted
from peerloom.model import CheckIn
from peerloom.records import Program
from peerloom.rules.finding import Finding

# What may lie among the pages beside Markdown: pictures and documents they show or link.
_ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"})


def a_path_says_what_its_keys_say(program: Program, _: date) -> Iterator[Finding]:
    """A file's name equals its id, and its folders and name say what its keys say."""
    for at, record in program.moved.items():
        belongs = records.path(record)
        key = "due" if isinstance(record, CheckIn) else "code" if hasattr(record, "code") else "id"
        message = f"the file must be named as its keys say, and they say {quoted(belongs)}"
        help_ = f"rename it to {belongs}, or mend the keys to say '{at}'"
        yield Finding(where=record, keys=(key,), message=message, help=help_)


def names_differ_by_more_than_case(program: Program, _: date) -> Iterator[Finding]:
    """No two files differ only in capital letters or in how their accents are stored."""
    seen: dict[str, str] = {}
    for path in program.tree:
        folded = path if path.isascii() else unicodedata.normalize("NFC", path)
        first = seen.setdefault(folded.casefold(), path)
        if first != path:
            message = f"{quoted(path)} and {quoted(first)} must differ by more than capital letters"
            help_ = "rename one: many computers take the two for the same file"
            yield Finding(where=path, message=message, help=help_)


def every_file_is_a_record(program: Program, _: date) -> Iterator[Finding]:
    """Every file in content is a record, a page, or a picture or document for the pages."""
    held = {program.path(record) for record in program.records()} | program.broken
    held |= set(program.moved)
    for path in program.tree:
        if path not in held and not _may_lie_there(path):
            message = f"{quoted(path)} must be a record, and nothing reads a file of this name here"
            yield Finding(where=path, message=message, help=_where_to(path))


def _may_lie_there(path: str) -> bool:
    at = PurePosixPath(path)
    is_attachment = at.suffix.lower() in _ATTACHMENTS and path.startswith("content/pages/")
    return at.name == ".gitkeep" or is_attachment


def _where_to(path: str) -> str:
    at = PurePosixPath(path)
    if at.suffix == ".yaml":
        return f"rename it to {at.with_suffix('.yml')}"
    folder = "/".join(at.parts[:2])
    return f"move it out of {folder}; README.md shows which folder holds what"
