"""What people said in confidence, as a value that somebody wants to work out."""

from dataclasses import dataclass
from datetime import date

# What a group of values is about, such as ("useful", "2026-09-24") or ("before", "mood/calm").
Group = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """What one person said, and the day from which a report counts it."""

    day: date
    person: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person or pair said about something, by the day from which it counts.

    A yes is 1, and a no 0. What is said anew about the same takes the place of the older word.
    """

    day: date
    whose: str
    about: str
    value: str | int
