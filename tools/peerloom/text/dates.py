"""Dates in words."""

from datetime import date

from babel.dates import format_date


def day_and_month(day: date) -> str:
    """`9 February`, for a sentence that is read within the year."""
    return str(format_date(day, "d MMMM", locale="en"))


def full_date(day: date) -> str:
    """`9 February 2026`."""
    return str(format_date(day, "d MMMM y", locale="en"))
