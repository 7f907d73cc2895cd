"""Every file is where it belongs."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from peerloom import filenames, records, schema
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.model import CheckIn, Circle, Pair, Response
from peerloom.records import Program, Record
from peerloom.rules.finding import Finding

# What may lie among the pages beside Markdown: pictures and documents they show or link. An SVG
# file is no picture to a browser that opens it by itself, but a page with scripts.
_ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"})
_ACTIVE = frozenset({".svg", ".html", ".htm", ".xhtml", ".xml", ".js", ".mjs", ".css"})
# What the folders and the name of a file say, where that is more than its id.
_KEYS_IN_PATHS: dict[type, tuple[str, ...]] = {
    Pair: ("cohort", "id"),
    Circle: ("cohort", "id"),
    CheckIn: ("cohort", "pair", "due", "participant"),
    Response: ("survey", "cohort", "code"),
}
# Texts that had not taken their places yet; they are kept out of `content` today.
_LEFT_BEHIND = (".new-", ".peerloom-new")
_FOLDERS = frozenset(PurePosixPath(at).parts[1] for at in schema.PATHS.values())


def a_path_says_what_its_keys_say(program: Program, _: date) -> Iterator[Finding]:
    """A file's name equals its id, and its folders and name say what its keys say."""
    for at, record in program.moved.items():
        belongs = records.path(record)
        key = _differing_key(record, at)
        message = f"the file must be named as its keys say, and {quoted(key)} says otherwise"
        help_ = f"rename it to {belongs}, or mend its keys"
        yield Finding(where=record, keys=(key,), message=message, help=help_)


def _differing_key(record: Record, at: str) -> str:
    """The first key that a path does not say; the last where the path says all of them."""
    keys = _KEYS_IN_PATHS.get(type(record), ("id",))
    folders, stem = PurePosixPath(at).parts[2:-1], PurePosixPath(at).stem
    said: tuple[str, ...] = (*folders, stem)
    if isinstance(record, CheckIn):
        said = (*folders, stem[:10], stem[11:])
    for key, part in zip(keys, said, strict=False):
        if str(getattr(record, key)) != part:
            return key
    return keys[-1]


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
    return f"content/check-ins/{pair.cohort}/{pair.id}/{date.min}-{person}.yml"


def every_file_is_a_record(program: Program, _: date) -> Iterator[Finding]:
    """Every file in content is a record, a page, or a picture or document for the pages."""
    for path in program.tree:
        if not program.exists(path) and not _may_lie_there(path):
            message = f"{quoted(path)} must be a record, and nothing reads a file of this name here"
            yield Finding(where=path, message=message, help=_where_to(path))


def _may_lie_there(path: str) -> bool:
    at = PurePosixPath(path)
    is_attachment = may_lie_among_pages(path) and path.startswith("content/pages/")
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
    if path.startswith("content/pages/") and at.suffix.lower() in _ACTIVE:
        return _NO_CODE
    near = did_you_mean(at.parts[1], _FOLDERS) if len(at.parts) > 2 else ""
    if near and at.parts[1] not in _FOLDERS:
        return near
    return "move it out of 'content', or to the folder and the depth of its kind of record"
