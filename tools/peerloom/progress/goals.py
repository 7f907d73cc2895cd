"""How far goals have come, on their five steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from peerloom.model import CheckIn, Goal, GoalSettings, Pair

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
    """A goal, the step it has reached, and each report of it by due date.

    `level` is None while nobody has named a step, and where two peers name different ones.
    `newest` has the newest report with a step of each of the pair who has named one.
    """

    goal: Goal
    level: int | None
    steps: tuple[Step, ...]
    newest: tuple[Step, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether two peers, neither of whom has the last word, name different steps."""
        return self.level is None and bool(self.newest)


def trace_goals(pair: Pair, check_ins: Iterable[CheckIn]) -> tuple[Attainment, ...]:
    """Each goal of a pair, where the newest of these check-ins puts it.

    Where both report on a goal for the same date, the mentee's word counts: it is the
    mentee's goal, and raters agree only moderately (ICC .48, Bovend'Eerdt 2011). Of two peers
    each one's newest word stands beside the other's.
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
    steps.sort(key=lambda step: (step.due, step.participant == pair.mentee, step.participant))
    by_person = {step.participant: step for step in steps if step.level is not None}
    newest = tuple(by_person[who] for who in pair.people if who in by_person)
    return Attainment(
        goal=goal,
        level=_find_level(pair, newest),
        steps=tuple(steps),
        newest=newest,
    )


def _find_level(pair: Pair, newest: Sequence[Step]) -> int | None:
    """The step on which two peers agree, or else the newest, the mentee's before the mentor's."""
    if pair.peers:
        levels = {step.level for step in newest}
        return levels.pop() if len(levels) == 1 else None
    last = max(newest, key=lambda s: (s.due, s.participant == pair.mentee), default=None)
    return last.level if last else None


def score_goals(goals: Iterable[Attainment], settings: GoalSettings) -> float | None:
    """The score T of a pair's goals that have reached one step each; None if there are none."""
    scored = [(goal.level, goal.goal.weight) for goal in goals if goal.level is not None]
    if not scored:
        return None
    levels, weights = zip(*scored, strict=True)
    return t_score(levels, weights, settings.correlation)


def t_score(
    levels: Sequence[int], weights: Sequence[float] | None = None, correlation: float = 0.3
) -> float:
    """The Goal Attainment Scaling score T of Kiresuk & Sherman (1968); 50 is as expected.

    Takes a pair's `levels` x, each from -2 to +2, a weight w above 0 for each (equal unless
    given), and the `correlation` ρ between goals, from 0 to 1:
    T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²). The authors take ρ for 0.3.
    Raises `ValueError` without levels.
    """
    if not levels:
        raise ValueError("a score needs at least one level")
    w = [1.0] * len(levels) if weights is None else list(weights)
    weighted = sum(weight * level for weight, level in zip(w, levels, strict=True))
    spread = (1 - correlation) * sum(weight**2 for weight in w) + correlation * sum(w) ** 2
    return 50 + 10 * weighted / sqrt(spread)
