"""What each of a pair rated; for coordinators alone, the other never sees it."""

from dataclasses import dataclass
from datetime import date

from peerloom.model import Pair
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPoint:
    """One person's ratings for one due date, each from 1 to 5 or unknown."""

    due: date
    participant: str
    useful: int | None
    relationship: int | None


def ratings(program: Program, pair: Pair, today: date) -> tuple[RatingPoint, ...]:
    """A pair's ratings by due date, then by person; answers without ratings are left out."""
    return tuple(
        RatingPoint(
            due=c.due,
            participant=c.participant,
            useful=c.ratings.useful,
            relationship=c.ratings.relationship,
        )
        for c in program.check_ins_of(pair)
        if c.ratings is not None and program.counts_from(c) <= today
    )
