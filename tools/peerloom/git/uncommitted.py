"""What a working tree holds that no commit has."""

import os
from pathlib import Path

from peerloom.git.run import GitError, run_git


def is_in_repository(folder: Path) -> bool:
    """Whether a folder is in a working tree of Git. Raises `GitError` where Git is missing."""
    try:
        return run_git(folder, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitError:
        run_git(folder, "--version")
        return False


def list_uncommitted(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files below a folder that differ from the last commit, and those it does not know.

    Each is named by its path in the folder. What Git ignores is in neither. Raises `GitError`.
    """
    options = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    prefix = run_git(folder, "rev-parse", "--show-prefix").rstrip(b"\n")
    fields = run_git(folder, "--no-optional-locks", "status", *options, "--", ".").split(b"\0")[:-1]
    changed: list[str] = []
    unknown: list[str] = []
    for field in fields:
        state, path = field[:2], field[3:].removeprefix(prefix)
        (unknown if state == b"??" else changed).append(os.fsdecode(path))
    return tuple(changed), tuple(unknown)
