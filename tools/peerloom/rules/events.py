"""Attendance at events and at meetings of circles."""

from collections.abc import Iterable, Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Circle, Event, Membership
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.dates import full_date


def attendees_were_members(program: Program, today: date) -> Iterator[Finding]:
    """People who attended an event or a circle's meeting were in its cohort on that day."""
    for event in program.events.values():
        cohorts = event.cohorts or tuple(program.cohorts)
        came = _index_ids(("attended",), event.attended)
        yield from _find_non_members(program, event, cohorts, event.on, came)
        if event.attended and event.on > today:
            yield _future_day_finding(event, ("attended",), event.on)
    for circle in program.circles.values():
        for index, meeting in enumerate(circle.meetings):
            keys: Keys = ("meetings", index, "attended")
            came = _index_ids(keys, meeting.attended)
            yield from _find_non_members(program, circle, (circle.cohort,), meeting.on, came)
            if meeting.on > today:
                yield _future_day_finding(circle, ("meetings", index, "on"), meeting.on)
            if meeting.case_by and meeting.case_by not in meeting.attended:
                message = f"{quoted(meeting.case_by)}, who brought a case, must be among 'attended'"
                keys = ("meetings", index, "case_by")
                yield Finding(where=circle, keys=keys, message=message, help="add them there")


def _index_ids(keys: Keys, ids: Iterable[str]) -> Iterator[tuple[Keys, str]]:
    for index, id_ in enumerate(ids):
        yield (*keys, index), id_


def _find_non_members(
    program: Program,
    record: Event | Circle,
    cohorts: Iterable[str],
    day: date,
    came: Iterable[tuple[Keys, str]],
) -> Iterator[Finding]:
    known = [cohort for cohort in cohorts if cohort in program.cohorts]
    for keys, who in came:
        person = program.participants.get(who)
        if person is None or not known:
            continue
        parts = [m for m in person.cohorts if m.cohort in known]
        if not parts:
            message = f"{quoted(who)} must take part in {' or '.join(map(quoted, known))}"
            help_ = f"remove the name, or add the cohort in {program.path(person)}"
            yield Finding(where=record, keys=keys, message=message, help=help_)
        elif not any(_takes_part(part, day) for part in parts):
            message = f"{quoted(who)} must have been taking part on {full_date(day)}"
            help_ = f"remove the name, or correct 'joined' or 'left_on' in {program.path(person)}"
            yield Finding(where=record, keys=keys, message=message, help=help_)


def _takes_part(part: Membership, day: date) -> bool:
    return (part.joined or date.min) <= day <= (part.left_on or date.max)


def _future_day_finding(record: Event | Circle, keys: Keys, day: date) -> Finding:
    message = f"attendance must not be recorded yet: {full_date(day)} is in the future"
    help_ = "leave it out until then, or correct the date"
    return Finding(where=record, keys=keys, message=message, help=help_)
