"""Whose words a change rewrites: what the other of a pair said, and what a circle did before."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from peerloom.review.values import Value


def rewrites_the_other(before: Value, after: Value, me: str | None) -> bool:
    """Whether a pair's expectations or stories that are not by `me` differ in any way.

    An entry is its author's from before: to put one's own name on another's words, or the other's
    name on one's own, changes what the other is quoted with.
    """
    return any(
        _by_others(said(before), me) != _by_others(said(after), me)
        for said in (_expectations, _stories)
    )


def _expectations(pair: Value) -> Any:
    agreement = pair.get("agreement")
    return agreement.get("expectations") if isinstance(agreement, dict) else None


def _stories(pair: Value) -> Any:
    return pair.get("stories")


def _by_others(said: Any, me: str | None) -> list[Any]:
    """What is not plainly by `me`; what is no entry at all is not either."""
    entries = said if isinstance(said, list) else [] if said is None else [said]
    return [entry for entry in entries if not isinstance(entry, dict) or entry.get("by") != me]


def rewrites_the_past(before: Value, after: Value, me: str | None, today: date) -> bool:
    """Whether a circle's meetings change in what one member alone cannot say.

    That is every meeting before today, each that goes or changes its place, and of the others who
    came and whose case it was, but for `me`, and notes that are there already.
    """
    old, new = _meetings(before), _meetings(after)
    days = [_day(meeting) for meeting in old]
    kept = [meeting for meeting in new if _day(meeting) in days]
    if [_day(meeting) for meeting in kept] != days:
        return True
    pairs: list[tuple[Any, Any]] = list(zip(old, kept, strict=True))
    pairs += [({}, meeting) for meeting in new if _day(meeting) not in days]
    return any(
        was != becomes and (_is_past(becomes, today) or _speaks_for_others(was, becomes, me))
        for was, becomes in pairs
    )


def _meetings(circle: Value) -> list[Any]:
    found = circle.get("meetings")
    return found if isinstance(found, list) else [] if found is None else [found]


def _day(meeting: Any) -> str:
    return str(meeting.get("on")) if isinstance(meeting, dict) else repr(meeting)


def _is_past(meeting: Any, today: date) -> bool:
    """Whether a meeting was before today; one without a date that can be read was, too."""
    try:
        return date.fromisoformat(_day(meeting)) < today
    except ValueError:
        return True


def _speaks_for_others(was: Value, becomes: Value, me: str | None) -> bool:
    both = (was, becomes)
    came = [_without(meeting.get("attended"), me) for meeting in both]
    brought = [meeting.get("case_by") for meeting in both]
    has_other_notes = was.get("notes") not in (None, becomes.get("notes"))
    is_of_others = any(who not in (None, me) for who in brought) and brought[0] != brought[1]
    return came[0] != came[1] or is_of_others or has_other_notes


def _without(came: Any, me: str | None) -> list[Any]:
    listed: Iterable[Any] = came if isinstance(came, list) else [] if came is None else [came]
    return [who for who in listed if who != me]
