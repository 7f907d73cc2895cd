"""What a signal to the coordinator says."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something a coordinator should look at; 3 is for today, 2 for this week, 1 to watch.

    `pair` is None, and `people` may be empty, where it is not about one pair.
    """

    kind: str
    urgency: int
    cohort: str
    pair: str | None
    people: tuple[str, ...]
    since: date
    why: str
    next_step: str


def on(day: date) -> str:
    """`9 February`, for a sentence that is read within the year."""
    return f"{day.day} {day:%B}"
