"""Requests to GitHub on a day of 5,000 pairs, against the fewest that there can be."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil
from pathlib import Path

import folder
from dying_client import run_reminders
from peerloom.model import CheckIn
from peerloom.program import load
from peerloom.reminders import Mark
from stand_in import StandIn

HOME = "reading-circle/mentoring"
PAIRS = 5_000
LATE = 200
DUE = date(2026, 1, 26)
MOST = 1.05


def report() -> Iterator[str]:
    """A line for the reading requests, and one for the writing ones."""
    with tempfile.TemporaryDirectory() as at, StandIn(HOME) as hub:
        program = load(folder.write(Path(at), folder.MINIMAL)).program
        (pair,) = program.pairs.values()
        ids = [f"p{n:04}" for n in range(PAIRS)]
        pairs = {("spring", id_): replace(pair, id=id_) for id_ in ids}
        for id_ in ids:
            mark = Mark(what="check-in", cohort="spring", pair=id_, due=DUE)
            number, login = hub.account["id"], hub.account["login"]
            hub.open_as(login, number, HOME, f"Check-in of {id_}", f"{mark}\nanswer here")
        answered = tuple(
            CheckIn(cohort="spring", pair=id_, due=DUE, participant=who, answered_on=DUE)
            for id_ in ids[LATE:]
            for who in ("ada", "grace")
        )
        today = date(2026, 1, 29)
        run_reminders(replace(program, pairs=pairs, check_ins=answered), hub, today, budget=500)
    reads = hub.count("GET")
    fewest = ceil(PAIRS / 100)
    yield (
        f"remind, {PAIRS:,} open issues: {reads} requests that read, {reads / fewest:.2f} times "
        f"the fewest there can be (at most {MOST})"
    )
    writes = hub.count("POST") + hub.count("PATCH")
    needed = (PAIRS - LATE) + 2 * LATE
    yield (
        f"remind, {PAIRS - LATE:,} to close and {LATE} to ask again: {writes:,} requests that "
        f"write, {writes / needed:.2f} times what is needed (a comment and its mark are two)"
    )
