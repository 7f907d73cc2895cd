"""The best of all assignments, in the order of what matters most.

1. The most people are matched, mentors who have somebody among them.
2. Of those, the ones who waited longest: the greatest sum of their ranks.
3. The fewest mentees have less than the floor, a share of the best that each could have.
4. The least falls short of the highest share that three quarters of the mentees can have.
5. The greatest sum of scores.

`docs/decisions/0005-the-order-of-matching.md` says it exactly, and why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from peerloom.matching.flow import Flow
from peerloom.matching.market import NOBODY, Bools, Ints, Market
from peerloom.matching.roles import Roles, best_peers

# A share of the best is a whole number of percent, rounded down.
WHOLE = 100
# The share that three quarters can have is looked for in steps of so many percent.
_STEP = 5
# With open roles, all aims are met in one program for up to so many options. Of more, roles are
# settled by the best of each seeker, and by one program for up to so many of these.
_EXACT, _EACH, _SETTLED = 1500, 6, 6000


class _Engine(Protocol):
    """What finds the least cost, and can keep to it from then on."""

    @property
    def most_cost(self) -> int: ...
    def least(self, option: Ints, first: Ints) -> int: ...
    def keep(self) -> None: ...
    def chosen(self) -> Bools: ...


@dataclass(frozen=True, slots=True)
class _Aim:
    """A cost of each option, and of each mentor who has anybody, to be as small as can be."""

    option: Ints
    first: Ints

    @property
    def is_idle(self) -> bool:
        """Whether it makes no difference."""
        return not self.option.any() and not self.first.any()


def optimum(market: Market, floor: float, kept: Bools | None = None) -> Bools:
    """Which options to take. With `kept`, as many of those as can be stay, after aim 2.

    Where some would be mentor or mentee, one program in whole numbers meets all aims. Of many
    options it settles only the roles and who are peers, by the best options of each, as in an
    assignment that meets aims 1, 2 and 5; the others are met in these roles. Of very many, peers
    are who fit best one after another, and who is left of them mentors.
    """
    kept = np.zeros(len(market.seeker), dtype=np.bool_) if kept is None else kept
    if not len(market.seeker):
        return kept
    if market.is_plain:
        return _all_met(Flow(market), market, market.best(), floor, kept)
    if len(market.seeker) <= _EXACT:
        return _all_met(Roles(market), market, market.best(), floor, kept)
    few = np.flatnonzero(_best_of_each(market) | kept)
    some = market.only(few)
    if len(few) <= _SETTLED:
        view, roles = _View(some, market.best()), Roles(some)
        aims = [view.people(), view.waiting(), view.keeping(kept[few]), view.total()]
        _meet(roles, aims, some)
        peers, mentors = roles.settled()
    else:
        peers, mentors = best_peers(some)
    taken = np.zeros_like(kept)
    taken[few] = peers
    left = market.in_roles(taken, mentors)
    rest = market.only(left)
    taken[left] = _all_met(Flow(rest), rest, market.best(), floor, kept[left])
    return taken


def _best_of_each(market: Market) -> Bools:
    """The few best options of each seeker with a mentor, and with a peer."""
    found = np.zeros(len(market.seeker), dtype=np.bool_)
    for rows in (market.peer == NOBODY, market.peer != NOBODY):
        at = np.flatnonzero(rows)
        order = at[np.lexsort((at, -market.value[at] - market.peer_value[at], market.seeker[at]))]
        seeker = market.seeker[order]
        rank = np.arange(len(order)) - np.searchsorted(seeker, seeker)
        found[order[rank < _EACH]] = True
    return found


def _all_met(engine: _Engine, market: Market, best: Ints, floor: float, kept: Bools) -> Bools:
    """What meets all aims, by shares of the best that each could have."""
    view = _View(market, best)
    below = view.below(round(floor * WHOLE))
    _meet(engine, [view.people(), view.waiting(), view.keeping(kept), below], market)
    quarter = _quarter(engine, view)
    _meet(engine, [view.short_of(quarter), view.total()], market)
    return engine.chosen()


def _meet(engine: _Engine, aims: Iterable[_Aim], market: Market) -> None:
    """Meet one aim after another, several at once where their costs fit into one number."""
    seekers = len(market.sizes)
    for aim in _merged([a for a in aims if not a.is_idle], engine.most_cost, seekers):
        engine.least(aim.option, aim.first)
        engine.keep()


def _merged(aims: list[_Aim], most: int, seekers: int) -> Iterator[_Aim]:
    """Aims, joined as far as their costs fit into one number."""
    while aims:
        joined, *aims = aims
        while aims:
            below = 2 * _range(aims[0], seekers) + 1
            if (_range(joined, seekers) + 1) * below > most:
                break
            nearest, *aims = aims
            joined = _Aim(
                joined.option * below + nearest.option, joined.first * below + nearest.first
            )
        yield joined


def _range(aim: _Aim, seekers: int) -> int:
    """No sum of an aim's costs is further from 0: each seeker takes one option at most."""
    return int(np.abs(aim.option).max(initial=0)) * seekers + int(np.abs(aim.first).sum())


