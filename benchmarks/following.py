"""`peerloom attention` and `peerloom report` of a large cohort against `check` of its files."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import synthetic
from benchmarks.timing import cpu_seconds

PAIRS = 5_000
# A single cohort, which is the most that a report can be about: 60,000 check-ins.
SHAPE = synthetic.Shape(pairs_of_a_cohort=PAIRS, answers=12, weeks=26, is_running=True)
COMMANDS = {
    "check": ["check"],
    "attention": ["attention"],
    "report": ["report", "run-1", "--format", "json"],
}
LIMITS = {"attention": 1.5, "report": 2.0}


def report(pairs: int = PAIRS, runs: int = 3) -> Iterator[str]:
    """A line for each command: its CPU seconds from cold, and how many times those of `check`."""
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        root = Path(folder) / "program"
        files = synthetic.write(root, pairs * SHAPE.files_of_a_pair + 3, shape=SHAPE)
        _commit(root)
        # They take turns, so that what else the machine does meets all of them.
        taken = [
            {name: _cold(root, command) for name, command in COMMANDS.items()} for _ in range(runs)
        ]
        check = median(turn["check"] for turn in taken)
        yield f"check, {files:,} files of {pairs:,} pairs, from cold: {check:.1f} CPU seconds"
        for name, limit in LIMITS.items():
            ratio = median(turn[name] / turn["check"] for turn in taken)
            took = median(turn[name] for turn in taken)
            yield f"{name}, from cold: {took:.1f}, {ratio:.2f} times (at most {limit})"


def _cold(root: Path, command: list[str]) -> float:
    words = [sys.executable, "-m", "peerloom", "-C", str(root), *command]
    words += ["--today", synthetic.LATE_IN_THE_RUN.isoformat()]
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as cache:
        return cpu_seconds(words, root, XDG_CACHE_HOME=cache)


def _commit(root: Path) -> None:
    """Make a history of one commit: a program has one, and it is asked when answers came."""
    author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "Begin"]):
        subprocess.run(["git", "-C", str(root), *words], check=True)
