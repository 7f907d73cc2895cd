"""Git asked a question; the only module that runs it.

Names and contents are a stranger's. Git's plumbing gives them as bytes; none is an option by
chance, and none is given to a shell.
"""

import os
import subprocess
from pathlib import Path

from peerloom.text.escaping.terminal import printable

_PATIENCE_SECONDS = 300
# What a hook may have set, and would lead to another repository than the folder's.
_LEADS_ELSEWHERE = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "COMMON_DIR", "NAMESPACE"),
        *("ALTERNATE_OBJECT_DIRECTORIES", "PREFIX"),
    )
)


class CannotRead(Exception):  # noqa: N818 - it reads as the sentence it is
    """What was asked for is not there to be read; the message says what would be right."""


def output(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git prints in a folder, with `given` on its standard input. Raises `CannotRead`."""
    command = ["git", "--no-pager", "--no-replace-objects", *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in _LEADS_ELSEWHERE}
    environment |= {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument is an option by chance
            command,
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
    except FileNotFoundError as error:
        raise CannotRead("git must be installed, and it is not found") from error
    except subprocess.TimeoutExpired as error:
        message = f"git must answer in {_PATIENCE_SECONDS} seconds, and did not"
        raise CannotRead(message) from error
    if done.returncode:
        said = printable(done.stderr.decode(errors="replace").partition("\n")[0])
        raise CannotRead(f"git could not read the repository, and says: {said}")
    return done.stdout
