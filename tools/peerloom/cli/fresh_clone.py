"""What `peerloom init` finds in the folder for a new program, and leaves there.

A repository that GitHub has just made can hold a README, a license and a .gitignore.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.diagnostic import quoted
from peerloom.kinds import PROGRAM_FILE
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.changes import FileContents

_GIT = ".git"
_IGNORED, _README = ".gitignore", "README.md"
_MADE_BY_GITHUB = frozenset({_README, "LICENSE", _IGNORED})
OWN_README = "README-peerloom.md"
# How many of the names in a folder are said.
_NAMED = 3


def refuse_unless_fresh(folder: Path, given: Path) -> None:
    """End the command unless a folder is new, empty, or a fresh clone; it is named as `given`."""
    if not folder.exists():
        return
    shown = quoted(str(given))
    if (folder / PROGRAM_FILE).exists():
        raise click.UsageError(
            f"{shown} holds a program already; 'peerloom upgrade' brings one to this version, and "
            "'peerloom new' adds to it; nothing was changed"
        )
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else {folder.name}
    others = names - ({_GIT, *_MADE_BY_GITHUB} if _GIT in names else set())
    if others:
        listed = [quoted(name) for name in sorted(others)]
        rest = ["more"] if len(listed) > _NAMED else []
        raise click.UsageError(
            f"{shown} must be a new or empty folder, or a fresh clone, and holds "
            f"{list_words([*listed[:_NAMED], *rest])}; nothing was changed"
        )


def find_repository_of(folder: Path) -> str | None:
    """Return OWNER/REPO of the clone on GitHub that a folder is, or `None`."""
    from peerloom.git import find_repository_on_github

    return find_repository_on_github(folder)


def leave_what_is_there(folder: Path, files: "FileContents") -> tuple["FileContents", list[str]]:
    """Return the files that can be written, and what a person does about those that are kept.

    Peerloom's own README is then written under another name. A `.gitignore` lets sheets through
    unless it has the lines of the new one; they are listed, as only people change their files.
    """
    kept = [path for path in (_README, _IGNORED) if (folder / path).exists()]
    written = {path: content for path, content in files.items() if path not in kept}
    said = []
    if _README in kept:
        written[OWN_README] = files[_README]
        said.append(f"kept your {_README}; what a coordinator does is in {OWN_README}")
    if _IGNORED in kept:
        theirs = (folder / _IGNORED).read_text("utf-8", errors="replace").splitlines()
        missing = [line for line in str(files[_IGNORED]).splitlines() if line not in theirs]
        if missing:
            lines = "".join(f"\n    {line}" for line in missing)
            said.append(
                f"kept your {_IGNORED}; add these lines to it, before anything else:{lines}"
            )
    return written, said
