"""The figures of a cohort over a window, from its records."""

from collections import Counter
from collections.abc import Iterable

from peerloom.as_of import program_as_of
from peerloom.model import Cohort, Membership, Pair, Participant
from peerloom.progress.figures import (
    AttendanceFigures,
    CircleFigures,
    CohortFigures,
    EndingFigures,
    EventFigures,
    RoleFigures,
    SupportFigures,
    TrainingFigures,
)
from peerloom.progress.pair_figures import compute_pair_figures
from peerloom.progress.pair_history import pair_history
from peerloom.progress.rating_figures import compute_rating_figures
from peerloom.progress.survey_figures import compute_survey_figures
from peerloom.progress.taking_part import list_taking_part
from peerloom.progress.windows import Window, find_last_day_of_report
from peerloom.records import Program

_STATUSES = ("proposed", "active", "paused", "completed", "ended_early")


def compute_cohort_figures(program: Program, cohort: Cohort, window: Window) -> CohortFigures:
    """All figures of a cohort over a window, as `docs/figures.md` defines them.

    What happened or was due in the window counts also where it was reported later, up to
    `window.today`; what stood on its last day is as of that day. Takes the whole program: the
    report decides who may read which figures.
    """
    known = program_as_of(program, window.today)
    at_end = program_as_of(known, window.last)
    pairs = at_end.pairs_of(cohort.id)
    taking_part = list_taking_part(known, cohort, window.first, window.last)
    return CohortFigures(
        cohort=cohort,
        window=window,
        closes=find_last_day_of_report(known, cohort),
        roles=_count_roles(known, cohort, taking_part, window),
        statuses=_count_statuses(at_end, cohort),
        pairs=compute_pair_figures(known, at_end, cohort, window),
        started=sum(_has_started_in(window, cohort, pair) for pair in pairs),
        completed=sum(
            pair.status == "completed" and _has_ended_in(window, cohort, pair) for pair in pairs
        ),
        ended_early=_group_ended_early(
            pair
            for pair in pairs
            if pair.status == "ended_early" and _has_ended_in(window, cohort, pair)
        ),
        ratings=compute_rating_figures(known, cohort, window),
        support=_count_calls_for_help(known, cohort, window),
        circles=_count_circle_meetings(at_end, cohort, window),
        events=_count_events(known, cohort, window),
        training=_count_training(known, cohort, taking_part, window),
        surveys=tuple(
            compute_survey_figures(known, known.surveys[id_], cohort, window.last)
            for id_ in cohort.surveys
            if id_ in known.surveys
        ),
    )


def _count_roles(
    program: Program,
    cohort: Cohort,
    taking_part: tuple[tuple[Participant, Membership], ...],
    window: Window,
) -> RoleFigures:
    def count(role: str) -> int:
        return len({person.id for person, part in taking_part if part.role == role})

    left = {p.id for p, part in program.members_of(cohort.id) if part.left_on in window}
    return RoleFigures(
        mentors=count("mentor"),
        mentees=count("mentee"),
        either=count("either"),
        people=len({person.id for person, _ in taking_part}),
        left=len(left),
    )


def _count_statuses(at_end: Program, cohort: Cohort) -> dict[str, int]:
    statuses: Counter[str] = Counter(pair.status for pair in at_end.pairs_of(cohort.id))
    not_known = sum(
        isinstance(record, Pair) and record.cohort == cohort.id for record in at_end.undated
    )
    return {status: statuses[status] for status in _STATUSES} | {"not_known": not_known}


def _has_started_in(window: Window, cohort: Cohort, pair: Pair) -> bool:
    """Whether a pair started in a window on whose last day it has begun, or is over.

    One of which no day is known started in every window that goes back to the cohort's start.
    """
    if pair.status == "proposed":
        return False
    return pair.started_on in window if pair.started_on else window.first <= cohort.starts


def _has_ended_in(window: Window, cohort: Cohort, pair: Pair) -> bool:
    """Whether a pair that is over on a window's last day ended in it.

    One of which no day is known ended in every window that goes back to its start.
    """
    if pair.ended_on:
        return pair.ended_on in window
    return window.first <= (pair.started_on or cohort.starts)


def _group_ended_early(pairs: Iterable[Pair]) -> dict[str, EndingFigures]:
    """The pairs that ended early, counted by the reason they gave."""
    reasons: dict[str, list[Pair]] = {}
    for pair in pairs:
        reasons.setdefault(pair.end_reason or "not said", []).append(pair)
    return {reason: _count_ended(those) for reason, those in sorted(reasons.items())}


def _count_ended(pairs: list[Pair]) -> EndingFigures:
    people = {who for pair in pairs for who in pair.people}
    return EndingFigures(pairs=len(pairs), people=len(people))


def _count_calls_for_help(program: Program, cohort: Cohort, window: Window) -> SupportFigures:
    calls = [
        check_in
        for pair in program.pairs_of(cohort.id)
        for check_in, asks in pair_history(program, pair, window.today).calls
        if program.counts_from(check_in) in window and "help" in asks
    ]
    return SupportFigures(asked=len(calls), people=len({call.participant for call in calls}))


def _count_circle_meetings(at_end: Program, cohort: Cohort, window: Window) -> CircleFigures:
    running = [
        circle
        for circle in at_end.circles_of(cohort.id)
        if circle.status != "proposed"
        and (circle.ended_on is None or circle.ended_on > window.first)
    ]
    held = [meeting for circle in running for meeting in circle.meetings if meeting.on in window]
    return CircleFigures(
        circles=len(running),
        meetings=len(held),
        minutes=sum(meeting.minutes or 0 for meeting in held),
        attended=_count_attendances(at_end, cohort, (meeting.attended for meeting in held)),
    )


def _count_events(program: Program, cohort: Cohort, window: Window) -> EventFigures:
    held = [e for e in program.events.values() if cohort.id in e.cohorts and e.on in window]
    return EventFigures(
        held=len(held),
        attended=_count_attendances(program, cohort, (event.attended for event in held)),
    )


def _count_attendances(
    program: Program, cohort: Cohort, lists: Iterable[tuple[str, ...]]
) -> AttendanceFigures:
    """How often people of a cohort came, and how often others did who are its guests."""
    own = {person.id for person, _ in program.members_of(cohort.id)}
    came = [participant for attended in lists for participant in attended]
    ours = [participant for participant in came if participant in own]
    return AttendanceFigures(
        attendances=len(ours), people=len({*ours}), guests=len(came) - len(ours)
    )


def _count_training(
    program: Program,
    cohort: Cohort,
    taking_part: tuple[tuple[Participant, Membership], ...],
    window: Window,
) -> TrainingFigures:
    """How many people are asked to train; each module counts once per person asked to do it."""
    asked: set[tuple[str, str]] = set()
    done: set[tuple[str, str]] = set()
    for person, part in taking_part:
        completed = {c.module for c in person.training if c.completed_on <= window.last}
        for id_ in cohort.training:
            module = program.training.get(id_)
            if module and (part.role in module.roles or "either" in module.roles):
                asked.add((person.id, id_))
                if id_ in completed:
                    done.add((person.id, id_))
    return TrainingFigures(
        people=len({who for who, _ in asked}),
        asked=len(asked),
        done=len(done),
        unfinished=len({who for who, _ in asked - done}),
    )
