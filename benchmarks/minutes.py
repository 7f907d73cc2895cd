"""Jobs and billed minutes a month in a private repository, before and after.

A month of a program is simulated by GitHub's rules (`tests/simulated_actions`), with the workflows
of an earlier commit and with those that are here. How long a job takes is a constant there; what
they were written down from is measured here again, and printed beside them.
"""

import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks import synthetic
from benchmarks.timing import cpu_seconds
from peerloom.doctor import FREE_MINUTES
from simulated_actions.billing import (
    FOLDER,
    bill_of_month,
    jobs_of_month,
    minutes_of_month,
    parse_workflows,
    read_workflows,
)
from simulated_actions.job_seconds import JobSeconds
from simulated_actions.program_month import Merging
from simulated_actions.workflow_files import Workflow
from simulated_actions.workflow_runs import Bill

ROOT = Path(__file__).parents[1]
# The last commit whose jobs installed Peerloom in jobs of their own.
BEFORE = "d93fa5b"
SIZES = (39, 400, 5_000)
WANTED = 600
# The default of the setting: the largest program whose forms are read at once.
READ_AT_ONCE_UP_TO = 150
SLOWNESSES = (1.25, 1.5)


def report() -> Iterator[str]:
    """A line for each thing measured, then for each size and each way to merge."""
    yield from measure_seconds()
    before = read_workflows_of_commit(BEFORE)
    if not before:
        yield f"commit {BEFORE} is not in this history: nothing can be said of before"
    for pairs in SIZES:
        for merging, merges_itself in _WAYS:
            then = bill_of_month(before, pairs, merging, merges_itself=merges_itself)
            now = bill_of_month(
                read_workflows(), pairs, merging, merges_itself=merges_itself, is_now=True
            )
            yield (
                f"{_describe_way(pairs, merging, merges_itself)}: "
                f"{_describe_bill(then)} before, {_describe_bill(now)} now, "
                f"{minutes_of_month(now) / WANTED:.2f} times {WANTED} and "
                f"{minutes_of_month(now) / FREE_MINUTES:.2f} times {FREE_MINUTES:,}"
            )
    yield from vary_assumptions()


def vary_assumptions() -> Iterator[str]:
    """What the minutes of now would be if every job took longer than is assumed."""
    for pairs in (SIZES[0], READ_AT_ONCE_UP_TO):
        for merging, merges_itself in _WAYS:
            found = []
            for slowness in SLOWNESSES:
                bill = bill_of_month(
                    read_workflows(),
                    pairs,
                    merging,
                    merges_itself=merges_itself,
                    is_now=True,
                    slowness=slowness,
                )
                found.append(f"{minutes_of_month(bill):,} if jobs take {slowness} times as long")
            yield f"{_describe_way(pairs, merging, merges_itself)}: minutes {', '.join(found)}"


def _describe_way(pairs: int, merging: Merging, merges_itself: bool) -> str:
    return f"{pairs:,} pairs, {'merge: when clean' if merges_itself else f'merged {merging}'}"


_WAYS: tuple[tuple[Merging, bool], ...] = (
    ("one by one", False),
    ("in bulk", False),
    ("one by one", True),
)


def _describe_bill(bill: Bill) -> str:
    return f"{jobs_of_month(bill):,} jobs and {minutes_of_month(bill):,} minutes"


def read_workflows_of_commit(commit: str) -> tuple[Workflow, ...]:
    """The workflows of a program at a commit; none where the history does not have it."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout

    try:
        listed = git("ls-tree", "--name-only", "-z", commit, f"{FOLDER}/").decode().split("\0")
    except subprocess.CalledProcessError:
        return ()
    return (*parse_workflows({Path(n).stem: git("show", f"{commit}:{n}") for n in listed if n}),)


def measure_seconds() -> Iterator[str]:
    """What jobs take, as it is measured here and as the simulation has it."""
    durations = JobSeconds()
    with tempfile.TemporaryDirectory() as folder:
        took = _measure_installation(Path(folder))
        yield f"installing for GitHub: {took:.1f} CPU seconds (counted as {durations.install:.0f})"
        for pairs in SIZES[:2]:
            root = Path(folder) / f"{pairs} pairs"
            synthetic.write(root, pairs * synthetic.CLOSED.files_of_a_pair)
            (root / "content/pages").mkdir()
            shutil.copy(ROOT / "mkdocs.yml", root)
            for command in (("check",), ("remind",), ("build", "--audience", "members")):
                took = _measure_command(root, *command)
                counted = durations.of_command(command[0], pairs)
                name = f"{command[0]}, {pairs} pairs"
                yield f"{name}: {took:.1f} CPU seconds (counted as {counted:.1f})"


def _measure_installation(folder: Path) -> float:
    """The CPU seconds of the step that installs, in an empty environment, as workflows do."""
    venv.create(folder / "empty", with_pip=True)
    lock = ROOT / ".peerloom/requirements-github.txt"
    options = [
        "-qqq",
        "--no-cache-dir",
        "--no-compile",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    pip = [str(folder / "empty/bin/python"), "-m", "pip", "install"]
    return cpu_seconds([*pip, *options, "--requirement", str(lock)], folder)


def _measure_command(root: Path, *words: str) -> float:
    """The CPU seconds of a command of Peerloom's from cold."""
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "peerloom", "-C", str(root), *words]
        command += ["--today", synthetic.TODAY.isoformat()]
        out = ["--out", f"{cache}/site"] if words[0] == "build" else []
        return cpu_seconds([*command, *out], root, XDG_CACHE_HOME=cache)
