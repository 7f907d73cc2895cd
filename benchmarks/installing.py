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
_IMPORTED_BY_A_BUILD = "peerloom.site, peerloom.plugin, mkdocs.commands.build, scipy.special"
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
        whole = _install(program, _WHOLE)
        seconds = {lock: _install(program, lock, "--no-compile") for lock in LOCK_NAMES}
    yield f"installing {_WHOLE} and compiling all of it, as before: {whole:.1f} CPU seconds"
    for lock in LOCK_NAMES:
        limit = "" if lock == _WHOLE else f" (at most {_MOST})"
        yield (
            f"installing {lock}: {seconds[lock]:.1f} CPU seconds, "
            f"{seconds[lock] / whole:.2f} of that{limit}"
        )


def _install(program: Path, lock: str, *more_options: str) -> float:
    """Return the processor's seconds that a workflow's command takes in an empty environment.

    What a build imports is imported afterwards: where pip compiled nothing, that compiles it.
    """
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
            *more_options,
            "--requirement",
            f".peerloom/{lock}",
        ]
        before = _seconds_of_children()
        subprocess.run(command, cwd=program, check=True, env=os.environ, stderr=subprocess.DEVNULL)
        run = [str(python), "-c", f"import {_IMPORTED_BY_A_BUILD}"]
        subprocess.run(run, cwd=program, check=True)
        return _seconds_of_children() - before


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
