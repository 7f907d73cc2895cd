"""Brings the files of a journal to where they are meant to be, however far an earlier run came."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from peerloom.changes import files
from peerloom.changes.journal import Journal, NotBelieved, Step, Way

# For more files than these, one flush of all disks is quicker than one of each folder.
FEW = 16

_IN_THE_WAY = {errno.EISDIR, errno.ELOOP, errno.ENOTDIR}


class Edited(Exception):  # noqa: N818 - it is no error that somebody edits a file
    """A file is neither as it was nor as it is meant to be: somebody else changed it."""

    def __init__(self, path: str, number: int) -> None:
        super().__init__(path)
        self.path, self.number = path, number


def carry_out(root: Path, folder: Path, journal: Journal, way: Way) -> None:
    """Bring every file to its new text, or back to its old one, and make the disk remember it.

    Raises `Edited` or `NotBelieved` before the first file is touched, and `OSError`.
    """
    left = list(_left(root, folder, journal, way))
    for step, ready in left:
        if ready is None:
            files.delete(root, step.path)
        else:
            files.put(root, step.path, ready)
    if way == "undo":
        for made in reversed(journal.folders):
            files.delete_folder(root, made)
    _flush_folders(root, (step.path for step in journal.steps))


def _left(
    root: Path, folder: Path, journal: Journal, way: Way
) -> Iterator[tuple[Step, Path | None]]:
    """The steps not done yet, each with the text that is to take its place, if there is one.

    A file that is gone stands in nobody's way; one that somebody edited does.
    """
    for number, step in enumerate(journal.steps):
        aim = step.new if way == "redo" else step.old
        there = _digest(root, step.path, number)
        if there not in (step.old, step.new, None):
            raise Edited(step.path, number)
        if there != aim:
            ready = folder / f"{number}.{'new' if way == 'redo' else 'old'}"
            if aim is not None and _digest_of(ready) != aim:
                raise NotBelieved(f"the text that it has for '{step.path}' is damaged or missing")
            yield step, None if aim is None else ready


def _digest(root: Path, path: str, number: int) -> str | None:
    try:
        there = files.read(root, path)
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            raise Edited(path, number) from error
        raise
    return None if there is None else files.digest(there.data)


def _digest_of(ready: Path) -> str | None:
    there = files.read(ready.parent, ready.name)
    return None if there is None else files.digest(there.data)


def _flush_folders(root: Path, paths: Iterable[str]) -> None:
    by_folder = {path.rpartition("/")[0]: path for path in paths}
    if len(by_folder) > FEW and hasattr(os, "sync"):
        os.sync()
        return
    for path in by_folder.values():
        files.flush_folder(root, path)
