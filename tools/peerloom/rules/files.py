"""Files: every one is where it belongs, and has a name that every computer can hold."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from peerloom import filenames
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME, KINDS, first_differing_key, record_path
from peerloom.model import Pair
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.slugs import RESERVED_IDS

# Files that may lie among the pages: pictures and documents that pages show or link to. SVG is
# not among them: a browser that opens an SVG file by itself runs the scripts in it.
_ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
_ACTIVE = frozenset({".svg", ".html", ".htm", ".xhtml", ".xml", ".js", ".mjs", ".css"})
# How earlier versions named a new text until it was put in its place; today's are kept elsewhere.
_LEFT_BEHIND = (".new-", ".peerloom-new")
_CONTENT = "content/"
_PAGES = f"{KIND_BY_NAME['page'].folder}/"
_FOLDERS = frozenset(PurePosixPath(kind.folder).name for kind in KINDS if kind.keys)


def paths_match_keys(program: Program, _: date) -> Iterator[Finding]:
    """A file's folders and name are those that follow from its keys, such as its id."""
    for path, record in program.moved.items():
        key = first_differing_key(record, path)
        message = f"the file's path must match its keys, and {quoted(key)} differs"
        help_ = f"rename it to {record_path(record)}, or correct its keys"
        yield Finding(where=record, keys=(key,), message=message, help=help_)


def names_differ_by_more_than_case(program: Program, _: date) -> Iterator[Finding]:
    """No two files or folders differ only in capital letters or in how their accents are stored."""
    for path, second, first in filenames.find_confusable_paths(program.tree):
        message = f"{quoted(second)} and {quoted(first)} must differ by more than capital letters"
        help_ = "rename one of them: many computers cannot tell the two apart"
        yield Finding(where=path, message=message, help=help_)


def names_work_on_every_computer(program: Program, _: date) -> Iterator[Finding]:
    """Windows, macOS and Linux can hold every file, including check-ins that are still to come."""
    for path in program.tree:
        why = filenames.reason_against_path(path)
        if why:
            message = f"{quoted(path)} must be a name that every computer can hold, and {why}"
            yield Finding(where=path, message=message, help=filenames.RENAME)
    for pair in program.pairs.values():
        longest = max(
            (_future_check_in_path(pair, person) for person in pair.people), key=len, default="x"
        )
        why = filenames.reason_against_path(longest)
        if why and not filenames.reason_against_path(program.path(pair)):
            message = f"a check-in of this pair must have a name every computer can hold, and {why}"
            help_ = "shorten the id of the pair, the person or the cohort: its path has all three"
            yield Finding(where=pair, keys=("id",), message=message, help=help_)


def _future_check_in_path(pair: Pair, person: str) -> str:
    """Return the path of a check-in of a pair; any date will do, as all are equally long."""
    return KIND_BY_NAME["check-in"].path_for(pair.cohort, pair.id, date.min, person)


def ids_are_not_reserved(program: Program, _: date) -> Iterator[Finding]:
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
        if not program.exists(path) and not _is_allowed_file(path):
            message = f"{quoted(path)} must be a record, and no record has a path like this"
            yield Finding(where=path, message=message, help=_suggest_place(path))


def no_sheet_is_committed(program: Program, _: date) -> Iterator[Finding]:
    """No sheet is among the program's files: it holds what people did not agree to show."""
    among_records = (path for path in program.tree if path.startswith(_CONTENT))
    inside = (path for path in among_records if filenames.is_sheet(path))
    for path in sorted({*inside, *program.committed_sheets}):
        message = f"{quoted(path)} must not be among the program's files, because it is a sheet"
        yield Finding(where=path, message=message, help=_REMOVE_SHEET)


def _is_allowed_file(path: str) -> bool:
    if filenames.is_sheet(path):
        return True  # another rule says what to do with it
    is_attachment = is_page_attachment(path) and path.startswith(_PAGES)
    return is_attachment or PurePosixPath(path).name == ".gitkeep"


def is_page_attachment(path: str) -> bool:
    """Whether a file of this name may lie among written pages and become part of the site."""
    return PurePosixPath(path).suffix.lower() in _ATTACHMENTS


_REMOVE_SHEET = (
    "import it, then delete it here; if it was committed, Git's history still shows it to "
    "everybody who can read the repository, and docs/import.md says how to take it out of there"
)
_NO_CODE = (
    "it could run code in readers' browsers, so no site will contain it: save a picture as PNG, "
    "write a page in Markdown, and put files of the theme into its 'custom_dir'"
)


def _suggest_place(path: str) -> str:
    file = PurePosixPath(path)
    if file.name.startswith(_LEFT_BEHIND):
        return "delete it: an earlier version of peerloom left it when a run was interrupted"
    if file.suffix == ".yaml":
        return f"rename it to {file.with_suffix('.yml')}"
    if path.startswith(_PAGES) and file.suffix.lower() in _ACTIVE:
        return _NO_CODE
    near = did_you_mean(file.parts[1], _FOLDERS) if len(file.parts) > 2 else ""
    if near and file.parts[1] not in _FOLDERS:
        return near
    return "move it out of 'content', or to where records of its kind belong"
