"""Dates as people say them, with the exact one for machines and on hover."""

from datetime import date

from babel.dates import format_date
from markupsafe import Markup


def said(day: date, today: date) -> str:
    """`Thursday 12 February`, with the year where it is not this one."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    return str(format_date(day, pattern, locale="en"))


def short(day: date, today: date) -> str:
    """`12 Feb`, with the year where it is not this one."""
    return str(format_date(day, "d MMM" if day.year == today.year else "d MMM y", locale="en"))


def away(day: date, today: date) -> str:
    """`today`, `tomorrow`, `in 3 days`, `2 weeks ago`, `5 months ago`."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    size, word = next(
        (size, word)
        for least, size, word in (
            (700, 365, "year"),
            (60, 30, "month"),
            (14, 7, "week"),
            (0, 1, "day"),
        )
        if abs(days) >= least
    )
    number = abs(days) // size
    amount = f"{number} {word}{'' if number == 1 else 's'}"
    return f"in {amount}" if days > 0 else f"{amount} ago"


def time_element(day: date, text: str) -> Markup:
    """A date on a page: what is said, and the exact day on hover."""
    return Markup('<time datetime="{0}" title="{0}">{1}</time>').format(day.isoformat(), text)
