"""Changes of files, shown as a diff."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from peerloom.text.escaping.terminal import printable


def render_diff(root: Path, changes: Mapping[str, str]) -> str:
    """Return what would change in the program in `root`, as a unified diff that is safe to print.

    `changes` has the new text of each file by its path in the program.
    """
    lines: list[str] = []
    for path, text in sorted(changes.items()):
        old = _read_text(root / path)
        lines += unified_diff(
            (old or "").splitlines(),
            text.splitlines(),
            fromfile=f"a/{path}" if old is not None else "nothing",
            tofile=f"b/{path}",
            lineterm="",
        )
    return "".join(f"{printable(line)}\n" for line in lines)


def _read_text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
