"""Least cost with mentors on one side and seekers on the other, by a minimum-cost flow.

OR-tools is imported here alone.
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from peerloom.matching.market import Bools, Ints, Market

# OR-tools multiplies costs by the number of nodes, in 64 bits.
_MOST = 2**61


class Flow:
    """A market as a network: source, seekers, mentors, sink.

    A mentor's first place is an arc of its own, so that it can count whether they have anybody.
    The source's arc to the sink takes those who stay unmatched.
    """

    def __init__(self, market: Market) -> None:
        seekers, mentors = len(market.sizes), len(market.places)
        self._nodes = seekers + mentors + 2
        source, sink = self._nodes - 2, self._nodes - 1
        ids = np.arange(mentors) + seekers
        self._options, self._mentors = len(market.seeker), mentors
        self._tail = np.concatenate(
            [market.seeker, ids, ids, np.full(seekers, source), [source]]
        ).astype(np.int64)
        self._head = np.concatenate(
            [
                market.mentor + seekers,
                np.full(mentors, sink),
                np.full(mentors, sink),
                np.arange(seekers),
                [sink],
            ]
        ).astype(np.int64)
        self._most = np.concatenate(
            [
                np.ones(self._options),
                np.minimum(market.places, 1),
                np.maximum(market.places - 1, 0),
                np.ones(seekers),
                [seekers],
            ]
        ).astype(np.int64)
        self._least = np.zeros_like(self._most)
        self._cost = np.zeros_like(self._most)
        self._flow = np.zeros_like(self._most)
        self._supply = np.zeros(self._nodes, dtype=np.int64)
        self._supply[[source, sink]] = seekers, -seekers

    @property
    def most_cost(self) -> int:
        """The greatest sum of costs that can be reckoned with."""
        return _MOST // (self._nodes + 1)

    def least(self, option: Ints, first: Ints) -> int:
        """The least cost there is, of options and of mentors who have anybody."""
        self._cost[:] = 0
        self._cost[: self._options] = option
        self._cost[self._options : self._options + self._mentors] = first
        self._flow = self._solved()
        return int(self._cost @ self._flow)

    def _solved(self) -> Ints:
        """A flow of least cost; what every flow must hold is sent beforehand."""
        network = SimpleMinCostFlow()
        open_ = np.flatnonzero(self._most > self._least)
        arcs = network.add_arcs_with_capacity_and_unit_cost(
            self._tail[open_].astype(np.int32),
            self._head[open_].astype(np.int32),
            (self._most - self._least)[open_],
            self._cost[open_],
        )
        supply = self._supply.copy()
        np.subtract.at(supply, self._tail, self._least)
        np.add.at(supply, self._head, self._least)
        network.set_nodes_supplies(np.arange(self._nodes, dtype=np.int32), supply)
        status = network.solve()
        assert status == network.OPTIMAL, status
        flow = self._least.copy()
        flow[open_] += network.flows(np.asarray(arcs, dtype=np.int32))
        return flow

    def keep(self) -> None:
        """From now on, only what costs as little as the last answer.

        An arc whose reduced cost is above 0 carries nothing in any flow of least cost, and one
        whose is below 0 all it can (complementary slackness).
        """
        at = self._potentials()
        reduced = self._cost + at[self._tail] - at[self._head]
        self._most = np.where(reduced > 0, self._least, self._most)
        self._least = np.where(reduced < 0, self._most, self._least)

    def _potentials(self) -> Ints:
        """Distances in what is left of the last flow, by Bellman and Ford's steps."""
        more, less = self._flow < self._most, self._flow > self._least
        tail = np.concatenate([self._tail[more], self._head[less]])
        head = np.concatenate([self._head[more], self._tail[less]])
        cost = np.concatenate([self._cost[more], -self._cost[less]])
        order = np.argsort(head, kind="stable")
        tail, head, cost = tail[order], head[order], cost[order]
        starts = np.flatnonzero(np.diff(head, prepend=-1))
        at = np.zeros(self._nodes, dtype=np.int64)
        while True:
            nearer = np.minimum.reduceat(at[tail] + cost, starts)
            if not bool((nearer < at[head[starts]]).any()):
                return at
            at[head[starts]] = np.minimum(nearer, at[head[starts]])

    def chosen(self) -> Bools:
        """Which options the last answer takes."""
        return self._flow[: self._options] > 0
