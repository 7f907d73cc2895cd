"""When a check-in came in, held against when it was due and what it says of its days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from peerloom.kinds import kind_of_path
from peerloom.model import Pair
from peerloom.records import Program
from peerloom.review.policy import OPEN_DAYS, RULES, Part, Rule
from peerloom.review.proposal import Change
from peerloom.review.values import Value, value
from peerloom.schedule import grace, later, pair_due_dates
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_words

# People write down the day before midnight, or live where it is another one.
_DAYS_APART = 1
_RECEIPT = ("received_on", "received_by")


def due_of(change: Change) -> date | None:
    """The date that a check-in answers, as its file's name says."""
    return _day(PurePosixPath(change.path).stem[:10])


def is_old(change: Change, received: date) -> bool:
    """Whether reports may rest on what was there, or was not, for the date of a check-in."""
    due = due_of(change)
    return due is not None and received > later(due, OPEN_DAYS)


def timing_rules(change: Change, program: Program, received: date, *, is_own: bool) -> list[Rule]:
    """The rows that a check-in falls under for its days; `received` is when GitHub got the head.

    Of answers that somebody writes for others only who says when they came in is looked at.
    """
    if kind_of_path(change.path) != "check-in" or change.manner not in ("new", "edit"):
        return []
    before, after = value(change.before), value(change.after)
    found = list(_receipt(before, after))
    if is_own:
        found += _for_its_date(change, program, received)
        found += _said_day(change, before, after, received)
        found += _meetings(change, before, after, program, received)
    return found


def _receipt(before: Value, after: Value) -> Iterator[Rule]:
    """Whose word stands on when it came in, where that changes."""
    if after and any(before.get(key) != after.get(key) for key in _RECEIPT):
        is_a_coordinators = after.get("received_by") in (None, "coordinator")
        yield RULES["receipt" if is_a_coordinators else "program's receipt"]


def _for_its_date(change: Change, program: Program, received: date) -> Iterator[Rule]:
    """A new answer that comes too late to be on time, or before the one before it is due."""
    due, pair = due_of(change), _pair(change, program)
    cohort = program.cohorts.get(pair.cohort) if pair else None
    if change.manner != "new" or due is None or pair is None or cohort is None:
        return
    if received > later(due, grace(program.settings, cohort).days):
        yield RULES["late check-in"]
    earlier = max((day for day in pair_due_dates(cohort, pair) if day < due), default=None)
    if earlier is not None and received < earlier:
        its_day = full_date(earlier)
        why = f"it came in on {full_date(received)}, and the one of {its_day} is not due yet"
        yield _because("early check-in", why)


def _said_day(change: Change, before: Value, after: Value, received: date) -> Iterator[Rule]:
    """A day of answering that is said, and is not when it came in."""
    said = _day(after.get("answered_on"))
    if said is None or (change.manner == "edit" and said == _day(before.get("answered_on"))):
        return
    came = [day for day in (received, _day(before.get("received_on"))) if day is not None]
    if all(abs((said - day).days) > _DAYS_APART for day in came):
        arrival = full_date(came[-1])
        why = f"it says that it was answered on {full_date(said)}, and came in on {arrival}"
        yield _because("said day", why)


def _meetings(
    change: Change, before: Value, after: Value, program: Program, received: date
) -> Iterator[Rule]:
    """Meetings of days on which the two were no pair, or that were to come."""
    pair = _pair(change, program)
    if pair is None:
        return
    cohort = program.cohorts.get(pair.cohort)
    begins = pair.started_on or (cohort.starts if cohort else date.min)
    ends = min(pair.ended_on or date.max, received)
    odd = sorted(d for d in _met(after) - _met(before) if not begins <= d <= ends)
    if odd:
        days = join_words(full_date(day) for day in odd[:3]) + (
            " and others" if len(odd) > 3 else ""
        )
        why = f"it tells of a meeting on {days}: before the pair began, after it ended, or to come"
        yield _because("meeting day", why)


def _pair(change: Change, program: Program) -> Pair | None:
    parts = PurePosixPath(change.path).parts
    return program.pairs.get((parts[2], parts[3]))


def _met(inside: Value) -> set[date]:
    meetings = inside.get("meetings")
    listed_ = meetings if isinstance(meetings, list) else []
    days = (_day(meeting.get("on")) for meeting in listed_ if isinstance(meeting, dict))
    return {day for day in days if day is not None}


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _because(part: Part, why: str) -> Rule:
    """A row, saying of which days it speaks."""
    return replace(RULES[part], why=why)
