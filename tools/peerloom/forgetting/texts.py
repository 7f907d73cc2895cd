"""The texts of a program's files, read to find somebody's name in them."""

from collections.abc import Iterable
from pathlib import Path

from peerloom import bounded_reading, source
from peerloom.records import Program

# Files at the top of a program's folder, and below `.github`, that people write.
_PATTERNS_OUTSIDE = ("*.md", "*.yml", ".github/**/*.md", ".github/**/*.yml", ".github/CODEOWNERS")


def read_texts(root: Path, program: Program) -> dict[str, str]:
    """Return the text of each file under `content/` by its path; a picture has none."""
    return _read_all(root, program.tree)


def read_texts_outside(root: Path) -> dict[str, str]:
    """Return the texts of other files in which somebody may be named, by their paths."""
    files = {file for pattern in _PATTERNS_OUTSIDE for file in root.glob(pattern) if file.is_file()}
    return _read_all(root, sorted(file.relative_to(root).as_posix() for file in files))


def _read_all(root: Path, paths: Iterable[str]) -> dict[str, str]:
    texts = {}
    for path in paths:
        try:
            data = bounded_reading.read_at_most(root / path, source.MAX_BYTES)
            texts[path] = data.decode().replace("\r\n", "\n")
        except (bounded_reading.FileTooLarge, UnicodeDecodeError):
            continue
    return texts
