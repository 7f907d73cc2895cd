"""Spreads the reminders of a large cohort over several days.

GitHub allows a number of new issues and comments in an hour, and reminders are sent once a day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import pair_due_dates, possible_due_dates

ASKED_STATUSES = frozenset({"active", "paused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Over how many days the reminders of a cohort for a due date are spread."""

    cohort: str
    due: date
    pairs: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a pair is reminded of a due date whose reminders are spread over days.

    The reminder opens `before` days before the date. Nudges and escalation come `delay` days
    later than for the first pair, so that every pair has equally long to answer.
    """

    before: int
    delay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The turns of a cohort's pairs.

    By due date: over how many `days` its reminders are spread, and how many days `before` it the
    first pairs are reminded. By pair id: the pair's `places` in the row, from 0.
    """

    days: Mapping[date, int]
    before: Mapping[date, int]
    places: Mapping[str, int]

    def turn_of(self, pair: str, due: date) -> Turn:
        """Return when it is a pair's turn for a due date."""
        delay = self.places[pair] % self.days[due]
        return Turn(before=self.before[due] - delay, delay=delay)


def plan_turns(program: Program, cohort: Cohort, budget: int) -> Turns:
    """Return whose turn is when, so that no day has more than `budget` reminders.

    Pairs stand in a row, by start and then id, and take turns by their place modulo the number of
    days. Pairs that have ended keep their place and a new pair gets the last one, so that no pair
    moves another's turn, until there are so many that one more day is needed. The days begin
    after the due date before and end before the due date itself; if there are too few of them,
    a day has more than `budget` reminders.
    """
    pairs = sorted(program.pairs_of(cohort.id), key=lambda p: (p.started_on or cohort.starts, p.id))
    gaps, most = _list_gaps(cohort, pairs)
    wanted = ceil(most / max(1, budget))
    days: dict[date, int] = {}
    before: dict[date, int] = {}
    for due, gap in gaps.items():
        over = max(1, min(wanted, gap - 1))
        earliest = _before_days(cohort) + over - 1
        days[due] = over
        before[due] = earliest - max(0, min(earliest + 1 - gap, over - 1))
    return Turns(days=days, before=before, places={p.id: n for n, p in enumerate(pairs)})


def _list_gaps(cohort: Cohort, pairs: Sequence[Pair]) -> tuple[dict[date, int], int]:
    """The days between each due date and the one before it, and how many pairs share one at most.

    In a cohort without an end only pairs that began on one day, or whole intervals apart, do.
    """
    dates = [possible_due_dates(cohort, pair) for pair in pairs]
    if cohort.ends is None:
        shared = Counter(due for each in dates for due in each)
        weeks = (cohort.check_ins and cohort.check_ins.every_weeks) or 1
        return dict.fromkeys(shared, weeks * 7), max(shared.values(), default=0)
    longest = max(dates, key=len, default=())
    gaps = {due: (due - last).days for last, due in pairwise((cohort.starts, *longest))}
    return gaps, len(pairs)


def _before_days(cohort: Cohort) -> int:
    assert cohort.check_ins is not None
    return cohort.check_ins.reminders.before_days


def list_spreads(program: Program, cohort: Cohort, turns: Turns) -> list[Spread]:
    """Return the due dates of a cohort whose reminders take more than one day."""
    asked: dict[date, int] = {}
    for pair in program.pairs_of(cohort.id):
        for due in _asked_dates(cohort, pair):
            asked[due] = asked.get(due, 0) + 1
    return [
        Spread(cohort=cohort.id, due=due, pairs=pairs, days=turns.days[due])
        for due, pairs in sorted(asked.items())
        if turns.days[due] > 1
    ]


def _asked_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    return pair_due_dates(cohort, pair) if pair.status in ASKED_STATUSES else ()
