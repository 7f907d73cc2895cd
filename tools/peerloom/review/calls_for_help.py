"""Calls for help in a pull request. Its comment, labels and status must not reveal them."""

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
)
from peerloom.progress.words_of_danger import speaks_of_danger
from peerloom.records import Program
from peerloom.review.author import Author
from peerloom.review.check_in_timing import read_due_date
from peerloom.review.policy import RowName
from peerloom.review.pull_request import Change
from peerloom.review.record_keys import RecordKeys, read_keys
from peerloom.source import MAX_BYTES

# The most calls that one pull request can make, so that nobody floods those who are to help.
MOST_CALLS = 5
_OWN_CHECK_IN_ROWS: frozenset[RowName] = frozenset({"check-in", "old check-in"})
# What still shows a call for help in a check-in that cannot be read because of a mistake.
_TRACES = re.compile("support_|not_good")


def may_hold_call(change: Change, rows: frozenset[RowName]) -> bool:
    """Whether somebody may be calling for help in a change that falls under some rows.

    A new check-in counts wherever it lies: a wrong name or date keeps it from being merged, but
    keeps nobody from being heard.
    """
    is_new = change.manner in ("new", "odd name") and change.before is None
    is_own = bool(rows & _OWN_CHECK_IN_ROWS) or "own words" in rows
    return is_own or (is_new and _is_check_in(change))


def find_calls(
    change: Change, rows: frozenset[RowName], author: Author, before: Program, after: Program
) -> Iterator[Call]:
    """The calls that a participant makes in a change; a stranger's change makes none."""
    if author.participant is None or not may_hold_call(change, rows):
        return
    if _is_check_in(change):
        yield from _find_in_check_in(change, author.participant)
    elif "own words" in rows:
        known = set(find_calls_to_part(before, author.participant))
        yield from (c for c in find_calls_to_part(after, author.participant) if c not in known)


def must_be_read_first(change: Change) -> bool:
    """Whether a check-in says, or said before, what a person should read before it merges."""
    versions = (change.before, change.after)
    return any(is_read_before_it_merges(read_keys(data)) for data in versions)


def _is_check_in(change: Change) -> bool:
    return kind_of_path(change.path) == "check-in"


def _find_in_check_in(change: Change, participant: str) -> Iterator[Call]:
    path = PurePosixPath(change.path)
    due = read_due_date(change)
    day = due or date.min
    about = CheckIn(
        cohort=path.parts[2], pair=path.parts[3], due=day, participant=participant, answered_on=day
    )
    call = read_call(change.path, _read_answers(change.after), about)
    if call is not None:
        yield replace(call, due=due)


def _read_answers(data: bytes | None) -> RecordKeys:
    """The keys of a check-in; of an unreadable one, only whether it seems to ask for support."""
    keys = read_keys(data)
    if keys:
        return keys
    text = (data or b"")[:MAX_BYTES].decode("utf-8", "replace")
    is_call = bool(_TRACES.search(text)) or speaks_of_danger(text)
    return {"support_wanted": True} if is_call else {}
