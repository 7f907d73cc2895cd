"""Which commit a program was read from, and whether its files differ from that commit."""

import os
from dataclasses import replace
from pathlib import Path

from peerloom import bounded_reading, source
from peerloom.git.history import is_whole_history_here
from peerloom.git.run import GitError, run_git
from peerloom.git.uncommitted import list_uncommitted
from peerloom.kinds import PROGRAM_FILE, kind_of_path
from peerloom.provenance import Provenance, digest_settings
from peerloom.records import Program

_CONTENT = "content"


def with_provenance(program: Program, root: Path) -> Program:
    """A program that knows the commit, the uncommitted changes and the settings it is read from."""
    commit = _find_commit(root)
    found = Provenance(
        commit=commit,
        lacks_history=commit is not None and _lacks_history(root),
        has_uncommitted_changes=commit is not None and _has_uncommitted_changes(root),
        settings=_digest_settings_file(root),
    )
    return replace(program, provenance=found)


def _find_commit(root: Path) -> str | None:
    """The id of the checked-out commit; None where it does not hold the program's settings.

    A program may lie in a repository that is about something else and ignores it.
    """
    try:
        found = run_git(root, "rev-parse", "--verify", "HEAD^{commit}")
        run_git(root, "cat-file", "-e", f"HEAD:./{PROGRAM_FILE}")
    except GitError:
        return None
    return found.decode("ascii").strip()


def _has_uncommitted_changes(root: Path) -> bool:
    """Whether a file of the program differs from the commit, or is not in it.

    Where Git cannot say so, they count as changed: then no report claims to be that of a commit.
    """
    try:
        if any(list_uncommitted(root / _CONTENT)):
            return True
        options = ("--others", "--ignored", "--exclude-standard", "-z")
        ignored = run_git(root, "ls-files", *options, "--", _CONTENT).split(b"\0")
    except GitError:
        return True
    return any(kind_of_path(os.fsdecode(path)) for path in ignored)


def _lacks_history(root: Path) -> bool:
    try:
        return not is_whole_history_here(root)
    except GitError:
        return True


def _digest_settings_file(root: Path) -> str | None:
    try:
        return digest_settings(bounded_reading.read_at_most(root / PROGRAM_FILE, source.MAX_BYTES))
    except OSError:
        return None
