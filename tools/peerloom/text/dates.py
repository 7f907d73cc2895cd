"""Dates in words. None of these reads the clock: the day that is today is an argument."""

from datetime import date
from functools import lru_cache
from typing import Literal

from peerloom.text.translation import current_locale
from peerloom.text.translation import gettext as _

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The format of CLDR, or the fields of a date that a format is looked for with.
_Style = Literal["long", "full", "medium", "MMMMd", "MMMMEEEEd", "MMMd"]

# Within eleven months no day of the year comes up a second time, nor nearly so.
_DAYS_WITHIN_A_YEAR = 334


def full_date(day: date) -> str:
    """`9 February 2026`."""
    return _format_date(day, "long", current_locale())


def day_and_month(day: date) -> str:
    """`9 February`, for a sentence that is read within the year."""
    return _format_date(day, "MMMMd", current_locale())


def date_in_sentence(day: date, today: date) -> str:
    """`9 February`, with the year where the day is so far off that another could be meant."""
    return day_and_month(day) if is_within_a_year(day, today) else full_date(day)


def is_within_a_year(one: date, other: date) -> bool:
    """Whether two days are so close that a day and a month tell which year is meant."""
    return abs((one - other).days) < _DAYS_WITHIN_A_YEAR


def long_date(day: date, today: date) -> str:
    """`Thursday 12 February`, with the year where it is not this one."""
    return _format_date(day, "MMMMEEEEd" if day.year == today.year else "full", current_locale())


def short_date(day: date, today: date) -> str:
    """`12 Feb`, with the year where it is not this one."""
    return _format_date(day, "MMMd" if day.year == today.year else "medium", current_locale())


def short_date_in_span(day: date, starts: date, ends: date) -> str:
    """`12 Feb`, with the year where the days that it is among are not within a year."""
    style: _Style = "MMMd" if is_within_a_year(starts, ends) else "medium"
    return _format_date(day, style, current_locale())


@lru_cache(maxsize=1 << 12)
def _format_date(day: date, style: _Style, locale: str) -> str:
    from babel.dates import format_date, format_skeleton

    if style in ("long", "full", "medium"):
        return str(format_date(day, style, locale=locale))
    return str(format_skeleton(style, day, locale=locale))


def relative_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `in 3 days`, `2 weeks ago`, `5 months ago`: as far as it is from today.

    It is told in days below two weeks, in weeks below two months, in months below two years.
    """
    days = (day - today).days
    if days in (-1, 0, 1):
        return (_("yesterday"), _("today"), _("tomorrow"))[days + 1]
    return _format_distance(days, current_locale())


@lru_cache(maxsize=1 << 12)
def _format_distance(days: int, locale: str) -> str:
    from datetime import timedelta

    from babel.dates import format_timedelta

    distance = timedelta(days=days)
    return str(format_timedelta(distance, "day", threshold=2, add_direction=True, locale=locale))


def weekday_name(code: str) -> str:
    """A weekday's name, from the code in a record: `Monday`."""
    from babel.dates import get_day_names

    return str(get_day_names("wide", locale=current_locale())[_WEEKDAYS.index(code)])
