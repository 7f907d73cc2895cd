"""Asking Git one question.

The names and contents in a repository are a stranger's. They are read from Git's plumbing commands
as bytes; none of them can be taken for an option, and none is given to a shell.
"""

import os
import subprocess
from pathlib import Path

from peerloom.text.escaping.terminal import printable

_TIMEOUT_SECONDS = 300
# Variables that a hook may have set, and that would lead to another repository than the folder's.
REDIRECTING_VARIABLES = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "COMMON_DIR", "NAMESPACE"),
        *("ALTERNATE_OBJECT_DIRECTORIES", "PREFIX"),
    )
)


class GitError(Exception):
    """Git could not give what was asked for; the message says what must be right for it to."""


def run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run Git in a folder and return what it prints. Raises `GitError`."""
    return ask_git(folder, *arguments, stdin=stdin)[0]


def ask_git(
    folder: Path, *arguments: str, stdin: bytes = b"", failing_from: int = 1
) -> tuple[bytes, int]:
    """Do the same, for a question whose answer is also in the exit code.

    A code of `failing_from` or more, or a negative one, raises `GitError`.
    """
    command = ["git", "--no-pager", "--no-replace-objects", *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in REDIRECTING_VARIABLES}
    environment |= {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        process = subprocess.run(  # noqa: S603 - no shell, and every caller's options come first
            command,
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except FileNotFoundError as error:
        raise GitError("git must be installed, and was not found") from error
    except subprocess.TimeoutExpired as error:
        message = f"git must answer within {_TIMEOUT_SECONDS} seconds, and did not"
        raise GitError(message) from error
    if not 0 <= process.returncode < failing_from:
        reason = printable(process.stderr.decode(errors="replace").partition("\n")[0])
        raise GitError(f"git could not read the repository, and says: {reason}")
    return process.stdout, process.returncode
