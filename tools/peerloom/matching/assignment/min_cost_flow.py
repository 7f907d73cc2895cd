"""The assignment of least cost where everybody's role is known, as a minimum-cost flow."""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from peerloom.matching.arrays import Bools, Ints
from peerloom.matching.assignment.problem import AssignmentProblem

# OR-tools multiplies costs by the number of nodes, in 64 bits.
_MOST_COST = 2**61


class MinCostFlow:
    """A problem as a network: source, seekers, mentors, sink.

    A mentor's first place is an arc of its own, so that there can be a cost to having any mentee.
    The arc from source to sink takes the seekers who stay without a mentor.
    """

    def __init__(self, problem: AssignmentProblem) -> None:
        seekers, mentors = len(problem.sizes), len(problem.places)
        self._nodes = seekers + mentors + 2
        source, sink = self._nodes - 2, self._nodes - 1
        mentor_nodes = np.arange(mentors) + seekers
        self._options, self._mentors = len(problem.seeker), mentors
        # Arcs: options, first places, further places, seekers, and staying without a mentor.
        self._tail = np.concatenate(
            [problem.seeker, mentor_nodes, mentor_nodes, np.full(seekers, source), [source]]
        )
        to_sink = np.full(2 * mentors, sink)
        self._head = np.concatenate([problem.mentor + seekers, to_sink, np.arange(seekers), [sink]])
        first = np.minimum(problem.places, 1)
        self._most = np.concatenate(
            [np.ones(self._options), first, problem.places - first, np.ones(seekers), [seekers]]
        ).astype(np.int64)
        self._least = np.zeros_like(self._most)
        self._cost = np.zeros_like(self._most)
        self._flow = np.zeros_like(self._most)
        self._supply = np.zeros(self._nodes, dtype=np.int64)
        self._supply[[source, sink]] = seekers, -seekers

    @property
    def most_cost(self) -> int:
        """The greatest sum of costs that can be computed exactly."""
        return _MOST_COST // (self._nodes + 1)

    def minimize(self, option_costs: Ints, mentor_costs: Ints) -> int:
        """The least cost, where each option and each mentor who has anybody has a cost."""
        self._cost[:] = 0
        self._cost[: self._options] = option_costs
        self._cost[self._options : self._options + self._mentors] = mentor_costs
        self._flow = self._solve()
        return int(self._cost @ self._flow)

    def _solve(self) -> Ints:
        """A flow of least cost. What every flow must carry is sent beforehand."""
        network = SimpleMinCostFlow()
        is_open = np.flatnonzero(self._most > self._least)
        arcs = network.add_arcs_with_capacity_and_unit_cost(
            self._tail[is_open].astype(np.int32),
            self._head[is_open].astype(np.int32),
            (self._most - self._least)[is_open],
            self._cost[is_open],
        )
        supply = self._supply.copy()
        np.subtract.at(supply, self._tail, self._least)
        np.add.at(supply, self._head, self._least)
        network.set_nodes_supplies(np.arange(self._nodes, dtype=np.int32), supply)
        status = network.solve()
        assert status == network.OPTIMAL, status
        flow = self._least.copy()
        flow[is_open] += network.flows(np.asarray(arcs, dtype=np.int32))
        return flow

    def keep_optimal(self) -> None:
        """Allow from now on only what costs as little as the last answer.

        An arc whose reduced cost is above 0 carries nothing in any flow of least cost, and one
        whose reduced cost is below 0 carries all that it can (complementary slackness; Ahuja,
        Magnanti & Orlin 1993, ch. 9).
        """
        distance = self._potentials()
        reduced = self._cost + distance[self._tail] - distance[self._head]
        self._most = np.where(reduced > 0, self._least, self._most)
        self._least = np.where(reduced < 0, self._most, self._least)

    def _potentials(self) -> Ints:
        """Shortest distances in the residual network of the last flow (Bellman and Ford)."""
        forward, backward = self._flow < self._most, self._flow > self._least
        tail = np.concatenate([self._tail[forward], self._head[backward]])
        head = np.concatenate([self._head[forward], self._tail[backward]])
        cost = np.concatenate([self._cost[forward], -self._cost[backward]])
        order = np.argsort(head, kind="stable")
        tail, head, cost = tail[order], head[order], cost[order]
        starts = np.flatnonzero(np.diff(head, prepend=-1))
        distance = np.zeros(self._nodes, dtype=np.int64)
        while True:
            nearest = np.minimum.reduceat(distance[tail] + cost, starts)
            if not bool((nearest < distance[head[starts]]).any()):
                return distance
            distance[head[starts]] = np.minimum(nearest, distance[head[starts]])

    def chosen_options(self) -> Bools:
        """Which options the last answer takes."""
        return self._flow[: self._options] > 0
