"""New texts for files of a program: shown as a diff, then written all or not at all."""

import os
import tempfile
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from peerloom.diagnostic import printable

# The new text of each file, by its path in the program.
Changes = dict[str, str]


class CannotWrite(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing was written; the message says why."""


def diff(root: Path, changes: Changes) -> str:
    """What would change, as a unified diff that is safe to print."""
    lines: list[str] = []
    for path, text in sorted(changes.items()):
        old = _text(root / path)
        lines += unified_diff(
            (old or "").splitlines(),
            text.splitlines(),
            fromfile=f"a/{path}" if old is not None else "nothing",
            tofile=f"b/{path}",
            lineterm="",
        )
    return "".join(f"{printable(line)}\n" for line in lines)


def apply(root: Path, changes: Changes, gone: Iterable[str] = ()) -> None:
    """Write every file and delete those that are `gone`, or do neither.

    All texts are on disk under temporary names before the first takes its place; if one
    cannot, those before it get their old text back. Raises `CannotWrite`.
    """
    waiting: list[tuple[Path, Path]] = []
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, text in sorted(changes.items()):
            target = _inside(root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_temporary(target, text), target))
        for temporary, target in waiting:
            old = target.read_bytes() if target.exists() else None
            temporary.replace(target)
            done.append((target, old))
        for path in sorted(gone):
            target = _inside(root, path)
            old = target.read_bytes()
            target.unlink()
            done.append((target, old))
    except OSError as error:
        _undo(done)
        reason = (error.strerror or str(error)).lower()
        raise CannotWrite(f"nothing was written: {reason}: {error.filename}") from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _inside(root: Path, path: str) -> Path:
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()) or target.is_symlink():
        raise CannotWrite(f"nothing was written: '{printable(path)}' leads out of the program")
    return target


def _temporary(target: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=".new-", dir=target.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    # mkstemp makes files that nobody else may read; a record is as readable as its neighbors.
    umask = os.umask(0)
    os.umask(umask)
    Path(name).chmod(0o666 & ~umask)
    return Path(name)


def _undo(done: list[tuple[Path, bytes | None]]) -> None:
    for target, old in reversed(done):
        if old is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(old)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
