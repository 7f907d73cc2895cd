"""Which files of a repository participants may change; everything else runs the program.

The one place that says so: the review's policy, CODEOWNERS and the tests are made from it. It
lists what is open rather than what is not, so that a file that a tool of tomorrow reads, wherever
it lies, is a maintainer's from its first day on.
"""

from pathlib import PurePosixPath

# The folders that hold records and texts, and nothing that runs.
OPEN_FOLDERS = ("content",)
# This file keeps an empty folder in Git, and no tool reads it.
_FOLDER_KEEPER = ".gitkeep"


# Where GitHub looks for CODEOWNERS; the first of them that is there counts.
CODE_OWNERS_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def runs_something(path: str) -> bool:
    """Whether a file can change what runs, so that a maintainer has to look at it.

    In these folders, too, what a tool reads has a name that begins with a dot.
    """
    parts = PurePosixPath(path).parts
    hidden = [part for part in parts[1:] if part.startswith(".") and part != _FOLDER_KEEPER]
    return len(parts) < 2 or parts[0] not in OPEN_FOLDERS or bool(hidden)


def code_owners_text(owner: str) -> str:
    """The text of CODEOWNERS: `owner` is asked to look at all that is not open.

    The last line that fits a file decides, and one without an owner asks nobody.
    """
    lines = [
        "# Who is asked to look at changes to what runs the program: all but the words of its",
        "# people. The last line that fits a file decides; one that names nobody asks nobody.",
        f"* {owner}",
        *(f"/{folder}/" for folder in OPEN_FOLDERS),
        f".* {owner}",
        *(f"/{folder}/**/{_FOLDER_KEEPER}" for folder in OPEN_FOLDERS),
    ]
    return "\n".join(lines) + "\n"
