"""The cache directory: entries that can be made again, which only this user may read or write.

No entry is trusted unless it was written here, to the last byte: each file carries an HMAC, made
with a secret of the directory, over its name, the program's folder that it is about, and its
content. At the first doubt the whole cache is deleted. Nothing here raises: what cannot be cached
safely is not cached, which only costs time.
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
_UNFINISHED_NAME = re.compile(r"\.new-[0-9a-f]{16}|[0-9a-f]{24}-(?:values|verdict)\.[0-9]+")
_ENTRY_NAME = re.compile(r"[0-9a-f]{24}-[a-z]+")
# Earlier versions cached compiled templates. These are code, which anybody who could write the
# file could have had executed; so they are deleted wherever they are found.
_CODE_FOLDER, _CODE_FILE = "templates", re.compile(r"__jinja2_[0-9a-f]+\.cache|tmp\w+\.tmp")
_MAX_BYTES = 1 << 30
_MAX_PATH_BYTES = 4096
_MAX_AGE_SECONDS = 30 * 24 * 60 * 60


class _UntrustedCache(Exception):  # noqa: N818 - it is no error but a reason to keep nothing
    """The cache is not as it was written, or others may read or write it."""


def cache_folder() -> Path | None:
    """Return the user's own cache folder for Peerloom, which may not exist yet.

    A relative path in XDG_CACHE_HOME is ignored, as the XDG Base Directory Specification asks.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117 - an empty text is no path
        home = os.path.expanduser("~/.cache")  # noqa: PTH111 - this one never raises
    return Path(home) / "peerloom" if os.path.isabs(home) else None  # noqa: PTH117


def read_cached(about: Path, what: str) -> bytes | None:
    """Return the entry `what` about a program's folder, or None if there is none to trust."""
    with _opened_folder(is_made=False) as ours:
        if ours is None:
            return None
        name = _entry_name(about, what)
        try:
            sealed, secret = (
                _read_entry(ours, name, _MAX_BYTES),
                _read_entry(ours, _SECRET, _SECRET_BYTES),
            )
            return None if sealed is None else _unseal(sealed, secret, ours, name, about)
        except (_UntrustedCache, OSError):
            _delete_entries(ours)
            return None


def write_cached(about: Path, what: str, data: bytes) -> None:
    """Write the entry `what` about a program's folder, and delete stale entries."""
    with _opened_folder(is_made=True) as ours, suppress(OSError, _UntrustedCache):
        if ours is not None:
            _delete_stale_entries(ours)
            name = _entry_name(about, what)
            _write_entry(ours, name, _seal(data, _read_or_make_secret(ours), ours, name, about))


def delete_cached(about: Path, what: str) -> None:
    """Delete the entry `what` about a program's folder."""
    with _opened_folder(is_made=False) as ours:
        if ours is not None:
            _delete_name(ours, _entry_name(about, what))


def clear_cache() -> None:
    """Delete the whole cache."""
    with _opened_folder(is_made=False) as ours:
        if ours is not None:
            _delete_entries(ours)


@contextmanager
def _opened_folder(*, is_made: bool) -> Iterator[int | None]:
    """Give our folder's descriptor, or None if there is no folder that is ours alone."""
    ours = None
    with suppress(OSError, ValueError):
        ours = _open_folder(is_made=is_made)
    try:
        yield ours
    finally:
        if ours is not None:
            os.close(ours)


def _open_folder(*, is_made: bool) -> int | None:
    path = cache_folder()
    # Without a system of owners and permissions nobody can know that the folder is ours.
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
    """Whether a folder is ours alone. One of ours that others could enter is emptied first."""
    status = os.fstat(ours)
    if status.st_uid != os.geteuid():
        return False
    if not status.st_mode & 0o077:
        return True
    if not all(map(_is_name_of_ours, _list_names(ours))):
        return False  # it is used for something else as well
    os.fchmod(ours, 0o700)
    _delete_entries(ours)
    return True


def _is_name_of_ours(name: str) -> bool:
    known = name in (_SECRET, _CODE_FOLDER)
    return known or bool(_ENTRY_NAME.fullmatch(name) or _UNFINISHED_NAME.fullmatch(name))


