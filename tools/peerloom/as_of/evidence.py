"""By which day at the latest a fact held, as other facts in the records show."""

from datetime import date

from peerloom.as_of.missing_days import MissingDay
from peerloom.model import Circle, Goal, Pair, Participant
from peerloom.records import Program


def first_evidence(program: Program, missing: MissingDay) -> date | None:
    """The first day on which the records show that a fact without a day held; None if none does."""
    record, sort = missing.record, missing.fact.partition(" ")[0]
    days: list[date | None] = []
    if isinstance(record, Pair) and sort == "goal":
        goal = record.goals[int(missing.keys[1])]
        days = [record.ended_on, *days_named(program, record, goal)]
    elif isinstance(record, Pair) and sort in ("proposed", "started"):
        days = [record.ended_on]
    elif isinstance(record, Circle) and sort in ("proposed", "started"):
        days = [record.ended_on, *(meeting.on for meeting in record.meetings)]
    elif isinstance(record, Participant) and sort == "decision":
        days = [record.cohorts[int(missing.keys[1])].joined]
    return min((day for day in days if day), default=None)


def days_named(program: Program, pair: Pair, goal: Goal) -> list[date]:
    """The days on which check-ins of a pair came in that say where a goal stands."""
    return [
        program.counts_from(check_in)
        for check_in in program.check_ins_of(pair)
        if any(progress.goal == goal.id for progress in check_in.goals)
    ]
