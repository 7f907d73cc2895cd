"""What a pull request asks of coordinators, which its comment, labels and status must not tell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from peerloom.kinds import kind_of_path
from peerloom.model import CheckIn
from peerloom.progress.calls import (
    Call,
    find_calls_to_part,
    is_read_before_it_merges,
    read_call,
    speaks_of_danger,
)
from peerloom.records import Program
from peerloom.review.author import Author
from peerloom.review.policy import Part
from peerloom.review.proposal import Change
from peerloom.review.timing import due_of
from peerloom.review.values import Value, value
from peerloom.source import MAX_BYTES

# Of what one may ask for in a pull request; nobody floods those who are to help.
MOST_CALLS = 5
_CHECK_INS: frozenset[Part] = frozenset({"check-in", "old check-in"})
# What a call is told by where the file cannot be read for a mistake somewhere in it.
_TRACES = re.compile("support_|not_good")


def may_call(change: Change, found: frozenset[Part]) -> bool:
    """Whether somebody may ask for something in a change.

    That is in a new check-in wherever it lies: a wrong name or date keeps it from being merged,
    and nobody from being heard.
    """
    is_new = change.manner in ("new", "odd name") and change.before is None
    return bool(found & _CHECK_INS) or "own words" in found or (is_new and _is_check_in(change))


def calls(
    change: Change, found: frozenset[Part], who: Author, before: Program, after: Program
) -> Iterator[Call]:
    """What a change by one of the program asks of coordinators; a stranger's asks nothing."""
    if who.participant is None or not may_call(change, found):
        return
    if _is_check_in(change):
        yield from _in_check_in(change, who.participant)
    elif "own words" in found:
        known = set(find_calls_to_part(before, who.participant))
        yield from (c for c in find_calls_to_part(after, who.participant) if c not in known)


def _is_check_in(change: Change) -> bool:
    return kind_of_path(change.path) == "check-in"


def _in_check_in(change: Change, participant: str) -> Iterator[Call]:
    at = PurePosixPath(change.path)
    due = due_of(change)
    day = due or date.min
    about = CheckIn(
        cohort=at.parts[2], pair=at.parts[3], due=day, participant=participant, answered_on=day
    )
    call = read_call(change.path, _read(change.after), about)
    if call is not None:
        yield replace(call, due=due)


def _read(data: bytes | None) -> Value:
    said = value(data)
    if said:
        return said
    text = (data or b"")[:MAX_BYTES].decode("utf-8", "replace")
    is_call = bool(_TRACES.search(text)) or speaks_of_danger(text)
    return {"support_wanted": True} if is_call else {}


def waits_for_a_coordinator(change: Change) -> bool:
    """Whether a check-in says, or said before, what a person should read before it merges."""
    return any(is_read_before_it_merges(value(data)) for data in (change.before, change.after))
