"""The figures of a cohort over a span of days, from its records."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from statistics import mean

from peerloom.model import Cohort, Pair
from peerloom.progress.calls import list_check_in_asks
from peerloom.progress.figures import (
    CircleFigures,
    CohortFigures,
    EndingFigures,
    EventFigures,
    PairFigures,
    RatingFigures,
    RoleFigures,
    Span,
    SupportFigures,
    TrainingFigures,
)
from peerloom.progress.pair_history import pair_history
from peerloom.progress.ratings import RatingPoint
from peerloom.progress.survey_figures import compute_survey_figures
from peerloom.records import Program
from peerloom.schedule import last_planned_day, pair_due_dates

_STATUSES = ("proposed", "active", "paused", "completed", "ended_early")


def compute_cohort_figures(
    program: Program, cohort: Cohort, start: date, end: date, today: date
) -> CohortFigures:
    """All figures of a cohort from `start` to `end`, both included, as known on `today`.

    What happened or was due in that time counts also where it was reported later, up to
    `today`. How far goals have come, and what surveys say, is as known on `end`, and on `today`
    once the cohort and its pairs are over. Takes the whole program: the report decides who may
    read which figures.
    """
    over_on = last_planned_day(cohort, program.pairs_of(cohort.id))
    known_on = today if over_on and end >= over_on else min(end, today)
    span = Span(start, end)
    return CohortFigures(
        cohort=cohort,
        start=start,
        end=end,
        roles=_count_roles(program, cohort),
        statuses=_count_statuses(program, cohort),
        pairs=tuple(
            _compute_pair_figures(program, pair, span, today, known_on)
            for pair in program.pairs_of(cohort.id)
        ),
        ratings=_compute_rating_figures(program, cohort, span, today),
        support=_count_calls_for_help(program, cohort, span, today),
        ended_early=_group_ended_early(program.pairs_of(cohort.id), span),
        circles=_count_circle_meetings(program, cohort, span),
        events=_count_events(program, cohort, span),
        training=_count_training(program, cohort, end),
        surveys=tuple(
            compute_survey_figures(program, program.surveys[id_], cohort, known_on)
            for id_ in cohort.surveys
            if id_ in program.surveys
        ),
    )


def _count_roles(program: Program, cohort: Cohort) -> RoleFigures:
    members = program.members_of(cohort.id)

    def count(role: str) -> int:
        return len({person.id for person, membership in members if membership.role == role})

    return RoleFigures(mentors=count("mentor"), mentees=count("mentee"), either=count("either"))


def _count_statuses(program: Program, cohort: Cohort) -> dict[str, int]:
    statuses: Counter[str] = Counter(pair.status for pair in program.pairs_of(cohort.id))
    return {status: statuses[status] for status in _STATUSES}


def _count_calls_for_help(
    program: Program, cohort: Cohort, span: Span, today: date
) -> SupportFigures:
    calls = [
        check_in
        for pair in program.pairs_of(cohort.id)
        for check_in in pair_history(program, pair, today).check_ins
        if program.counts_from(check_in) in span and "help" in list_check_in_asks(check_in)
    ]
    return SupportFigures(asked=len(calls), people=len({call.participant for call in calls}))


def _count_circle_meetings(program: Program, cohort: Cohort, span: Span) -> CircleFigures:
    circles = program.circles_of(cohort.id)
    held = [meeting for circle in circles for meeting in circle.meetings if meeting.on in span]
    return CircleFigures(
        circles=len(circles),
        meetings=len(held),
        minutes=sum(meeting.minutes or 0 for meeting in held),
        attendances=sum(len(meeting.attended) for meeting in held),
    )


def _count_events(program: Program, cohort: Cohort, span: Span) -> EventFigures:
    held = [e for e in program.events.values() if cohort.id in e.cohorts and e.on in span]
    return EventFigures(held=len(held), attendances=sum(len(event.attended) for event in held))


def _compute_pair_figures(
    program: Program, pair: Pair, span: Span, today: date, known_on: date
) -> PairFigures:
    """A pair's figures as known on `today`; of its goals as known on `known_on`."""
    history = pair_history(program, pair, today)
    met = [m for m in history.meetings if m.on in span]
    known = [m.minutes for m in met if m.minutes is not None]
    owed = [a for a in history.owed_check_ins if a.due in span]
    goals = pair_history(program, pair, known_on).goals
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
        levels=tuple(a.level for a in goals if a.level is not None),
    )


def _compute_rating_figures(
    program: Program, cohort: Cohort, span: Span, today: date
) -> tuple[RatingFigures, ...]:
    by_due: dict[date, list[RatingPoint]] = {}
    asked: dict[date, set[str]] = {}
    for pair in program.pairs_of(cohort.id):
        for due in pair_due_dates(cohort, pair):
            asked.setdefault(_rated_day(cohort, due), set()).update(pair.people)
        for point in pair_history(program, pair, today).ratings:
            if point.due in span:
                by_due.setdefault(_rated_day(cohort, point.due), []).append(point)
    return tuple(
        _summarize_ratings(due, len(asked.get(due, ())), points)
        for due, points in sorted(by_due.items())
    )


def _rated_day(cohort: Cohort, due: date) -> date:
    """The day under which ratings are counted: the due date, or the first day of its month.

    In a cohort without an end hardly two pairs have a due date in common.
    """
    return due if cohort.ends else due.replace(day=1)


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


def _group_ended_early(pairs: Iterable[Pair], span: Span) -> dict[str, EndingFigures]:
    """The pairs that ended early, counted by the reason they gave."""
    reasons: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.status == "ended_early" and pair.ended_on and pair.ended_on in span:
            reasons.setdefault(pair.end_reason or "not said", []).append(pair)
    return {reason: _count_ended(those) for reason, those in sorted(reasons.items())}


def _count_ended(pairs: list[Pair]) -> EndingFigures:
    people = {who for pair in pairs for who in pair.people}
    return EndingFigures(pairs=len(pairs), people=len(people))


def _count_training(program: Program, cohort: Cohort, end: date) -> TrainingFigures:
    """How many people are asked to train; each module counts once per person asked to do it."""
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
    return TrainingFigures(people=len(people), asked=asked, done=done)
