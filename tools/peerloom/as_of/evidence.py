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
        days = [record.ended_on, *_days_at_work(program, record)]
    elif isinstance(record, Circle) and sort in ("proposed", "started"):
        days = [record.ended_on, *(meeting.on for meeting in record.meetings)]
    elif isinstance(record, Participant) and sort == "decision":
        days = [record.cohorts[int(missing.keys[1])].joined]
    return min((day for day in days if day), default=None)


def _days_at_work(program: Program, pair: Pair) -> list[date | None]:
    """The days by which a pair had begun, as its check-ins tell."""
    check_ins = program.check_ins_of(pair)
    met = [meeting.on for check_in in check_ins for meeting in check_in.meetings]
    return [*met, *(min(c.due, program.counts_from(c)) for c in check_ins)]


def days_named(program: Program, pair: Pair, goal: Goal) -> list[date]:
    """The days on which check-ins of a pair came in that say where a goal stands."""
    return [
        program.counts_from(check_in)
        for check_in in program.check_ins_of(pair)
        if any(progress.goal == goal.id for progress in check_in.goals)
    ]
