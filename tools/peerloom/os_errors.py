"""Errors of the operating system, in words for somebody who is not a programmer."""

import errno
import os

from peerloom.text.escaping.terminal import printable

# What happened, and what to do about it.
_DESCRIPTIONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "free some space, then run the same command again"),
    errno.EDQUOT: (
        "your share of the disk is used up",
        "delete what you no longer need or ask for more, then run the same command again",
    ),
    errno.EFBIG: (
        "a file would be larger than this computer allows",
        "raise the limit on the size of files ('ulimit -f'), then run the same command again",
    ),
    errno.EROFS: (
        "the disk is read-only",
        "copy the folder to a place where you can write, or have the disk made writable",
    ),
    errno.EIO: (
        "the disk reports an error",
        "save a copy of the folder elsewhere, and have the disk checked",
    ),
    errno.EMFILE: (
        "this command cannot open any more files",
        "raise the limit on open files ('ulimit -n'), then run the same command again",
    ),
    errno.ENFILE: (
        "this computer cannot open any more files",
        "close some programs, then run the same command again",
    ),
    errno.EACCES: ("permission denied", "make sure that you may write there"),
    errno.EPERM: ("permission denied", "make sure that you may write there"),
    errno.ELOOP: (
        "a symbolic link is in the way, and links are never followed",
        "put the folder itself where the link is",
    ),
    errno.ENOTDIR: (
        "a file or link is where a folder must be",
        "move it away, then run the same command again",
    ),
    errno.EISDIR: (
        "a folder is where a file must be",
        "move it away, then run the same command again",
    ),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
}


def describe_os_error(error: OSError) -> str:
    """Return what went wrong and, if it is known, with which file; then a line on what to do."""
    known = _DESCRIPTIONS.get(error.errno or 0)
    what = known[0] if known else _system_message(error)
    name = error.filename
    if isinstance(name, (str, bytes, os.PathLike)) and os.fspath(name):
        what += f": '{printable(os.fsdecode(name))}'"
    return f"{what}\n  help: {known[1]}" if known else what


def _system_message(error: OSError) -> str:
    message = error.strerror or (os.strerror(error.errno) if error.errno else "")
    return printable(message).lower() or "the system gives no reason"
