"""What people said in confidence, as a value that somebody wants to work out."""

from dataclasses import dataclass
from datetime import date

from peerloom.audience import includes
from peerloom.model import AUDIENCES, Audience

# What a group of values is about, such as ("useful", "2026-09-24") or ("before", "mood/calm").
Group = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """What one person said, and the day from which a report counts it.

    `seen_by` is the smallest audience to whom the people are shown whom it is about: a report that
    leaves hidden people out counts it where it covers that audience.
    """

    day: date
    person: str
    value: int
    seen_by: Audience = "public"

    def is_behind(self, covers: str, day: date) -> bool:
        """Whether a figure counts it that covers these people, as known on a day."""
        is_covered = covers == "everybody" or includes(_as_audience(covers), self.seen_by)
        return is_covered and self.day <= day


def _as_audience(name: str) -> Audience:
    return next(audience for audience in AUDIENCES if audience == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person or pair said about something, by the day from which it counts.

    A yes is 1, and a no 0. What is said anew about the same takes the place of the older word.
    """

    day: date
    whose: str
    about: str
    value: str | int
