"""What was read of a program before; disposable, and never trusted over a file.

Nothing here can fail a command: a cache that cannot be read, believed or written is no cache.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from peerloom import __version__, disposable, records
from peerloom.diagnostic import Diagnostic
from peerloom.program.tree import Stamp, Tree, kind_of
from peerloom.records import Record

# A file changed this shortly before its stamp was taken may change again without a new
# stamp: the clock that file systems use can stand still for several milliseconds, and that
# of some counts whole seconds only.
_RACY_NS = 50_000_000
_RACY_NS_OF_WHOLE_SECONDS = 3_000_000_000


class _Verdict(msgspec.Struct, forbid_unknown_fields=True):
    """What a whole run found in files with this fingerprint on a day."""

    key: str
    said: tuple[Diagnostic, ...]


def fingerprint(tree: Tree) -> str:
    """One digest for the program's files as they are, and for the code that reads them."""
    digest = hashlib.sha256(_code().encode())
    digest.update(msgspec.msgpack.encode((list(tree.files.items()), [str(d) for d in tree.found])))
    return digest.hexdigest()


@cache
def _code() -> str:
    """Changes whenever what reads files does: this package, its schemas, what it stands on."""
    from peerloom import schema  # noqa: PLC0415

    package = Path(__file__).parent.parent
    stamps: list[Any] = [__version__, sys.version, _stamp(Path(msgspec.__file__).parents[1].stat())]
    # What one rule asks may be in any folder of the package.
    for folder in (package, *_folders_in(package), schema.folder()):
        with os.scandir(folder) as entries:
            files = [(entry.name, _stamp(entry.stat())) for entry in entries if entry.is_file()]
        stamps += sorted(files)
    return hashlib.sha256(repr(stamps).encode()).hexdigest()


def _folders_in(folder: Path) -> list[Path]:
    """The folders in a folder, and those in them, but for Python's own of compiled files."""
    with os.scandir(folder) as entries:
        inner = sorted(folder / e.name for e in entries if e.is_dir() and e.name != "__pycache__")
    return [found for path in inner for found in (path, *_folders_in(path))]


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _attribute(kind: str) -> str:
    return kind.replace("-", "_")


@cache
def _kept_type() -> Any:
    """How records are kept, which says of each kind what it must be to be believed."""
    fields = [
        (_attribute(kind), dict[str, tuple[Stamp, class_]], msgspec.field(name=kind))  # type: ignore[valid-type]
        for kind, class_ in records.CLASSES.items()
    ]
    return msgspec.defstruct("Kept", [("code", str), *fields], forbid_unknown_fields=True)


def kept_records(root: Path, tree: Tree) -> tuple[dict[str, Record], bool]:
    """Records by path, of the files that are as they were; and whether others are kept, too."""
    kept = _decoded(root, "values", _kept_type())
    if kept is None:
        return {}, False
    if kept.code != _code():
        return {}, True
    entries = {
        path: kept_so
        for kind in records.CLASSES
        for path, kept_so in getattr(kept, _attribute(kind)).items()
        if kind_of(path) == kind
    }
    current = {
        path: record for path, (stamp, record) in entries.items() if tree.files.get(path) == stamp
    }
    return current, len(current) < len(entries)


def keep_records(root: Path, tree: Tree, read: dict[str, Record]) -> None:
    """Remember the records of files, and nothing of what is gone."""
    by_kind: dict[str, dict[str, tuple[Stamp, Record]]] = {kind: {} for kind in records.CLASSES}
    for path, record in read.items():
        stamp = tree.files[path]
        if not _may_change_unseen(stamp, tree):
            by_kind[kind_of(path) or ""][path] = (stamp, record)
    disposable.forget(root, "verdict")  # it speaks of files as they are no more
    disposable.keep(root, "values", msgspec.msgpack.encode({"code": _code(), **by_kind}))


def verdict(root: Path, key: str) -> tuple[Diagnostic, ...] | None:
    """What a whole run said, if it was kept under `key`."""
    kept = _decoded(root, "verdict", _Verdict)
    return kept.said if kept is not None and kept.key == key else None


def keep_verdict(root: Path, tree: Tree, key: str, said: tuple[Diagnostic, ...]) -> None:
    """Remember what a whole run said, unless a file may still change unseen."""
    if any(_may_change_unseen(stamp, tree) for stamp in tree.files.values()):
        disposable.forget(root, "verdict")
    else:
        data = msgspec.msgpack.encode(_Verdict(key=key, said=said))
        disposable.keep(root, "verdict", data)


def _may_change_unseen(stamp: Stamp, tree: Tree) -> bool:
    """Whether a file could have changed, just after its stamp was taken, without another one."""
    _, modified, changed, _ = stamp
    window = _RACY_NS if changed % 1_000_000_000 else _RACY_NS_OF_WHOLE_SECONDS
    return max(modified, changed) > tree.begun_ns - window


def _decoded(root: Path, what: str, kind: Any) -> Any:
    """What was kept, if it has the shape that it must have; otherwise all is thrown away."""
    data = disposable.kept(root, what)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        disposable.discard()
        return None
