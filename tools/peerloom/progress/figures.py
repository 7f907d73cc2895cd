"""A cohort in numbers: counts, each with the total that it belongs to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.survey_figures import SurveyFigures

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

    In a cohort without an end they are for one month, and `due` is its first day. `asked` is how
    many people are in the pairs that were asked for that date or month.
    """

    due: date
    asked: int
    people: int
    useful: float | None
    useful_people: int
    relationship: float | None
    relationship_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFigures:
    """How many people take part in each role."""

    mentors: int
    mentees: int
    either: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportFigures:
    """How often somebody asked for help in a check-in, and how many people did."""

    asked: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFigures:
    """How many pairs ended early for one reason, and how many people are in them."""

    pairs: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFigures:
    """The circles of a cohort, and the meetings that they held."""

    circles: int
    meetings: int
    minutes: int
    attendances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigures:
    """The events that took place, and how often somebody came to one."""

    held: int
    attendances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFigures:
    """How many people are asked to train, and how many modules they were asked to do and did."""

    people: int
    asked: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFigures:
    """A cohort in numbers from `start` to `end`, both included, as known on a later day.

    `statuses` counts the pairs by status, `ended_early` those that ended early by their reason.
    """

    cohort: Cohort
    start: date
    end: date
    roles: RoleFigures
    statuses: dict[str, int]
    pairs: tuple[PairFigures, ...]
    ratings: tuple[RatingFigures, ...]
    support: SupportFigures
    ended_early: dict[str, EndingFigures]
    circles: CircleFigures
    events: EventFigures
    training: TrainingFigures
    surveys: tuple[SurveyFigures, ...]

    def sum_over_pairs(self, name: str) -> int:
        """The sum of one of the pairs' figures."""
        return sum(getattr(pair, name) for pair in self.pairs)

    @property
    def goals_by_level(self) -> dict[int, int]:
        """How many goals have reached each step."""
        reached = Counter(level for pair in self.pairs for level in pair.levels)
        return {level: reached[level] for level in _LEVELS}


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
