"""A cohort in numbers, for a stretch of time: counts of everybody, each with what it is out of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import mean

from peerloom.model import Cohort, Pair
from peerloom.progress.answers import answers
from peerloom.progress.goals import attainments
from peerloom.progress.meetings import meetings
from peerloom.progress.outcomes import SurveyFigures, survey_figures
from peerloom.progress.ratings import RatingPoint, ratings
from peerloom.records import Program
from peerloom.schedule import pair_due_dates

_STATUSES = ("proposed", "active", "paused", "completed", "ended_early")
_LEVELS = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """One pair in numbers; `levels` are the steps its goals have reached.

    Of `undated` answers nobody knows when they came: `on_time` speaks of the others.
    """

    pair: Pair
    held: int
    minutes: int
    minutes_known: int
    due: int
    received: int
    undated: int
    on_time: int
    overdue: int
    goals: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """Means of what was rated for one due date, from 1 to 5, each by how many people.

    `asked` are the people of the pairs that were asked for that date.
    """

    due: date
    asked: int
    people: int
    useful: float | None
    useful_people: int
    relationship: float | None
    relationship_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFigures:
    """A cohort in numbers from `start` to `end`, both included, as it was on `end`."""

    cohort: Cohort
    start: date
    end: date
    mentors: int
    mentees: int
    either: int
    statuses: dict[str, int]
    pairs: tuple[PairFigures, ...]
    ratings: tuple[RatingFigures, ...]
    support_asked: int
    support_people: int
    ended_early: dict[str, int]
    ended_early_people: dict[str, int]
    circles: int
    circle_meetings: int
    circle_minutes: int
    circle_attendances: int
    events_held: int
    event_attendances: int
    training_people: int
    training_asked: int
    training_done: int
    surveys: tuple[SurveyFigures, ...]

    def total(self, name: str) -> int:
        """The sum of one of the pairs' figures."""
        return sum(getattr(pair, name) for pair in self.pairs)

    @property
    def by_level(self) -> dict[int, int]:
        """How many goals have reached each step."""
        reached = Counter(level for pair in self.pairs for level in pair.levels)
        return {level: reached[level] for level in _LEVELS}


def figures(program: Program, cohort: Cohort, start: date, end: date) -> CohortFigures:
    """All figures of a cohort. Takes the whole program: who may read which, others decide."""
    members = program.members_of(cohort.id)
    roles = {role: {p.id for p, m in members if m.role == role} for role in _ROLES}
    pairs = program.pairs_of(cohort.id)
    answered = [
        c
        for pair in pairs
        for c in program.check_ins_of(pair)
        if start <= program.counts_from(c) <= end
    ]
    held = [
        meeting
        for circle in program.circles_of(cohort.id)
        for meeting in circle.meetings
        if start <= meeting.on <= end
    ]
    events = [
        event
        for event in program.events.values()
        if cohort.id in event.cohorts and start <= event.on <= end
    ]
    trained, asked, done = _training(program, cohort, end)
    ended = _ended_early(pairs, start, end)
    statuses: Counter[str] = Counter(pair.status for pair in pairs)
    return CohortFigures(
        cohort=cohort,
        start=start,
        end=end,
        mentors=len(roles["mentor"]),
        mentees=len(roles["mentee"]),
        either=len(roles["either"]),
        statuses={status: statuses[status] for status in _STATUSES},
        pairs=tuple(_pair(program, pair, start, end) for pair in pairs),
        ratings=_ratings(program, cohort, start, end),
        support_asked=sum(bool(c.support_wanted) for c in answered),
        support_people=len({c.participant for c in answered if c.support_wanted}),
        ended_early={reason: len(those) for reason, those in ended.items()},
        ended_early_people={
            reason: len({who for pair in those for who in pair.people})
            for reason, those in ended.items()
        },
        circles=len(program.circles_of(cohort.id)),
        circle_meetings=len(held),
        circle_minutes=sum(meeting.minutes or 0 for meeting in held),
        circle_attendances=sum(len(meeting.attended) for meeting in held),
        events_held=len(events),
        event_attendances=sum(len(event.attended) for event in events),
        training_people=trained,
        training_asked=asked,
        training_done=done,
        surveys=tuple(
            survey_figures(program, program.surveys[id_], cohort, end)
            for id_ in cohort.surveys
            if id_ in program.surveys
        ),
    )


_ROLES = ("mentor", "mentee", "either")


def _pair(program: Program, pair: Pair, start: date, end: date) -> PairFigures:
    met = [m for m in meetings(program, pair, end) if m.on >= start]
    known = [m.minutes for m in met if m.minutes is not None]
    owed = [a for a in answers(program, pair, end) if start <= a.due <= end]
    reached = attainments(program, pair, end)
    return PairFigures(
        pair=pair,
        held=len(met),
        minutes=sum(known),
        minutes_known=len(known),
        due=len(owed),
        received=sum(a.check_in is not None for a in owed),
        undated=sum(a.state == "answered" for a in owed),
        on_time=sum(a.state == "on_time" for a in owed),
        overdue=sum(a.state == "overdue" for a in owed),
        goals=len(pair.goals),
        levels=tuple(a.level for a in reached if a.level is not None),
    )


def _ratings(program: Program, cohort: Cohort, start: date, end: date) -> tuple[RatingFigures, ...]:
    by_due: dict[date, list[RatingPoint]] = {}
    asked: dict[date, set[str]] = {}
    for pair in program.pairs_of(cohort.id):
        for due in pair_due_dates(cohort, pair):
            asked.setdefault(due, set()).update(pair.people)
        for point in ratings(program, pair, end):
            if start <= point.due <= end:
                by_due.setdefault(point.due, []).append(point)
    return tuple(
        _rated(due, len(asked.get(due, ())), points) for due, points in sorted(by_due.items())
    )


def _rated(due: date, asked: int, points: list[RatingPoint]) -> RatingFigures:
    useful = [(p.participant, p.useful) for p in points if p.useful is not None]
    relationship = [(p.participant, p.relationship) for p in points if p.relationship is not None]
    return RatingFigures(
        due=due,
        asked=asked,
        people=len({p.participant for p in points}),
        useful=mean(value for _, value in useful) if useful else None,
        useful_people=len({who for who, _ in useful}),
        relationship=mean(value for _, value in relationship) if relationship else None,
        relationship_people=len({who for who, _ in relationship}),
    )


def _ended_early(pairs: Iterable[Pair], start: date, end: date) -> dict[str, list[Pair]]:
    """The pairs that ended early, by the reason they gave."""
    reasons: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.status == "ended_early" and pair.ended_on and start <= pair.ended_on <= end:
            reasons.setdefault(pair.end_reason or "not said", []).append(pair)
    return dict(sorted(reasons.items()))


def _training(program: Program, cohort: Cohort, end: date) -> tuple[int, int, int]:
    """Of how many people training is asked, how many completions, and how many there are."""
    people: set[str] = set()
    asked = done = 0
    for person, membership in program.members_of(cohort.id):
        completed = {c.module for c in person.training if c.completed_on <= end}
        for id_ in cohort.training:
            module = program.training.get(id_)
            if module and (membership.role in module.roles or "either" in module.roles):
                people.add(person.id)
                asked += 1
                done += id_ in completed
    return len(people), asked, done
