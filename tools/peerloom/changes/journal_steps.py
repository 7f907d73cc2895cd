"""Carries out the steps of a journal, forward or back, however far an earlier run got."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from peerloom.changes import files
from peerloom.changes.journal import Direction, Journal, JournalStep, UntrustedJournal

# Above this number of folders, flushing all disks at once is quicker than each folder by itself.
MAX_FLUSHED_SINGLY = 16

_IN_THE_WAY = {errno.EISDIR, errno.ELOOP, errno.ENOTDIR}


class FileWasEdited(Exception):  # noqa: N818 - it is no error that somebody edits a file
    """A file has neither its old text nor its new one, because somebody else changed it."""

    def __init__(self, path: str, number: int) -> None:
        super().__init__(path)
        self.path, self.number = path, number


def apply_steps(root: Path, folder: Path, journal: Journal, direction: Direction) -> None:
    """Give every file its new text, or its old one, and flush the folders to disk.

    Raises `FileWasEdited` or `UntrustedJournal` before it touches the first file, and `OSError`.
    """
    for step, ready in list(_list_remaining_steps(root, folder, journal, direction)):
        if ready is None:
            files.delete_file(root, step.path)
        else:
            files.move_into_place(root, step.path, ready)
    if direction == "undo":
        for new_folder in reversed(journal.folders):
            files.delete_folder(root, new_folder)
    _flush_folders(root, (step.path for step in journal.steps))


def _list_remaining_steps(
    root: Path, folder: Path, journal: Journal, direction: Direction
) -> Iterator[tuple[JournalStep, Path | None]]:
    """Yield the steps that are not done yet, each with the file that holds its text, if it has one.

    A file that is missing may be written or stay deleted; no work is lost either way.
    """
    for number, step in enumerate(journal.steps):
        wanted = step.new if direction == "redo" else step.old
        current = _digest_in_program(root, step.path, number)
        if current not in (step.old, step.new, None):
            raise FileWasEdited(step.path, number)
        if current != wanted:
            ready = folder / f"{number}.{'new' if direction == 'redo' else 'old'}"
            if wanted is not None and _digest_of_text(ready) != wanted:
                raise UntrustedJournal(f"its text for '{step.path}' is damaged or missing")
            yield step, None if wanted is None else ready


def _digest_in_program(root: Path, path: str, number: int) -> str | None:
    try:
        current = files.read_file(root, path)
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            raise FileWasEdited(path, number) from error
        raise
    return None if current is None else files.digest_of(current.data)


def _digest_of_text(ready: Path) -> str | None:
    text = files.read_file(ready.parent, ready.name)
    return None if text is None else files.digest_of(text.data)


def _flush_folders(root: Path, paths: Iterable[str]) -> None:
    by_folder = {path.rpartition("/")[0]: path for path in paths}
    if len(by_folder) > MAX_FLUSHED_SINGLY and hasattr(os, "sync"):
        os.sync()
        return
    for path in by_folder.values():
        files.flush_folder(root, path)
