"""Where a program's journal is: in its Git directory, which no clone brings along.

A program outside of Git has it in a folder of its own, which Git is told to ignore should it
become a repository.
"""

import hashlib
import os
import stat
from pathlib import Path

from peerloom.changes.trouble import CannotWrite
from peerloom.text.escaping.terminal import printable

# The folder in a program that is in no repository.
OWN = ".peerloom-journal"


def journal_folder(root: Path) -> Path:
    """Where the journal of the program in `root` is while there is one."""
    top = root.resolve()
    for above in (top, *top.parents):
        git = _git_folder(above)
        if git is not None:
            # Two programs in one repository have a journal each.
            place = top.relative_to(above).as_posix()
            return git / f"peerloom-{hashlib.sha256(os.fsencode(place)).hexdigest()[:12]}"
    return top / OWN


def _git_folder(top: Path) -> Path | None:
    """The Git directory of a repository, worktree or submodule whose files begin at `top`."""
    git = top / ".git"
    try:
        if stat.S_ISREG(git.stat().st_mode):
            with git.open("rb") as file:
                said = os.fsdecode(file.read(4096))
            if not said.startswith("gitdir: "):
                return None
            git = (top / said.removeprefix("gitdir: ").rstrip("\r\n")).resolve()
        (git / "HEAD").stat()
        return git if _is_of_this_account(git.stat()) else None
    except (OSError, ValueError):
        return None


def _is_of_this_account(status: os.stat_result) -> bool:
    return os.name == "nt" or status.st_uid == os.geteuid()


def is_there(folder: Path, root: Path) -> bool:
    """Whether a journal's folder is there. Raises `CannotWrite` where it is not one of ours."""
    own = root / OWN
    if folder.name != OWN and os.path.lexists(own):
        raise CannotWrite(not_believed(own, "it came with the files, or is older than '.git'"))
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        status = None
    if status is None or not _is_ours(status, is_in_program=folder.name == OWN):
        raise CannotWrite(not_believed(folder, "this account did not make it"))
    return True


def _is_ours(status: os.stat_result, *, is_in_program: bool) -> bool:
    if not stat.S_ISDIR(status.st_mode) or not _is_of_this_account(status):
        return False
    # What was unpacked or copied is as readable as any folder; a journal never is.
    return os.name == "nt" or not is_in_program or not status.st_mode & 0o077


def not_believed(folder: Path, reason: str) -> str:
    """That a journal is not to be trusted, and what to do about it."""
    shown = printable(str(folder))
    return (
        f"'{shown}' says that a change was not finished, and is not believed: {reason}\n"
        f"  help: look at what you changed last, then delete '{shown}' and run 'peerloom check'"
    )
