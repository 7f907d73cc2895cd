"""What was read before, kept in the user's cache folder; disposable, never trusted over a file.

Nothing here can fail a command: a cache that cannot be read or written is no cache.
"""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from peerloom import __version__, disposable
from peerloom.program.tree import Stamp, Tree

# A file changed this shortly before its stamp was taken may change again without a new
# stamp: the clock that file systems use can stand still for several milliseconds.
_RACY_NS = 50_000_000


def _file(root: Path, name: str) -> Path:
    program = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    return disposable.folder() / f"{program}-{name}"


def fingerprint(tree: Tree) -> str:
    """One digest for the program's files as they are, and for the code that reads them."""
    digest = hashlib.sha256(f"{__version__} {_code()}".encode())
    digest.update(msgspec.msgpack.encode((list(tree.files.items()), [str(d) for d in tree.found])))
    return digest.hexdigest()


def _code() -> str:
    """Changes whenever this package or its schemas do, so that development needs no clearing."""
    from peerloom import schema  # noqa: PLC0415

    package = Path(__file__).parent.parent
    stamps = []
    for folder in (package, package / "rules", package / "program", schema.folder()):
        with os.scandir(folder) as entries:
            stamps += [
                (entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_file()
            ]
    return hashlib.sha256(repr(sorted(stamps)).encode()).hexdigest()


def values(root: Path, tree: Tree) -> dict[str, Any]:
    """Values by path of the files that are as they were when they were kept."""
    kept = _read(_file(root, "values"))
    if not isinstance(kept, dict) or kept.get("code") != _code():
        return {}
    files: dict[str, Stamp] = tree.files
    return {
        path: value
        for path, (stamp, value) in kept["files"].items()
        if files.get(path) == tuple(stamp)
    }


def keep_values(root: Path, tree: Tree, read: dict[str, Any]) -> None:
    """Remember the values of files that were read, except those that may still change unseen."""
    limit = time.time_ns() - _RACY_NS
    files = {
        path: (tree.files[path], value)
        for path, value in read.items()
        if max(tree.files[path][1:3]) < limit
    }
    _write(_file(root, "values"), {"code": _code(), "files": files})


def verdict(root: Path, key: str) -> Any:
    """What a whole run said, if it was kept under `key`."""
    kept = _read(_file(root, "verdict"))
    return kept.get("said") if isinstance(kept, dict) and kept.get("key") == key else None


def keep_verdict(root: Path, tree: Tree, key: str, said: Any) -> None:
    """Remember what a whole run said, unless a file may still change unseen."""
    newest = max((max(stamp[1:3]) for stamp in tree.files.values()), default=0)
    if newest < time.time_ns() - _RACY_NS:
        _write(_file(root, "verdict"), {"key": key, "said": said})


def _read(path: Path) -> Any:
    try:
        return msgspec.msgpack.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _write(path: Path, value: Any) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.msgpack.encode(value))
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
