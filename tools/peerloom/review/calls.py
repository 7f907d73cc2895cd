"""What a pull request asks of coordinators, which its comment, labels and status must not tell."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from peerloom.model import CheckIn
from peerloom.progress.calls import Call, find_calls_to_part, is_read_before_it_merges, read_call
from peerloom.records import Program
from peerloom.review.author import Author
from peerloom.review.policy import Part
from peerloom.review.proposal import Change
from peerloom.review.values import Value, value

# Of what one may ask for in a pull request; nobody floods those who are to help.
MOST_CALLS = 5
_CHECK_INS: frozenset[Part] = frozenset({"check-in", "old check-in"})
# Changes in which somebody may ask for something.
MAY_CALL: frozenset[Part] = _CHECK_INS | {"own words"}
# What a call is told by where the file cannot be read for a mistake somewhere in it.
_TRACES = re.compile(rb"support_|not_good")


def calls(
    change: Change, found: frozenset[Part], who: Author, before: Program, after: Program
) -> Iterator[Call]:
    """What a change by one of a pair asks of coordinators; a stranger's asks nothing."""
    if who.participant is None:
        return
    if found & _CHECK_INS:
        yield from _in_check_in(change, who.participant)
    elif "own words" in found:
        known = set(find_calls_to_part(before, who.participant))
        yield from (c for c in find_calls_to_part(after, who.participant) if c not in known)


def _in_check_in(change: Change, participant: str) -> Iterator[Call]:
    at = PurePosixPath(change.path)
    try:
        due = date.fromisoformat(at.stem[:10])
    except ValueError:
        return
    about = CheckIn(
        cohort=at.parts[2], pair=at.parts[3], due=due, participant=participant, answered_on=due
    )
    call = read_call(change.path, _read(change.after), about)
    if call is not None:
        yield call


def _read(data: bytes | None) -> Value:
    said = value(data)
    return said or ({"support_wanted": True} if _TRACES.search(data or b"") else {})


def waits_for_a_coordinator(change: Change) -> bool:
    """Whether a check-in says, or said before, what a person should read before it merges."""
    return any(is_read_before_it_merges(value(data)) for data in (change.before, change.after))
