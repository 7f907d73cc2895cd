"""A change of many files, noted before the first of them is touched.

The folder holds the new text of each file as `N.new`, its old one as `N.old`, and the note
itself, as `redo` while the change is to be finished and as `undo` while it is to be taken back.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from peerloom.changes import files, paths

Way = Literal["redo", "undo"]
WAYS: tuple[Way, ...] = ("redo", "undo")
_UNFINISHED = "note"
_OURS = re.compile(rf"\d+\.(?:new|old)|{_UNFINISHED}|redo|undo")
_LARGEST = 64 << 20


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file, and the digests of its text before and after; `None` where it is not there."""

    path: str
    old: str | None
    new: str | None


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps of a change, and the folders that it makes, outermost first."""

    version: Literal[1]
    steps: list[Step]
    folders: list[str]


class NotBelieved(Exception):  # noqa: N818 - it reads as the sentence it is
    """The journal was not written here, or is damaged; the message says what is wrong."""


def way(folder: Path) -> Way | None:
    """Whether the change in a journal's folder is to be finished or taken back, if there is one."""
    return next((way for way in WAYS if os.path.lexists(folder / way)), None)


def note(folder: Path, journal: Journal, way: Way) -> None:
    """From here on the change counts: the next run finishes it or takes it back."""
    data = msgspec.json.encode(journal)
    unfinished = folder / _UNFINISHED
    files.write_new(unfinished, f"{files.digest(data)}\n".encode() + data, 0o600)
    flush(unfinished)
    unfinished.replace(folder / way)
    flush(folder)


def turn_back(folder: Path) -> None:
    """From here on the change is to be taken back."""
    (folder / "redo").replace(folder / "undo")


def read(folder: Path, way: Way) -> Journal:
    """The journal, if its every word can be believed. Raises `NotBelieved` or `OSError`."""
    file = folder / way
    status = file.lstat()
    if not file.is_file() or file.is_symlink() or status.st_size > _LARGEST:
        raise NotBelieved(f"'{way}' is no file that a run writes")
    written, _, data = file.read_bytes().partition(b"\n")
    if written.decode("latin-1") != files.digest(data):
        raise NotBelieved(f"'{way}' is damaged")
    try:
        journal = msgspec.json.decode(data, type=Journal)
    except msgspec.DecodeError as error:
        raise NotBelieved(f"'{way}' is not written as a run writes it") from error
    for reason in _wrongs(journal, way):
        raise NotBelieved(reason)
    return journal


def _wrongs(journal: Journal, way: Way) -> Iterator[str]:
    named = [step.path for step in journal.steps]
    if len({*named}) < len(named):
        yield "it names a file twice"
    for step in journal.steps:
        # Only the files of a program that was being started are ever taken away by their names.
        takes_away = way == "undo" and step.old is None
        is_known = paths.belongs_to_a_beginning if takes_away else paths.may_be_written
        if not is_known(step.path):
            yield f"it names '{step.path[:80]!a}', which no command writes"
    above = {folder for path in named for folder in files.folders_above(path)}
    if not above.issuperset(journal.folders):
        yield "it names a folder that none of its files is in"


def flush(file: Path) -> None:
    """Make the disk remember a file, or which files are in a folder. Raises `OSError`."""
    if os.name == "nt" and file.is_dir():
        return
    handle = os.open(file, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear(folder: Path) -> bool:
    """Delete what a run has put into a journal's folder; whether there was anything.

    The note goes last: texts without one are those of a run that had not begun to write.
    """
    found = [name for name in os.listdir(folder) if _OURS.fullmatch(name)]  # noqa: PTH208
    for name in sorted(found, key=lambda name: (name in WAYS, name)):
        with suppress(FileNotFoundError):
            (folder / name).unlink()
    return bool(found)
