"""Finishes what an earlier run had begun to write, or takes it back."""

from pathlib import Path

from peerloom.changes import home, journal, lock
from peerloom.changes.carrying_out import Edited, carry_out
from peerloom.changes.journal import NotBelieved
from peerloom.changes.trouble import CannotWrite
from peerloom.refusals import in_words
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import count_noun

BUSY = (
    "another run of peerloom is writing to this program\n"
    "  help: wait until it has ended, then run the same command again"
)


def settle(root: Path) -> str | None:
    """Finish or take back what an earlier run had begun; the sentence that says what was done.

    Raises `CannotWrite` where that cannot be, so that nobody reads half of a change.
    """
    folder = home.journal_folder(root)
    if not home.is_there(folder, root):
        return None
    is_begun = journal.way(folder) is not None
    try:
        with lock.held(folder, lock.PATIENCE if is_begun else 0):
            return settled(root, folder)
    except lock.Busy:
        # A run that has noted nothing has touched nothing.
        if is_begun:
            raise CannotWrite(BUSY) from None
    except OSError as error:
        if is_begun:
            raise CannotWrite(unsettled(error)) from error
    return None


def settled(root: Path, folder: Path) -> str | None:
    """As `settle`, for who has the lock. Raises `OSError`, too."""
    way = journal.way(folder)
    if way is None:
        return _NOTHING if journal.clear(folder) else None
    try:
        noted = journal.read(folder, way)
        carry_out(root, folder, noted, way)
    except NotBelieved as error:
        raise CannotWrite(home.not_believed(folder, str(error))) from error
    except Edited as error:
        raise CannotWrite(_edited(folder, error)) from error
    journal.clear(folder)
    count = count_noun(len(noted.steps), "file")
    done = "finished now" if way == "redo" else "taken back: everything is as it was before it"
    return f"an earlier run was interrupted while it wrote {count}, and is {done}"


_NOTHING = "an earlier run was interrupted before it wrote anything, and nothing was changed"


def unsettled(error: OSError) -> str:
    """That the program holds half of a change, and why that cannot be helped just now."""
    reason = in_words(error)
    return f"an earlier run was interrupted, and cannot be finished or taken back here: {reason}"


def _edited(folder: Path, error: Edited) -> str:
    path, place = printable(error.path), printable(str(folder))
    return (
        f"an earlier run was interrupted while it wrote, and '{path}' was edited since; "
        "nothing is written over\n"
        f"  help: move '{path}' out of the program and run any command: the earlier run is "
        f"settled, and your edit is where you moved it\n"
        f"  help: or, to keep all files as they are now, delete the folder '{place}'; what the "
        f"earlier run had for '{path}' is in it, as '{error.number}.new'"
    )
