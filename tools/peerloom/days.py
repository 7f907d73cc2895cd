"""Which days can be taken for today: those that every file of a site can be dated with."""

from datetime import UTC, date, datetime, time, timedelta

# Archives begin with the year 1980, and the date in a packed file ends early in 2106.
FIRST = date(1980, 1, 1)
LAST = date(2099, 12, 31)


class ImpossibleDay(ValueError):  # noqa: N818 - it reads as the sentence it is
    """A day that cannot be taken for today; the message says which can."""


def possible_day(said: date | str) -> date:
    """The day that is meant. Raises `ImpossibleDay`, whatever the text is."""
    if isinstance(said, datetime):
        said = said.date()
    try:
        day = said if isinstance(said, date) else date.fromisoformat(said)
    except ValueError:
        raise ImpossibleDay(f"'{said}' must be a date such as 2026-02-09") from None
    if not FIRST <= day <= LAST:
        raise ImpossibleDay(f"'{day}' must be a day from {FIRST} to {LAST}")
    return day


def midnight(day: date) -> int:
    """When a day begins, in seconds since 1970."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def latest_day_anywhere(today: date) -> date:
    """The latest day that it can be somewhere on Earth while it is `today` elsewhere.

    Somebody who lives at UTC+14 writes a date that is tomorrow's in most of the world.
    """
    return today if today == date.max else today + timedelta(days=1)
