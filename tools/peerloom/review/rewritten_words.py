"""Whether a change rewrites the other person's words, or what a circle did before."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from peerloom.review.record_keys import RecordKeys


def rewrites_other_person(before: RecordKeys, after: RecordKeys, me: str | None) -> bool:
    """Whether a pair's expectations or stories that are not by `me` differ in any way.

    An entry belongs to the author that it had before. Putting one's own name on another's words,
    or the other's name on one's own, changes what the other is quoted with.
    """
    return any(
        _keep_by_others(read_entries(before), me) != _keep_by_others(read_entries(after), me)
        for read_entries in (_read_expectations, _read_stories)
    )


def _read_expectations(pair: RecordKeys) -> Any:
    agreement = pair.get("agreement")
    return agreement.get("expectations") if isinstance(agreement, dict) else None


def _read_stories(pair: RecordKeys) -> Any:
    return pair.get("stories")


def _keep_by_others(entries: Any, me: str | None) -> list[Any]:
    """The entries that are not plainly by `me`; a malformed entry counts as another's."""
    return [entry for entry in _as_list(entries) if _read_author(entry) != me]


def _read_author(entry: Any) -> Any:
    # A new object equals no id, not even the missing id of a stranger.
    return entry.get("by") if isinstance(entry, dict) else object()


def rewrites_past_meetings(
    before: RecordKeys, after: RecordKeys, me: str | None, today: date
) -> bool:
    """Whether a circle's meetings change in what one member alone cannot say.

    That is every meeting before today, each that goes or changes its place, which others came,
    whose case it was unless it is `me`, and notes that are already there.
    """
    old, new = _as_list(before.get("meetings")), _as_list(after.get("meetings"))
    days = [_meeting_day(meeting) for meeting in old]
    kept = [meeting for meeting in new if _meeting_day(meeting) in days]
    if [_meeting_day(meeting) for meeting in kept] != days:
        return True
    versions: list[tuple[Any, Any]] = list(zip(old, kept, strict=True))
    versions += [({}, meeting) for meeting in new if _meeting_day(meeting) not in days]
    return any(
        was != becomes and (_is_past(becomes, today) or _speaks_for_others(was, becomes, me))
        for was, becomes in versions
    )


def _as_list(value: Any) -> list[Any]:
    """A list unchanged; anything else as the only entry of a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _meeting_day(meeting: Any) -> str:
    return str(meeting.get("on")) if isinstance(meeting, dict) else repr(meeting)


def _is_past(meeting: Any, today: date) -> bool:
    """Whether a meeting was before today; a meeting without a readable date counts as past."""
    try:
        return date.fromisoformat(_meeting_day(meeting)) < today
    except ValueError:
        return True


def _speaks_for_others(was: RecordKeys, becomes: RecordKeys, me: str | None) -> bool:
    versions = (was, becomes)
    old_others, new_others = (_without(meeting.get("attended"), me) for meeting in versions)
    old_case, new_case = (meeting.get("case_by") for meeting in versions)
    changes_notes = was.get("notes") not in (None, becomes.get("notes"))
    is_others_case = any(case not in (None, me) for case in (old_case, new_case))
    changes_others_case = old_case != new_case and is_others_case
    return old_others != new_others or changes_others_case or changes_notes


def _without(attended: Any, me: str | None) -> list[Any]:
    people: Iterable[Any] = _as_list(attended)
    return [person for person in people if person != me]
