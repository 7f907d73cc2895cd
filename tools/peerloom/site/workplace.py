"""Where a site is made: a folder beside it, locked, from which it takes the old one's place.

Whenever a run is killed, what it leaves is the old site, the new one, or the old one in this
folder, from where the next run puts it back. The lock goes with its process: a folder that can
be locked is nobody's any more.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# A folder that holds this file is a site of ours, and may be replaced by a new one.
MARK = ".peerloom-site"
_LOCK, _OLD, _IGNORED = "lock", "old", ".gitignore"
_TRIES = 100
_SERVED = "peerloom-"


class CannotBuild(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder that is ours until we leave it; `lock` is the descriptor that holds it."""

    folder: Path
    lock: int

    def room(self, name: str) -> Path:
        """A new folder in it, which only we may read."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    def put_in_place(self, new: Path, out: Path) -> None:
        """Let a new site take the place of the old one. Where it cannot, the old one stays."""
        old = self.folder / _OLD
        is_there = out.exists()
        if is_there:
            out.rename(old)
        try:
            new.rename(out)
        except BaseException:
            if is_there:
                old.rename(out)
            raise

    def empty(self) -> None:
        """Remove all but the lock."""
        for path in self.folder.iterdir():
            if path.name not in (_LOCK, _IGNORED):
                _remove(path)


@contextmanager
def workplace(out: Path) -> Iterator[Workplace]:
    """The place where the site `out` is made; what was left there before is settled first.

    Raises `CannotBuild` where `out` is no site of ours, or another run makes it just now.
    """
    _refuse_somebody_elses(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    ours = _taken(out.parent / f".{out.name}-building")
    try:
        _put_back(ours.folder / _OLD, out)
        ours.empty()
        (ours.folder / _IGNORED).write_text("*\n", encoding="utf-8")
        yield ours
    finally:
        _leave(ours)


@contextmanager
def served_folder() -> Iterator[Path]:
    """A folder of this run alone, gone after it, or when a later run finds it abandoned."""
    remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_SERVED))
    ours = _taken(folder)
    try:
        yield ours.room("site")
    finally:
        _leave(ours)


def remove_abandoned() -> None:
    """Remove the folders of served sites whose runs were killed."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_SERVED}*"):
            with suppress(OSError, CannotBuild):
                if (folder / _LOCK).is_file() and _is_ours(folder):
                    _leave(_taken(folder))


def _is_ours(folder: Path) -> bool:
    status = folder.lstat()
    return not hasattr(os, "geteuid") or (
        status.st_uid == os.geteuid() and not status.st_mode & 0o077
    )


def _refuse_somebody_elses(out: Path) -> None:
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotBuild(f"'{out}' must be a new or empty folder, or hold a site built before")


def _taken(folder: Path) -> Workplace:
    """The folder, locked. Raises `CannotBuild` where somebody else has it."""
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):  # who had it has just removed it
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or (any(folder.iterdir()) and not (folder / _LOCK).is_file()):
                raise CannotBuild(f"'{folder}' must be moved away: the site is to be made there")
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            if _is_held(lock, folder / _LOCK):
                return Workplace(folder, lock)
    raise CannotBuild(f"'{folder}' must stay while a site is made there; run this again")


def _is_held(lock: int, path: Path) -> bool:
    """Whether a file is locked by us, and is the one that others will try to lock."""
    try:
        _lock(lock)
        if os.path.samestat(os.fstat(lock), path.stat()):
            return True
    except FileNotFoundError:
        pass
    except OSError as error:
        os.close(lock)
        message = f"another run makes a site in '{path.parent}' just now; wait until it has ended"
        raise CannotBuild(message) from error
    os.close(lock)
    return False


def _lock(handle: int) -> None:
    """Lock an open file for this process and those that it starts. Raises `OSError`."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - it is there only on Windows

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - it is there everywhere else

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _put_back(old: Path, out: Path) -> None:
    """Where a run was killed between the old site and the new, the old one is the site."""
    if not old.exists():
        return
    if out.is_dir() and not any(out.iterdir()):
        out.rmdir()
    if not out.exists():
        old.rename(out)


def _leave(ours: Workplace) -> None:
    """Remove the folder, and last of all its lock."""
    with suppress(OSError):
        ours.empty()
        for name in (_IGNORED, _LOCK):
            (ours.folder / name).unlink(missing_ok=True)
        ours.folder.rmdir()
    os.close(ours.lock)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
