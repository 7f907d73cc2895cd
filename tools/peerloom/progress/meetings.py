"""When a pair met, as their check-ins report it."""

from collections.abc import Iterable
from datetime import date

from peerloom.model import CheckIn, Meeting


def merge_meetings(check_ins: Iterable[CheckIn], today: date) -> tuple[Meeting, ...]:
    """The meetings up to `today` that check-ins report, by date.

    Two reports of one day are one meeting; of two lengths the longer counts.
    """
    by_day: dict[date, Meeting] = {}
    for check_in in check_ins:
        for meeting in check_in.meetings:
            if meeting.on <= today:
                other = by_day.get(meeting.on)
                by_day[meeting.on] = _merge_two(other, meeting) if other else meeting
    return tuple(by_day[day] for day in sorted(by_day))


def list_undated_meetings(check_ins: Iterable[CheckIn], today: date) -> tuple[date, ...]:
    """The due dates for which somebody said that the two met, and neither named a day.

    Each stands for one meeting, on a day that is not known. A day after `today` is no meeting yet.
    """
    said: set[date] = set()
    named: set[date] = set()
    for check_in in check_ins:
        if check_in.met:
            said.add(check_in.due)
        if any(meeting.on <= today for meeting in check_in.meetings):
            named.add(check_in.due)
    return tuple(sorted(said - named))


def _merge_two(one: Meeting, other: Meeting) -> Meeting:
    known = [m.minutes for m in (one, other) if m.minutes is not None]
    minutes = max(known) if known else None
    return Meeting(on=one.on, minutes=minutes, setting=one.setting or other.setting)
