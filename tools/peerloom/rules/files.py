"""Every file is where it belongs."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from peerloom import filenames
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME, KINDS, first_differing_key, record_path
from peerloom.model import Pair
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.slugs import RESERVED_IDS

# What may lie among the pages beside Markdown: pictures and documents they show or link. An SVG
# file is no picture to a browser that opens it by itself, but a page with scripts.
_ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
_ACTIVE = frozenset({".svg", ".html", ".htm", ".xhtml", ".xml", ".js", ".mjs", ".css"})
# Texts that had not taken their places yet; they are kept out of `content` today.
_LEFT_BEHIND = (".new-", ".peerloom-new")
_PAGES = f"{KIND_BY_NAME['page'].folder}/"
_FOLDERS = frozenset(PurePosixPath(kind.folder).name for kind in KINDS if kind.keys)


def a_path_says_what_its_keys_say(program: Program, _: date) -> Iterator[Finding]:
    """A file's name equals its id, and its folders and name say what its keys say."""
    for at, record in program.moved.items():
        belongs = record_path(record)
        key = first_differing_key(record, at)
        message = f"the file must be named as its keys say, and {quoted(key)} says otherwise"
        help_ = f"rename it to {belongs}, or mend its keys"
        yield Finding(where=record, keys=(key,), message=message, help=help_)


def names_differ_by_more_than_case(program: Program, _: date) -> Iterator[Finding]:
    """No two files or folders differ only in capital letters or in how their accents are stored."""
    for path, second, first in filenames.confused(program.tree):
        message = f"{quoted(second)} and {quoted(first)} must differ by more than capital letters"
        help_ = "rename one: many computers take the two for the same"
        yield Finding(where=path, message=message, help=help_)


def every_computer_can_hold_a_name(program: Program, _: date) -> Iterator[Finding]:
    """Windows, macOS and Linux can hold the name of each file, of its folders, of each check-in."""
    for path in program.tree:
        why = filenames.fault(path)
        if why:
            message = f"{quoted(path)} must be a name that every computer can hold, and {why}"
            yield Finding(where=path, message=message, help=filenames.RENAME)
    for pair in program.pairs.values():
        to_come = max(
            (_check_ins_path(pair, person) for person in pair.people), key=len, default="x"
        )
        why = filenames.fault(to_come)
        if why and not filenames.fault(program.path(pair)):
            message = f"a check-in of this pair must have a name every computer can hold, and {why}"
            help_ = "shorten the pair's id, the person's or the cohort's: all three are in its path"
            yield Finding(where=pair, keys=("id",), message=message, help=help_)


def _check_ins_path(pair: Pair, person: str) -> str:
    """Where a check-in of a pair will be; all dates are as long."""
    return KIND_BY_NAME["check-in"].path_for(pair.cohort, pair.id, date.min, person)


def an_id_is_no_reserved_word(program: Program, _: date) -> Iterator[Finding]:
    """No id is a word that pages have for something else, such as index, new or 404."""
    groups: tuple[Mapping[Any, Any], ...] = (
        *(program.participants, program.cohorts, program.pairs, program.circles),
        *(program.training, program.events, program.surveys),
    )
    for group in groups:
        for record in group.values():
            if record.id in RESERVED_IDS:
                message = f"{quoted(record.id)} must not be an id: pages have it for something else"
                help_ = f"rename the file and its id, such as to {quoted(record.id + '-1')}"
                yield Finding(where=record, keys=("id",), message=message, help=help_)


def every_file_is_a_record(program: Program, _: date) -> Iterator[Finding]:
    """Every file in content is a record, a page, or a picture or document for the pages."""
    for path in program.tree:
        if not program.exists(path) and not _may_lie_there(path):
            message = f"{quoted(path)} must be a record, and nothing reads a file of this name here"
            yield Finding(where=path, message=message, help=_where_to(path))


def _may_lie_there(path: str) -> bool:
    at = PurePosixPath(path)
    is_attachment = may_lie_among_pages(path) and path.startswith(_PAGES)
    return at.name == ".gitkeep" or is_attachment


def may_lie_among_pages(path: str) -> bool:
    """Whether a site may hold a file of this name that lies beside its pages."""
    return PurePosixPath(path).suffix.lower() in _ATTACHMENTS


_NO_CODE = (
    "it could run in readers' browsers, and no site will hold it: save a picture as PNG, write a "
    "page in Markdown, and put what belongs to the theme into its 'custom_dir'"
)


def _where_to(path: str) -> str:
    at = PurePosixPath(path)
    if at.name.startswith(_LEFT_BEHIND):
        return "delete it: an earlier version of peerloom left it when a run was interrupted"
    if at.suffix == ".yaml":
        return f"rename it to {at.with_suffix('.yml')}"
    if path.startswith(_PAGES) and at.suffix.lower() in _ACTIVE:
        return _NO_CODE
    near = did_you_mean(at.parts[1], _FOLDERS) if len(at.parts) > 2 else ""
    if near and at.parts[1] not in _FOLDERS:
        return near
    return "move it out of 'content', or to the folder and the depth of its kind of record"
