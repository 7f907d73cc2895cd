"""The days that figures are about, and the day up to which things are known."""

from dataclasses import dataclass
from datetime import date, timedelta

from peerloom.model import Cohort, Wave
from peerloom.records import Program
from peerloom.schedule import (
    add_days,
    grace_period,
    last_planned_day,
    pair_due_dates,
)
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _

# People have two weeks to answer a survey, and are then reminded for six.
SURVEY_OPEN = timedelta(days=56)


class WindowError(ValueError):
    """Days for which there are no figures; its text says what days there are."""


class NothingClosedError(WindowError):
    """No check-in date is closed yet, so that there is nothing below coordinators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days from `first` to `last`, both included, as they are known on the day `today`.

    `asked_first` and `asked_last` are what somebody asked for, where days were cut off because the
    cohort had not begun, or because they have not come.
    """

    first: date
    last: date
    today: date
    asked_first: date | None = None
    asked_last: date | None = None

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def choose_window(
    program: Program, cohort: Cohort, first: date | None, last: date | None, today: date
) -> Window:
    """The window for the figures of a cohort.

    By default it is from the cohort's start to today, or to the last day of its report if that is
    earlier. Days outside of this are cut off. Raises `WindowError` where nothing is left.
    """
    closes = find_last_day_of_report(program, cohort)
    latest = min(today, closes) if closes else today
    if today < cohort.starts:
        latest = cohort.starts
    if first and last and first > last:
        raise WindowError(
            _("the first day, {first}, must not be after the last, {last}").format(
                first=full_date(first), last=full_date(last)
            )
        )
    if last and last < cohort.starts:
        raise WindowError(
            _("the last day, {last}, must not be before the cohort starts, on {starts}").format(
                last=full_date(last), starts=full_date(cohort.starts)
            )
        )
    if first and first > latest:
        raise WindowError(_why_too_late(first, latest, today))
    return Window(
        first=max(first or cohort.starts, cohort.starts),
        last=min(last or latest, latest),
        today=today,
        asked_first=first if first and first < cohort.starts else None,
        asked_last=last if last and last > latest else None,
    )


def _why_too_late(first: date, latest: date, today: date) -> str:
    sentence = _("the first day, {first}, must not be after the report's last day, {last}")
    if latest == today:
        sentence = _("the first day, {first}, must not be after today, {last}")
    elif latest > today:
        sentence = _("the cohort starts on {last}, so that a report cannot begin later, on {first}")
    return sentence.format(first=full_date(first), last=full_date(latest))


def find_last_day_of_report(program: Program, cohort: Cohort) -> date | None:
    """The last day on which something can still come that a cohort's report counts.

    That is the last day of the cohort and of its pairs, or the last day of grace of their last
    check-ins, or the last day of the closing survey, whichever comes last. None for a cohort
    without an end.
    """
    pairs = program.pairs_of(cohort.id)
    last = last_planned_day(cohort, pairs)
    if last is None or cohort.ends is None:
        return None
    grace = grace_period(program.settings, cohort).days
    last_due = max((pair_due_dates(cohort, pair)[-1:] for pair in pairs), default=())
    days = [last, *(add_days(due, grace) for due in last_due)]
    if any(id_ in program.surveys for id_ in cohort.surveys):
        days.append(add_days(cohort.ends, SURVEY_OPEN.days))
    return max(days)


def find_opening_days(cohort: Cohort) -> dict[Wave, date]:
    """The day on which each wave of a survey opens; empty for a cohort without an end.

    They are the first day of the cohort, the one in the middle, and the last.
    """
    if cohort.ends is None:
        return {}
    middle = cohort.starts + (cohort.ends - cohort.starts) / 2
    return {"before": cohort.starts, "midway": middle, "after": cohort.ends}
