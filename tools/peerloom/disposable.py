"""What can be made again at any time, kept in a folder that nobody else may read or write.

Nothing is believed but what was kept here, to the last byte: each file carries a code, made
with a secret of the folder, over its name, the folder it speaks of and all that it holds. At
the first doubt everything is thrown away. Nothing here raises: what cannot be kept safely is
not kept, which only takes time.
"""

import hashlib
import hmac
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SECRET = "secret"  # noqa: S105 - a file's name
_SECRET_BYTES = 32
_CODE_BYTES = 32
_NEW = re.compile(r"\.new-[0-9a-f]{16}|[0-9a-f]{24}-(?:values|verdict)\.[0-9]+")
_KEPT = re.compile(r"[0-9a-f]{24}-[a-z]+")
# Earlier versions kept compiled templates, which are code: whoever wrote one was obeyed.
_CODE_FOLDER, _CODE_FILE = "templates", re.compile(r"__jinja2_[0-9a-f]+\.cache|tmp\w+\.tmp")
_MOST_BYTES = 1 << 30
_LONGEST_PATH = 4096
_MOST_SECONDS = 30 * 24 * 60 * 60


class _Doubt(Exception):  # noqa: N818 - it is no error but a reason to keep nothing
    """What is there is not what was kept, or others may read or write it."""


def folder() -> Path | None:
    """The user's own cache folder for this program, which may not be there yet.

    A relative path in XDG_CACHE_HOME does not count, as its specification says.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117 - an empty text is no path
        home = os.path.expanduser("~/.cache")  # noqa: PTH111 - this one never raises
    return Path(home) / "peerloom" if os.path.isabs(home) else None  # noqa: PTH117


def kept(about: Path, what: str) -> bytes | None:
    """What was kept of a program's folder under a word, or nothing."""
    with _opened(is_made=False) as ours:
        if ours is None:
            return None
        name = _name(about, what)
        try:
            sealed, secret = _read(ours, name, _MOST_BYTES), _read(ours, _SECRET, _SECRET_BYTES)
            return None if sealed is None else _unsealed(sealed, secret, ours, name, about)
        except (_Doubt, OSError):
            _clear(ours)
            return None


def keep(about: Path, what: str, data: bytes) -> None:
    """Keep something of a program's folder under a word, and forget what is gone."""
    with _opened(is_made=True) as ours, suppress(OSError, _Doubt):
        if ours is not None:
            _forget_the_gone(ours)
            name = _name(about, what)
            _write(ours, name, _sealed(data, _secret(ours), ours, name, about))


def forget(about: Path, what: str) -> None:
    """Keep nothing more of a program's folder under a word."""
    with _opened(is_made=False) as ours:
        if ours is not None:
            _unlink(ours, _name(about, what))


def discard() -> None:
    """Throw away all that is kept, as it cannot be what it should be."""
    with _opened(is_made=False) as ours:
        if ours is not None:
            _clear(ours)


@contextmanager
def _opened(*, is_made: bool) -> Iterator[int | None]:
    """Our folder's descriptor, or nothing where no folder is ours alone."""
    ours = None
    with suppress(OSError, ValueError):
        ours = _open(is_made=is_made)
    try:
        yield ours
    finally:
        if ours is not None:
            os.close(ours)


def _open(*, is_made: bool) -> int | None:
    path = folder()
    # Without owners and modes that the system tells and holds, nothing is known to be ours.
    if path is None or not hasattr(os, "geteuid"):
        return None
    if is_made:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
    ours = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if _is_closed_to_others(ours):
            return ours
    except OSError:
        os.close(ours)
        raise
    os.close(ours)
    return None


def _is_closed_to_others(ours: int) -> bool:
    """Whether a folder is ours alone; one of ours that others could enter is emptied first."""
    status = os.fstat(ours)
    if status.st_uid != os.geteuid():
        return False
    if not status.st_mode & 0o077:
        return True
    if not all(map(_is_a_name_of_ours, _names(ours))):
        return False  # it serves something else as well
    os.fchmod(ours, 0o700)
    _clear(ours)
    return True


def _is_a_name_of_ours(name: str) -> bool:
    known = name in (_SECRET, _CODE_FOLDER)
    return known or bool(_KEPT.fullmatch(name) or _NEW.fullmatch(name))


