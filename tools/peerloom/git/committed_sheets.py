"""Sheets that were committed to Git."""

import os
from collections.abc import Iterator
from pathlib import Path

from peerloom.filenames import SHEET_SUFFIXES
from peerloom.git.run import GitError, ask_git, run_git

# In any mix of capital letters, as spreadsheet programs and people name their files.
_SHEETS = tuple(f":(icase,glob)**/*{suffix}" for suffix in SHEET_SUFFIXES)


def list_committed_sheets(root: Path) -> tuple[str, ...]:
    """Return the paths of the sheets that Git holds and no line of `.gitignore` lets through.

    Files come there by 'git add --force', by an upload on GitHub, which asks no `.gitignore`, or
    where the lines that name sheets are missing. A sheet that is meant to be there is let through
    by a line such as '!data/*.csv'. The folder need not be a repository, nor Git be installed.
    """
    if not (root / ".git").exists():
        return ()
    try:
        listed = run_git(root, "ls-files", "-z", "--cached", "--", *_SHEETS)
        let_through = set(_list_let_through(root, listed)) if listed else set()
    except GitError:
        return ()
    paths = {path for path in listed.split(b"\0") if path}
    return tuple(sorted(os.fsdecode(path) for path in paths - let_through))


def _list_let_through(root: Path, paths: bytes) -> Iterator[bytes]:
    """Yield those of the paths, each ending in NUL, whose line of `.gitignore` begins with '!'."""
    options = ("--no-index", "--verbose", "-z", "--stdin")
    # The code is 1 where no line names any of them.
    answer, _ = ask_git(root, "check-ignore", *options, stdin=paths, failing_from=2)
    # Of each path that a line names: the file of that line, its number, the line, and the path.
    fields = answer.split(b"\0")
    for line, path in zip(fields[2::4], fields[3::4], strict=False):
        if line.startswith(b"!"):
            yield path
