"""The folder of a program's journal: in its Git directory, which is never cloned.

A program outside of Git keeps its journal in a folder of its own, which its `.gitignore` lists in
case it becomes a repository.
"""

import hashlib
import os
import stat
from pathlib import Path

from peerloom.changes.errors import CannotWrite
from peerloom.text.escaping.terminal import printable

# The journal's folder in a program that is in no repository.
OWN_FOLDER = ".peerloom-journal"


def find_journal_folder(root: Path) -> Path:
    """Return where the journal of the program in `root` is, whether or not there is one now."""
    top = root.resolve()
    for above in (top, *top.parents):
        git = _find_git_folder(above)
        if git is not None:
            # Two programs in one repository have a journal each.
            inside = top.relative_to(above).as_posix()
            return git / f"peerloom-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]}"
    return top / OWN_FOLDER


def _find_git_folder(top: Path) -> Path | None:
    """Return the Git directory of a repository, worktree or submodule, if `top` is one."""
    git = top / ".git"
    try:
        if stat.S_ISREG(git.stat().st_mode):
            with git.open("rb") as file:
                pointer = os.fsdecode(file.read(4096))
            if not pointer.startswith("gitdir: "):
                return None
            git = (top / pointer.removeprefix("gitdir: ").rstrip("\r\n")).resolve()
        (git / "HEAD").stat()
        return git if _belongs_to_this_account(git.stat()) else None
    except (OSError, ValueError):
        return None


def _belongs_to_this_account(status: os.stat_result) -> bool:
    return os.name == "nt" or status.st_uid == os.geteuid()


def journal_exists(folder: Path, root: Path) -> bool:
    """Whether a journal's folder exists. Raises `CannotWrite` if this account did not make it."""
    own = root / OWN_FOLDER
    if folder.name != OWN_FOLDER and os.path.lexists(own):
        reason = "it came with the files, or is older than '.git'"
        raise CannotWrite(explain_untrusted_journal(own, reason))
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        status = None
    if status is None or not _is_trusted_folder(status, is_in_program=folder.name == OWN_FOLDER):
        raise CannotWrite(explain_untrusted_journal(folder, "this account did not make it"))
    return True


def _is_trusted_folder(status: os.stat_result, *, is_in_program: bool) -> bool:
    if not stat.S_ISDIR(status.st_mode) or not _belongs_to_this_account(status):
        return False
    # A folder that was copied or unpacked can be read by others, and a journal of ours never can.
    return os.name == "nt" or not is_in_program or not status.st_mode & 0o077


def explain_untrusted_journal(folder: Path, reason: str) -> str:
    """Return the message about a journal that must not be trusted, with what to do about it."""
    shown = printable(str(folder))
    return (
        f"'{shown}' says that a change was not finished, and cannot be trusted: {reason}\n"
        f"  help: look at what you changed last, then delete '{shown}' and run 'peerloom check'"
    )
