"""What of a program's repository is its people's to change; everything else runs it.

The one place that says so: the review's policy, CODEOWNERS and the tests are made from it. It
lists what is open rather than what is not, so that a file that a tool of tomorrow reads, wherever
it lies, is a maintainer's from its first day on.
"""

from pathlib import PurePosixPath

# The folders that hold nothing but words.
OPEN = ("content",)
# It keeps an empty folder in Git, and no tool reads it.
_KEEPS_A_FOLDER = ".gitkeep"


def runs_something(path: str) -> bool:
    """Whether a file is none of the open folders' words: a maintainer has to look at it.

    In these folders, too, what a tool reads has a name that begins with a dot.
    """
    parts = PurePosixPath(path).parts
    hidden = [part for part in parts[1:] if part.startswith(".") and part != _KEEPS_A_FOLDER]
    return len(parts) < 2 or parts[0] not in OPEN or bool(hidden)


def code_owners(owner: str) -> str:
    """The text of CODEOWNERS: `owner` is asked to look at all that is not open.

    The last line that fits a file decides, and one without an owner asks nobody.
    """
    lines = [
        "# Who is asked to look at changes to what runs the program: all but the words of its",
        "# people. The last line that fits a file decides; one that names nobody asks nobody.",
        f"* {owner}",
        *(f"/{folder}/" for folder in OPEN),
        f".* {owner}",
        *(f"/{folder}/**/{_KEEPS_A_FOLDER}" for folder in OPEN),
    ]
    return "\n".join(lines) + "\n"
