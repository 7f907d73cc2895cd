"""Single files of a program, reached without ever following a symbolic link.

Each folder on the way is opened relative to the one above, so that none can be replaced by a
link between the check and the use. Windows cannot do this; there, the folders are checked first.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from peerloom.filenames import folders_above

_CAN_OPEN_FOLDERS = {os.open, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NOFOLLOW
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)


class Content(NamedTuple):
    """The bytes of a file, its permissions, and the time of its last change in nanoseconds."""

    data: bytes
    mode: int
    changed: int


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(root: Path, path: str) -> Content | None:
    """Return the content of a file of the program, or None if there is none. Raises `OSError`."""
    try:
        with _open_parent(root, path) as (folder, name):
            handle = os.open(name, _FILE, dir_fd=folder)
            try:
                return _read_content(handle)
            finally:
                os.close(handle)
    except FileNotFoundError:
        return None


def _read_content(handle: int) -> Content:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EISDIR, "not a file")
    with os.fdopen(handle, "rb", closefd=False) as file:
        return Content(file.read(), stat.S_IMODE(status.st_mode), status.st_ctime_ns)


def write_new(file: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that does not exist yet, with `mode` or else the usual mode of new files.

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


def move_into_place(root: Path, path: str, ready: Path) -> None:
    """Move a finished file to its place in the program. Raises `OSError`."""
    with _open_parent(root, path, is_made=True) as (folder, name):
        try:
            os.replace(ready, name, dst_dir_fd=folder)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_into_place(ready, folder, name)


# Where a file is written first if it comes from another disk, from which nothing can be moved.
_BESIDE = ".peerloom-new"


def _copy_into_place(ready: Path, folder: int | None, name: str) -> None:
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


def delete_file(root: Path, path: str) -> None:
    """Delete a file of the program, if it exists. Raises `OSError`."""
    with suppress(FileNotFoundError), _open_parent(root, path) as (folder, name):
        os.unlink(name, dir_fd=folder)


def delete_folder(root: Path, path: str) -> None:
    """Delete a folder of the program if it is empty."""
    with suppress(OSError), _open_parent(root, path) as (folder, name):
        os.rmdir(name, dir_fd=folder)


def flush_folder(root: Path, path: str) -> None:
    """Make the disk remember which files are in the folder of a file. Raises `OSError`."""
    with suppress(FileNotFoundError), _open_parent(root, path) as (folder, _):
        if folder is not None:
            os.fsync(folder)


@contextmanager
def _open_parent(
    root: Path, path: str, *, is_made: bool = False
) -> Iterator[tuple[int | None, str]]:
    """Give the open folder of a file, and the file's name in it.

    Without descriptors of folders, that is None and the file's whole path. With `is_made`, missing
    folders are made. Every `OSError` is given the file's path in the program.
    """
    try:
        if not _CAN_OPEN_FOLDERS:
            yield None, str(_check_path(root, path, is_made=is_made))
            return
        *folders, name = path.split("/")
        current = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            for folder in folders:
                inner = _open_folder(current, folder, is_made=is_made)
                os.close(current)
                current = inner
            yield current, name
        finally:
            os.close(current)
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise


def _open_folder(parent: int, name: str, *, is_made: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=parent)
    except FileNotFoundError:
        if not is_made:
            raise
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=parent)
    return os.open(name, _FOLDER, dir_fd=parent)


def _check_path(root: Path, path: str, *, is_made: bool) -> Path:
    for folder in [root / above for above in folders_above(path)]:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, "a symbolic link")
        if is_made:
            folder.mkdir(exist_ok=True)
    if (root / path).is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link")
    return root / path


def missing_folders(root: Path, path: str) -> list[str]:
    """Return the folders that must be made before a file can be written, outermost first."""
    return [folder for folder in folders_above(path) if not os.path.lexists(root / folder)]
