"""Runs of reminders killed at a random request: a later run leaves nothing doubled or lost."""

import random
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import folder
from attacks.attack import Attack, Outcome
from dying_client import DyingClient, Killed, run_reminders
from peerloom import reminders
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn
from stand_in.server import Repository

HOME = "reading-circle/mentoring"
DUE = date(2026, 1, 26)
PAIRS = 3


def remind_and_kill(runs: int, seed: int) -> Outcome:
    """Kills runs of two days, each of which a later run mends, and counts what is wrong then."""
    chance = random.Random(seed)
    killed = 0
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        program = _program(Path(at))
        for number in range(runs):
            hub.repositories[HOME] = Repository()
            hub.requests.clear()
            for days in (0, 3):
                try:
                    dies_at, after = chance.randrange(12), chance.random() < 0.5
                    run_reminders(
                        program, hub, DUE + timedelta(days), DyingClient(hub, dies_at, after=after)
                    )
                except Killed:
                    killed += 1
                with suppress(Killed):
                    run_reminders(program, hub, DUE + timedelta(days))
            found = _counted(hub)
            doubled = sum(n - 1 for n in found.values())
            lost = 2 * PAIRS - len(found)
            if doubled or lost:
                failures.append(f"run {number} of seed {seed}: {doubled} doubled, {lost} lost")
    note = f"{killed:,} runs of two days each killed at a random request"
    return Outcome(tries=runs, note=note, failures=tuple(failures))


def _program(at: Path) -> Program:
    program = load(folder.write(at, folder.MINIMAL)).program
    (pair,) = program.pairs.values()
    pairs = {("spring", f"p{n}"): replace(pair, id=f"p{n}") for n in range(PAIRS)}
    return replace(program, pairs=pairs)


def _counted(hub: StandIn) -> Counter[tuple[str, str]]:
    """Open issues by pair, and comments by issue and what they say."""
    found: Counter[tuple[str, str]] = Counter()
    for issue in hub.repositories[HOME].issues.values():
        mark = reminders.read_mark(issue["body"])
        if issue["state"] == "open" and mark:
            found["issue", mark.pair] += 1
    for comment in hub.repositories[HOME].comments.values():
        found[comment["issue_url"], comment["body"].partition("\n")[0]] += 1
    return found


ATTACK = Attack(name="killed-reminders", command="chaos", run=remind_and_kill, few=40)
