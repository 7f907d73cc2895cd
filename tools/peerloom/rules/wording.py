"""Words that several rules share."""

from collections.abc import Iterable
from datetime import date

from peerloom.diagnostic import did_you_mean, quoted

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken(day: date) -> str:
    """A date as people say it: `9 February 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def listed(words: Iterable[str]) -> str:
    """`a, b and c`, each as it is."""
    all_ = list(words)
    return " and ".join([", ".join(all_[:-1]), all_[-1]] if len(all_) > 1 else all_)


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Which known word may be meant, else what to do."""
    return did_you_mean(word, known) or otherwise


def not_there(what: str, id_: str, folder: str) -> str:
    """That a reference leads nowhere."""
    return f"{what} {quoted(id_)} must be in '{folder}'"
