"""When a check-in came in, compared with when it was due and with the days that it names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from peerloom.kinds import kind_of_path
from peerloom.model import Pair
from peerloom.records import Program
from peerloom.review.policy import ROW_BY_NAME, PolicyRow, RowName
from peerloom.review.policy.row import OPEN_DAYS
from peerloom.review.pull_request import Change
from peerloom.review.record_keys import RecordKeys, read_keys
from peerloom.schedule import add_days, grace_period, pair_due_dates
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# People may answer just before midnight, or live where it is already another day.
_TOLERATED_DAYS = 1
_RECEIPT_KEYS = ("received_on", "received_by")


def read_due_date(change: Change) -> date | None:
    """The date that a check-in answers, as its file's name says."""
    return _parse_date(PurePosixPath(change.path).stem[:10])


def is_old(change: Change, received: date) -> bool:
    """Whether a check-in's date is so long past that reports may rest on what was there then."""
    due = read_due_date(change)
    return due is not None and received > add_days(due, OPEN_DAYS)


def find_timing_rows(
    change: Change, program: Program, received: date, *, is_own: bool
) -> list[PolicyRow]:
    """The rows that a check-in falls under because of its days.

    `received` is the day on which GitHub had the head. Where somebody writes another's check-in,
    which is not `is_own`, only the keys that say when it came in are looked at.
    """
    if kind_of_path(change.path) != "check-in" or change.manner not in ("new", "edit"):
        return []
    before, after = read_keys(change.before), read_keys(change.after)
    rows = list(_check_receipt(before, after))
    if is_own:
        rows += _check_due_date(change, program, received)
        rows += _check_stated_day(change, before, after, received)
        rows += _check_meeting_days(change, before, after, program, received)
    return rows


def _check_receipt(before: RecordKeys, after: RecordKeys) -> Iterator[PolicyRow]:
    """The row for changing the day on which it came in, by whose word is claimed for it."""
    if after and any(before.get(key) != after.get(key) for key in _RECEIPT_KEYS):
        by_coordinator = after.get("received_by") in (None, "coordinator")
        yield ROW_BY_NAME["receipt" if by_coordinator else "program's receipt"]


def _check_due_date(change: Change, program: Program, received: date) -> Iterator[PolicyRow]:
    """A new check-in that came too late to be on time, or before the one before it was due."""
    due, pair = read_due_date(change), _find_pair(change, program)
    cohort = program.cohorts.get(pair.cohort) if pair else None
    if change.manner != "new" or due is None or pair is None or cohort is None:
        return
    if received > add_days(due, grace_period(program.settings, cohort).days):
        yield ROW_BY_NAME["late check-in"]
    earlier = max((day for day in pair_due_dates(cohort, pair) if day < due), default=None)
    if earlier is not None and received < earlier:
        why = mark("it came in on {day}, but the check-in of {due} is not due yet")
        yield _with_reason("early check-in", why, day=full_date(received), due=full_date(earlier))


def _check_stated_day(
    change: Change, before: RecordKeys, after: RecordKeys, received: date
) -> Iterator[PolicyRow]:
    """A stated day of answering that is not the day on which it came in."""
    stated = _parse_date(after.get("answered_on"))
    is_unchanged = change.manner == "edit" and stated == _parse_date(before.get("answered_on"))
    if stated is None or is_unchanged:
        return
    days = [day for day in (received, _parse_date(before.get("received_on"))) if day is not None]
    if all(abs((stated - day).days) > _TOLERATED_DAYS for day in days):
        why = mark("it says that it was answered on {stated}, but came in on {day}")
        yield _with_reason("said day", why, stated=full_date(stated), day=full_date(days[-1]))


def _check_meeting_days(
    change: Change, before: RecordKeys, after: RecordKeys, program: Program, received: date
) -> Iterator[PolicyRow]:
    """Meetings on days on which the two were no pair, or that were still to come."""
    pair = _find_pair(change, program)
    if pair is None:
        return
    cohort = program.cohorts.get(pair.cohort)
    begins = pair.started_on or (cohort.starts if cohort else date.min)
    ends = min(pair.ended_on or date.max, received)
    new_days = _list_meeting_days(after) - _list_meeting_days(before)
    outside = sorted(day for day in new_days if not begins <= day <= ends)
    if outside:
        days = join_words(full_date(day) for day in outside[:3])
        if len(outside) > 3:
            days = _("{days} and others").format(days=days)
        why = mark(
            "it reports a meeting on {days}: before the pair began, after it ended or to come"
        )
        yield _with_reason("meeting day", why, days=days)


def _find_pair(change: Change, program: Program) -> Pair | None:
    parts = PurePosixPath(change.path).parts
    return program.find_pair(parts[2], parts[3])


def _list_meeting_days(record: RecordKeys) -> set[date]:
    meetings = record.get("meetings")
    entries = meetings if isinstance(meetings, list) else []
    days = (_parse_date(entry.get("on")) for entry in entries if isinstance(entry, dict))
    return {day for day in days if day is not None}


def _parse_date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _with_reason(name: RowName, why: str, **days: str) -> PolicyRow:
    """A row whose reason, a marked sentence, names the days in question."""
    return replace(ROW_BY_NAME[name], why=why, values=days)
