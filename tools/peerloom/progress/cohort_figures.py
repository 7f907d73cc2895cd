"""A cohort in numbers, over a span of days: counts, each with the total it belongs to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import mean

from peerloom.model import Cohort, Pair
from peerloom.progress.calls import list_check_in_asks
from peerloom.progress.pair_history import PairHistory, pair_history
from peerloom.progress.ratings import RatingPoint
from peerloom.progress.survey_figures import SurveyFigures, compute_survey_figures
from peerloom.records import Program
from peerloom.schedule import pair_due_dates

_STATUSES = ("proposed", "active", "paused", "completed", "ended_early")
_LEVELS = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """One pair in numbers.

    `minutes` is the sum over the `minutes_known` meetings whose length is known. Of the `received`
    check-ins, nobody knows when the `undated` ones came, and they are not among those `on_time`.
    `levels` are the steps, from -2 to 2, that its goals have reached.
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
    """Mean ratings for one due date, from 1 to 5, and how many people each is the mean of.

    `asked` is how many people are in the pairs that were asked for that date.
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
    """A cohort in numbers from `start` to `end`, both included, as known on a later day."""

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

    def sum_over_pairs(self, name: str) -> int:
        """The sum of one of the pairs' figures."""
        return sum(getattr(pair, name) for pair in self.pairs)

    @property
    def goals_by_level(self) -> dict[int, int]:
        """How many goals have reached each step."""
        reached = Counter(level for pair in self.pairs for level in pair.levels)
        return {level: reached[level] for level in _LEVELS}


def compute_cohort_figures(
    program: Program, cohort: Cohort, start: date, end: date, today: date
) -> CohortFigures:
    """All figures of a cohort from `start` to `end`, both included, as known on `today`.

    What happened or was due in that time counts also where it was reported later, up to
    `today`. How far goals have come, and what surveys say, is as known on `end`, and on `today`
    once the cohort is over. Takes the whole program: the report decides who may read which.
    """
    known_on = today if end >= cohort.ends else min(end, today)
    members = program.members_of(cohort.id)
    roles = {role: {p.id for p, m in members if m.role == role} for role in _ROLES}
    pairs = program.pairs_of(cohort.id)
    answered = [
        c
        for pair in pairs
        for c in pair_history(program, pair, today).check_ins
        if start <= program.counts_from(c) <= end
    ]
    calls = [c for c in answered if "help" in list_check_in_asks(c)]
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
    trained, asked, done = _count_training(program, cohort, end)
    ended = _group_ended_early(pairs, start, end)
    statuses: Counter[str] = Counter(pair.status for pair in pairs)
    return CohortFigures(
        cohort=cohort,
        start=start,
        end=end,
        mentors=len(roles["mentor"]),
        mentees=len(roles["mentee"]),
        either=len(roles["either"]),
        statuses={status: statuses[status] for status in _STATUSES},
        pairs=tuple(
            _compute_pair_figures(
                pair_history(program, pair, today),
                pair_history(program, pair, known_on),
                start,
                end,
            )
            for pair in pairs
        ),
        ratings=_compute_rating_figures(program, cohort, start, end, today),
        support_asked=len(calls),
        support_people=len({c.participant for c in calls}),
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
            compute_survey_figures(program, program.surveys[id_], cohort, known_on)
            for id_ in cohort.surveys
            if id_ in program.surveys
        ),
    )


_ROLES = ("mentor", "mentee", "either")


def _compute_pair_figures(
    history: PairHistory, history_at_end: PairHistory, start: date, end: date
) -> PairFigures:
    pair = history.pair
    met = [m for m in history.meetings if start <= m.on <= end]
    known = [m.minutes for m in met if m.minutes is not None]
    owed = [a for a in history.owed_check_ins if start <= a.due <= end]
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
        levels=tuple(a.level for a in history_at_end.goals if a.level is not None),
    )


def _compute_rating_figures(
    program: Program, cohort: Cohort, start: date, end: date, today: date
) -> tuple[RatingFigures, ...]:
    by_due: dict[date, list[RatingPoint]] = {}
    asked: dict[date, set[str]] = {}
    for pair in program.pairs_of(cohort.id):
        for due in pair_due_dates(cohort, pair):
            asked.setdefault(due, set()).update(pair.people)
        for point in pair_history(program, pair, today).ratings:
            if start <= point.due <= end:
                by_due.setdefault(point.due, []).append(point)
    return tuple(
        _summarize_ratings(due, len(asked.get(due, ())), points)
        for due, points in sorted(by_due.items())
    )


def _summarize_ratings(due: date, asked: int, points: list[RatingPoint]) -> RatingFigures:
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


def _group_ended_early(pairs: Iterable[Pair], start: date, end: date) -> dict[str, list[Pair]]:
    """The pairs that ended early, by the reason they gave."""
    reasons: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.status == "ended_early" and pair.ended_on and start <= pair.ended_on <= end:
            reasons.setdefault(pair.end_reason or "not said", []).append(pair)
    return dict(sorted(reasons.items()))


def _count_training(program: Program, cohort: Cohort, end: date) -> tuple[int, int, int]:
    """How many people are asked to train, and how many modules they are asked to do and have done.

    Modules are counted once for each person.
    """
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
