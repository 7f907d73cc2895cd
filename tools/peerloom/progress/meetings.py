"""When a pair met, from what both of them said."""

from datetime import date

from peerloom.model import Meeting, Pair
from peerloom.records import Program


def meetings(program: Program, pair: Pair, until: date) -> tuple[Meeting, ...]:
    """A pair's meetings by date. Two reports of one day are one meeting, the longer counts."""
    by_day: dict[date, Meeting] = {}
    for check_in in program.check_ins_of(pair):
        for meeting in check_in.meetings:
            if meeting.on <= until:
                other = by_day.get(meeting.on)
                by_day[meeting.on] = meeting if other is None else _joined(other, meeting)
    return tuple(by_day[day] for day in sorted(by_day))


def _joined(one: Meeting, other: Meeting) -> Meeting:
    known = [m.minutes for m in (one, other) if m.minutes is not None]
    minutes = max(known) if known else None
    return Meeting(on=one.on, minutes=minutes, setting=one.setting or other.setting)
