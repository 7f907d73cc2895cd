"""How long workflows take to install what they use, as a share of what installing all takes."""

import os
import resource
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from peerloom.toolbox import LOCK_NAMES, toolbox_files

# The lock that covers everything.
_WHOLE = "requirements.txt"
# A workflow that runs every day may take this much of it.
_MOST = 0.5


def report() -> Iterator[str]:
    """Install each lock of a new toolbox into an empty environment of its own."""
    with tempfile.TemporaryDirectory() as name:
        program = Path(name)
        (program / ".peerloom").mkdir()
        for path, content in toolbox_files().items():
            (program / path).write_bytes(content.encode() if isinstance(content, str) else content)
        _install(program, _WHOLE)  # so that pip has downloaded everything
        seconds = {lock: _install(program, lock) for lock in LOCK_NAMES}
    for lock in LOCK_NAMES:
        if lock != _WHOLE:
            yield (
                f"installing {lock}: {seconds[lock]:.1f} CPU seconds, "
                f"{seconds[lock] / seconds[_WHOLE]:.2f} of {_WHOLE} (at most {_MOST})"
            )


def _install(program: Path, lock: str) -> float:
    """Return the processor's seconds that a workflow's command takes in an empty environment."""
    with tempfile.TemporaryDirectory() as home:
        venv.create(home, with_pip=True)
        python = Path(home) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        options = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            *options,
            "--requirement",
            f".peerloom/{lock}",
        ]
        before = _seconds_of_children()
        subprocess.run(command, cwd=program, check=True, env=os.environ, stderr=subprocess.DEVNULL)
        return _seconds_of_children() - before


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
