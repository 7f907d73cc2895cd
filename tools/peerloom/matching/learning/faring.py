"""Which groups of people would fare better or worse in a cohort under other weights."""

from dataclasses import dataclass, replace
from datetime import date

from peerloom.matching.fairness.cells import Cell, Given, given, grouped, members
from peerloom.matching.market import UNIT
from peerloom.matching.proposing import propose
from peerloom.matching.scoring import Averages, weights_of
from peerloom.model import Cohort, Weights
from peerloom.records import Program

YARDSTICK = "the learned weights"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """How a group fares in a proposal by the present weights, and in one by the learned.

    Scores are means over all `people` of the group, somebody with nobody counting 0, and in both
    proposals reckoned by the learned weights.
    """

    group: str
    people: int
    matched: tuple[int, int]
    score: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """The groups by an attribute, and how many are withheld so that nobody can be told apart."""

    attribute: str
    groups: tuple[GroupChange, ...]
    withheld: int


def changes_by_group(
    program: Program, cohort: Cohort, weights: Weights, today: date
) -> tuple[AttributeChange, ...]:
    """How groups would fare, earlier proposals made again."""
    learned = replace(cohort, matching=replace(cohort.matching, weights=weights))
    old = propose(program, cohort, today, anew=True)
    new = propose(program, learned, today, anew=True)
    yardstick = Averages(weights_of(weights), new.scorer.averages.of_part)
    has = given(old, yardstick), given(new, yardstick)
    return tuple(
        AttributeChange(
            attribute=cells.attribute,
            groups=tuple(_change(cell, has) for cell in cells.cells),
            withheld=cells.withheld,
        )
        for cells in grouped(program, members(new))
    )


def _change(cell: Cell, has: tuple[Given, Given]) -> GroupChange:
    old, new = has
    whole = len(cell.members) * UNIT
    return GroupChange(
        group=cell.name,
        people=cell.people,
        matched=(old.matched(cell), new.matched(cell)),
        score=(old.total(cell) / whole, new.total(cell) / whole),
    )
