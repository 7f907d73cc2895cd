"""What happened to a pair or a circle, told in days: day 0 is when it begins.

A story holds facts alone and no threshold. `tell_until` leaves out what had not happened yet, and
`story_files` turns it into records.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Side = Literal["mentor", "mentee"]
SIDES: tuple[Side, Side] = ("mentor", "mentee")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A cohort's days, and when it asks whom for check-ins."""

    starts: int = -7
    ends: int | None = 203
    every_weeks: int = 2
    first_due: int = 14
    grace_days: int = 5
    answers: str = "both"

    def list_due_days(self, until: int) -> list[int]:
        """Return the days up to `until` on which check-ins are due."""
        return list(range(self.first_due, until + 1, 7 * self.every_weeks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One person's check-in for one due day; what it leaves out was not said."""

    side: Side
    due: int
    on: int
    met: bool | None = None
    meetings: tuple[tuple[int, int], ...] = ()
    useful: int | None = None
    relationship: int | None = None
    fit: str | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    support_note: str | None = None
    challenges: str | None = None
    next_steps: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the two agreed on, and when."""

    on: int
    every_weeks: int = 2
    minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal, and the day on which it was set."""

    id: str
    set_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """What a coordinator has dealt with: a signal, about whom, and which check-in it answers."""

    signal: str
    side: Side | None
    on: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people, from the proposal to the end."""

    proposed_on: int | None = -3
    begins: int | None = 0
    ends: int | None = None
    ends_early: bool = False
    planned_end: int | None = None
    pauses: tuple[tuple[int, int | None], ...] = ()
    agreement: Agreement | None = None
    expected: Mapping[Side, tuple[int, int]] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    answers: tuple[Answer, ...] = ()
    put_aside: tuple[PutAside, ...] = ()
    places: int | None = None
    mentees: int = 1
    team: bool = False
    are_peers: bool = False
    breaks: tuple[tuple[Side, int, int], ...] = ()

    def is_paused(self, day: int) -> bool:
        """Return whether `day` lies in a pause."""
        return any(first <= day and (last is None or day <= last) for first, last in self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A group: when it begins, and who came on which day."""

    begins: int | None = 0
    proposed_on: int = -3
    ends: int | None = None
    every_weeks: int = 4
    members: int = 6
    facilitators: int = 1
    facilitators_leave: int | None = None
    meetings: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How many of the people of a cohort answered the survey at its start, and on which day."""

    people: int
    answered: int
    on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A cohort of its own with one pair, one circle, or people who are asked in a survey."""

    id: str
    asked: int
    calendar: Calendar = field(default_factory=Calendar)
    pair: Pair | None = None
    circle: Circle | None = None
    survey: Survey | None = None


def tell_until(story: Story, day: int) -> Story:
    """Return the story as it can be told on `day`: with nothing that happened later."""
    return replace(
        story,
        asked=day,
        pair=story.pair and _tell_pair(story.pair, day),
        circle=story.circle and _tell_circle(story.circle, day),
    )


def _tell_pair(pair: Pair, day: int) -> Pair:
    return replace(
        pair,
        begins=_only_by(day, pair.begins),
        ends=_only_by(day, pair.ends),
        pauses=tuple(pause for pause in pair.pauses if pause[0] <= day),
        agreement=pair.agreement if pair.agreement and pair.agreement.on <= day else None,
        expected=pair.expected if pair.agreement and pair.agreement.on <= day else {},
        goals=tuple(goal for goal in pair.goals if goal.set_on <= day),
        answers=tuple(answer for answer in pair.answers if answer.on <= day),
        breaks=tuple(away for away in pair.breaks if away[1] <= day),
        put_aside=tuple(entry for entry in pair.put_aside if entry.on <= day),
    )


def _tell_circle(circle: Circle, day: int) -> Circle:
    return replace(
        circle,
        begins=_only_by(day, circle.begins),
        ends=_only_by(day, circle.ends),
        facilitators_leave=_only_by(day, circle.facilitators_leave),
        meetings=tuple(meeting for meeting in circle.meetings if meeting[0] <= day),
    )


def _only_by(day: int, event: int | None) -> int | None:
    return event if event is not None and event <= day else None


def answer_check_ins(
    calendar: Calendar,
    pair: Pair,
    meetings: Iterable[tuple[int, int]],
    until: int,
    answered_on: Mapping[tuple[Side, int], int],
) -> Iterator[Answer]:
    """Yield an answer by each of the two for each due day: fours, a fit, and when they met.

    `answered_on` says on which day somebody answers for a due day, if not on that day itself. Each
    names the meetings after the last due day and before their answer. Nothing is owed in a pause,
    nor before the pair begins or after it ends.
    """
    begins = pair.begins or 0
    planned = calendar.ends if pair.planned_end is None else pair.planned_end
    ends = min(day for day in (until, pair.ends, planned) if day is not None)
    since, held = begins - 1, sorted(meetings)
    for due in calendar.list_due_days(ends):
        if due < begins or pair.is_paused(due):
            continue
        for side in SIDES:
            on = answered_on.get((side, due), due)
            new = tuple(meeting for meeting in held if since < meeting[0] <= on)
            yield Answer(
                side=side,
                due=due,
                on=on,
                met=bool(new),
                meetings=new,
                useful=4,
                relationship=4,
                fit="good",
            )
        since = due