def _name(about: Path, what: str) -> str:
    return f"{hashlib.sha256(os.fsencode(about)).hexdigest()[:24]}-{what}"


def _read(ours: int, name: str, most: int) -> bytes | None:
    """A file's bytes, or nothing where there is none. Raises `_Doubt` or `OSError`."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(name, flags, dir_fd=ours)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        is_ours = status.st_uid == os.geteuid() and not status.st_mode & 0o077
        if not (is_ours and stat.S_ISREG(status.st_mode) and status.st_nlink <= 1):
            raise _Doubt
        if status.st_size > most:
            raise _Doubt
        return file.read()


def _write(ours: int, name: str, data: bytes) -> None:
    """Put a file in place at once. Raises `OSError`."""
    new = f".new-{os.urandom(8).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(new, flags, 0o600, dir_fd=ours), "wb") as file:
            file.write(data)
        os.replace(new, name, src_dir_fd=ours, dst_dir_fd=ours)
    except OSError:
        with suppress(OSError):
            os.unlink(new, dir_fd=ours)
        raise


def _secret(ours: int) -> bytes:
    """The folder's secret; a new one where there is none, and then nothing older is believed."""
    secret = _read(ours, _SECRET, _SECRET_BYTES)
    if secret is None:
        _write(ours, _SECRET, os.urandom(_SECRET_BYTES))
        secret = _read(ours, _SECRET, _SECRET_BYTES)
    if secret is None or len(secret) != _SECRET_BYTES:
        raise _Doubt
    return secret


def _sealed(data: bytes, secret: bytes, ours: int, name: str, about: Path) -> bytes:
    """The folder that is spoken of, then the code, then the data."""
    head = os.fsencode(about) + b"\0"
    return head + _code(secret, ours, name, head, data) + data


def _unsealed(sealed: bytes, secret: bytes | None, ours: int, name: str, about: Path) -> bytes:
    head = os.fsencode(about) + b"\0"
    start = len(head) + _CODE_BYTES
    code, data = sealed[len(head) : start], sealed[start:]
    if secret is None or len(secret) != _SECRET_BYTES or not sealed.startswith(head):
        raise _Doubt
    if not hmac.compare_digest(code, _code(secret, ours, name, head, data)):
        raise _Doubt
    return data


def _code(secret: bytes, ours: int, name: str, head: bytes, data: bytes) -> bytes:
    # The folder's own number: a copy of it, elsewhere or brought back, is another folder.
    place = f"{os.fstat(ours).st_ino} {name}\n".encode()
    return hmac.digest(secret, place + head + data, "sha256")


def _forget_the_gone(ours: int) -> None:
    """Delete what speaks of folders that are no programs now, and what runs that died left."""
    for name in _names(ours):
        is_new = _NEW.fullmatch(name) is not None
        if is_new or (_KEPT.fullmatch(name) and not _speaks_of_a_program(ours, name)):
            _unlink(ours, name)
    _drop_code(ours)


def _speaks_of_a_program(ours: int, name: str) -> bool:
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=ours)
    except OSError:
        return False
    with os.fdopen(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return False
        age = time.time() - status.st_mtime
        about = file.read(_LONGEST_PATH + 1).partition(b"\0")[0]
    content = Path(os.fsdecode(about)) / "content"
    try:
        return age < _MOST_SECONDS and content.is_dir()
    except (OSError, ValueError):
        return False


def _clear(ours: int) -> None:
    with suppress(OSError):
        for name in _names(ours):
            if _is_a_name_of_ours(name):
                _unlink(ours, name)
    _drop_code(ours)


def _drop_code(ours: int) -> None:
    with suppress(OSError):
        there = os.open(_CODE_FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=ours)
        try:
            for name in filter(_CODE_FILE.fullmatch, _names(there)):
                _unlink(there, name)
        finally:
            os.close(there)
        os.rmdir(_CODE_FOLDER, dir_fd=ours)


def _names(ours: int) -> list[str]:
    return os.listdir(ours)


def _unlink(ours: int, name: str) -> None:
    with suppress(OSError):
        os.unlink(name, dir_fd=ours)
