"""Commands timed in a process of their own."""

import os
import resource
import subprocess
import time
from pathlib import Path


def seconds(command: list[str], folder: Path, **environment: str) -> float:
    """How long a command takes in a folder. It must succeed."""
    begun = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
    )
    return time.perf_counter() - begun


def cpu_seconds(command: list[str], folder: Path, **environment: str) -> float:
    """The processor's seconds that a command takes in a folder. It must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command, folder, **environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
