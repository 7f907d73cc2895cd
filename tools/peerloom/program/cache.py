"""The cache of what was read of a program, which is never trusted over a file.

Nothing here can fail a command: a cache that cannot be read, trusted or written is not used.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from peerloom import __version__, cache_dir
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import KIND_NAMES, KINDS, kind_of_path
from peerloom.model import Record
from peerloom.program.tree import Stamp, Tree

# A file changed this shortly before its stamp was taken may change again without a new
# stamp: the clock that file systems use can stand still for several milliseconds, and that
# of some counts whole seconds only.
_RACY_NS = 50_000_000
_RACY_NS_OF_WHOLE_SECONDS = 3_000_000_000


class _KeptResult(msgspec.Struct, forbid_unknown_fields=True):
    """The diagnostics of a whole check; `key` is its fingerprint, day and audience."""

    key: str
    diagnostics: tuple[Diagnostic, ...]


def fingerprint_of(tree: Tree) -> str:
    """Return a digest that changes with any of the program's files and with the code that reads it.

    Files are known by their stamps; their content is not read.
    """
    digest = hashlib.sha256(_code_digest().encode())
    digest.update(msgspec.msgpack.encode((list(tree.files.items()), [str(d) for d in tree.found])))
    return digest.hexdigest()


@cache
def _code_digest() -> str:
    """Return a digest that changes with what reads files: this package, its schemas, msgspec."""
    from peerloom import schema  # noqa: PLC0415

    package = Path(__file__).parent.parent
    stamps: list[Any] = [
        __version__,
        sys.version,
        _make_stamp(Path(msgspec.__file__).parents[1].stat()),
    ]
    # A rule may use code from any folder of the package, so all of them count.
    for folder in (package, *_folders_in(package), schema.schema_folder()):
        with os.scandir(folder) as entries:
            files = [
                (entry.name, _make_stamp(entry.stat())) for entry in entries if entry.is_file()
            ]
        stamps += sorted(files)
    return hashlib.sha256(repr(stamps).encode()).hexdigest()


def _folders_in(folder: Path) -> list[Path]:
    """Return the folders in a folder, at any depth, except `__pycache__`."""
    with os.scandir(folder) as entries:
        inner = sorted(folder / e.name for e in entries if e.is_dir() and e.name != "__pycache__")
    return [found for path in inner for found in (path, *_folders_in(path))]


def _make_stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _attribute_name(kind: str) -> str:
    return kind.replace("-", "_")


@cache
def _kept_type() -> Any:
    """Return the type of the cached records; decoding refuses records of any other class."""
    fields = [
        (
            _attribute_name(kind.name),
            dict[str, tuple[Stamp, kind.record_class]],  # type: ignore[name-defined]
            msgspec.field(name=kind.name),
        )
        for kind in KINDS
    ]
    return msgspec.defstruct("Kept", [("code", str), *fields], forbid_unknown_fields=True)


def read_kept_records(root: Path, tree: Tree) -> tuple[dict[str, Record], bool]:
    """Return the cached records of unchanged files, by path, and whether others are cached too."""
    kept = _decode_kept(root, "values", _kept_type())
    if kept is None:
        return {}, False
    if kept.code != _code_digest():
        return {}, True
    entries = {
        path: kept_record
        for kind in KIND_NAMES
        for path, kept_record in getattr(kept, _attribute_name(kind)).items()
        if kind_of_path(path) == kind
    }
    current = {
        path: record for path, (stamp, record) in entries.items() if tree.files.get(path) == stamp
    }
    return current, len(current) < len(entries)


def keep_records(root: Path, tree: Tree, records: dict[str, Record]) -> None:
    """Cache the records of the files that exist; those of deleted files are dropped."""
    by_kind: dict[str, dict[str, tuple[Stamp, Record]]] = {kind: {} for kind in KIND_NAMES}
    for path, record in records.items():
        stamp = tree.files[path]
        if not _may_change_unseen(stamp, tree):
            by_kind[kind_of_path(path) or ""][path] = (stamp, record)
    cache_dir.delete_cached(root, "verdict")  # it is about files that have changed since
    data = msgspec.msgpack.encode({"code": _code_digest(), **by_kind})
    cache_dir.write_cached(root, "values", data)


def read_kept_result(root: Path, key: str) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics of the last whole check, if it had this `key`."""
    kept = _decode_kept(root, "verdict", _KeptResult)
    return kept.diagnostics if kept is not None and kept.key == key else None


def keep_result(root: Path, tree: Tree, key: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Cache the diagnostics of a whole check, unless a file may change without a new stamp."""
    if any(_may_change_unseen(stamp, tree) for stamp in tree.files.values()):
        cache_dir.delete_cached(root, "verdict")
    else:
        data = msgspec.msgpack.encode(_KeptResult(key=key, diagnostics=diagnostics))
        cache_dir.write_cached(root, "verdict", data)


def _may_change_unseen(stamp: Stamp, tree: Tree) -> bool:
    """Whether a file could change after its stamp was taken and still have the same stamp."""
    _, modified, changed, _ = stamp
    window = _RACY_NS if changed % 1_000_000_000 else _RACY_NS_OF_WHOLE_SECONDS
    return max(modified, changed) > tree.begun_ns - window


def _decode_kept(root: Path, what: str, kind: Any) -> Any:
    """Return the decoded entry if it has the right type; otherwise delete the whole cache."""
    data = cache_dir.read_cached(root, what)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        cache_dir.clear_cache()
        return None
