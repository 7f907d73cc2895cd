"""How far goals have come, on their five steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from peerloom.model import CheckIn, Goal, Pair

# The correlation between goals that Kiresuk & Sherman (1968) assume.
_CORRELATION = 0.3
# The steps of attainment; a check-in that has not been checked yet may name another.
SCALE = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One person's report on a goal for one due date; `level` is None without a valid step."""

    due: date
    participant: str
    level: int | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """A goal, the step it has reached (None while nobody has said), and each report of it."""

    goal: Goal
    level: int | None
    steps: tuple[Step, ...]


def trace_goals(pair: Pair, check_ins: Iterable[CheckIn]) -> tuple[Attainment, ...]:
    """Each goal of a pair, where the newest of these check-ins puts it.

    Where both report on a goal for the same date, the mentee's word counts: it is the
    mentee's goal, and raters agree only moderately (ICC .48, Bovend'Eerdt 2011).
    """
    known = tuple(check_ins)
    return tuple(_trace_goal(pair, goal, known) for goal in pair.goals)


def _trace_goal(pair: Pair, goal: Goal, check_ins: Iterable[CheckIn]) -> Attainment:
    steps = [
        Step(
            due=check_in.due,
            participant=check_in.participant,
            level=progress.level if progress.level in SCALE else None,
            note=progress.note,
        )
        for check_in in check_ins
        for progress in check_in.goals
        if progress.goal == goal.id
    ]
    # The mentee comes after the mentor: the last report with a level is the one that counts.
    steps.sort(key=lambda step: (step.due, step.participant == pair.mentee, step.participant))
    levels = [step.level for step in steps if step.level is not None]
    return Attainment(goal=goal, level=levels[-1] if levels else None, steps=tuple(steps))


def t_score(levels: Sequence[int], weights: Sequence[float] | None = None) -> float:
    """The Goal Attainment Scaling score T of Kiresuk & Sherman (1968); 50 is as expected.

    Takes a pair's `levels` x, each from -2 to +2, and a weight w for each (equal unless given):
    T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²), with ρ = 0.3.
    Raises `ValueError` without levels.
    """
    if not levels:
        raise ValueError("a score needs at least one level")
    w = [1.0] * len(levels) if weights is None else list(weights)
    weighted = sum(weight * level for weight, level in zip(w, levels, strict=True))
    spread = (1 - _CORRELATION) * sum(weight**2 for weight in w) + _CORRELATION * sum(w) ** 2
    return 50 + 10 * weighted / sqrt(spread)
