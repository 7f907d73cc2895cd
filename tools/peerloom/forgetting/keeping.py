"""Whose time to be kept is over."""

import calendar
from dataclasses import dataclass
from datetime import date

from peerloom.model import Membership, Participant
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class PastKeeping:
    """Somebody whose time to be kept is over.

    `last_day` is the last on which they took part, or could have, and `past_since` the day on which
    that time ended.
    """

    person: Participant
    last_day: date
    past_since: date

    @property
    def took_part(self) -> bool:
        """Whether they were accepted into any cohort."""
        return any(part.is_accepted for part in self.person.cohorts)


def list_past_keeping(program: Program, months: int, today: date) -> tuple[PastKeeping, ...]:
    """Return whose time to be kept is over on a day, the longest past first.

    They are kept for a number of months after the last day of the last cohort in which they took
    part, or after the day on which they left it. Somebody in a cohort without an end, who did not
    leave it, still takes part; who was declined there is kept from the day of that decision.
    """
    found = []
    for person in program.participants.values():
        last_day = None if person.forgotten_on else _find_last_day(program, person)
        if last_day is not None and (past := add_months(last_day, months)) <= today:
            found.append(PastKeeping(person=person, last_day=last_day, past_since=past))
    return tuple(sorted(found, key=lambda each: (each.past_since, each.person.id)))


def _find_last_day(program: Program, person: Participant) -> date | None:
    """Return the last day on which somebody took part; None if they still do, or never did."""
    days = [_last_day_in(program, part) for part in person.cohorts]
    return None if None in days else max((day for day in days if day), default=None)


def _last_day_in(program: Program, part: Membership) -> date | None:
    run = program.cohorts.get(part.cohort)
    last_day = part.left_on or (run.ends if run else None)
    if last_day is None and part.state == "declined":
        return part.decided_on or part.applied_on
    return last_day


def add_months(day: date, months: int) -> date:
    """Return the day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
    )
