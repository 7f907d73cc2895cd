"""Whom people would rather have: matches that no two would leave, and how many two would.

Everybody ranks those they named, in their own order; all others are alike to them. Where one of
two named the other, mentees ask in that order, equals by score, and mentors keep the best who
asked (Gale & Shapley 1962, with places): no mentee could have a better mentor of these without
somebody being left for somebody they like less.
"""

import heapq

import numpy as np

from peerloom.matching.market import UNIT, Bools, Ints, Market
from peerloom.matching.pool import Pool

NOT_NAMED = 1_000


def likings(pool: Pool, market: Market) -> tuple[Ints, Ints]:
    """For each option, how high the seeker and the mentor named the other; lower is better."""
    mine = [[p.preferred for p in s.people] for s in pool.seekers]
    theirs = [m.person.preferred for m in pool.mentors]
    ids = [[p.id for p in s.people] for s in pool.seekers]
    by_seeker = np.full(len(market.seeker), NOT_NAMED)
    by_mentor = np.full(len(market.seeker), NOT_NAMED)
    choosy = np.array([any(names) for names in mine], dtype=np.bool_)
    for n in np.flatnonzero(choosy[market.seeker]):
        wanted = pool.mentors[market.mentor[n]].id
        ranks = [names.index(wanted) for names in mine[market.seeker[n]] if wanted in names]
        by_seeker[n] = min(ranks, default=NOT_NAMED)
    choosy = np.array([bool(names) for names in theirs], dtype=np.bool_)
    for n in np.flatnonzero(choosy[market.mentor]):
        names = theirs[market.mentor[n]]
        named = [names.index(id_) for id_ in ids[market.seeker[n]] if id_ in names]
        by_mentor[n] = min(named, default=NOT_NAMED)
    return by_seeker, by_mentor


def by_worth(market: Market, ranks: Ints) -> Ints:
    """Ranks in which equals are told apart by score."""
    ordered: Ints = ranks * 2 * UNIT + UNIT - market.value
    return ordered


def settled_by_choice(market: Market, mine: Ints, theirs: Ints) -> Bools:
    """Which options to take so that no two would both rather have each other."""
    order = np.lexsort((market.mentor, mine, market.seeker))
    ends = np.searchsorted(market.seeker[order], np.arange(len(market.sizes) + 1))
    asks = {s: iter(order[ends[s] : ends[s + 1]].tolist()) for s in range(len(market.sizes))}
    # The worst of those a mentor keeps comes first; equals are told apart by their number.
    keeps: list[list[tuple[int, int, int]]] = [[] for _ in market.places]
    waiting = sorted(asks, reverse=True)
    while waiting:
        seeker = waiting.pop()
        option = next(asks[seeker], None)
        if option is None:
            continue
        kept = keeps[market.mentor[option]]
        heapq.heappush(kept, (-int(theirs[option]), -seeker, option))
        if len(kept) > market.places[market.mentor[option]]:
            waiting.append(-heapq.heappop(kept)[1])
    taken = np.zeros(len(market.seeker), dtype=np.bool_)
    taken[[option for kept in keeps for _, _, option in kept]] = True
    return taken


def blocking(market: Market, taken: Bools, mine: Ints, theirs: Ints) -> int:
    """How many two are not matched and would both rather have each other than what they have."""
    nobody = np.iinfo(np.int64).max
    has = np.full(len(market.sizes), nobody)
    has[market.seeker[taken]] = mine[taken]
    worst = np.full(len(market.places), -1)
    np.maximum.at(worst, market.mentor[taken], theirs[taken])
    many = np.bincount(market.mentor[taken], minlength=len(market.places))
    worst = np.where(many < market.places, nobody, worst)
    rather = (mine < has[market.seeker]) & (theirs < worst[market.mentor])
    return int((rather & ~taken & (market.places[market.mentor] > 0)).sum())
