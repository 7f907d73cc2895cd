"""The best of all assignments, in the order of what matters most.

1. The most people are matched, mentors who have somebody among them.
2. Of those, the ones who waited longest: the greatest sum of their ranks.
3. The fewest mentees have less than the floor, a share of the best that each could have.
4. The worst quarter of the mentees get as large a share as possible.
5. The greatest sum of scores.

`docs/decisions/0005-the-order-of-matching.md` says it exactly, and why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from peerloom.matching.arrays import Bools, Ints
from peerloom.matching.assignment.min_cost_flow import MinCostFlow
from peerloom.matching.assignment.open_roles import OpenRoleProgram
from peerloom.matching.assignment.problem import NO_NUMBER, AssignmentProblem

# A share of the best is a whole number of percent, rounded down.
WHOLE = 100
# The share that three quarters can have is looked for in steps of this many percent.
_STEP = 5
# With open roles and more options than this, only this many of each seeker are considered.
_EVERY_OPTION, _BEST_OF_EACH = 1500, 6


# Either finds the least cost, and can keep to it from then on.
_Engine = MinCostFlow | OpenRoleProgram


@dataclass(frozen=True, slots=True)
class _Aim:
    """A cost of each option and of each mentor who has a mentee; their sum is minimized."""

    option_costs: Ints
    mentor_costs: Ints


def solve_assignment(
    problem: AssignmentProblem, floor: float, earlier: Bools | None = None
) -> Bools:
    """Which options to take.

    `floor` is a share between 0 and 1. With `earlier`, as many of those options as possible are
    kept, which counts after aim 2.
    """
    earlier = np.zeros(len(problem.seeker), dtype=np.bool_) if earlier is None else earlier
    if not len(problem.seeker):
        return earlier
    best = problem.best_values()
    if problem.has_fixed_roles:
        return _meet_all_aims(MinCostFlow(problem), problem, best, floor, earlier)
    rows = np.flatnonzero(_best_of_each(problem) | earlier)
    some = problem.keep_options(rows)
    program = OpenRoleProgram(some, _match_in_fixed_roles(some, floor, earlier[rows]))
    taken = np.zeros_like(earlier)
    taken[rows] = _meet_all_aims(program, some, best, floor, earlier[rows])
    return taken


def _match_in_fixed_roles(problem: AssignmentProblem, floor: float, earlier: Bools) -> Bools:
    """The best assignment if every second person with an open role mentors, without peers."""
    no_mentees = [seeker for seeker, _ in problem.open_roles[::2]]
    no_mentors = [mentor for _, mentor in problem.open_roles[1::2]]
    suits = ~np.isin(problem.seeker, no_mentees) & ~np.isin(problem.mentor, no_mentors)
    rows = np.flatnonzero(suits & (problem.peer == NO_NUMBER))
    fixed = replace(problem.keep_options(rows), open_roles=())
    taken = np.zeros_like(earlier)
    taken[rows] = solve_assignment(fixed, floor, earlier[rows])
    return taken


def _best_of_each(problem: AssignmentProblem) -> Bools:
    """All options or, of many, the few best of each seeker with a mentor, and with a peer."""
    is_best = np.full(len(problem.seeker), len(problem.seeker) <= _EVERY_OPTION)
    worth = problem.value + problem.peer_value
    for kind in (problem.peer == NO_NUMBER, problem.peer != NO_NUMBER):
        rows = np.flatnonzero(kind)
        order = rows[np.lexsort((rows, -worth[rows], problem.seeker[rows]))]
        seeker = problem.seeker[order]
        rank = np.arange(len(order)) - np.searchsorted(seeker, seeker)
        is_best[order[rank < _BEST_OF_EACH]] = True
    return is_best


def _meet_all_aims(
    engine: _Engine, problem: AssignmentProblem, best: Ints, floor: float, earlier: Bools
) -> Bools:
    """The options that meet all aims, where shares are of the `best` that each could have."""
    aims = _Aims(problem, best)
    below_floor = aims.mentees_below(round(floor * WHOLE))
    first_aims = [
        aims.matched_people(),
        aims.longest_waiting(),
        aims.kept_proposals(earlier),
        below_floor,
    ]
    _meet_aims(engine, first_aims, problem)
    share = _best_quarter_share(engine, aims)
    _meet_aims(engine, [aims.missing_to(share), aims.greatest_total()], problem)
    return engine.chosen_options()


def _meet_aims(engine: _Engine, aims: Iterable[_Aim], problem: AssignmentProblem) -> None:
    """Meet one aim after another, several at once where their costs fit into one number."""
    for aim in _merge_aims(list(aims), engine.most_cost, len(problem.sizes)):
        engine.minimize(aim.option_costs, aim.mentor_costs)
        engine.keep_optimal()


def _merge_aims(aims: list[_Aim], most_cost: int, seekers: int) -> Iterator[_Aim]:
    """Aims joined as digits of one number as far as its sums stay exact; idle ones left out."""
    aims = [aim for aim in aims if aim.option_costs.any() or aim.mentor_costs.any()]
    while aims:
        merged, *aims = aims
        while aims:
            base = 2 * _cost_bound(aims[0], seekers) + 1
            if (_cost_bound(merged, seekers) + 1) * base > most_cost:
                break
            following, *aims = aims
            merged = _Aim(
                merged.option_costs * base + following.option_costs,
                merged.mentor_costs * base + following.mentor_costs,
            )
        yield merged


def _cost_bound(aim: _Aim, seekers: int) -> int:
    """A bound on how far a sum of costs is from 0: each seeker takes one option at most."""
    highest = int(np.abs(aim.option_costs).max(initial=0))
    return highest * seekers + int(np.abs(aim.mentor_costs).sum())


def _best_quarter_share(engine: _Engine, aims: "_Aims") -> int:
    """The highest share, in percent, below which at most a quarter of the mentees need to be."""
    low, high = aims.quarter_share(engine.chosen_options()) // _STEP, WHOLE // _STEP
    while low < high:
        middle = (low + high + 1) // 2
        aim = aims.excess_over_quarter(middle * _STEP)
        if engine.minimize(aim.option_costs, aim.mentor_costs) <= 0:
            low = middle
        else:
            high = middle - 1
    return low * _STEP


class _Aims:
    """The costs of each aim."""

    def __init__(self, problem: AssignmentProblem, best: Ints) -> None:
        self._problem = problem
        self._size = problem.sizes[problem.seeker]
        self._share = _shares(problem.value, best[problem.seeker])
        # 1 for peers; where there is no peer, what is looked up for them is multiplied by 0.
        self._peer = (problem.peer != NO_NUMBER).astype(np.int64)
        self._peer_share = _shares(problem.peer_value, best[problem.peer])
        self._no_costs = np.zeros(len(problem.places), dtype=np.int64)

    def matched_people(self) -> _Aim:
        return _Aim(-self._size - self._peer, self._no_costs - 1)

    def longest_waiting(self) -> _Aim:
        problem, ranks = self._problem, self._problem.seeker_ranks
        waited = ranks[problem.seeker] + self._peer * ranks[problem.peer]
        return _Aim(-waited, -problem.mentor_ranks)

    def kept_proposals(self, earlier: Bools) -> _Aim:
        return _Aim(-earlier.astype(np.int64), self._no_costs)

    def mentees_below(self, share: int) -> _Aim:
        """How many mentees have less than a share."""
        below = self._size * (self._share < share) + self._peer * (self._peer_share < share)
        return _Aim(below, self._no_costs)

    def excess_over_quarter(self, share: int) -> _Aim:
        """Positive when more than a quarter of the mentees have less than a share."""
        costs = 4 * self.mentees_below(share).option_costs - self._size - self._peer
        return _Aim(costs, self._no_costs)

    def quarter_share(self, taken: Bools) -> int:
        """The highest share below which at most a quarter of the matched mentees are."""
        sizes = np.concatenate([self._size[taken], self._peer[taken]])
        shares = np.concatenate([self._share[taken], self._peer_share[taken]])
        order = np.argsort(shares, kind="stable")
        beyond = np.flatnonzero(np.cumsum(sizes[order]) * 4 > sizes.sum())
        return int(shares[order][beyond[0]]) if len(beyond) else WHOLE

    def missing_to(self, share: int) -> _Aim:
        """How far all mentees together fall short of a share."""
        missing = self._size * np.maximum(share - self._share, 0)
        peers_missing = self._peer * np.maximum(share - self._peer_share, 0)
        return _Aim(missing + peers_missing, self._no_costs)

    def greatest_total(self) -> _Aim:
        problem = self._problem
        value = self._size * problem.value + self._peer * problem.peer_value
        return _Aim(-value, self._no_costs)


def _shares(value: Ints, best: Ints) -> Ints:
    """Shares of the best in percent; where the best is nothing, nothing is missing."""
    shares: Ints = np.where(best > 0, value * WHOLE // np.maximum(best, 1), WHOLE)
    return shares
