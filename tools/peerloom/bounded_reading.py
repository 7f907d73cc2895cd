"""Reads regular files up to a size: never a pipe, a device or a folder, nor a larger file."""

import errno
import os
import stat
from pathlib import Path

# Without O_NONBLOCK, opening a pipe to which nobody writes would never return.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class FileTooLarge(OSError):  # noqa: N818 - it reads as the sentence it is
    """A file has more bytes than allowed; `size` is how many it has at least."""

    def __init__(self, path: str, size: int, limit: int) -> None:
        super().__init__(errno.EFBIG, f"the file has more than {limit:,} bytes", path)
        self.size = size


def read_at_most(path: str | Path, limit: int) -> bytes:
    """Return the bytes of a file.

    Raises `FileTooLarge` if there are more than `limit`, before it has read more than that, and
    `OSError` if it is not a regular file.
    """
    handle = os.open(path, _FLAGS)
    try:
        return _read_handle(handle, str(path), limit)
    finally:
        os.close(handle)


def _read_handle(handle: int, path: str, limit: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a file", path)
    if status.st_size > limit:
        raise FileTooLarge(path, status.st_size, limit)
    data = os.read(handle, status.st_size + 1)
    # The file may have grown since: read on to its end, but not beyond the limit.
    while len(data) <= limit and (more := os.read(handle, limit + 1 - len(data))):
        data += more
    if len(data) > limit:
        raise FileTooLarge(path, len(data), limit)
    return data
