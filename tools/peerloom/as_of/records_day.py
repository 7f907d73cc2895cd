"""The newest day on which anything in the records of a program happened."""

from collections.abc import Iterator
from datetime import date

from peerloom.model import Circle, Pair, Participant
from peerloom.records import Program


def newest_day_in_records(program: Program) -> date | None:
    """The newest day on which something happened, by the records alone; None if nothing did.

    Days that may be planned, such as the start of a pair, say nothing about when they were written.
    """
    return max(_days_of_events(program), default=None)


def _days_of_events(program: Program) -> Iterator[date]:
    for check_in in program.check_ins:
        yield program.counts_from(check_in)
    for pair in program.pairs.values():
        yield from filter(None, _days_of_pair(pair))
    for circle in program.circles.values():
        yield from filter(None, _days_of_circle(circle))
    for person in program.participants.values():
        yield from filter(None, _days_of_person(person))
    for cohort in program.cohorts.values():
        yield from (aim.outcome.on for aim in cohort.stated_aims if aim.outcome)
    for event in program.events.values():
        if event.attended:
            yield event.on
    for follow_up in program.follow_ups.values():
        yield from (entry.on for entry in follow_up.entries)
    for response in program.responses:
        yield from (wave.answered_on for wave in response.waves)


def _days_of_pair(pair: Pair) -> Iterator[date | None]:
    yield from (pair.proposed_on, pair.ended_on)
    yield pair.match.on if pair.match else None
    yield pair.agreement.agreed_on if pair.agreement else None
    yield from (goal.set_on for goal in pair.goals)
    yield from (story.on for story in pair.stories)


def _days_of_circle(circle: Circle) -> Iterator[date | None]:
    yield from (circle.proposed_on, circle.ended_on)
    yield from (meeting.on for meeting in circle.meetings if meeting.attended)


def _days_of_person(person: Participant) -> Iterator[date | None]:
    yield person.consent.given_on if person.consent else None
    yield from (done.completed_on for done in person.training)
    yield from (note.on for note in person.coordinator_notes)
    for part in person.cohorts:
        yield from (part.applied_on, part.decided_on)
