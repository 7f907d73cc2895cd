"""By which day at the latest a fact held, as other facts in the records show."""

from collections.abc import Iterator
from datetime import date

from peerloom.as_of.missing_days import MissingDay
from peerloom.model import Circle, Goal, Pair, Participant
from peerloom.records import Program


def first_evidence(program: Program, missing: MissingDay) -> date | None:
    """The first day on which the records show that a fact without a day held; None if none does."""
    return min(_list_evidence(program, missing), default=None)


def _list_evidence(program: Program, missing: MissingDay) -> Iterator[date]:
    record, sort = missing.record, missing.fact.partition(" ")[0]
    if isinstance(record, Pair) and sort == "goal":
        yield from days_of_goal(program, record, record.goals[int(missing.keys[1])])
    elif isinstance(record, Pair | Circle) and sort == "started":
        yield from days_at_work(program, record)
    elif isinstance(record, Pair | Circle) and sort == "proposed":
        yield from days_in_existence(program, record)
    elif isinstance(record, Participant) and sort == "decision":
        yield from _known(record.cohorts[int(missing.keys[1])].joined)


def days_in_existence(program: Program, record: Pair | Circle) -> Iterator[date]:
    """Days on which a pair or circle is known to have been proposed already."""
    yield from days_at_work(program, record)
    if isinstance(record, Circle):
        yield from _known(*(stay.joined_on for stay in record.stays))
    elif record.agreement:
        yield record.agreement.agreed_on


def days_at_work(program: Program, record: Pair | Circle) -> Iterator[date]:
    """Days on which a pair or circle is known to have begun, as its meetings and its end tell.

    A pair had begun when a check-in of it came in, or was due if that is earlier.
    """
    yield from _known(record.ended_on)
    if isinstance(record, Circle):
        yield from (meeting.on for meeting in record.meetings)
        return
    for check_in in program.check_ins_of(record):
        yield from (meeting.on for meeting in check_in.meetings)
        yield min(check_in.due, program.counts_from(check_in))


def days_of_goal(program: Program, pair: Pair, goal: Goal) -> Iterator[date]:
    """Days on which a pair's goal is known to have been set, as check-ins and its end tell."""
    yield from _known(pair.ended_on)
    for check_in in program.check_ins_of(pair):
        if any(progress.goal == goal.id for progress in check_in.goals):
            yield program.counts_from(check_in)


def _known(*days: date | None) -> Iterator[date]:
    return (day for day in days if day is not None)
