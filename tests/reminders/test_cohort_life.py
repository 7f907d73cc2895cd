"""A whole cohort day by day: reminders, answers that come early, late or never, runs that die.

What must be there at the end is worked out a second time, from the people alone.
"""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import folder
from dying_client import DyingClient, Killed, run_reminders
from peerloom import reminders
from peerloom.model import CheckIn, Pair
from peerloom.program import load
from peerloom.records import Program
from stand_in import StandIn

HOME = "reading-circle/mentoring"
STARTS = date(2026, 1, 12)
DUES = [STARTS + timedelta(weeks=2 * n) for n in range(1, 9)]
DAYS = 16 * 7 + 47


@dataclass(slots=True)
class Life:
    """When each answers: days after the due date, or never."""

    pairs: dict[str, Pair]
    answers: dict[tuple[str, date], tuple[int | None, int | None]]
    ends: dict[str, date] = field(default_factory=dict)


def lived(chance: random.Random, pairs: int) -> Life:
    """People who answer early, on the day, late, and some of them never."""
    when = [-2, -1, 0, 0, 1, 2, 4, 6, 9, 13, 20, 33, None]
    made = {
        f"p{n:02}": Pair(
            id=f"p{n:02}",
            cohort="spring",
            status="active",
            mentor="ada",
            mentee="grace",
            started_on=STARTS,
        )
        for n in range(pairs)
    }
    answers = {
        (id_, due): (chance.choice(when), chance.choice(when)) for id_ in made for due in DUES
    }
    ending = [id_ for id_ in made if chance.random() < 0.15]
    ends = {id_: STARTS + timedelta(days=chance.randrange(20, 100)) for id_ in ending}
    return Life(made, answers, ends)


def on(life: Life, program: Program, today: date) -> Program:
    """The program as it is merged on a day."""
    check_ins = []
    for (id_, due), given in life.answers.items():
        for who, days in zip(("ada", "grace"), given, strict=True):
            day = None if days is None else due + timedelta(days=days)
            over = life.ends.get(id_, date.max)
            if day is not None and day <= today and day <= over and due <= over:
                check_ins.append(
                    CheckIn(cohort="spring", pair=id_, due=due, participant=who, answered_on=day)
                )
    pairs = {("spring", id_): pair for id_, pair in life.pairs.items()}
    for id_, day in life.ends.items():
        if day <= today:
            ended = replace(life.pairs[id_], status="ended_early", ended_on=day, end_reason="time")
            pairs["spring", id_] = ended
    return replace(program, pairs=pairs, check_ins=tuple(check_ins))


def expected(life: Life) -> tuple[set[tuple[str, date]], Counter[int]]:
    """Which dates got an issue, and how often people were asked again on each step."""
    opened: set[tuple[str, date]] = set()
    asked: Counter[int] = Counter()
    for (id_, due), given in life.answers.items():
        done = [due + timedelta(days=d) if d is not None else date.max for d in given]
        answered = max(done)
        over = life.ends.get(id_, date.max)
        stops = min(answered, over)
        if due - timedelta(days=3) >= stops:
            continue
        opened.add((id_, due))
        for step in (3, 7, 14):
            asked[step] += due + timedelta(days=step) < stops
    return opened, asked


@pytest.mark.parametrize("seed", range(2))
def test_a_cohort_lived_through_with_dying_runs_ends_as_worked_out(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    life = lived(chance, 40)
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    cohort = replace(program.cohorts["spring"], ends=STARTS + timedelta(weeks=16))
    program = replace(program, cohorts={"spring": cohort})
    with StandIn(HOME) as hub:
        for days in range(DAYS):
            today = STARTS + timedelta(days=days)
            now = on(life, program, today)
            if chance.random() < 0.4:
                with suppress(Killed):
                    dies_at, after = chance.randrange(12), chance.random() < 0.5
                    run_reminders(now, hub, today, DyingClient(hub, dies_at, after=after))
            run_reminders(now, hub, today)
        opened, asked = expected(life)
        issues = hub.repositories[HOME].issues.values()
        marks = [reminders.read_mark(issue["body"]) for issue in issues]
        assert Counter((m.pair, m.due) for m in marks) == Counter(opened)
        assert {issue["state"] for issue in issues} == {"closed"}
        said = Counter(
            int(c["body"].partition("day=")[2].partition(" ")[0])
            for c in hub.repositories[HOME].comments.values()
        )
        assert said == asked
