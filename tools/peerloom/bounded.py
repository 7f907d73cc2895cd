"""Reads a file only where it is one, and no larger than it may be."""

import errno
import os
import stat
from pathlib import Path

# A pipe that nobody writes to would otherwise hold whoever opens it.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class TooLarge(OSError):  # noqa: N818 - it reads as the sentence it is
    """A file has more bytes than it may have; `size` is how many it has at least."""

    def __init__(self, path: str, size: int, most: int) -> None:
        super().__init__(errno.EFBIG, f"the file has more than {most:,} bytes", path)
        self.size = size


def read(path: str | Path, most: int) -> bytes:
    """The bytes of a file.

    Raises `TooLarge` where there are more than `most`, having read no more than that of a file
    that grew meanwhile and nothing of another, and `OSError` where it is no file.
    """
    handle = os.open(path, _FLAGS)
    try:
        return _read(handle, str(path), most)
    finally:
        os.close(handle)


def _read(handle: int, path: str, most: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a file", path)
    if status.st_size > most:
        raise TooLarge(path, status.st_size, most)
    data = os.read(handle, status.st_size + 1)
    while len(data) <= most and (more := os.read(handle, most + 1 - len(data))):
        data += more
    if len(data) > most:
        raise TooLarge(path, len(data), most)
    return data
