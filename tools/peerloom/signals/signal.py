"""What a signal is: when it fires, where its threshold is from, and what to do next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from peerloom.model import Circle, Cohort, Settings
from peerloom.progress.pair_history import PairHistory
from peerloom.records import Program
from peerloom.text.names import person_name
from peerloom.text.numbers import percentage, plain_number
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Where a pair stands: before its start, at work, still open after the cohort's end, or over.
Phase = Literal["planned", "working", "after_the_end", "closed"]

# The numbers of a signal's thresholds, by name; those that end in "share" are between 0 and 1.
Limits = Mapping[str, float]

# Where no study and no other program gives a number.
HOUSE_RULE = mark("a house rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One degree of a signal: its threshold in words, how urgent it is, and the next step.

    Of the urgencies, 3 is for today, 2 for this week, and 1 to watch. The two texts are marked for
    translation; the fields in `threshold` are the names of the signal's limits.
    """

    urgency: int
    threshold: str
    next_step: str

    def describe_threshold(self, limits: Limits) -> str:
        """The threshold in words, in the current language; shares are in percent."""
        words = {
            name: percentage(limit) if name.endswith("share") else plain_number(limit)
            for name, limit in limits.items()
        }
        return _(self.threshold).format(**words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a check found: which stage is reached, since when, and why, in words.

    `people` are those whom `why` names; empty where it speaks of the whole pair or cohort.
    `said_on` is the day on which somebody said it last, where that is not `since`.
    """

    stage: Stage
    since: date
    why: str
    people: tuple[str, ...] = ()
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a signal looks at on a day: a cohort, or one pair or circle of it."""

    program: Program
    cohort: Cohort
    today: date
    pair: PairHistory | None = None
    phase: Phase | None = None
    circle: Circle | None = None

    @property
    def history(self) -> PairHistory:
        """The history of the pair. Raises `ValueError` for a whole cohort."""
        if self.pair is None:
            raise ValueError("a signal about a cohort must not ask for a pair")
        return self.pair

    @property
    def about_circle(self) -> Circle:
        """The circle. Raises `ValueError` for anything else."""
        if self.circle is None:
            raise ValueError("only a signal about circles may ask for one")
        return self.circle

    @property
    def started_on(self) -> date:
        """The day on which the pair or circle, or else the cohort, started."""
        subject = self.pair.pair if self.pair else self.circle
        return (subject.started_on if subject else None) or self.cohort.starts

    @property
    def days_at_work(self) -> int:
        """How many days the pair has been at work, without those off, since it started."""
        return self.count_days_at_work(self.started_on, self.today)

    def count_days_at_work(self, first: date, last: date) -> int:
        """How many days lie after `first`, up to and including `last`, without the pair's days off.

        Those are days in a pause of the pair, or in which one of the two takes a break.
        """
        return self.history.days_off.count_days_between(first, last)

    @property
    def is_paused(self) -> bool:
        """Whether the pair takes a break, in which it need not meet."""
        return self.history.pair.status == "paused"

    def name_person(self, participant: str) -> str:
        """The name of a participant, or the id where there is no record."""
        return person_name(self.program.participants, participant)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalDefinition:
    """A row of the list of signals.

    `check` yields what it observes of a subject, by the limits that hold in a program, and its
    docstring says in a sentence what it looks for. `limits` are those that hold unless a program's
    settings say otherwise. A signal about a pair is looked for in some `phases` of the pair only,
    one about a circle while it is running, and one about a cohort from its start, unless it is one
    for `before_start`, too.
    """

    id: str
    check: Callable[[Subject, Limits], Iterator[Observation]]
    stages: tuple[Stage, ...]
    limits: Limits = field(default_factory=dict)
    source: str = HOUSE_RULE
    scope: Literal["pair", "cohort", "circle"] = "pair"
    phases: tuple[Phase, ...] = ("working",)
    before_start: bool = False

    def find_limits(self, settings: Settings) -> Limits:
        """The limits that hold in a program."""
        own = settings.signals.get(self.id, {})
        return {name: own.get(name, limit) for name, limit in self.limits.items()}

    @property
    def sentence(self) -> str:
        """What the signal looks for, as a reader of the reference page sees it."""
        return " ".join((self.check.__doc__ or "").split("\n\n")[0].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something that a coordinator should look at now; see `Stage` for the urgency.

    At most one of `pair` and `circle` is named. Where neither is, it is about the people that are
    named, or else about the whole cohort. `since` is the day on which it began, and `said_on` the
    day on which somebody said it last, or else the day on which it began.
    """

    id: str
    urgency: int
    cohort: str
    pair: str | None
    circle: str | None = None
    people: tuple[str, ...]
    since: date
    said_on: date
    why: str
    next_step: str
