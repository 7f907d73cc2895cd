"""The journal of a change of many files, written before the first of them is touched.

Its folder holds the new text of each file as `N.new`, the old one as `N.old`, and the journal
itself: as `redo` if the change is to be finished and as `undo` if it is to be taken back.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from peerloom.changes import files, paths
from peerloom.filenames import folders_above

Direction = Literal["redo", "undo"]
DIRECTIONS: tuple[Direction, ...] = ("redo", "undo")
_UNFINISHED = "note"
_JOURNAL_FILE = re.compile(rf"\d+\.(?:new|old)|{_UNFINISHED}|redo|undo")
_MAX_BYTES = 64 << 20


class JournalStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file, and the digests of its old and its new text; None if it does not exist then."""

    path: str
    old: str | None
    new: str | None


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The steps of a change, and the folders that it makes, outermost first.

    The journal of an upgrade may name the files that run the program, too. It is bound to the
    folder that it was written in by `place`, the folder's number on its disk, which no copy has.
    """

    version: Literal[1]
    steps: list[JournalStep]
    folders: list[str]
    place: int | None = None


class UntrustedJournal(Exception):  # noqa: N818 - it reads as the sentence it is
    """The journal was written elsewhere or is damaged; the message says what is wrong."""


def find_direction(folder: Path) -> Direction | None:
    """Return whether a change is to be finished or taken back, or None if there is no change."""
    return next((name for name in DIRECTIONS if os.path.lexists(folder / name)), None)


def write_journal(folder: Path, journal: Journal, direction: Direction) -> None:
    """Write the journal; from here on, the next run finishes the change or takes it back."""
    data = msgspec.json.encode(journal)
    unfinished = folder / _UNFINISHED
    files.write_new(unfinished, f"{files.digest_of(data)}\n".encode() + data, 0o600)
    flush_to_disk(unfinished)
    unfinished.replace(folder / direction)
    flush_to_disk(folder)


def mark_for_undo(folder: Path) -> None:
    """Mark the journal, so that the next run takes the change back."""
    (folder / "redo").replace(folder / "undo")


def read_journal(folder: Path, direction: Direction) -> Journal:
    """Return the journal, if it can be trusted. Raises `UntrustedJournal` or `OSError`."""
    file = folder / direction
    status = file.lstat()
    if not file.is_file() or file.is_symlink() or status.st_size > _MAX_BYTES:
        raise UntrustedJournal(f"'{direction}' is not a file that peerloom writes")
    written, _, data = file.read_bytes().partition(b"\n")
    if written.decode("latin-1") != files.digest_of(data):
        raise UntrustedJournal(f"'{direction}' is damaged")
    try:
        journal = msgspec.json.decode(data, type=Journal)
    except msgspec.DecodeError as error:
        raise UntrustedJournal(f"'{direction}' is not in the form that peerloom writes") from error
    if journal.place not in (None, find_place(folder)):
        raise UntrustedJournal("it is of an upgrade in another folder, and was copied here")
    for reason in _list_faults(journal, direction):
        raise UntrustedJournal(reason)
    return journal


def find_place(folder: Path) -> int:
    """Return the number of a folder on its disk. Raises `OSError`."""
    return folder.lstat().st_ino


def _list_faults(journal: Journal, direction: Direction) -> Iterator[str]:
    """Yield what keeps a journal from being trusted, as sentences about it."""
    named = [step.path for step in journal.steps]
    if len({*named}) < len(named):
        yield "it names a file twice"
    for step in journal.steps:
        # Taking a change back deletes the files that it made. Only for a new program may these be
        # other files than records and issue forms.
        deletes = direction == "undo" and step.old is None and journal.place is None
        is_known = paths.belongs_to_new_program if deletes else _allowed_paths(journal)
        if not is_known(step.path):
            yield f"it names '{step.path[:80]!a}', which no command writes"
    above = {folder for path in named for folder in folders_above(path)}
    if not above.issuperset(journal.folders):
        yield "it names a folder that has none of its files"


def _allowed_paths(journal: Journal) -> Callable[[str], bool]:
    return paths.may_be_written if journal.place is None else paths.may_be_upgraded


def flush_to_disk(file: Path) -> None:
    """Flush a file, or the list of files in a folder, to disk. Raises `OSError`."""
    if os.name == "nt" and file.is_dir():
        return
    handle = os.open(file, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_journal(folder: Path) -> bool:
    """Delete what a run has put into a journal's folder, and return whether there was anything.

    The journal itself goes last: texts without one belong to a run that had not begun to write.
    """
    names = [name for name in os.listdir(folder) if _JOURNAL_FILE.fullmatch(name)]  # noqa: PTH208
    for name in sorted(names, key=lambda name: (name in DIRECTIONS, name)):
        with suppress(FileNotFoundError):
            (folder / name).unlink()
    return bool(names)
