"""Runs of reminders killed at random: `python tests/chaos.py 1000` prints what was lost."""

import random
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import folder
from mortal import Killed, Mortal, remind
from peerloom import reminders
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn
from stand_in.server import Repository

HOME = "reading-circle/mentoring"
DUE = date(2026, 1, 26)
PAIRS = 3


@dataclass(frozen=True, slots=True)
class Harm:
    """How many of some runs were killed, and issues and comments there are twice or not."""

    runs: int
    killed: int
    doubled: int
    lost: int

    def __str__(self) -> str:
        return (
            f"{self.runs:,} times two days, {self.killed:,} runs killed at a random request: "
            f"{self.doubled} doubled, {self.lost} lost"
        )


def harm(runs: int, seed: int) -> Harm:
    """Kills `runs` runs, each of which a later one mends, and counts what is wrong then."""
    chance = random.Random(seed)
    doubled = lost = killed = 0
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        program = _program(Path(at))
        for _ in range(runs):
            hub.repositories[HOME] = Repository()
            hub.requests.clear()
            for days in (0, 3):
                try:
                    dies_at, after = chance.randrange(12), chance.random() < 0.5
                    remind(program, hub, DUE + timedelta(days), Mortal(hub, dies_at, after=after))
                except Killed:
                    killed += 1
                with suppress(Killed):
                    remind(program, hub, DUE + timedelta(days))
            found = _counted(hub)
            doubled += sum(max(0, n - 1) for n in found.values())
            lost += 2 * PAIRS - len(found)
    return Harm(runs=runs, killed=killed, doubled=doubled, lost=lost)


def _program(at: Path) -> Program:
    program = load(folder.write(at, folder.MINIMAL)).program
    (pair,) = program.pairs.values()
    pairs = {("spring", f"p{n}"): replace(pair, id=f"p{n}") for n in range(PAIRS)}
    return replace(program, pairs=pairs)


def _counted(hub: StandIn) -> Counter[tuple[str, str]]:
    """Open issues by pair, and comments by issue and what they say."""
    found: Counter[tuple[str, str]] = Counter()
    for issue in hub.repositories[HOME].issues.values():
        mark = reminders.mark_of(issue["body"])
        if issue["state"] == "open" and mark:
            found["issue", mark.pair] += 1
    for comment in hub.repositories[HOME].comments.values():
        found[comment["issue_url"], comment["body"].partition("\n")[0]] += 1
    return found


if __name__ == "__main__":
    print(harm(int(sys.argv[1]), seed=1))
