"""The locked folder beside a site in which the new one is made before it replaces the old.

Whenever a run is killed, it leaves the old site, the new one, or the old one in this folder,
from where the next run restores it. The system releases the lock when its process ends, so a
folder that can be locked belongs to no run any more.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# A folder with this file is a site that Peerloom built, so that a new site may replace it.
SITE_MARK = ".peerloom-site"
_LOCK, _OLD, _IGNORED = "lock", "old", ".gitignore"
# Each failed attempt means that another run has just removed the folder.
_MAX_ATTEMPTS = 100
_SERVED = "peerloom-"


class CannotBuild(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True)
class BuildFolder:
    """A folder that this run has to itself; `lock` is the descriptor that keeps it locked."""

    folder: Path
    lock: int

    def make_folder(self, name: str) -> Path:
        """Make a new folder inside, which only this user may read."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    def replace_site(self, new: Path, out: Path) -> None:
        """Move a new site to where the old one is; if that fails, the old one stays."""
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

    def remove_contents(self) -> None:
        """Remove everything but the lock."""
        for path in self.folder.iterdir():
            if path.name not in (_LOCK, _IGNORED):
                _remove_path(path)


@contextmanager
def open_build_folder(out: Path) -> Iterator[BuildFolder]:
    """Give the build folder of the site `out`, after clearing up what a killed run left there.

    Raises `CannotBuild` if `out` is not a site of Peerloom, or another run is building it.
    """
    _refuse_foreign_folder(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    opened = _lock_folder(out.parent / f".{out.name}-building")
    try:
        _restore_old_site(opened.folder / _OLD, out)
        opened.remove_contents()
        (opened.folder / _IGNORED).write_text("*\n", encoding="utf-8")
        yield opened
    finally:
        _close_build_folder(opened)


@contextmanager
def open_served_folder() -> Iterator[Path]:
    """Give a folder for this run alone, removed at its end or, if it is killed, by a later run."""
    remove_abandoned_folders()
    folder = Path(tempfile.mkdtemp(prefix=_SERVED))
    opened = _lock_folder(folder)
    try:
        yield opened.make_folder("site")
    finally:
        _close_build_folder(opened)


def remove_abandoned_folders() -> None:
    """Remove the folders of served sites whose runs were killed."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_SERVED}*"):
            with suppress(OSError, CannotBuild):
                if (folder / _LOCK).is_file() and _belongs_to_user(folder):
                    _close_build_folder(_lock_folder(folder))


def _belongs_to_user(folder: Path) -> bool:
    status = folder.lstat()
    return not hasattr(os, "geteuid") or (
        status.st_uid == os.geteuid() and not status.st_mode & 0o077
    )


def _refuse_foreign_folder(out: Path) -> None:
    if out.exists() and not (out / SITE_MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotBuild(f"'{out}' must be a new or empty folder, or hold a site built before")


def _lock_folder(folder: Path) -> BuildFolder:
    """Make and lock a folder. Raises `CannotBuild` where another run has locked it."""
    for _ in range(_MAX_ATTEMPTS):
        with suppress(FileNotFoundError):  # the run that had it has just removed it
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or (any(folder.iterdir()) and not (folder / _LOCK).is_file()):
                raise CannotBuild(f"'{folder}' must be moved away: the site is built there")
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            if _try_to_hold(lock, folder / _LOCK):
                return BuildFolder(folder, lock)
    raise CannotBuild(f"'{folder}' must stay while a site is made there; run this again")


def _try_to_hold(lock: int, path: Path) -> bool:
    """Lock an open file; return whether it is still the one at `path`, which others try to lock."""
    try:
        _lock_file(lock)
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


def _lock_file(handle: int) -> None:
    """Lock an open file for this process and its children. Raises `OSError`."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists only on Windows

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists everywhere else

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _restore_old_site(old: Path, out: Path) -> None:
    """Move the old site back if a run was killed before the new one had replaced it."""
    if not old.exists():
        return
    if out.is_dir() and not any(out.iterdir()):
        out.rmdir()
    if not out.exists():
        old.rename(out)


def _close_build_folder(opened: BuildFolder) -> None:
    """Remove the folder, its lock last."""
    with suppress(OSError):
        opened.remove_contents()
        for name in (_IGNORED, _LOCK):
            (opened.folder / name).unlink(missing_ok=True)
        opened.folder.rmdir()
    os.close(opened.lock)


def _remove_path(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
