"""Recovery from a run that was interrupted: its change is finished or taken back."""

from pathlib import Path

from peerloom.changes import journal, journal_folder, lock
from peerloom.changes.errors import CannotWrite
from peerloom.changes.journal import UntrustedJournal
from peerloom.changes.journal_steps import FileWasEdited, apply_steps
from peerloom.os_errors import describe_os_error
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import count_noun

BUSY = (
    "another run of peerloom is writing to this program\n"
    "  help: wait until it is done, then run the same command again"
)


def recover(root: Path) -> str | None:
    """Finish or take back the change of an earlier run; return a sentence that says what was done.

    Raises `CannotWrite` if that is not possible, so that nothing reads half of a change.
    """
    folder = journal_folder.find_journal_folder(root)
    if not journal_folder.journal_exists(folder, root):
        return None
    is_begun = journal.find_direction(folder) is not None
    try:
        with lock.hold_lock(folder, lock.PATIENCE_SECONDS if is_begun else 0):
            return recover_with_lock(root, folder)
    except lock.ProgramIsBusy:
        # A run without a journal has not touched any file yet.
        if is_begun:
            raise CannotWrite(BUSY) from None
    except OSError as error:
        if is_begun:
            raise CannotWrite(explain_failed_recovery(error)) from error
    return None


def recover_with_lock(root: Path, folder: Path) -> str | None:
    """Do the same as `recover`, for a caller that holds the lock. Also raises `OSError`."""
    direction = journal.find_direction(folder)
    if direction is None:
        return _NOTHING_WAS_CHANGED if journal.clear_journal(folder) else None
    try:
        found = journal.read_journal(folder, direction)
        apply_steps(root, folder, found, direction)
    except UntrustedJournal as error:
        raise CannotWrite(journal_folder.explain_untrusted_journal(folder, str(error))) from error
    except FileWasEdited as error:
        raise CannotWrite(_explain_edited_file(folder, error)) from error
    journal.clear_journal(folder)
    count = count_noun(len(found.steps), "file")
    done = "finished now" if direction == "redo" else "undone: everything is as it was before it"
    return f"an earlier run was interrupted while it wrote {count}, and is {done}"


_NOTHING_WAS_CHANGED = (
    "an earlier run was interrupted before it wrote anything, and nothing was changed"
)


def explain_failed_recovery(error: OSError) -> str:
    """Return the message about half of a change that can be neither finished nor undone now."""
    reason = describe_os_error(error)
    return f"an earlier run was interrupted, and cannot be finished or undone here: {reason}"


def _explain_edited_file(folder: Path, error: FileWasEdited) -> str:
    path, shown = printable(error.path), printable(str(folder))
    return (
        f"an earlier run was interrupted while it wrote, and '{path}' was edited since; "
        "nothing is overwritten\n"
        f"  help: move '{path}' out of the program and run any command: that finishes the earlier "
        f"run, and your edit is where you moved it\n"
        f"  help: or, to keep all files as they are now, delete the folder '{shown}'; the text "
        f"that the earlier run had for '{path}' is in it, as '{error.number}.new'"
    )
