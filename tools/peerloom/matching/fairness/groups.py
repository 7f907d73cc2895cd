"""Who a proposal matches how well, by groups, against the best that each group could have.

People count, not pairs: somebody who has nobody counts with 0, a mentor with the best of their
matches. What a group could have is the most that any assignment could give it, whatever became
of all others, with the same constraints, places and pins, and by the options that were looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from peerloom.matching.fairness.ceiling import ceiling
from peerloom.matching.fairness.cells import Cell, Given, given, grouped, members
from peerloom.matching.market import NOBODY, UNIT, Bools, Ints
from peerloom.matching.proposal import Proposal

# Options of the market that are gone through for all groups together, before the rest go without.
_MOST_WORK = 3_000_000
# How much slower it is where people may be mentor or mentee.
_SLOWER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFairness:
    """How many `people` of a group are `matched`, and the mean `score` of all of them.

    Somebody who signed up as mentor and as mentee counts as each.

    `most` and `best` are the greatest that any assignment could give the group, each for itself;
    absent where there are too many people to find them.
    """

    group: str
    people: int
    matched: int
    most: int | None
    score: float
    best: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeFairness:
    """The groups by an attribute, and how many are withheld so that nobody can be told apart."""

    attribute: str
    groups: tuple[GroupFairness, ...]
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """What a proposal gives to whom."""

    attributes: tuple[AttributeFairness, ...]


def fairness(proposal: Proposal) -> Fairness:
    """What a proposal gives each group of five people or more."""
    could = _Could(proposal)
    has = given(proposal, proposal.scorer.averages)
    return Fairness(
        attributes=tuple(
            AttributeFairness(
                attribute=cells.attribute,
                groups=tuple(_group(cell, has, could) for cell in cells.cells),
                withheld=cells.withheld,
            )
            for cells in grouped(proposal.pool.program, members(proposal))
        )
    )


def _group(cell: Cell, has: Given, could: "_Could") -> GroupFairness:
    many = len(cell.members)
    most, best = could.be(cell)
    return GroupFairness(
        group=cell.name,
        people=many,
        matched=has.matched(cell),
        most=most,
        score=has.total(cell) / many / UNIT,
        best=None if best is None else best / many / UNIT,
    )


class _Could:
    """What groups could have in a proposal's market."""

    def __init__(self, proposal: Proposal) -> None:
        self._market = proposal.market
        self._is_peers = proposal.market.peer != NOBODY
        self._fixed = given(proposal, proposal.scorer.averages, only_fixed=True)
        self._has = np.full(len(proposal.market.places), -1, dtype=np.int64)
        for mentor, value in self._fixed.mentors.items():
            self._has[mentor] = value
        self._work = _MOST_WORK

    def be(self, cell: Cell) -> tuple[int | None, int | None]:
        """The most members of a group that could be matched, and the greatest sum of scores."""
        seekers = np.zeros(len(self._market.sizes), dtype=np.int64)
        mentors = np.zeros(len(self._market.places), dtype=np.bool_)
        np.add.at(seekers, [m.seeker for m in cell.members if m.seeker is not None], 1)
        mentors[[m.mentor for m in cell.members if m.mentor is not None]] = True
        self._work -= self._needed(seekers, mentors)
        if self._work < 0:
            return None, None
        return self._most(cell, seekers, mentors), self._best(cell, seekers, mentors)

    def _needed(self, seekers: Ints, mentors: Bools) -> int:
        market = self._market
        concerned = (seekers[market.seeker] > 0) | mentors[market.mentor] | self._is_peers
        return int(concerned.sum()) * (1 if market.is_plain else _SLOWER)

    def _most(self, cell: Cell, seekers: Ints, mentors: Bools) -> int | None:
        market = self._market
        mentees = seekers[market.seeker] + self._is_peers * seekers[market.peer]
        is_new = mentors[market.mentor] & ~self._is_peers & (self._has[market.mentor] < 0)
        more = ceiling(market, mentees, is_new.astype(np.int64))
        return None if more is None else self._fixed.matched(cell) + more

    def _best(self, cell: Cell, seekers: Ints, mentors: Bools) -> int | None:
        market = self._market
        mentees = seekers[market.seeker] * market.value
        mentees += self._is_peers * seekers[market.peer] * market.peer_value
        better = np.maximum(market.value - np.maximum(self._has[market.mentor], 0), 0)
        counts = mentors[market.mentor] & ~self._is_peers
        more = ceiling(market, mentees, better * counts)
        return None if more is None else self._fixed.total(cell) + more


def fairness_as_value(found: Fairness) -> dict[str, Any]:
    """The figures for programs."""
    return {
        attribute.attribute: {
            "groups": [
                {
                    "group": group.group,
                    "people": group.people,
                    "matched": group.matched,
                    "most_matched": group.most,
                    "score": round(group.score, 4),
                    "best_score": None if group.best is None else round(group.best, 4),
                }
                for group in attribute.groups
            ],
            "withheld": attribute.withheld,
        }
        for attribute in found.attributes
    }


def fairness_as_lines(found: Fairness) -> Iterator[str]:
    """The figures for people."""
    yield "How groups fare, and the most that any assignment could give each of them alone:"
    for attribute in found.attributes:
        yield f"  by {attribute.attribute}:"
        yield from (f"    {_line(group)}" for group in attribute.groups)
        if attribute.withheld:
            yield f"    {withheld(attribute.withheld)}"


def withheld(groups: int) -> str:
    """Why some groups are not told of."""
    return (
        f"{groups} group{'' if groups == 1 else 's'} withheld, so that no group of fewer than "
        "five people can be told apart"
    )


def _line(group: GroupFairness) -> str:
    most = "" if group.most is None else f" ({group.most} could be)"
    best = "" if group.best is None else f" ({group.best:.2f} could be)"
    return (
        f"{group.group}: {group.matched} of {group.people} matched{most}, "
        f"mean score {group.score:.2f}{best}"
    )
