"""Writes a change whole or not at all."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from peerloom.changes import files, home, journal, lock, paths, settling
from peerloom.changes.carrying_out import FEW, Edited, carry_out
from peerloom.changes.files import Content, digest
from peerloom.changes.journal import Journal, NotBelieved, Step, Way
from peerloom.changes.trouble import CannotWrite
from peerloom.refusals import in_words
from peerloom.text.escaping.terminal import printable

# The new text of each file, by its path in the program.
Changes = dict[str, str]


def apply(root: Path, changes: Mapping[str, str], gone: Iterable[str] = ()) -> None:
    """Write every file and delete those that are `gone`, or do neither. Raises `CannotWrite`."""
    with writing(root) as writer:
        writer.apply(changes, gone)


@contextmanager
def writing(root: Path) -> Iterator["Writer"]:
    """The right to write to a program, which one run has at a time.

    Who reads the program after taking it, and then writes, overwrites nothing that another run
    wrote meanwhile. What an earlier run left is settled first. Raises `CannotWrite`.
    """
    folder = home.journal_folder(root)
    home.is_there(folder, root)
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(lock.held(folder, lock.PATIENCE))
            settled = settling.settled(root, folder)
        except lock.Busy:
            raise CannotWrite(f"nothing was written: {settling.BUSY}") from None
        except OSError as error:
            is_begun = journal.way(folder) is not None
            reason = settling.unsettled(error) if is_begun else _nothing(in_words(error))
            raise CannotWrite(reason) from error
        writer = Writer(root, folder, handle, settled)
        try:
            yield writer
        finally:
            writer.leave()


class _Planned(NamedTuple):
    """One file of a change: its text now, and the one it gets."""

    path: str
    old: Content | None
    new: bytes | None

    def step(self) -> Step:
        return Step(
            path=self.path,
            old=None if self.old is None else digest(self.old.data),
            new=None if self.new is None else digest(self.new),
        )


class Writer:
    """Who may write to a program; `settled` says what an earlier run had left to be done."""

    def __init__(self, root: Path, folder: Path, handle: int, settled: str | None) -> None:
        self._root, self._folder, self._handle = root, folder, handle
        self.settled = settled
        self._since = lock.now_on_disk(handle)

    def apply(self, changes: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Write every file and delete those that are `gone`, or do neither.

        Raises `CannotWrite`, also where somebody edited one of them since writing began.
        """
        new: dict[str, str | None] = {**changes, **dict.fromkeys(gone)}
        for path in new:
            if not paths.may_be_written(path):
                raise CannotWrite(_nothing(f"'{printable(path)}' is no file of a program's own"))
        self._write(new, "redo")

    def begin(self, changes: Mapping[str, str]) -> None:
        """Write the files of a new program, or none. Raises `CannotWrite`.

        A run that is killed meanwhile is taken back, not finished: no journal needs to be
        believed that writes workflows.
        """
        assert all(paths.belongs_to_a_beginning(path) for path in changes)
        self._write(dict(changes), "undo")

    def leave(self) -> None:
        """Delete what stands beside, unless a later run has to settle it."""
        if journal.way(self._folder) is None:
            with suppress(OSError):
                journal.clear(self._folder)

    def _write(self, new: Mapping[str, str | None], if_killed: Way) -> None:
        try:
            planned = self._planned(new, is_beginning=if_killed == "undo")
            if not planned:
                return
            noted = self._noted(planned, if_killed)
        except OSError as error:
            raise CannotWrite(_nothing(in_words(error))) from error
        try:
            carry_out(self._root, self._folder, noted, "redo")
        except Edited as error:
            journal.clear(self._folder)
            raise CannotWrite(_nothing(_edited_now(error.path))) from error
        except (OSError, NotBelieved) as error:
            self._take_back(noted, error)
        with suppress(OSError):
            journal.clear(self._folder)
            self._since = lock.now_on_disk(self._handle)

    def _planned(self, new: Mapping[str, str | None], *, is_beginning: bool) -> list[_Planned]:
        now = lock.now_on_disk(self._handle)
        planned = []
        for path, text in sorted(new.items()):
            old = files.read(self._root, path)
            data = None if text is None else text.encode()
            if old is not None and is_beginning:
                raise CannotWrite(_nothing(f"'{path}' is there already"))
            if old is not None and self._since < old.changed <= now:
                raise CannotWrite(_nothing(_edited_now(path)))
            if (None if old is None else old.data) != data:
                planned.append(_Planned(path, old, data))
        return planned

    def _noted(self, planned: list[_Planned], if_killed: Way) -> Journal:
        """The journal, on disk with every text; nothing of the program is touched yet."""
        beside = list(self._set_beside(planned))
        if len(beside) > FEW and hasattr(os, "sync"):
            os.sync()
        else:
            for file in beside:
                journal.flush(file)
        missing = {folder for file in planned for folder in self._missing(file)}
        noted = Journal(version=1, steps=[file.step() for file in planned], folders=sorted(missing))
        journal.note(self._folder, noted, if_killed)
        return noted

    def _set_beside(self, planned: list[_Planned]) -> Iterator[Path]:
        for number, file in enumerate(planned):
            mode = None if file.old is None else file.old.mode
            for name, data in (("new", file.new), ("old", file.old and file.old.data)):
                if data is not None:
                    beside = self._folder / f"{number}.{name}"
                    files.write_new(beside, data, mode)
                    yield beside

    def _missing(self, file: _Planned) -> list[str]:
        return [] if file.new is None else files.missing_folders(self._root, file.path)

    def _take_back(self, noted: Journal, error: OSError | NotBelieved) -> None:
        reason = in_words(error) if isinstance(error, OSError) else str(error)
        try:
            if journal.way(self._folder) == "redo":
                journal.turn_back(self._folder)
            carry_out(self._root, self._folder, noted, "undo")
            journal.clear(self._folder)
        except (OSError, NotBelieved, Edited):
            message = f"only a part was written, and the next command settles that: {reason}"
            raise CannotWrite(message) from error
        raise CannotWrite(_nothing(reason)) from error


def _nothing(reason: str) -> str:
    return f"nothing was written: {reason}"


def _edited_now(path: str) -> str:
    return (
        f"'{printable(path)}' was changed by somebody while this ran\n"
        "  help: run the same command again; it takes that change into account"
    )