def _entry_name(about: Path, what: str) -> str:
    return f"{hashlib.sha256(os.fsencode(about)).hexdigest()[:24]}-{what}"


def _read_entry(ours: int, name: str, limit: int) -> bytes | None:
    """Return a file's bytes, or None if there is none. Raises `_UntrustedCache` or `OSError`."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(name, flags, dir_fd=ours)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        is_ours = status.st_uid == os.geteuid() and not status.st_mode & 0o077
        if not (is_ours and stat.S_ISREG(status.st_mode) and status.st_nlink <= 1):
            raise _UntrustedCache
        if status.st_size > limit:
            raise _UntrustedCache
        return file.read()


def _write_entry(ours: int, name: str, data: bytes) -> None:
    """Write a file in one step: readers find the old one or the new one. Raises `OSError`."""
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


def _read_or_make_secret(ours: int) -> bytes:
    """Return the folder's secret, or a new one if there is none, which makes old entries void."""
    secret = _read_entry(ours, _SECRET, _SECRET_BYTES)
    if secret is None:
        _write_entry(ours, _SECRET, os.urandom(_SECRET_BYTES))
        secret = _read_entry(ours, _SECRET, _SECRET_BYTES)
    if secret is None or len(secret) != _SECRET_BYTES:
        raise _UntrustedCache
    return secret


def _seal(data: bytes, secret: bytes, ours: int, name: str, about: Path) -> bytes:
    """Return the program's folder, the authentication code and the data, one after another."""
    head = os.fsencode(about) + b"\0"
    return head + _authentication_code(secret, ours, name, head, data) + data


def _unseal(sealed: bytes, secret: bytes | None, ours: int, name: str, about: Path) -> bytes:
    head = os.fsencode(about) + b"\0"
    start = len(head) + _CODE_BYTES
    code, data = sealed[len(head) : start], sealed[start:]
    if secret is None or len(secret) != _SECRET_BYTES or not sealed.startswith(head):
        raise _UntrustedCache
    if not hmac.compare_digest(code, _authentication_code(secret, ours, name, head, data)):
        raise _UntrustedCache
    return data


def _authentication_code(secret: bytes, ours: int, name: str, head: bytes, data: bytes) -> bytes:
    # The folder's inode is part of it, because a copy of the folder must not be trusted.
    place = f"{os.fstat(ours).st_ino} {name}\n".encode()
    return hmac.digest(secret, place + head + data, "sha256")


def _delete_stale_entries(ours: int) -> None:
    """Delete entries about folders that are no programs any more, and what killed runs left."""
    for name in _list_names(ours):
        is_new = _UNFINISHED_NAME.fullmatch(name) is not None
        if is_new or (_ENTRY_NAME.fullmatch(name) and not _is_about_a_program(ours, name)):
            _delete_name(ours, name)
    _delete_compiled_templates(ours)


def _is_about_a_program(ours: int, name: str) -> bool:
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=ours)
    except OSError:
        return False
    with os.fdopen(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return False
        age = time.time() - status.st_mtime
        about = file.read(_MAX_PATH_BYTES + 1).partition(b"\0")[0]
    content = Path(os.fsdecode(about)) / "content"
    try:
        return age < _MAX_AGE_SECONDS and content.is_dir()
    except (OSError, ValueError):
        return False


def _delete_entries(ours: int) -> None:
    with suppress(OSError):
        for name in _list_names(ours):
            if _is_name_of_ours(name):
                _delete_name(ours, name)
    _delete_compiled_templates(ours)


def _delete_compiled_templates(ours: int) -> None:
    with suppress(OSError):
        there = os.open(_CODE_FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=ours)
        try:
            for name in filter(_CODE_FILE.fullmatch, _list_names(there)):
                _delete_name(there, name)
        finally:
            os.close(there)
        os.rmdir(_CODE_FOLDER, dir_fd=ours)


def _list_names(ours: int) -> list[str]:
    return os.listdir(ours)


def _delete_name(ours: int, name: str) -> None:
    with suppress(OSError):
        os.unlink(name, dir_fd=ours)
