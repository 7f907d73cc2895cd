"""Who needs the coordinator, why, since when, and what to do; for coordinators only."""

from collections.abc import Iterator
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.schedule import is_working
from peerloom.signals.attention import Attention, group_signals, sort_signals
from peerloom.signals.capacity import OVER_CAPACITY
from peerloom.signals.ending import ENDING
from peerloom.signals.fit import EXCLUDED, FIT
from peerloom.signals.goals import GOAL_STUCK, NO_GOALS
from peerloom.signals.meetings import FEW_MEETINGS, GAP, IDLE, MISSED, NO_MEETING
from peerloom.signals.ratings import DIVERGING, RATING
from peerloom.signals.selecting import PLACE_FREE, UNDECIDED
from peerloom.signals.signal import Phase, Signal, SignalDefinition, Subject
from peerloom.signals.silence import SILENT
from peerloom.signals.support import SUPPORT
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
    SUPPORT,
    EXCLUDED,
    FIT,
    RATING,
    DIVERGING,
    SILENT,
    NO_MEETING,
    IDLE,
    GAP,
    FEW_MEETINGS,
    MISSED,
    NO_GOALS,
    GOAL_STUCK,
    ENDING,
    PLACE_FREE,
    UNDECIDED,
    OVER_CAPACITY,
    SURVEY,
)


def find_signals(program: Program, today: date, cohort: str | None = None) -> tuple[Signal, ...]:
    """The signals for coordinators on a day, in all cohorts or one.

    The gravest come first; see `peerloom.signals.attention`.
    """
    found: list[Signal] = []
    for each in program.cohorts.values():
        if cohort is None or each.id == cohort:
            for pair in program.pairs_of(each.id):
                found += _check_subject(_pair_subject(program, each, pair, today))
            found += _check_subject(Subject(program=program, cohort=each, today=today))
    return sort_signals(found)


def find_attention(program: Program, today: date, cohort: str | None = None) -> Attention:
    """The signals of `find_signals` by what they are about, and what is quiet."""
    return group_signals(program, today, find_signals(program, today, cohort), cohort)


def find_pair_signals(program: Program, pair: Pair, today: date) -> tuple[Signal, ...]:
    """The signals about one pair, as `find_signals` would find them."""
    cohort = program.cohorts.get(pair.cohort)
    if cohort is None:
        return ()
    return sort_signals(_check_subject(_pair_subject(program, cohort, pair, today)))


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


def _check_subject(subject: Subject) -> Iterator[Signal]:
    """Every signal about one pair, or about a cohort as a whole."""
    scope = "pair" if subject.pair else "cohort"
    for definition in SIGNALS:
        if definition.scope != scope or (subject.pair and subject.phase not in definition.phases):
            continue
        if scope == "cohort" and not (definition.before_start or subject.days_since_start >= 0):
            continue
        pair = subject.pair.pair if subject.pair else None
        for observation in definition.check(subject):
            yield Signal(
                id=definition.id,
                urgency=observation.stage.urgency,
                cohort=subject.cohort.id,
                pair=pair.id if pair else None,
                people=observation.people or (pair.people if pair else ()),
                since=observation.since,
                said_on=observation.said_on or observation.since,
                why=observation.why,
                next_step=_(observation.stage.next_step),
            )
