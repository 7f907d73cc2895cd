"""How the reminders of a cohort that is too large for one day are spread over several."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import due_dates, pair_due_dates

AT_WORK = frozenset({"active", "paused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the reminders for a date are spread over days, so that none has too many."""

    cohort: str
    due: date
    pairs: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A pair's days among those over which a date is spread.

    It is reminded `before` days before the date; all that comes later comes `delay` days later.
    """

    before: int
    delay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The turns of a cohort: `days` and `before` by date, and each pair's place in the row."""

    days: Mapping[date, int]
    before: Mapping[date, int]
    places: Mapping[str, int]

    def of(self, pair: str, due: date) -> Turn:
        """When a pair's turn is for a date. The time from the reminder on is the same for all."""
        delay = self.places[pair] % self.days[due]
        return Turn(before=self.before[due] - delay, delay=delay)


def turns(program: Program, cohort: Cohort, budget: int) -> Turns:
    """Whose turn is when, so that no day has more reminders than one run may make.

    All pairs have a place, those that ended too, and a new one takes the last: what happens to
    one pair moves no other, until they are so many that it takes a day more. The first in the row
    are reminded after the date before, the last before the date itself; where these days are too
    few, a day has more.
    """
    pairs = sorted(program.pairs_of(cohort.id), key=lambda p: (p.started_on or cohort.starts, p.id))
    wanted = ceil(len(pairs) / max(1, budget))
    days: dict[date, int] = {}
    before: dict[date, int] = {}
    for last, due in pairwise((cohort.starts, *due_dates(cohort))):
        gap = (due - last).days
        over = max(1, min(wanted, gap - 1))
        earliest = _before_days(cohort) + over - 1
        days[due] = over
        before[due] = earliest - max(0, min(earliest + 1 - gap, over - 1))
    return Turns(days=days, before=before, places={p.id: n for n, p in enumerate(pairs)})


def _before_days(cohort: Cohort) -> int:
    assert cohort.check_ins is not None
    return cohort.check_ins.reminders.before_days


def spreads(program: Program, cohort: Cohort, found: Turns) -> list[Spread]:
    """What is to be said of the dates whose reminders take more than a day."""
    asked: dict[date, int] = {}
    for pair in program.pairs_of(cohort.id):
        for due in _asked_for(cohort, pair):
            asked[due] = asked.get(due, 0) + 1
    return [
        Spread(cohort=cohort.id, due=due, pairs=pairs, days=found.days[due])
        for due, pairs in sorted(asked.items())
        if found.days[due] > 1
    ]


def _asked_for(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    return pair_due_dates(cohort, pair) if pair.status in AT_WORK else ()
