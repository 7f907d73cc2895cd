"""When check-ins are due, for a cohort and for each of its pairs."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from peerloom.model import Cohort, Pair, Settings

# No cohort lasts longer, and with a check-in every week it has no more due dates.
MAX_YEARS = 10
_MAX_DUE_DATES = 530
# Statuses of pairs that have not begun, and so have never owed an answer.
STATUSES_NOT_BEGUN = frozenset({"proposed"})
# Statuses of pairs that take up a mentor's capacity now, or will if they are accepted.
STATUSES_TAKING_TIME = frozenset({"proposed", "active", "paused"})


@lru_cache(maxsize=1024)
def due_dates(cohort: Cohort) -> tuple[date, ...]:
    """Return every due date of a cohort, in order, or nothing if it has no schedule.

    Listed dates are taken as they are. Otherwise the first due date is `first`, or one interval
    after the cohort starts, and the last is not after the cohort ends.
    """
    schedule = cohort.check_ins
    if schedule is None:
        return ()
    if schedule.dates:
        return tuple(sorted(schedule.dates))
    if schedule.every_weeks is None:
        return ()
    every = _list_dates_every(timedelta(weeks=schedule.every_weeks), schedule.first, cohort)
    return tuple(islice(every, _MAX_DUE_DATES))


def _list_dates_every(interval: timedelta, first: date | None, cohort: Cohort) -> Iterator[date]:
    ends = latest_end(cohort)
    due = first
    if due is None:
        if ends - cohort.starts < interval:
            return
        due = cohort.starts + interval
    while due <= ends:
        yield due
        if ends - due < interval:  # adding it could go beyond the year 9999, where dates end
            return
        due += interval


def latest_end(cohort: Cohort) -> date:
    """Return the day on which a cohort ends, at most `MAX_YEARS` after its start.

    A mistyped year must not make thousands of due dates.
    """
    return min(cohort.ends, add_days(cohort.starts, MAX_YEARS * 366))


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, or earlier if negative, within the years 1 to 9999."""
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))


def pair_due_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """Return the due dates for which a pair owes answers: from start to end, except in pauses."""
    if pair.status in STATUSES_NOT_BEGUN:
        return ()
    starts, ends = pair.started_on or cohort.starts, pair.ended_on or date.max
    return tuple(
        due for due in due_dates(cohort) if starts <= due <= ends and not is_paused(pair, due)
    )


def is_paused(pair: Pair, day: date) -> bool:
    """Whether a day lies in one of a pair's pauses, their first and last days included."""
    return any(pause.starts <= day <= (pause.ends or date.max) for pause in pair.pauses)


def grace_period(settings: Settings, cohort: Cohort) -> timedelta:
    """Return how long after its due date an answer is still on time."""
    own = cohort.check_ins.grace_days if cohort.check_ins else None
    return timedelta(days=settings.defaults.check_in_grace_days if own is None else own)
