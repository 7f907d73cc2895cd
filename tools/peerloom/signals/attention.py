"""Who needs a coordinator: each pair, circle and person once, with every reason for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from peerloom.model import Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.signals.signal import Signal

# The signals that come before all others, whatever these ask for: danger, then calls for help,
# then two people who should not go on with each other.
_GRAVITY = {"safety": 3, "support": 2, "excluded": 1, "fit": 1}
_TODAY = 3

Topic = Literal["pair", "circle", "people", "cohort"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A pair, a circle, people or a cohort, with signals about it, the gravest first.

    There is at least one. The first says why a coordinator is needed and what to do; the others
    are further reasons. An entry about a cohort has one signal only.
    """

    signals: tuple[Signal, ...]

    @property
    def gravest(self) -> Signal:
        """The signal that says what to do."""
        return self.signals[0]

    @property
    def about(self) -> Topic:
        """What kind of thing the signals are about."""
        if self.gravest.pair is not None:
            return "pair"
        if self.gravest.circle is not None:
            return "circle"
        return "people" if self.gravest.people else "cohort"

    @property
    def urgency(self) -> int:
        """The urgency of the gravest signal; danger, help and fit are always for today."""
        return _TODAY if self.gravest.id in _GRAVITY else self.gravest.urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCohort:
    """A cohort that is not over, with the ids of its open pairs and of the quiet ones of these.

    The cohort is quiet where there is no signal about anything in it. Of `unknown_pairs` it is not
    known how they stood on the day, so that there are no signals about them.
    """

    id: str
    open_pairs: tuple[str, ...]
    quiet_pairs: tuple[str, ...]
    unknown_pairs: tuple[str, ...]
    is_quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What a coordinator is needed for on a day.

    `entries` are about pairs, circles and people, the gravest first, and none is there twice;
    `cohort_entries` are about whole cohorts. `watched` are the cohorts that were looked at.
    """

    today: date
    entries: tuple[Entry, ...]
    cohort_entries: tuple[Entry, ...]
    watched: tuple[WatchedCohort, ...]


def sort_signals(found: Iterable[Signal]) -> tuple[Signal, ...]:
    """Signals with the gravest first, then the most urgent, then what was said last."""
    return tuple(sorted(found, key=_rank_signal))


def group_signals(
    program: Program, today: date, found: Iterable[Signal], cohort: str | None = None
) -> Attention:
    """Signals by what they are about.

    `found` are the signals of a program, which is as of `today`, in all cohorts or in one.
    """
    by_subject: dict[tuple[str, ...], list[Signal]] = {}
    for signal in sort_signals(found):
        by_subject.setdefault(_identify_subject(signal), []).append(signal)
    entries = [Entry(signals=tuple(signals)) for signals in by_subject.values()]
    loud = {(signal.cohort, signal.pair) for entry in entries for signal in entry.signals}
    return Attention(
        today=today,
        entries=tuple(entry for entry in entries if entry.about != "cohort"),
        cohort_entries=tuple(entry for entry in entries if entry.about == "cohort"),
        watched=tuple(
            watched
            for each in sorted(program.cohorts.values(), key=lambda each: (each.starts, each.id))
            if cohort in (None, each.id)
            and (watched := _watch_cohort(program, each, today, loud)) is not None
        ),
    )


def _rank_signal(signal: Signal) -> tuple[int, int, int, str, str, str, str]:
    place = (signal.cohort, signal.pair or "", signal.circle or "", signal.id)
    return (-_GRAVITY.get(signal.id, 0), -signal.urgency, -signal.said_on.toordinal(), *place)


def _identify_subject(signal: Signal) -> tuple[str, ...]:
    if signal.pair is not None:
        return ("pair", signal.cohort, signal.pair)
    if signal.circle is not None:
        return ("circle", signal.cohort, signal.circle)
    if signal.people:
        # Somebody who takes part in several cohorts is one person.
        return ("people", *signal.people)
    # What is said of a cohort are different matters, each with a next step of its own.
    return ("cohort", signal.cohort, signal.id, signal.why)


def _watch_cohort(
    program: Program, cohort: Cohort, today: date, loud: set[tuple[str, str | None]]
) -> WatchedCohort | None:
    """What is quiet in a cohort; None where it is over, as all of its pairs are."""
    pairs = [p.id for p in program.pairs_of(cohort.id) if p.status in STATUSES_TAKING_TIME]
    undated = (record for record in program.undated if isinstance(record, Pair))
    unknown = [pair.id for pair in undated if pair.cohort == cohort.id]
    if cohort.is_over(today) and not (pairs or unknown):
        return None
    return WatchedCohort(
        id=cohort.id,
        open_pairs=tuple(pairs),
        quiet_pairs=tuple(pair for pair in pairs if (cohort.id, pair) not in loud),
        unknown_pairs=tuple(unknown),
        is_quiet=all(each != cohort.id for each, _pair in loud),
    )
