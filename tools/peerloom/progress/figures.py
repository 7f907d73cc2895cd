"""A cohort in numbers: counts, each with the total that it belongs to.

`docs/figures.md` defines each of them. What is called a flow there is counted by the day on which
it happened, so that the figures of two windows that follow each other add up.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.survey_figures import SurveyFigures
from peerloom.progress.windows import Window

LEVELS = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFigures:
    """The meetings of pairs, of which `undated` were on a day that nobody named.

    `minutes` is the sum over the `minutes_known` meetings whose length is known.
    """

    held: int
    undated: int
    minutes: int
    minutes_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInFigures:
    """What became of the check-ins that were due.

    Of those whose time is up, the sum of the first four, nobody but the author knows when the
    `undated` ones came. Of the others, those that are `early` have come all the same.
    """

    on_time: int = 0
    late: int = 0
    undated: int = 0
    missing: int = 0
    early: int = 0
    awaited: int = 0

    @property
    def received(self) -> int:
        """How many of those whose time is up have come."""
        return self.on_time + self.late + self.undated

    @property
    def time_up(self) -> int:
        """How many should have come by now."""
        return self.received + self.missing

    @property
    def due(self) -> int:
        """How many were due in the window."""
        return self.time_up + self.early + self.awaited


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """One pair in numbers; `pair` is as of the last day of the window.

    `asked` are those of the two who owed a check-in in the window. `levels` are the steps, from -2
    to 2, that those of its goals have reached which count here, and `differing` says on how many of
    them two peers disagree. `score` is their score T.
    """

    pair: Pair
    was_at_work: bool
    meetings: MeetingFigures
    check_ins: CheckInFigures
    asked: frozenset[str]
    goals_set: int
    goals_standing: int
    goals_undated: int
    levels: tuple[int, ...]
    differing: int
    score: float | None

    @property
    def has_begun(self) -> bool:
        """Whether the pair had started by the last day of the window."""
        return self.pair.status != "proposed"

    @property
    def goals_reported(self) -> int:
        """On how many goals somebody has reported a step."""
        return len(self.levels) + self.differing


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """The ratings for one due date, from 1 to 5.

    In a cohort without an end they are for one month, and `due` is its first day. `asked` is how
    many people were asked for that date or month; pairs, where one answer from a pair is enough.
    The answers are each with who gave it.
    """

    due: date
    asked: int
    people: int
    useful_answers: tuple[tuple[str, int], ...]
    relationship_answers: tuple[tuple[str, int], ...]

    @property
    def useful_people(self) -> int:
        """How many people said how useful it was."""
        return len({who for who, _ in self.useful_answers})

    @property
    def relationship_people(self) -> int:
        """How many people said how the two get on."""
        return len({who for who, _ in self.relationship_answers})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFigures:
    """How many people took part on at least one day of the window, by role, and in all.

    `left` are those who left in it.
    """

    mentors: int
    mentees: int
    either: int
    people: int
    left: int


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
class AttendanceFigures:
    """How often people of the cohort came, how many people that is, and how often others came."""

    attendances: int
    people: int
    guests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFigures:
    """The circles of a cohort that were running, and the meetings that they held."""

    circles: int
    meetings: int
    minutes: int
    attended: AttendanceFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigures:
    """The events that took place, and who came."""

    held: int
    attended: AttendanceFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFigures:
    """How many people are asked to train, and how many modules they were asked to do and did.

    Of the people, those who are `unfinished` have not done all of theirs.
    """

    people: int
    asked: int
    done: int
    unfinished: int

    @property
    def finished(self) -> int:
        """How many people have done all that they were asked to."""
        return self.people - self.unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFigures:
    """A cohort in numbers over a window.

    `statuses` counts the pairs by their status on its last day; `not_known` are those of which
    nobody knows it. `ended_early` counts those that ended early in the window by their reason.
    `closes` is the day until which more may come; None in a cohort without an end.
    """

    cohort: Cohort
    window: Window
    closes: date | None
    roles: RoleFigures
    statuses: dict[str, int]
    pairs: tuple[PairFigures, ...]
    started: int
    completed: int
    ended_early: dict[str, EndingFigures]
    ratings: tuple[RatingFigures, ...]
    support: SupportFigures
    circles: CircleFigures
    events: EventFigures
    training: TrainingFigures
    surveys: tuple[SurveyFigures, ...]

    @property
    def begun(self) -> tuple[PairFigures, ...]:
        """The pairs that had started by the last day of the window."""
        return tuple(pair for pair in self.pairs if pair.has_begun)

    @property
    def meetings(self) -> MeetingFigures:
        """The meetings of all pairs."""
        return MeetingFigures(
            held=sum(pair.meetings.held for pair in self.pairs),
            undated=sum(pair.meetings.undated for pair in self.pairs),
            minutes=sum(pair.meetings.minutes for pair in self.pairs),
            minutes_known=sum(pair.meetings.minutes_known for pair in self.pairs),
        )

    @property
    def check_ins(self) -> CheckInFigures:
        """The check-ins of all pairs."""
        return CheckInFigures(
            on_time=sum(pair.check_ins.on_time for pair in self.pairs),
            late=sum(pair.check_ins.late for pair in self.pairs),
            undated=sum(pair.check_ins.undated for pair in self.pairs),
            missing=sum(pair.check_ins.missing for pair in self.pairs),
            early=sum(pair.check_ins.early for pair in self.pairs),
            awaited=sum(pair.check_ins.awaited for pair in self.pairs),
        )

    @property
    def goals_by_level(self) -> dict[int, int]:
        """How many goals have reached each step."""
        reached = Counter(level for pair in self.pairs for level in pair.levels)
        return {level: reached[level] for level in LEVELS}
