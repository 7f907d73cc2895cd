"""A circle as of a day."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from peerloom.as_of.dating import Dating, given_day, held
from peerloom.as_of.evidence import days_at_work, days_in_existence
from peerloom.as_of.fields import with_fields
from peerloom.as_of.pairs import Absence
from peerloom.model import Circle, CircleStatus
from peerloom.records import FactDay
from peerloom.schedule import add_days

_OVER: tuple[CircleStatus, ...] = ("completed", "ended_early")


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleAsOf:
    """A circle in its state of a day; `absence` says why there is none."""

    circle: Circle | None = None
    absence: Absence | None = None


def circle_as_of(dating: Dating, circle: Circle, day: date) -> CircleAsOf:
    """The state of a circle on a day: its status, its people, and the meetings that it had held."""
    path = dating.program.path(circle)
    started, ended = _find_start(dating, path, circle), _find_end(dating, path, circle)
    known = chain([started.day if started else None], days_in_existence(dating.program, circle))
    proposed = dating.proposed_from(path, circle.proposed_on, circle.started_on, known)
    exists = held(proposed, day)
    has_started = circle.status != "proposed" and held(started, day)
    is_over = circle.status in _OVER and held(ended, day)
    if exists is False:
        return CircleAsOf(absence="not yet")
    if exists is None or has_started is None or (has_started and is_over is None):
        return CircleAsOf(absence="not known")
    rewound = with_fields(
        _with_people_of(circle, day),
        status=_status_on(circle, has_started=has_started, is_over=bool(is_over)),
        started_on=circle.started_on or given_day(started),
        meetings=tuple(meeting for meeting in circle.meetings if meeting.on <= day),
        end_reason=circle.end_reason if is_over else None,
        end_note=circle.end_note if is_over else None,
        ended_on=given_day(ended) if is_over else None,
    )
    return CircleAsOf(circle=rewound)


def _status_on(circle: Circle, *, has_started: bool, is_over: bool) -> CircleStatus:
    if not has_started:
        return "proposed"
    return circle.status if is_over else "active"


def _find_start(dating: Dating, path: str, circle: Circle) -> FactDay | None:
    if circle.started_on:
        return dating.exact(circle.started_on)
    if circle.status == "proposed":
        return None
    return dating.first_day(path, "started", days_at_work(dating.program, circle))


def _find_end(dating: Dating, path: str, circle: Circle) -> FactDay | None:
    if circle.ended_on:
        return dating.exact(circle.ended_on)
    if circle.status not in _OVER:
        return None
    cohort = dating.program.cohorts.get(circle.cohort)
    end = cohort.ends if cohort else None
    return dating.first_day(path, "ended", [end and add_days(end, 1)])


def _with_people_of(circle: Circle, day: date) -> Circle:
    """The circle with those who were in it on a day; whoever left later is a member again."""
    if not circle.stays:
        return circle
    dated = {stay.participant for stay in circle.stays}
    here = {stay.participant for stay in circle.stays if stay.covers(day)}
    again = sorted(here - {*circle.facilitators, *circle.members})
    return with_fields(
        circle,
        facilitators=tuple(p for p in circle.facilitators if p not in dated or p in here),
        members=tuple(p for p in (*circle.members, *again) if p not in dated or p in here),
    )
