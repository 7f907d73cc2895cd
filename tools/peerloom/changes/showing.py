"""Changes as a diff."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from peerloom.text.escaping.terminal import printable


def diff(root: Path, changes: Mapping[str, str]) -> str:
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


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
