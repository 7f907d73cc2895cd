"""The locks: every package that Peerloom needs, by version and hash, for every platform.

`make lock` writes them. Each names no index, so that installing asks the one that the computer is
set up for, and trusts it no further than the hashes.
"""

from collections.abc import Mapping
from pathlib import Path

# The extra that a lock covers, by the lock's name; without one, what check, build and report need.
LOCK_NAMES: Mapping[str, str | None] = {
    "requirements.txt": "all",
    "requirements-build.txt": None,
    "requirements-github.txt": "github",
}
_LOCKS = Path(__file__).parent / "locks"
_ABOUT = """\
# What this program runs with: every package by version and hash, for Linux, macOS and Windows.
# Peerloom writes this file. To install from it, in the program's folder:
#   python -m pip install --require-hashes --only-binary :all: --requirement .peerloom/{name}
"""


def compose_lock(name: str, peerloom: str) -> str:
    """Return the text of a program's lock; `peerloom` is its line for Peerloom itself."""
    return f"{_ABOUT.format(name=name)}\n{peerloom}\n{read_packages(name)}"


def read_packages(name: str) -> str:
    """Return the lines of a lock, by its name, for all packages but Peerloom itself."""
    return (_LOCKS / name).read_text(encoding="utf-8")
