"""Single files of a program, reached without ever following a symbolic link.

Each folder on the way is opened inside the one above, so that none can become a link between
being looked at and being used. Windows cannot do this; there, folders are looked at first.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_CAN_OPEN_FOLDERS = {os.open, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NOFOLLOW
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)


class Content(NamedTuple):
    """What is in a file, its permissions, and when it was last changed, in nanoseconds."""

    data: bytes
    mode: int
    changed: int


def digest(data: bytes) -> str:
    """What two files of the same bytes have in common."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> Content | None:
    """What is in a file of the program, or `None` where there is none. Raises `OSError`."""
    try:
        with _parent(root, path) as (folder, name):
            handle = os.open(name, _FILE, dir_fd=folder)
            try:
                return _content(handle)
            finally:
                os.close(handle)
    except FileNotFoundError:
        return None


def _content(handle: int) -> Content:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EISDIR, "not a file")
    with os.fdopen(handle, "rb", closefd=False) as file:
        return Content(file.read(), stat.S_IMODE(status.st_mode), status.st_ctime_ns)


def write_new(file: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that is not there yet, whole; without a mode, as new files are here.

    Raises `OSError`.
    """
    handle = os.open(file, _NEW, 0o666)
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)
    if mode is not None:
        file.chmod(mode & 0o777)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def put(root: Path, path: str, ready: Path) -> None:
    """Move a finished file to its place in the program. Raises `OSError`."""
    with _parent(root, path, is_made=True) as (folder, name):
        try:
            os.replace(ready, name, dst_dir_fd=folder)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(ready, folder, name)


# Where a file comes from another disk, it is written beside its place first.
_BESIDE = ".peerloom-new"


def _copy(ready: Path, folder: int | None, name: str) -> None:
    beside = _BESIDE if folder is not None else str(Path(name).with_name(_BESIDE))
    with suppress(FileNotFoundError):
        os.unlink(beside, dir_fd=folder)
    handle = os.open(beside, _NEW, stat.S_IMODE(ready.stat().st_mode), dir_fd=folder)
    try:
        _write_all(handle, ready.read_bytes())
        os.fsync(handle)
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(beside, dir_fd=folder)
        raise
    finally:
        os.close(handle)


def delete(root: Path, path: str) -> None:
    """Delete a file of the program; one that is gone already is no failure. Raises `OSError`."""
    with suppress(FileNotFoundError), _parent(root, path) as (folder, name):
        os.unlink(name, dir_fd=folder)


def delete_folder(root: Path, path: str) -> None:
    """Delete a folder of the program if it is empty."""
    with suppress(OSError), _parent(root, path) as (folder, name):
        os.rmdir(name, dir_fd=folder)


def flush_folder(root: Path, path: str) -> None:
    """Make the disk remember which files are in the folder of a file. Raises `OSError`."""
    with suppress(FileNotFoundError), _parent(root, path) as (folder, _):
        if folder is not None:
            os.fsync(folder)


@contextmanager
def _parent(root: Path, path: str, *, is_made: bool = False) -> Iterator[tuple[int | None, str]]:
    """The open folder of a file, and the file's name in it; an `OSError` names the file."""
    try:
        if not _CAN_OPEN_FOLDERS:
            yield None, str(_looked_at(root, path, is_made=is_made))
            return
        *folders, name = path.split("/")
        here = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            for folder in folders:
                inner = _open_folder(here, folder, is_made=is_made)
                os.close(here)
                here = inner
            yield here, name
        finally:
            os.close(here)
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise


def _open_folder(here: int, name: str, *, is_made: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=here)
    except FileNotFoundError:
        if not is_made:
            raise
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=here)
    return os.open(name, _FOLDER, dir_fd=here)


def _looked_at(root: Path, path: str, *, is_made: bool) -> Path:
    for folder in [root / above for above in folders_above(path)]:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, "a symbolic link")
        if is_made:
            folder.mkdir(exist_ok=True)
    if (root / path).is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link")
    return root / path


def folders_above(path: str) -> list[str]:
    """The folders of the program that a file is in, outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def missing_folders(root: Path, path: str) -> list[str]:
    """The folders that have to be made before a file can be written, outermost first."""
    return [folder for folder in folders_above(path) if not os.path.lexists(root / folder)]
