"""What a report keeps back below coordinators, so that nothing about one person can be computed.

Decision 0003 says why these are the rules, and `docs/report.md` what a reader sees of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from peerloom import schema
from peerloom.audience import includes
from peerloom.model import AUDIENCES, Audience
from peerloom.report.safe_means import describe_mean
from peerloom.text.numbers import round_half_up

# Of fewer people than this, readers could tell who they are.
FEWEST_PEOPLE = 5
# With fewer people, the width of an interval tells what each of them answered.
FEWEST_FOR_MARGIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of suppression. Only tests switch any of them off, to see what it prevents."""

    closed_dates: bool = True
    once: bool = True
    at_least_five: bool = True
    both_parts: bool = True
    ranges: bool = True
    complements: bool = True
    visible_only: bool = True


NO_RULES = Rules(
    closed_dates=False,
    once=False,
    at_least_five=False,
    both_parts=False,
    ranges=False,
    complements=False,
    visible_only=False,
)

# The fields that each figure is made from, by its keys in the report with points between them; a
# key stands for those within it that are not listed. Who may see all of the fields sees the parts
# of the figure anyway. The statuses of a pair are told apart for members alone.
_STATUS = (("pair", "status"), ("pair", "agreement"))
SOURCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "participants": (("participant", "cohorts"),),
    "participants.left": (("participant", "cohorts.left_on"),),
    "signed_up": (("participant", "cohorts.state"),),
    "signed_up.sources": (("participant", "cohorts.source"),),
    "pairs": _STATUS,
    "began": (("pair", "started_on"),),
    "started": (("pair", "started_on"),),
    "completed": _STATUS,
    "meetings": (("check-in", "meetings.on"),),
    "meetings.undated": (("check-in", "met"),),
    "meetings.minutes": (("check-in", "meetings.minutes"),),
    "meetings.minutes_known": (("check-in", "meetings.minutes"),),
    # Who is paused or has ended owes none: what was due, or is missing, tells of that.
    "check_ins": _STATUS,
    "check_ins.received": (("check-in", "answered_on"),),
    "check_ins.answers": (("cohort", "check_ins.answers"),),
    "goals": (("pair", "goals.set_on"),),
    **dict.fromkeys(
        (
            "goals.reported",
            "goals.people",
            "goals.reached",
            "goals.by_level",
            "goals.differ",
            "goals.score",
            "goals.pairs_scored",
        ),
        (("check-in", "goals.level"),),
    ),
    "ratings": (("check-in", "ratings"),),
    "ratings.asked": _STATUS,
    "support": (("check-in", "support_wanted"),),
    "ended_early": (("pair", "end_reason"),),
    "circles": (("circle", "meetings.on"),),
    **dict.fromkeys(
        ("circles.attendances", "circles.people", "circles.guests"),
        (("circle", "meetings.attended"),),
    ),
    "events": (("event", "on"),),
    **dict.fromkeys(
        ("events.attendances", "events.people", "events.guests"), (("event", "attended"),)
    ),
    "training": (("participant", "cohorts"),),
    "training.done": (("participant", "training.module"),),
    "surveys": (("response", "waves"),),
    "surveys.answered": (("response", "code"),),
    "prepared": (("pair", "agreement.agreed_on"),),
}


def find_source_audience(key: str) -> Audience:
    """Who may see every field that a figure is made from. Raises `KeyError` for no figure."""
    while key not in SOURCES and "." in key:
        key = key.rpartition(".")[0]
    audiences = [_field_audience(kind, name) for kind, name in SOURCES[key]]
    return max(audiences, key=AUDIENCES.index)


def _field_audience(kind: str, name: str) -> Audience:
    path = tuple(name.split("."))
    return next(f.audience for f in schema.list_fields(kind) if f.path == path)


@dataclass(slots=True, kw_only=True)
class Suppression:
    """Shows the figures of one report to an audience, and remembers which it kept back.

    `is_final` says that nothing more can come that counts: only then are things published that may
    be published once. Of the pairs that figures are about, members may not see the `hidden_pairs`:
    what they see of each other pair, they could subtract. `withheld` names what too few people are
    behind, and `later` what is told in the final report.
    """

    audience: Audience
    is_final: bool = True
    rules: Rules = field(default_factory=Rules)
    hidden_pairs: frozenset[str] = frozenset()
    withheld: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether the reader is a coordinator, who may see every record."""
        return self.audience == "coordinators"

    @property
    def fewest_for_margin(self) -> int:
        """How many people an interval is of at least."""
        return FEWEST_FOR_MARGIN if self.rules.ranges else 0

    def is_confidential(self, key: str) -> bool:
        """Whether a figure is made from something that the audience may not see of somebody."""
        needed = find_source_audience(key)
        is_hidden_of_some = bool(self.hidden_pairs) and needed != "public" and not self.is_free
        return is_hidden_of_some or not includes(self.audience, needed)

    def show(self, key: str, name: str, value: Any, asked: int, parts: Iterable[int] = ()) -> Any:
        """A figure, or None where it is kept back.

        `asked` is how many people were asked, and `parts` how many are in each part of the split
        that the figure is about, such as those who asked for help and those who did not.
        """
        if value is None or self.is_free:
            return value
        if not self.is_confidential(key):
            is_safe = asked >= FEWEST_PEOPLE or not self.rules.at_least_five
            return value if is_safe else self.withhold(name)
        if self.rules.once and not self.is_final:
            return self.postpone(name)
        if self.rules.both_parts and min((asked, *parts)) < FEWEST_PEOPLE:
            return self.withhold(name)
        return value

    def show_answers(self, name: str, value: Any, people: int) -> Any:
        """A figure of answers to the program's own questions, which say who may see them."""
        is_safe = self.is_free or people >= FEWEST_PEOPLE or not self.rules.at_least_five
        return value if value is None or is_safe else self.withhold(name)

    def show_anonymous(self, name: str, value: Any, people: int) -> Any:
        """A figure withheld from everybody if few people are in it, since surveys are anonymous."""
        return value if value is None or people >= FEWEST_PEOPLE else self.withhold(name)

    def show_mean(
        self, name: str, answers: Iterable[tuple[str, int]], scale: tuple[int, int]
    ) -> Any:
        """A mean of answers on a scale, by who gave each: a number, a range, or None.

        Means are of things said in confidence. The scale has its lowest and highest point.
        """
        given = list(answers)
        if not given:
            return None
        mean = Fraction(sum(value for _, value in given), len(given))
        if self.is_free:
            return round_figure(mean)
        if self.rules.at_least_five and len({who for who, _ in given}) < FEWEST_PEOPLE:
            return self.withhold(name)
        if not self.rules.ranges:
            return round_figure(mean)
        shown = describe_mean(given, scale)
        return self.withhold(name) if shown is None else shown

    def withhold(self, name: str) -> None:
        """Remember that a figure is withheld because too few people are behind it."""
        self.withheld.append(name)

    def postpone(self, name: str) -> None:
        """Remember that a figure is told once, in the final report."""
        self.later.append(name)


def round_figure(value: Fraction | float | None) -> float | None:
    """A figure with two decimals, as a report holds it; rounded here and nowhere else."""
    return None if value is None else round_half_up(value, 2)
