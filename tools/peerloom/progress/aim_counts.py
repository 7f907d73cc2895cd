"""Counts that only aims of cohorts are measured by."""

from dataclasses import dataclass
from datetime import date, timedelta

from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import STATUSES_NOT_BEGUN

# Programs ask pairs to agree, and to write two or three goals, within their first month.
TIME_TO_PREPARE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPairs:
    """How many pairs were prepared in time, of those whose time was up; `people` are in these."""

    prepared: int
    time_up: int
    people: int


def count_prepared_pairs(program: Program, cohort: Cohort, day: date) -> PreparedPairs:
    """The pairs that had an agreement and a goal 30 days after they began, as of a day.

    Only pairs that began at least 30 days before the day are asked, also if they are over. A goal
    of which nobody knows when it was set counts as set in time.
    """
    asked = [
        pair
        for pair in program.pairs_of(cohort.id)
        if pair.status not in STATUSES_NOT_BEGUN
        and pair.started_on
        and day - pair.started_on >= TIME_TO_PREPARE  # a sum could go beyond the last date
    ]
    return PreparedPairs(
        prepared=sum(map(_is_prepared, asked)),
        time_up=len(asked),
        people=len({who for pair in asked for who in pair.people}),
    )


def _is_prepared(pair: Pair) -> bool:
    last = (pair.started_on or date.min) + TIME_TO_PREPARE
    has_agreed = pair.agreement is not None and pair.agreement.agreed_on <= last
    return has_agreed and any((goal.set_on or date.min) <= last for goal in pair.goals)


def count_returned_mentees(program: Program, cohort: Cohort, day: date) -> int:
    """How many mentees of a cohort had come back by a day: as mentors of one that began later."""
    mentees = {p.id for p, part in program.members_of(cohort.id) if part.role == "mentee"}
    mentees |= {pair.mentee for pair in program.pairs_of(cohort.id) if pair.mentee}
    mentors = {
        person.id
        for later in program.cohorts.values()
        if cohort.starts < later.starts <= day
        for person, part in program.members_of(later.id)
        if part.role == "mentor" and (part.joined or later.starts) <= day
    }
    return len(mentees & mentors)
