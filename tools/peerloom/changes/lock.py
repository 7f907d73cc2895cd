"""One run at a time writes to a program; the lock of a run that was killed is free at once."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# How many seconds a second run waits for the first.
PATIENCE = 5.0
_NAME = "lock"


class Busy(Exception):  # noqa: N818 - it is no error that another run writes
    """Another run writes to this program."""


@contextmanager
def held(folder: Path, patience: float) -> Iterator[int]:
    """The lock in a journal's folder, which is made for it and deleted with it where empty.

    Gives the open lock file. Raises `Busy`, and `OSError` where nothing can be written.
    """
    until = time.monotonic() + patience
    while (handle := _take(folder)) is None:
        if time.monotonic() >= until:
            raise Busy
        time.sleep(0.02)
    try:
        yield handle
    finally:
        with suppress(OSError):
            (folder / _NAME).unlink()
        os.close(handle)
        with suppress(OSError):
            folder.rmdir()


def _take(folder: Path) -> int | None:
    """The open and locked file, or `None` where another run has it or has just let it go."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(folder / _NAME, flags, 0o600)
    except FileNotFoundError:  # whoever let it go has just deleted the folder
        return None
    try:
        if _lock(handle) and _is_still_there(folder / _NAME, handle):
            return handle
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_still_there(file: Path, handle: int) -> bool:
    """Whether the locked file is the one that the next run will open."""
    try:
        return os.path.samestat(file.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def now_on_disk(handle: int) -> int:
    """The time by the clock of the disk that the lock is on, in nanoseconds."""
    os.utime(handle)
    return os.fstat(handle).st_mtime_ns
