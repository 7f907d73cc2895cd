"""Who of those who would be mentor or mentee becomes which, or a peer: a program in whole numbers.

A choice of roles couples a seeker with a mentor, which no flow can say. So roles are settled
first, by one program, and everything else with them settled.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from peerloom.matching.market import NOBODY, Bools, Ints, Market

# The solver's own count of work, the same on any machine; the best by then is taken.
_NODES, _NODES_BY_SIZE = 20_000, 2_000_000
# It reckons in floating point, where a unit could be lost in greater sums.
_MOST = 10**7

_Entry = tuple[int, int, int]


class Roles:
    """A market in which a person has one role.

    A variable for each option, whether it is taken, and for each mentor, whether they have
    anybody.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._options, mentors = len(market.seeker), len(market.places)
        rows, most = _rows(market)
        line, column, value = (np.array(part) for part in zip(*rows, strict=True))
        shape = (len(most), self._options + mentors)
        self._held = sp.csr_matrix((value.astype(np.float64), (line, column)), shape=shape)
        self._most = np.array(most, dtype=np.float64)
        self._cost = self._answer = np.zeros(self._options + mentors)

    @property
    def most_cost(self) -> int:
        """The greatest sum of costs that can be reckoned with."""
        return _MOST

    def least(self, option: Ints, first: Ints) -> int:
        """The least cost that is found, of options and of mentors who have anybody."""
        self._cost = np.concatenate([option, first]).astype(np.float64)
        nodes = min(_NODES, 1 + _NODES_BY_SIZE // len(self._cost))
        with _silent():
            found = milp(
                self._cost,
                integrality=np.ones(len(self._cost), dtype=np.int64),
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(self._held, -np.inf, self._most),
                options={"node_limit": nodes, "mip_rel_gap": 0},
            )
        if found.x is not None:
            self._answer = np.round(found.x)
        return round(float(self._cost @ self._answer))

    def keep(self) -> None:
        """From now on, only what costs as little as the last answer."""
        row = sp.csr_matrix(self._cost[None, :])
        self._held = sp.csr_matrix(sp.vstack([self._held, row]))
        self._most = np.append(self._most, self._cost @ self._answer)

    def chosen(self) -> Bools:
        """Which options the last answer takes."""
        taken: Bools = self._answer[: self._options] > 0
        return taken

    def settled(self) -> tuple[Bools, Bools]:
        """The options with peers that the last answer takes, and who mentors in it."""
        peers: Bools = self.chosen() & (self._market.peer != NOBODY)
        mentors: Bools = self._answer[self._options :] > 0
        return peers, mentors


def best_peers(market: Market) -> tuple[Bools, Bools]:
    """Peers who fit best, one after another, and who mentors.

    Of those who are no peers, who fit best as mentor and mentee get these roles in the same way,
    and the rest mentor.
    """
    taken = np.zeros(len(market.seeker), dtype=np.bool_)
    learns: set[int] = set()
    for n in _best_first(market, market.peer != NOBODY):
        two = {int(market.seeker[n]), int(market.peer[n])}
        if learns.isdisjoint(two):
            learns |= two
            taken[n] = True
    mentors = np.ones(len(market.places), dtype=np.bool_)
    as_mentor = dict(market.twins)
    as_seeker = {mentor: seeker for seeker, mentor in market.twins}
    given: Counter[int] = Counter()
    for n in _best_first(market, market.peer == NOBODY):
        seeker, mentor = int(market.seeker[n]), int(market.mentor[n])
        if seeker not in as_mentor or mentor not in as_seeker:
            continue
        is_free = learns.isdisjoint((seeker, as_seeker[mentor])) and not given[as_mentor[seeker]]
        if is_free and given[mentor] < market.places[mentor]:
            learns.add(seeker)
            given[mentor] += 1
            mentors[as_mentor[seeker]] = False
    return taken, mentors


def _best_first(market: Market, rows: Bools) -> list[int]:
    at = np.flatnonzero(rows)
    found: list[int] = at[np.lexsort((at, -market.value[at] - market.peer_value[at]))].tolist()
    return found


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing reaches the terminal: the solver tells it of some of its own troubles."""
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


def _rows(market: Market) -> tuple[list[_Entry], list[int]]:
    """What must hold, as row, column and number, and what each row may sum to at most."""
    used = len(market.seeker)
    by_seeker: list[list[int]] = [[] for _ in market.sizes]
    by_mentor: list[list[int]] = [[] for _ in market.places]
    for n, (seeker, mentor, peer) in enumerate(
        zip(market.seeker.tolist(), market.mentor.tolist(), market.peer.tolist(), strict=True)
    ):
        by_seeker[seeker].append(n)
        (by_mentor[mentor] if peer == NOBODY else by_seeker[peer]).append(n)
    rows: list[_Entry] = []
    most: list[int] = []

    def add(columns: Iterable[tuple[int, int]], limit: int) -> None:
        rows.extend((len(most), column, value) for column, value in columns)
        most.append(limit)

    for options in by_seeker:
        add([(n, 1) for n in options], 1)
    for mentor, options in enumerate(by_mentor):
        add([*((n, 1) for n in options), (used + mentor, -int(market.places[mentor]))], 0)
        add([*((n, -1) for n in options), (used + mentor, 1)], 0)
    for seeker, mentor in market.twins:
        add([*((n, 1) for n in by_seeker[seeker]), (used + mentor, 1)], 1)
        for n in by_mentor[mentor]:  # it follows from the rows above, and shortens the search
            add([(n, 1), (used + mentor, -1)], 0)
    return rows, most
