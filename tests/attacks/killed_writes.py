"""Commands killed while they write, and while the next settles it: never half of a change."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peerloom.changes
import peerloom.intake
import peerloom.matching.circles
import peerloom.matching.pair_files
import peerloom.matching.propose  # noqa: F401 - read once, here, and not by every child
from attacks.attack import Attack, Outcome
from attacks.disk import KILLED, killed_at, run, undisturbed
from attacks.programs import CHECK, Case, cases, left_behind, tree

# One try in so many is a process of its own that a signal kills at any moment.
_BY_A_SIGNAL = 20


def kill_writes(tries: int, seed: int) -> Outcome:
    """Kills commands at random changes to the disk, then the run that settles it, up to twice."""
    chance = random.Random(seed)
    failures: list[str] = []
    killed = signaled = 0
    with tempfile.TemporaryDirectory() as name:
        at = Path(name)
        cache = at / "cache"
        (at / "cases").mkdir()
        every = cases(at / "cases", cache)
        whole = _seconds(every[0], at / "tried", cache)
        for number in range(tries):
            case = chance.choice(every)
            root = case.copy(at / "tried")
            if number % _BY_A_SIGNAL == _BY_A_SIGNAL - 1:
                after = chance.uniform(whole / 3, whole)
                where = f"{after:.3f} seconds"
                signaled += _kill_by_signal(case, root, cache, after)
            else:
                step = chance.randrange(case.changes)
                where = f"change {step} of {case.changes}"
                killed += run(case.arguments(root), cache, killed_at(step)).code == KILLED
            for _ in range(chance.randrange(3)):
                dies_at = killed_at(chance.randrange(1 + case.changes // 2))
                killed += run(_check(root), cache, dies_at).code == KILLED
            if wrongs := _wrongs(case, root, at / "tried", cache):
                what = f"{case.base.name!r} killed at {where}, try {number} of seed {seed}"
                failures.append(f"{what}: {'; '.join(wrongs)}")
    note = f"{killed:,} runs killed at a change to the disk, {signaled:,} by a signal"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _check(root: Path) -> list[str]:
    return ["-C", str(root), *CHECK]


def _seconds(case: Case, to: Path, cache: Path) -> float:
    """How long a command takes in a process of its own."""
    root, began = case.copy(to), time.monotonic()
    assert not _kill_by_signal(case, root, cache, None)
    return time.monotonic() - began


def _kill_by_signal(case: Case, root: Path, cache: Path, after: float | None) -> bool:
    command = [sys.executable, "-m", "peerloom", *case.arguments(root)]
    nothing = subprocess.DEVNULL
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(
        command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment
    ) as process:
        if after is not None:
            time.sleep(after)
            process.kill()
        return process.wait() == -signal.SIGKILL


def _wrongs(case: Case, root: Path, at: Path, cache: Path) -> list[str]:
    """What is wrong after one more command, which is a check, and for a new program `init`."""
    checked = run(_check(root), cache, undisturbed)
    found = tree(root)
    wrongs = []
    if found not in (case.before, case.after):
        there = sum(found.get(path) == data for path, data in case.after.items())
        wrongs.append(f"{there} of {len(case.after)} files are as meant")
    if checked.code != (0 if found else 1) or "Traceback" in checked.said:
        wrongs.append(f"check ends with {checked.code}: {checked.said[-200:]!r}")
    if left := left_behind(at):
        wrongs.append(f"{len(left)} files are left behind, such as {left[0]}")
    if case.command == "init" and found != case.after:
        again = run(case.arguments(root), cache, undisturbed)
        if again.code != 0 or tree(root) != case.after:
            wrongs.append(f"init again ends with {again.code}: {again.said[-200:]!r}")
    return wrongs


ATTACK = Attack(name="killed-writes", command="chaos", run=kill_writes, few=16)