def _quarter(engine: _Engine, view: "_View") -> int:
    """The highest share that three quarters of the mentees can have at once, in percent."""
    low, high = view.quarter(engine.chosen()) // _STEP, WHOLE // _STEP
    while low < high:
        middle = (low + high + 1) // 2
        aim = view.beyond_a_quarter_below(middle * _STEP)
        low, high = (
            (middle, high) if engine.least(aim.option, aim.first) <= 0 else (low, middle - 1)
        )
    return low * _STEP


class _View:
    """The aims of a market."""

    def __init__(self, market: Market, best: Ints) -> None:
        self._market = market
        self._size = market.sizes[market.seeker]
        self._share = _shares(market.value, best[market.seeker])
        # Where there is no peer, the number is unused: what is reckoned with it is taken times 0.
        self._peer = (market.peer != NOBODY).astype(np.int64)
        self._peer_share = _shares(market.peer_value, best[market.peer])
        self.no_mentors = np.zeros(len(market.places), dtype=np.int64)

    def people(self) -> _Aim:
        return _Aim(-self._size - self._peer, self.no_mentors - 1)

    def waiting(self) -> _Aim:
        market = self._market
        waited = market.waited[market.seeker] + self._peer * market.waited[market.peer]
        return _Aim(-waited, -market.mentor_waited)

    def keeping(self, kept: Bools) -> _Aim:
        return _Aim(-kept.astype(np.int64), self.no_mentors)

    def below(self, share: int) -> _Aim:
        """How many mentees have less than a share."""
        below = self._size * (self._share < share) + self._peer * (self._peer_share < share)
        return _Aim(below, self.no_mentors)

    def beyond_a_quarter_below(self, share: int) -> _Aim:
        """Above 0 where more than a quarter of the mentees have less than a share."""
        return _Aim(4 * self.below(share).option - self._size - self._peer, self.no_mentors)

    def quarter(self, taken: Bools) -> int:
        """The highest share that at most a quarter of the mentees have less than, of some taken."""
        sizes = np.concatenate([self._size[taken], self._peer[taken]])
        shares = np.concatenate([self._share[taken], self._peer_share[taken]])
        order = np.argsort(shares, kind="stable")
        enough = np.flatnonzero(np.cumsum(sizes[order]) * 4 > sizes.sum())
        return int(shares[order][enough[0]]) if len(enough) else WHOLE

    def short_of(self, share: int) -> _Aim:
        """How much mentees have less than a share, together."""
        short = self._size * np.maximum(share - self._share, 0)
        return _Aim(short + self._peer * np.maximum(share - self._peer_share, 0), self.no_mentors)

    def total(self) -> _Aim:
        market = self._market
        return _Aim(-self._size * market.value - self._peer * market.peer_value, self.no_mentors)


def _shares(value: Ints, best: Ints) -> Ints:
    """Shares of the best; where the best is nothing, nothing is lost."""
    shares: Ints = np.where(best > 0, value * WHOLE // np.maximum(best, 1), WHOLE)
    return shares
