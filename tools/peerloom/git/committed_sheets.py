"""Sheets that were committed to Git although it is told to ignore them."""

import os
from pathlib import Path

from peerloom.filenames import SHEET_SUFFIXES
from peerloom.git.run import GitError, run_git

# In any mix of capital letters, as spreadsheet programs and people name their files.
_SHEETS = tuple(f":(icase,glob)**/*{suffix}" for suffix in SHEET_SUFFIXES)


def list_committed_sheets(root: Path) -> tuple[str, ...]:
    """Return the paths of the sheets that Git holds and the program's `.gitignore` names.

    Files come there by 'git add --force', by an upload on GitHub, which asks no `.gitignore`, or
    from before the line was written. A sheet that is meant to be there is let through by a line
    such as '!data/*.csv'. The folder need not be a repository, nor Git be installed.
    """
    if not (root / ".git").exists():
        return ()
    try:
        listed = run_git(
            root, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard", "--", *_SHEETS
        )
    except GitError:
        return ()
    return tuple(sorted({os.fsdecode(path) for path in listed.split(b"\0") if path}))
