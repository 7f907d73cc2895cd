"""The most that any assignment could give, by what its options are worth to some of the people.

A mentor counts with the best of their matches. So each mentor for whom anything counts is two:
one place at which it does, and the rest, at which only what the mentee gets counts. Then it is a
minimum-cost flow; with people who may be mentor or mentee it is a linear program in whole numbers.
"""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from peerloom.matching.flow import Flow
from peerloom.matching.market import NOBODY, Ints, Market

# The solver's own count of its steps, the same on any machine.
_MOST_STEPS = 2_000


def ceiling(market: Market, to_mentees: Ints, to_mentor: Ints) -> int | None:
    """The greatest sum there is, or nothing where it takes too long to find.

    Each option that is taken counts with what it is worth `to_mentees`, and of those of one
    mentor the greatest of what they are worth `to_mentor`. Both are 0 or more.
    """
    split = _Split.of(market, to_mentees, to_mentor)
    if not len(split.option):
        return 0
    return split.by_flow() if market.is_plain else split.by_steps()


@dataclass(frozen=True, slots=True)
class _Split:
    """Options at the first place of a mentor or at another, each with its worth."""

    market: Market
    option: Ints
    node: Ints
    worth: Ints
    places: Ints

    @classmethod
    def of(cls, market: Market, to_mentees: Ints, to_mentor: Ints) -> "_Split":
        many = len(market.places)
        counts = np.zeros(many, dtype=np.bool_)
        counts[market.mentor[to_mentor > 0]] = True
        first = np.flatnonzero(to_mentees + to_mentor > 0)
        # A mentor who does not count needs no second copy, and has all places at the first.
        rest = np.flatnonzero((to_mentees > 0) & (market.mentor != NOBODY) & counts[market.mentor])
        mentor = market.mentor[first]
        return cls(
            market,
            np.concatenate([first, rest]),
            np.concatenate([mentor, market.mentor[rest] + many]),
            np.concatenate([to_mentees[first] + to_mentor[first], to_mentees[rest]]),
            np.concatenate(
                [
                    np.where(counts, np.minimum(market.places, 1), market.places),
                    np.where(counts, np.maximum(market.places - 1, 0), 0),
                ]
            ),
        )

    def by_flow(self) -> int:
        """The greatest worth where nobody has a choice of roles."""
        seekers, seeker = np.unique(self.market.seeker[self.option], return_inverse=True)
        nodes, node = np.unique(self.node, return_inverse=True)
        nothing = np.zeros_like(self.worth)
        network = replace(
            self.market,
            sizes=np.ones_like(seekers),
            waited=np.zeros_like(seekers),
            places=self.places[nodes],
            mentor_waited=np.zeros_like(nodes),
            seeker=seeker,
            mentor=node,
            peer=np.full_like(nothing, NOBODY),
            value=self.worth,
            peer_value=nothing,
        )
        return -Flow(network).least(-self.worth, np.zeros_like(nodes))

    def by_steps(self) -> int | None:
        """The greatest worth where some have one role of two."""
        rows = self._rows()
        seekers = len(self.market.sizes)
        most = np.concatenate([np.ones(seekers), self.places])
        for _, mentor in self.market.twins:
            most[[seekers + mentor, seekers + mentor + len(self.market.places)]] = 0
        gain = np.concatenate([self.worth, np.zeros(len(self.market.twins))])
        found = milp(
            -gain,
            integrality=np.ones_like(gain),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, -np.inf, most),
            options={"mip_rel_gap": 0, "node_limit": _MOST_STEPS},
        )
        return round(-found.fun) if found.success else None

    def _rows(self) -> sp.csc_matrix[np.float64]:
        """Seekers, then places; options, then twins: whether each of them mentors."""
        market, seekers, many = self.market, len(self.market.sizes), len(self.market.places)
        column = np.arange(len(self.option))
        peer = market.peer[self.option]
        is_peers = peer != NOBODY
        row = [market.seeker[self.option], peer[is_peers], seekers + self.node[~is_peers]]
        at = [column, column[is_peers], column[~is_peers]]
        value = [np.ones(len(r)) for r in row]
        for n, (seeker, mentor) in enumerate(market.twins, start=len(column)):
            nodes = np.array([mentor, mentor + many])
            row += [np.array([seeker]), seekers + nodes]
            at += [np.array([n]), np.array([n, n])]
            value += [np.ones(1), -self.places[nodes].astype(np.float64)]
        return sp.csc_matrix(
            (np.concatenate(value), (np.concatenate(row), np.concatenate(at))),
            shape=(seekers + len(self.places), len(column) + len(market.twins)),
        )
