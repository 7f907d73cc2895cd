"""Days that can be taken for today: those with which every file of a site can be dated."""

from datetime import UTC, date, datetime, time

# The dates in ZIP archives begin in 1980, and those in gzip files end early in 2106.
FIRST_DAY = date(1980, 1, 1)
LAST_DAY = date(2099, 12, 31)


class ImpossibleDay(ValueError):  # noqa: N818 - it reads as the sentence it is
    """A day that cannot be taken for today; the message says which can."""


def possible_day(value: date | str) -> date:
    """Return a day that can be taken for today, from a date or a text such as 2026-02-09.

    Raises `ImpossibleDay`, and no other error, if the text is not such a date.
    """
    if isinstance(value, datetime):
        value = value.date()
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        raise ImpossibleDay(f"'{value}' must be a date such as 2026-02-09") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ImpossibleDay(f"'{day}' must be a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def seconds_at_midnight(day: date) -> int:
    """Return when a day begins in UTC, in seconds since 1970."""
    return int(datetime.combine(day, time(), UTC).timestamp())
