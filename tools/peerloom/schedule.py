"""When check-ins are due: for a cohort, and for one of its pairs."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from peerloom.model import Cohort, Pair, Settings

# A cohort lasts no longer, and with a check-in each week has no more due dates.
MOST_YEARS = 10
_MOST_DUE_DATES = 530
# Of a pair in these states, no answer was ever asked.
NOT_BEGUN = frozenset({"proposed"})
# Pairs in these take, or will take, a mentor's time.
TAKES_TIME = frozenset({"proposed", "active", "paused"})


@lru_cache(maxsize=1024)
def due_dates(cohort: Cohort) -> tuple[date, ...]:
    """Every due date of a cohort, in order; none where it has no schedule.

    Listed dates are taken as they are. Otherwise the first is `first`, or one interval
    after the cohort starts, and the last is not after the cohort ends.
    """
    schedule = cohort.check_ins
    if schedule is None:
        return ()
    if schedule.dates:
        return tuple(sorted(schedule.dates))
    if schedule.every_weeks is None:
        return ()
    every = _every(timedelta(weeks=schedule.every_weeks), schedule.first, cohort)
    return tuple(islice(every, _MOST_DUE_DATES))


def _every(interval: timedelta, first: date | None, cohort: Cohort) -> Iterator[date]:
    ends = latest_end(cohort)
    due = first
    if due is None:
        if ends - cohort.starts < interval:
            return
        due = cohort.starts + interval
    while due <= ends:
        yield due
        if ends - due < interval:  # and the calendar ends with the year 9999
            return
        due += interval


def latest_end(cohort: Cohort) -> date:
    """When a cohort ends, or has lasted as long as one can: a year may be mistyped."""
    return min(cohort.ends, later(cohort.starts, MOST_YEARS * 366))


def later(day: date, days: int) -> date:
    """So many days later (or earlier), at most the last or the first day that there is."""
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))


def pair_due_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """The due dates on which a pair owes answers: from its start to its end, pauses left out."""
    if pair.status in NOT_BEGUN:
        return ()
    starts, ends = pair.started_on or cohort.starts, pair.ended_on or date.max
    return tuple(
        due for due in due_dates(cohort) if starts <= due <= ends and not is_paused(pair, due)
    )


def is_paused(pair: Pair, day: date) -> bool:
    """Whether a day lies in one of a pair's pauses, their first and last days included."""
    return any(pause.starts <= day <= (pause.ends or date.max) for pause in pair.pauses)


def grace(settings: Settings, cohort: Cohort) -> timedelta:
    """How long after its due date an answer is still on time."""
    own = cohort.check_ins.grace_days if cohort.check_ins else None
    return timedelta(days=settings.defaults.check_in_grace_days if own is None else own)
