"""Who needs the coordinator, why, since when, and what to do; for coordinators only."""

from collections.abc import Iterator
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.schedule import is_working
from peerloom.signals.agreement import EXPECTATIONS
from peerloom.signals.attention import Attention, group_signals, sort_signals
from peerloom.signals.capacity import OVER_CAPACITY
from peerloom.signals.circles import CIRCLE_FALLING, CIRCLE_NO_FACILITATOR, CIRCLE_NO_MEETING
from peerloom.signals.ending import ENDING
from peerloom.signals.fit import EXCLUDED, FIT
from peerloom.signals.goals import GOAL_STUCK, NO_GOALS
from peerloom.signals.meetings import FEW_HOURS, FEW_MEETINGS, GAP, IDLE, MISSED, NO_MEETING
from peerloom.signals.ratings import DIVERGING, RATING
from peerloom.signals.selecting import PLACE_FREE, UNDECIDED
from peerloom.signals.signal import Limits, Phase, Signal, SignalDefinition, Subject
from peerloom.signals.silence import NO_REPLY, SILENT
from peerloom.signals.starting import NEVER_BEGINS
from peerloom.signals.support import SAFETY, SUPPORT
from peerloom.signals.surveys import SURVEY
from peerloom.text.translation import gettext as _

__all__ = [
    "SIGNALS",
    "Signal",
    "SignalDefinition",
    "find_attention",
    "find_pair_signals",
    "find_signals",
]

# None of the thresholds has been tested in a trial; where another program uses one, it is named.
SIGNALS: tuple[SignalDefinition, ...] = (
    SAFETY,
    SUPPORT,
    EXCLUDED,
    FIT,
    RATING,
    DIVERGING,
    SILENT,
    NO_REPLY,
    NEVER_BEGINS,
    NO_MEETING,
    IDLE,
    GAP,
    FEW_MEETINGS,
    FEW_HOURS,
    MISSED,
    EXPECTATIONS,
    NO_GOALS,
    GOAL_STUCK,
    ENDING,
    CIRCLE_NO_FACILITATOR,
    CIRCLE_NO_MEETING,
    CIRCLE_FALLING,
    PLACE_FREE,
    UNDECIDED,
    OVER_CAPACITY,
    SURVEY,
)


def find_signals(program: Program, today: date, cohort: str | None = None) -> tuple[Signal, ...]:
    """The signals for coordinators on a day, in all cohorts or one.

    Takes a program as of that day. The gravest come first; see `peerloom.signals.attention`.
    """
    limits = _find_limits(program)
    found: list[Signal] = []
    for each in program.cohorts.values():
        if cohort in (None, each.id):
            for subject in _list_subjects(program, each, today):
                found += _check_subject(subject, limits)
    return sort_signals(found)


def _list_subjects(program: Program, cohort: Cohort, today: date) -> Iterator[Subject]:
    for pair in program.pairs_of(cohort.id):
        yield _pair_subject(program, cohort, pair, today)
    for circle in program.circles_of(cohort.id):
        if circle.status == "active" and (circle.started_on or cohort.starts) <= today:
            yield Subject(program=program, cohort=cohort, today=today, circle=circle)
    yield Subject(program=program, cohort=cohort, today=today)


def find_attention(program: Program, today: date, cohort: str | None = None) -> Attention:
    """The signals of `find_signals` by what they are about, and what is quiet."""
    return group_signals(program, today, find_signals(program, today, cohort), cohort)


def find_pair_signals(program: Program, pair: Pair, today: date) -> tuple[Signal, ...]:
    """The signals about one pair, as `find_signals` would find them."""
    cohort = program.cohorts.get(pair.cohort)
    if cohort is None:
        return ()
    subject = _pair_subject(program, cohort, pair, today)
    return sort_signals(_check_subject(subject, _find_limits(program)))


def _find_limits(program: Program) -> dict[str, Limits]:
    """The limits of each signal that hold in a program."""
    return {definition.id: definition.find_limits(program.settings) for definition in SIGNALS}


def _pair_subject(program: Program, cohort: Cohort, pair: Pair, today: date) -> Subject:
    return Subject(
        program=program,
        cohort=cohort,
        today=today,
        pair=pair_history(program, pair, today),
        phase=_find_phase(cohort, pair, today),
    )


def _find_phase(cohort: Cohort, pair: Pair, today: date) -> Phase:
    if pair.status in ("active", "paused") and (pair.started_on or cohort.starts) <= today:
        return "working" if is_working(cohort, pair, today) else "after_the_end"
    return "planned" if pair.status in ("proposed", "active", "paused") else "closed"


def _check_subject(subject: Subject, limits: dict[str, Limits]) -> Iterator[Signal]:
    """Every signal about one pair or circle, or about a cohort as a whole."""
    scope = "pair" if subject.pair else "circle" if subject.circle else "cohort"
    has_started = (subject.today - subject.started_on).days >= 0
    for definition in SIGNALS:
        if definition.scope != scope or (subject.pair and subject.phase not in definition.phases):
            continue
        if scope == "cohort" and not (definition.before_start or has_started):
            continue
        pair = subject.pair.pair if subject.pair else None
        for observation in definition.check(subject, limits[definition.id]):
            yield Signal(
                id=definition.id,
                urgency=observation.stage.urgency,
                cohort=subject.cohort.id,
                pair=pair.id if pair else None,
                circle=subject.circle.id if subject.circle else None,
                people=observation.people or (pair.people if pair else ()),
                # Somebody may answer before the due date, which is still to come then.
                since=min(observation.since, subject.today),
                said_on=min(observation.said_on or observation.since, subject.today),
                why=observation.why,
                next_step=_(observation.stage.next_step),
            )
