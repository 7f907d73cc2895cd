"""What a signal is: when it fires, where its threshold is from, and what to do next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from peerloom.model import Cohort
from peerloom.progress.pair_history import PairHistory
from peerloom.records import Program
from peerloom.text.names import person_name
from peerloom.text.numbers import percentage
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Where a pair stands: before its start, at work, still open after the cohort's end, or over.
Phase = Literal["planned", "working", "after_the_end", "closed"]

# Where no study and no other program gives a number.
HOUSE_RULE = mark("a house rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One degree of a signal: its threshold in words, how urgent it is, and the next step.

    Of the urgencies, 3 is for today, 2 for this week, and 1 to watch. The two texts are marked for
    translation; the `numbers` are those of the threshold, by the names of its fields, and `share`
    is between 0 and 1, and is shown in percent.
    """

    urgency: int
    threshold: str
    next_step: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    share: float | None = None

    def describe_threshold(self) -> str:
        """The threshold in words, in the current language."""
        share = "" if self.share is None else percentage(self.share)
        return _(self.threshold).format(**self.numbers, share=share)


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
    """What a signal looks at on a day: a cohort, or one pair of it."""

    program: Program
    cohort: Cohort
    today: date
    pair: PairHistory | None = None
    phase: Phase | None = None

    @property
    def history(self) -> PairHistory:
        """The history of the pair. Raises `ValueError` for a whole cohort."""
        if self.pair is None:
            raise ValueError("a signal about a cohort must not ask for a pair")
        return self.pair

    @property
    def started_on(self) -> date:
        """The day on which the pair, or else the cohort, started."""
        pair = self.pair.pair if self.pair else None
        return (pair.started_on if pair else None) or self.cohort.starts

    @property
    def days_since_start(self) -> int:
        """How many days ago that was."""
        return (self.today - self.started_on).days

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

    `check` yields what it observes of a subject, and its docstring says in a sentence what it
    looks for. A signal about a pair is looked for in some `phases` of the pair only, and one about
    a cohort from its start, unless it is one for `before_start`, too.
    """

    id: str
    check: Callable[[Subject], Iterator[Observation]]
    stages: tuple[Stage, ...]
    source: str = HOUSE_RULE
    scope: Literal["pair", "cohort"] = "pair"
    phases: tuple[Phase, ...] = ("working",)
    before_start: bool = False

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
