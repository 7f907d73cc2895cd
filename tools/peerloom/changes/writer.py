"""Writes a change of many files, all of them or none."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from peerloom.changes import files, journal, journal_folder, lock, paths, recovery
from peerloom.changes.errors import CannotWrite
from peerloom.changes.files import Content, digest_of
from peerloom.changes.journal import Direction, Journal, JournalStep, UntrustedJournal
from peerloom.changes.journal_steps import MAX_FLUSHED_SINGLY, FileWasEdited, apply_steps
from peerloom.os_errors import describe_os_error
from peerloom.text.escaping.terminal import printable

# The new text of each file, by its path in the program.
Changes = dict[str, str]
# The same where a file may hold anything, as a wheel does.
FileContents = Mapping[str, str | bytes]


@contextmanager
def open_writer(root: Path) -> Iterator["Writer"]:
    """Give the writer of a program, which one run has at a time.

    A caller that opens it, then reads the program, then writes, overwrites nothing that another
    run wrote meanwhile. The change of an interrupted run is finished or undone first.
    Raises `CannotWrite`.
    """
    folder = journal_folder.find_journal_folder(root)
    journal_folder.journal_exists(folder, root)
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(lock.hold_lock(folder, lock.PATIENCE_SECONDS))
            recovered = recovery.recover_with_lock(root, folder)
        except lock.ProgramIsBusy:
            raise CannotWrite(f"nothing was written: {recovery.BUSY}") from None
        except OSError as error:
            is_begun = journal.find_direction(folder) is not None
            reason = (
                recovery.explain_failed_recovery(error)
                if is_begun
                else _nothing_written(describe_os_error(error))
            )
            raise CannotWrite(reason) from error
        writer = Writer(root, folder, handle, recovered)
        try:
            yield writer
        finally:
            writer.close()


class _PlannedFile(NamedTuple):
    """One file of a change: its content now, and its new bytes, or None if it is to be deleted."""

    path: str
    old: Content | None
    new: bytes | None

    def as_step(self) -> JournalStep:
        return JournalStep(
            path=self.path,
            old=None if self.old is None else digest_of(self.old.data),
            new=None if self.new is None else digest_of(self.new),
        )


class Writer:
    """Writes to one program; `recovered` says what was finished or undone for an earlier run."""

    def __init__(self, root: Path, folder: Path, handle: int, recovered: str | None) -> None:
        self._root, self._folder, self._handle = root, folder, handle
        self.recovered = recovered
        self._since = lock.read_disk_clock(handle)

    def write_changes(self, changes: FileContents, deleted: Iterable[str] = ()) -> None:
        """Write every file of `changes` and delete those of `deleted`, or do neither.

        Raises `CannotWrite`, also if somebody edited one of them since the writer was opened.
        """
        new: dict[str, str | bytes | None] = {**changes, **dict.fromkeys(deleted)}
        for path in new:
            if not paths.may_be_written(path):
                reason = f"'{printable(path)}' is not a file that commands may write"
                raise CannotWrite(_nothing_written(reason))
        self._write_files(new, "redo")

    def write_new_program(self, changes: FileContents) -> None:
        """Write all files of a new program, or none. Raises `CannotWrite`.

        If this run is killed meanwhile, the next one undoes it instead of finishing it, so that
        no journal ever needs to be trusted to write workflows.
        """
        assert all(paths.belongs_to_new_program(path) for path in changes)
        self._write_files(dict(changes), "undo")

    def write_upgrade(self, changes: Mapping[str, bytes | None]) -> None:
        """Write every file of an upgrade, or none, and delete those without content.

        If this run is killed meanwhile, the next command finishes it; its journal is believed only
        in the folder in which it was written. Raises `CannotWrite`.
        """
        assert all(paths.may_be_upgraded(path) for path in changes)
        self._write_files(dict(changes), "redo", is_upgrade=True)

    def close(self) -> None:
        """Delete the texts in the journal's folder, unless a later run needs them to recover."""
        if journal.find_direction(self._folder) is None:
            with suppress(OSError):
                journal.clear_journal(self._folder)

    def _write_files(
        self,
        new: Mapping[str, str | bytes | None],
        if_killed: Direction,
        *,
        is_upgrade: bool = False,
    ) -> None:
        try:
            planned = self._plan_files(new, is_beginning=if_killed == "undo")
            if not planned:
                return
            place = journal.find_place(self._folder) if is_upgrade else None
            written = self._write_journal(planned, if_killed, place)
        except OSError as error:
            raise CannotWrite(_nothing_written(describe_os_error(error))) from error
        try:
            apply_steps(self._root, self._folder, written, "redo")
        except FileWasEdited as error:
            journal.clear_journal(self._folder)
            raise CannotWrite(_nothing_written(_explain_edited_meanwhile(error.path))) from error
        except (OSError, UntrustedJournal) as error:
            self._take_back(written, error)
        with suppress(OSError):
            journal.clear_journal(self._folder)
            self._since = lock.read_disk_clock(self._handle)

    def _plan_files(
        self, new: Mapping[str, str | bytes | None], *, is_beginning: bool
    ) -> list[_PlannedFile]:
        """Return the files whose content differs from the new one, None being no file.

        A file that was changed, by the disk's clock, since the writer was opened was edited by
        somebody else, and ends the attempt.
        """
        now = lock.read_disk_clock(self._handle)
        planned = []
        for path, content in sorted(new.items()):
            old = files.read_file(self._root, path)
            data = content.encode() if isinstance(content, str) else content
            if old is not None and is_beginning:
                raise CannotWrite(_nothing_written(f"'{path}' exists already"))
            if old is not None and self._since < old.changed <= now:
                raise CannotWrite(_nothing_written(_explain_edited_meanwhile(path)))
            if (None if old is None else old.data) != data:
                planned.append(_PlannedFile(path, old, data))
        return planned

    def _write_journal(
        self, planned: list[_PlannedFile], if_killed: Direction, place: int | None
    ) -> Journal:
        """Write every text and the journal to disk; no file of the program is touched yet."""
        stored = list(self._store_texts(planned))
        if len(stored) > MAX_FLUSHED_SINGLY and hasattr(os, "sync"):
            os.sync()
        else:
            for text in stored:
                journal.flush_to_disk(text)
        missing = {folder for file in planned for folder in self._missing_folders(file)}
        steps = [file.as_step() for file in planned]
        written = Journal(version=1, steps=steps, folders=sorted(missing), place=place)
        journal.write_journal(self._folder, written, if_killed)
        return written

    def _store_texts(self, planned: list[_PlannedFile]) -> Iterator[Path]:
        for number, file in enumerate(planned):
            mode = None if file.old is None else file.old.mode
            for name, data in (("new", file.new), ("old", file.old and file.old.data)):
                if data is not None:
                    stored = self._folder / f"{number}.{name}"
                    files.write_new(stored, data, mode)
                    yield stored

    def _missing_folders(self, file: _PlannedFile) -> list[str]:
        return [] if file.new is None else files.missing_folders(self._root, file.path)

    def _take_back(self, written: Journal, error: OSError | UntrustedJournal) -> None:
        reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
        try:
            if journal.find_direction(self._folder) == "redo":
                journal.mark_for_undo(self._folder)
            apply_steps(self._root, self._folder, written, "undo")
            journal.clear_journal(self._folder)
        except (OSError, UntrustedJournal, FileWasEdited):
            message = f"only a part was written, and the next command will repair that: {reason}"
            raise CannotWrite(message) from error
        raise CannotWrite(_nothing_written(reason)) from error


def _nothing_written(reason: str) -> str:
    return f"nothing was written: {reason}"


def _explain_edited_meanwhile(path: str) -> str:
    return (
        f"'{printable(path)}' was changed by somebody while this ran\n"
        "  help: run the same command again; it takes that change into account"
    )
