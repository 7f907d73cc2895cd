"""Who is accepted to a cohort that selects, and who not: only the accepted take part."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Circle, Membership, Pair, Participant
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.dates import full_date

_OPEN = ("proposed", "active", "paused")


def only_accepted_people_are_matched(program: Program, _: date) -> Iterator[Finding]:
    """Who applied, waits or was declined is in no pair or circle of the cohort that is not over.

    Of somebody who signed up in two roles, the one that they have in the pair counts.
    """
    matched: list[Pair | Circle] = [*program.pairs.values(), *program.circles.values()]
    for record in matched:
        if record.status not in _OPEN:
            continue
        for who in record.people:
            parts = _parts_in(record, program.participants.get(who))
            if parts and not any(part.is_accepted for part in parts):
                message = f"{quoted(who)} must be accepted, and is {parts[0].state}"
                help_ = (
                    f"'peerloom decide {who} --cohort {record.cohort} --state accepted' accepts "
                    "them; or take them out here"
                )
                yield Finding(where=record, keys=("status",), message=message, help=help_)


def _parts_in(record: Pair | Circle, person: Participant | None) -> list[Membership]:
    """The parts because of which somebody may be in a record: in a pair, those in their role."""
    parts = [p for p in person.cohorts if p.cohort == record.cohort] if person else []
    if person is None or isinstance(record, Circle):
        return parts
    role = "mentor" if person.id == record.mentor else "mentee"
    return [part for part in parts if part.role in (role, "either")] or parts


def decisions_are_made_when_they_are_said(program: Program, today: date) -> Iterator[Finding]:
    """An application comes before its decision, both have come, and a reason is for a decision."""
    for person in program.participants.values():
        for index, part in enumerate(person.cohorts):
            for key, message, help_ in _flaws_of_decision(part, today):
                keys: Keys = ("cohorts", index, key)
                yield Finding(where=person, keys=keys, message=message, help=help_)


def _flaws_of_decision(part: Membership, today: date) -> Iterator[tuple[str, str, str]]:
    for key, day in (("applied_on", part.applied_on), ("decided_on", part.decided_on)):
        if day is not None and day > today:
            yield key, f"'{key}' must have come, and {full_date(day)} has not", "correct the date"
    if part.applied_on and part.decided_on and part.decided_on < part.applied_on:
        message = f"the decision must not be before the application, {full_date(part.applied_on)}"
        yield "decided_on", message, "correct one of the dates"
    is_decided = part.state not in (None, "applied")
    for key, value in (("decided_on", part.decided_on), ("state_reason", part.state_reason)):
        if value is not None and not is_decided:
            message = f"'{key}' must come with a decision: a 'state' that is not applied"
            yield key, message, "write the decision under 'state', or delete this line"


def decisions_are_of_cohorts_that_select(program: Program, _: date) -> Iterator[Finding]:
    """Who is not accepted signed up for a cohort in which coordinators choose who takes part."""
    for person in program.participants.values():
        for index, part in enumerate(person.cohorts):
            cohort = program.cohorts.get(part.cohort)
            if cohort is not None and not cohort.selects and not part.is_accepted:
                message = f"{quoted(part.cohort)} must select for somebody to be {part.state} in it"
                path = KIND_BY_NAME["cohort"].path_for(cohort.id)
                help_ = f"write 'selects: true' in {path}, or delete 'state': they are not matched"
                keys: Keys = ("cohorts", index, "state")
                yield Finding(where=person, keys=keys, message=message, help=help_)
