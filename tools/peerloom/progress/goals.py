"""How far goals have come, on their five steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from peerloom.model import Goal, Pair
from peerloom.records import Program

# The correlation between goals that Kiresuk & Sherman (1968) assume.
_RHO = 0.3
# What may be said of a goal; a check-in that has not been checked yet may say something else.
SCALE = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one person said of a goal for one due date; a level off the scale says nothing."""

    due: date
    participant: str
    level: int | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """A goal, the step it has reached (None while nobody said), and how it came there."""

    goal: Goal
    level: int | None
    steps: tuple[Step, ...]


def attainments(program: Program, pair: Pair, today: date) -> tuple[Attainment, ...]:
    """Each goal of a pair as the newest check-in says.

    Where both speak of a goal for the same date, the mentee's word counts: it is the
    mentee's goal, and raters agree only moderately (ICC .48, Bovend'Eerdt 2011).
    """
    return tuple(_attainment(program, pair, goal, today) for goal in pair.goals)


def _attainment(program: Program, pair: Pair, goal: Goal, today: date) -> Attainment:
    steps = [
        Step(due=c.due, participant=c.participant, level=_on_scale(said.level), note=said.note)
        for c in program.check_ins_of(pair)
        if program.counts_from(c) <= today
        for said in c.goals
        if said.goal == goal.id
    ]
    # The mentee after the mentor, so that the last with a level is the one that counts.
    steps.sort(key=lambda step: (step.due, step.participant == pair.mentee, step.participant))
    levels = [step.level for step in steps if step.level is not None]
    return Attainment(goal=goal, level=levels[-1] if levels else None, steps=tuple(steps))


def _on_scale(level: int | None) -> int | None:
    return level if level in SCALE else None


def t_score(levels: Sequence[int], weights: Sequence[float] | None = None) -> float:
    """The Goal Attainment Scaling score of Kiresuk & Sherman (1968); 50 is as expected.

    T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²), ρ = 0.3; equal weights unless given.
    Raises `ValueError` without levels.
    """
    if not levels:
        raise ValueError("a score needs at least one level")
    w = [1.0] * len(levels) if weights is None else list(weights)
    weighted = sum(weight * level for weight, level in zip(w, levels, strict=True))
    spread = (1 - _RHO) * sum(weight**2 for weight in w) + _RHO * sum(w) ** 2
    return 50 + 10 * weighted / sqrt(spread)
