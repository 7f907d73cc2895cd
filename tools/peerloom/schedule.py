"""When check-ins are due, for a cohort and for each of its pairs."""

from collections.abc import Iterable, Iterator
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


def due_dates(cohort: Cohort) -> tuple[date, ...]:
    """Return the due dates that the pairs of a cohort share, in order.

    Listed dates are taken as they are. Otherwise the first due date is `first`, or one interval
    after the cohort starts, and the last is not after the cohort ends. In a cohort without an end
    each pair has due dates of its own, and none are shared.
    """
    return () if cohort.ends is None else _list_shared_dates(cohort, _latest_end(cohort))


@lru_cache(maxsize=1024)
def _list_shared_dates(cohort: Cohort, until: date) -> tuple[date, ...]:
    """The due dates of a cohort as if it went on `until` that day."""
    schedule = cohort.check_ins
    if schedule is None:
        return ()
    if schedule.dates:
        return tuple(sorted(schedule.dates))
    if schedule.every_weeks is None:
        return ()
    first = schedule.first or _one_interval_after(cohort.starts, schedule.every_weeks, until)
    return _list_dates_every(schedule.every_weeks, first, until)


@lru_cache(maxsize=4096)
def _list_dates_every(weeks: int, first: date | None, until: date) -> tuple[date, ...]:
    return tuple(islice(_repeat_days(timedelta(weeks=weeks), first, until), _MAX_DUE_DATES))


def _repeat_days(interval: timedelta, due: date | None, until: date) -> Iterator[date]:
    while due is not None and due <= until:
        yield due
        if until - due < interval:  # adding it could go beyond the year 9999, where dates end
            return
        due += interval


def _one_interval_after(starts: date, weeks: int, until: date) -> date | None:
    interval = timedelta(weeks=weeks)
    return starts + interval if until - starts >= interval else None


def latest_day(starts: date) -> date:
    """Return the last day that a cohort or a pair may have which starts on a day.

    A mistyped year must not make thousands of due dates.
    """
    return add_days(starts, MAX_YEARS * 366)


def _latest_end(cohort: Cohort) -> date:
    latest = latest_day(cohort.starts)
    return latest if cohort.ends is None else min(cohort.ends, latest)


def planned_end(cohort: Cohort, pair: Pair) -> date | None:
    """Return the day until which a pair is to go on; None for a pair that has no such day.

    It is the pair's own `ends_on`, or else the end of its cohort. In a cohort without an end it
    is as many weeks after the pair's start as the cohort's `pair_weeks` says.
    """
    if pair.ends_on or cohort.ends:
        return pair.ends_on or cohort.ends
    if cohort.pair_weeks is None:
        return None
    return add_days(pair.started_on or cohort.starts, cohort.pair_weeks * 7)


def last_planned_day(cohort: Cohort, pairs: Iterable[Pair]) -> date | None:
    """Return the day on which a cohort and all its pairs are over; None without such a day.

    `pairs` are those of the cohort. One that has ended goes on no longer, whatever was planned.
    """
    if cohort.ends is None:
        return None
    own = (min(pair.ends_on, pair.ended_on or pair.ends_on) for pair in pairs if pair.ends_on)
    return max(cohort.ends, *own, cohort.ends)


def is_working(cohort: Cohort, pair: Pair, today: date) -> bool:
    """Whether the day on which a pair is to end is not past."""
    ends = planned_end(cohort, pair)
    return ends is None or today <= ends


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, or earlier if negative, within the years 1 to 9999."""
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))


def pair_due_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """Return the due dates for which a pair owes answers: from start to end, except in pauses.

    They are those of its cohort, which go on in the same rhythm for a pair that outlives it. In
    a cohort without an end they are counted from the start of the pair.
    """
    if pair.status in STATUSES_NOT_BEGUN:
        return ()
    starts = pair.started_on or cohort.starts
    ends = min(pair.ended_on or date.max, planned_end(cohort, pair) or date.max)
    return tuple(
        due
        for due in possible_due_dates(cohort, pair)
        if starts <= due <= ends and not is_paused(pair, due)
    )


def possible_due_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """Return the due dates for which a pair may be asked, whether it owes answers or not."""
    if cohort.ends is not None:
        until = max(_latest_end(cohort), min(pair.ends_on or date.min, latest_day(cohort.starts)))
        return _list_shared_dates(cohort, until)
    if cohort.check_ins is None or cohort.check_ins.every_weeks is None:
        return ()
    starts, weeks = pair.started_on or cohort.starts, cohort.check_ins.every_weeks
    until = min(planned_end(cohort, pair) or date.max, latest_day(starts))
    return _list_dates_every(weeks, _one_interval_after(starts, weeks, until), until)


def is_paused(pair: Pair, day: date) -> bool:
    """Whether a day lies in one of a pair's pauses, their first and last days included."""
    return any(pause.starts <= day <= (pause.ends or date.max) for pause in pair.pauses)


def grace_period(settings: Settings, cohort: Cohort) -> timedelta:
    """Return how long after its due date an answer is still on time."""
    own = cohort.check_ins.grace_days if cohort.check_ins else None
    return timedelta(days=settings.defaults.check_in_grace_days if own is None else own)
