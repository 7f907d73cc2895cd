"""What can be worked out from sums: bounds of single values, by linear programs.

The unknown values come in blocks: values of people whom nothing that is known tells apart. So the
variables of the linear program are the sums of blocks, of which there are few, and the bounds of
one value in a block follow from those of its sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

# More than the solver's error, and less than any difference between sums of whole numbers.
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The values of `people` people, each a whole number from `lowest` to `highest`."""

    people: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A weighted sum of the sums of blocks is from `low` to `high`."""

    weights: Mapping[int, float]
    low: float
    high: float


class ContradictionError(ValueError):
    """No values agree with what was published, so that the attacker has misread it."""


class Knowledge:
    """Blocks of unknown values, and the facts that bind them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.facts: list[Fact] = []

    def add_block(self, people: int, lowest: int, highest: int) -> int:
        """Add values of some people, and return the number of their block."""
        self.blocks.append(Block(people=people, lowest=lowest, highest=highest))
        return len(self.blocks) - 1

    def add_fact(self, weights: Mapping[int, float], low: float, high: float) -> None:
        """Add that a weighted sum of the sums of blocks is from `low` to `high`."""
        self.facts.append(Fact(weights=weights, low=low, high=high))

    def bound_value(self, block: int, own: Sequence[int] = ()) -> tuple[int, int]:
        """The least and the greatest value that one person in a block can have.

        `own` are values in it that the reader gave. Raises `ContradictionError` where no values
        agree with the facts.
        """
        low, high = self._bound_sum(block, own)
        unknown = self.blocks[block]
        others = unknown.people - 1 - len(own)
        taken = sum(own)
        least = ceil(low - taken - others * unknown.highest - _TOLERANCE)
        most = floor(high - taken - others * unknown.lowest + _TOLERANCE)
        return max(unknown.lowest, least), min(unknown.highest, most)

    def is_narrowed(self, block: int) -> bool:
        """Whether more is known of the sum of a block than its scale tells."""
        low, high = self._bound_sum(block, ())
        least, most = self._bound_alone(block, ())
        return low > least + _TOLERANCE or high < most - _TOLERANCE

    def _bound_sum(self, block: int, own: Sequence[int]) -> tuple[float, float]:
        """The least and the greatest sum of a block, where one value in some blocks is known."""
        facts = self._find_facts_binding(block)
        members = sorted({block, *(each for fact in facts for each in fact.weights)})
        bounds = [self._bound_alone(each, own if each == block else ()) for each in members]
        here = members.index(block)
        if len(members) == 1:
            return _intersect(bounds[0], facts, block)
        rows = np.array([[fact.weights.get(each, 0.0) for each in members] for fact in facts])
        limits = np.array([fact.high for fact in facts] + [-fact.low for fact in facts])
        goal = np.zeros(len(members))
        ends = []
        for sign in (1.0, -1.0):
            goal[here] = sign
            found = linprog(goal, A_ub=np.vstack([rows, -rows]), b_ub=limits, bounds=bounds)
            if not found.success:
                raise ContradictionError(found.message)
            ends.append(sign * float(found.fun))
        return ends[0], ends[1]

    def _find_facts_binding(self, block: int) -> list[Fact]:
        """The facts that a block depends on, also by way of other blocks."""
        reached, found = {block}, []
        remaining = self.facts
        while linked := [fact for fact in remaining if reached & fact.weights.keys()]:
            remaining = [fact for fact in remaining if not reached & fact.weights.keys()]
            found += linked
            reached |= {each for fact in linked for each in fact.weights}
        return found

    def _bound_alone(self, block: int, own: Sequence[int]) -> tuple[float, float]:
        each = self.blocks[block]
        others = each.people - len(own)
        return sum(own) + others * each.lowest, sum(own) + others * each.highest


def _intersect(
    alone: tuple[float, float], facts: Sequence[Fact], block: int
) -> tuple[float, float]:
    low = max([alone[0], *(fact.low / fact.weights[block] for fact in facts)])
    high = min([alone[1], *(fact.high / fact.weights[block] for fact in facts)])
    if low > high + _TOLERANCE:
        raise ContradictionError(f"a sum from {low} to {high}")
    return low, high
