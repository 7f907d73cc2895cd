"""The lock that lets one run at a time write to a program; a run that is killed frees it."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# How long a second run waits for the first.
PATIENCE_SECONDS = 5.0
_LOCK_FILE = "lock"


class ProgramIsBusy(Exception):  # noqa: N818 - it is no error that another run writes
    """Another run is writing to this program."""


@contextmanager
def hold_lock(folder: Path, patience: float) -> Iterator[int]:
    """Hold the lock in a journal's folder, which is made for it and deleted afterwards if empty.

    Gives the descriptor of the lock file. Raises `ProgramIsBusy` if another run holds the lock for
    `patience` seconds, and `OSError` if nothing can be written.
    """
    until = time.monotonic() + patience
    while (handle := _try_to_take(folder)) is None:
        if time.monotonic() >= until:
            raise ProgramIsBusy
        time.sleep(0.02)
    try:
        yield handle
    finally:
        with suppress(OSError):
            (folder / _LOCK_FILE).unlink()
        os.close(handle)
        with suppress(OSError):
            folder.rmdir()


def _try_to_take(folder: Path) -> int | None:
    """Return the locked file's descriptor, or None if another run has it or has just freed it."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(folder / _LOCK_FILE, flags, 0o600)
    except FileNotFoundError:  # the run that freed it has just deleted the folder
        return None
    try:
        if _lock(handle) and _is_still_there(folder / _LOCK_FILE, handle):
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


def read_disk_clock(handle: int) -> int:
    """Return the time by the clock of the disk that the lock is on, in nanoseconds."""
    os.utime(handle)
    return os.fstat(handle).st_mtime_ns
