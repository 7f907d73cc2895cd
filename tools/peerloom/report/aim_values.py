"""The values that aims are measured by, read from a cohort's figures as its report shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom.model import Cohort
from peerloom.progress.aim_counts import count_prepared_pairs, count_returned_mentees
from peerloom.records import Program
from peerloom.report.suppression import Suppression
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What measures are read from: a cohort's figures up to a day, as its report shows them.

    `figures` has the keys of the report, and None for what is withheld from the audience.
    """

    program: Program
    cohort: Cohort
    day: date
    figures: dict[str, Any]
    suppression: Suppression


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredValue:
    """A share is `part` of `whole`; a number, or a mean over `whole` people or pairs, is `part`.

    Of the whole of a share, `unknown` may belong to the part or not. `part` is None where it is
    withheld, where there is nothing to measure, the whole being 0, and where the part cannot be
    known, all of the whole being `unknown`.
    """

    part: float | None
    whole: int | None = None
    unknown: int = 0

    @property
    def is_withheld(self) -> bool:
        """Whether there is a value that the audience may not see."""
        return self.part is None and self.whole not in (0, self.unknown)


ReadValue = Callable[[Basis], MeasuredValue]


def read_number(*keys: str) -> ReadValue:
    """A number of the report, at its keys."""

    def read(basis: Basis) -> MeasuredValue:
        return MeasuredValue(part=_look_up(basis.figures, keys))

    return read


def read_share(part: tuple[str, str], whole: tuple[str, str]) -> ReadValue:
    """Two numbers of the report, of which one is a part of the other, at the keys of each."""

    def read(basis: Basis) -> MeasuredValue:
        total = _look_up(basis.figures, whole)
        return MeasuredValue(part=_look_up(basis.figures, part) if total else None, whole=total)

    return read


def read_status(status: str) -> ReadValue:
    """The share of the pairs that began; what became of some may not be known."""

    def read(basis: Basis) -> MeasuredValue:
        pairs, began = basis.figures["pairs"], basis.figures["began"]["pairs"]
        whole = began + pairs["not_known"]
        part = pairs[status] if whole else None
        return MeasuredValue(part=part, whole=whole, unknown=pairs["not_known"])

    return read


def read_rating(name: str) -> ReadValue:
    """The mean rating for the newest due date for which somebody gave one."""

    def read(basis: Basis) -> MeasuredValue:
        rated = [row for row in basis.figures["ratings"] if row[f"{name}_people"]]
        if not rated:
            return MeasuredValue(part=None, whole=0)
        mean = rated[-1][name]
        # A range does not say whether a target is reached.
        part = None if isinstance(mean, dict) else mean
        return MeasuredValue(part=part, whole=rated[-1][f"{name}_people"])

    return read


def _look_up(figures: dict[str, Any], keys: tuple[str, ...]) -> Any:
    value: Any = figures
    for key in keys:
        value = value[key]
    return value


def read_goals_reached(basis: Basis) -> MeasuredValue:
    """The goals at the expected step or above it; those at no one step are not known."""
    goals = basis.figures["goals"]
    standing, reached = goals["standing"], goals["reached"]
    if not standing or reached is None:
        return MeasuredValue(part=None, whole=standing)
    unknown = standing - (goals["reported"] - goals["differ"])
    return MeasuredValue(part=reached, whole=standing, unknown=unknown)


def read_goal_score(basis: Basis) -> MeasuredValue:
    """The mean goal score T of the pairs."""
    goals = basis.figures["goals"]
    return MeasuredValue(part=goals["score"], whole=goals["pairs_scored"])


def read_prepared_pairs(basis: Basis) -> MeasuredValue:
    """The pairs that had an agreement and a goal in time."""
    found = count_prepared_pairs(basis.program, basis.cohort, basis.day)
    if not found.time_up:
        return MeasuredValue(part=None, whole=0)
    name, rest = _("pairs prepared in time"), found.time_up - found.prepared
    shown = basis.suppression.show(
        "prepared", name, found.prepared, found.people, (found.prepared, rest)
    )
    return MeasuredValue(part=shown, whole=found.time_up)


def read_returned_mentees(basis: Basis) -> MeasuredValue:
    """The mentees who came back as mentors."""
    return MeasuredValue(part=count_returned_mentees(basis.program, basis.cohort, basis.day))


def read_closing_surveys(basis: Basis) -> MeasuredValue:
    """Over all surveys of the cohort that are asked at its end.

    Answers are counted by codes: where there are more of these than people who were asked, how many
    people they are of cannot be known.
    """
    are_codes_people = True
    asked = answered = 0
    for survey in basis.figures["surveys"]:
        if "after" in survey["answered"]:
            if survey["answered"]["after"] is None:
                return MeasuredValue(part=None, whole=survey["asked"]["after"])
            asked += survey["asked"]["after"]
            answered += survey["answered"]["after"]
            are_codes_people &= survey["answered"]["after"] <= survey["asked"]["after"]
    if not are_codes_people:
        return MeasuredValue(part=None, whole=asked, unknown=asked)
    return MeasuredValue(part=answered if asked else None, whole=asked)
