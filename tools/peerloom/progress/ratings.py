"""The ratings of each of a pair, which only coordinators see, and never the other person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peerloom.model import CheckIn


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPoint:
    """One person's ratings for one due date, each from 1 to 5, or None where not given."""

    due: date
    participant: str
    useful: int | None
    relationship: int | None


def list_ratings(check_ins: Iterable[CheckIn]) -> tuple[RatingPoint, ...]:
    """The ratings in check-ins, in the order of these; those without ratings are left out."""
    return tuple(
        RatingPoint(
            due=check_in.due,
            participant=check_in.participant,
            useful=check_in.ratings.useful,
            relationship=check_in.ratings.relationship,
        )
        for check_in in check_ins
        if check_in.ratings is not None
    )
