"""Circles that do not meet, that fewer and fewer people come to, or that nobody leads."""

from collections.abc import Iterator
from datetime import date

from peerloom.model import Circle
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun, describe_rhythm, join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Weeks between two meetings if a circle has no rhythm of its own.
_USUAL_WEEKS = 4

_WIDE = Stage(
    urgency=2,
    threshold=mark("more than {very_long} times the time between its meetings"),
    next_step=mark("call the facilitators, and set the next date with them"),
)
_WIDENING = Stage(
    urgency=1,
    threshold=mark("more than {long} times the time between its meetings"),
    next_step=mark("ask the facilitators for the next date"),
)
_FALLING = Stage(
    urgency=1,
    threshold=mark(
        "{meetings} meetings running with fewer people each time, down to less than {share}"
    ),
    next_step=mark("ask those who stopped coming, each alone, what they would come for"),
)
_NOBODY = Stage(
    urgency=2,
    threshold=mark("at once"),
    next_step=mark("ask a member to facilitate, or lead the next meeting yourself"),
)


def find_circle_without_meeting(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """A circle has not met for longer than it meant to."""
    circle, today = subject.about_circle, subject.today
    held = [meeting.on for meeting in circle.meetings]
    weeks = circle.meets_every_weeks or _USUAL_WEEKS
    last = max(held, default=subject.started_on)
    if subject.cohort.is_over(today):
        return
    sentence = _("its last meeting was on {date}, {days} ago; it is to meet {rhythm}")
    if not held:
        sentence = _("it has not met since it started on {date}, {days} ago")
    why = sentence.format(
        date=date_in_sentence(last, today),
        days=count_noun((today - last).days, "day"),
        rhythm=describe_rhythm(weeks),
    )
    times = (today - last).days / (7 * weeks)
    if times > limits["very_long"]:
        yield Observation(stage=_WIDE, since=last, why=why)
    elif times > limits["long"]:
        yield Observation(stage=_WIDENING, since=last, why=why)


def find_falling_attendance(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Fewer and fewer people come to a circle."""
    number = int(limits["meetings"])
    fall = _list_falling_attendances(subject.about_circle)
    if len(fall) < number:
        return
    came = [people for _day, people in fall]
    if came[-1] >= limits["share"] * came[-number]:
        return
    why = _("fewer people came each time: {numbers}").format(numbers=join_words(map(str, came)))
    yield Observation(stage=_FALLING, since=fall[0][0], said_on=fall[-1][0], why=why)


def _list_falling_attendances(circle: Circle) -> list[tuple[date, int]]:
    """The newest meetings to each of which fewer people came: the days, and how many came."""
    fall = list[tuple[date, int]]()
    for meeting in sorted(circle.meetings, key=lambda meeting: meeting.on):
        came = len(meeting.attended)
        fall = [*fall, (meeting.on, came)] if fall and came < fall[-1][1] else [(meeting.on, came)]
    return fall


def find_circle_without_facilitator(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """A circle has nobody who facilitates it, or all who did have left the cohort."""
    circle, today = subject.about_circle, subject.today
    left_on = [_find_day_left(subject, who) for who in circle.facilitators]
    days = [day for day in left_on if day is not None and day <= today]
    if len(days) < len(left_on):
        return
    why = _("nobody facilitates it")
    if days:
        why = _("everybody who facilitates it has left the cohort")
    yield Observation(stage=_NOBODY, since=max(days, default=subject.started_on), why=why)


def _find_day_left(subject: Subject, participant: str) -> date | None:
    person = subject.program.participants.get(participant)
    parts = [part for part in person.cohorts if part.cohort == subject.cohort.id] if person else []
    days = [part.left_on for part in parts if part.left_on]
    return max(days) if days and len(days) == len(parts) else None


CIRCLE_NO_MEETING = SignalDefinition(
    id="circle-no-meeting",
    check=find_circle_without_meeting,
    stages=(_WIDE, _WIDENING),
    limits={"long": 1.5, "very_long": 2},
    scope="circle",
)
CIRCLE_FALLING = SignalDefinition(
    id="circle-falling",
    check=find_falling_attendance,
    stages=(_FALLING,),
    limits={"meetings": 3, "share": 0.65},
    scope="circle",
)
CIRCLE_NO_FACILITATOR = SignalDefinition(
    id="circle-no-facilitator",
    check=find_circle_without_facilitator,
    stages=(_NOBODY,),
    scope="circle",
)
