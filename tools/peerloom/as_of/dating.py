"""On which day a fact began to hold, and whether it held on another day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peerloom.records import FactDay, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """The days of the facts of one program.

    `program` knows what Git's history says, and from which day its records are known to be so.
    """

    program: Program

    def exact(self, day: date) -> FactDay:
        """The day that a record gives for a fact."""
        return FactDay(day=day, is_exact=True)

    def first_day(self, path: str, fact: str, bounds: Iterable[date | None] = ()) -> FactDay | None:
        """When a fact began for which the record at a path gives no day; None if always.

        It is the day on which Git's history first shows it. Where that is not known, the fact holds
        from the earliest of these days at the latest: the `bounds`, and the first that Git tells
        or else the day that the program's records are known to be of.
        """
        in_git = self.program.fact_days.get((path, fact))
        if in_git and in_git.is_exact:
            return in_git
        latest = [in_git.day if in_git else self.program.records_day, *bounds]
        known = [day for day in latest if day is not None]
        return FactDay(day=min(known), is_exact=False) if known else None

    def planned_from(self, path: str, fact: str, planned: date) -> FactDay:
        """When a record was there that says only what was to be on a planned day.

        It is that day, unless the record is known to have been there before.
        """
        known = self.first_day(path, fact, [planned])
        return self.exact(known.day if known else date.min)

    def proposed_from(
        self, path: str, said: date | None, planned: date | None, bounds: Iterable[date | None]
    ) -> FactDay | None:
        """When a pair or circle was proposed: on the day `said`, or when its start was `planned`.

        Where its record says neither, it was proposed by the first of the `bounds` at the latest.
        """
        if said:
            return self.exact(min(said, planned or said))
        if planned:
            return self.planned_from(path, "proposed", planned)
        return self.first_day(path, "proposed", bounds)


def held(first_day: FactDay | None, day: date) -> bool | None:
    """Whether a fact held on a day; None where that is not known."""
    if first_day is None or day >= first_day.day:
        return True
    return False if first_day.is_exact else None


def given_day(first_day: FactDay | None) -> date | None:
    """The day on which a fact began, where it is known exactly."""
    return first_day.day if first_day and first_day.is_exact else None
