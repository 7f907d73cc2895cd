"""Whom of a cohort to match with whom: pins first, then the best of all assignments."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from peerloom.matching import candidates
from peerloom.matching.choices import (
    NOT_NAMED,
    blocking,
    by_worth,
    likings,
    settled_by_choice,
)
from peerloom.matching.constraints import names
from peerloom.matching.market import NOBODY, Bools, Ints, Market, ints
from peerloom.matching.optimum import optimum
from peerloom.matching.pool import Pool, pool
from peerloom.matching.proposal import LostPin, Matched, Proposal, fit_of, is_own
from peerloom.matching.scoring import Averages, Scorer, Scores, joined
from peerloom.model import Cohort, Pair, Participant
from peerloom.records import Program

# Who stays without anybody while mentors have places is looked at with more of them, so often.
_MORE = 3
# From these on, peers have something for each other: a third of the same words, half of a text.
_NEAR_SKILL, _NEAR_TEXT = 0.33, 0.5


def propose(
    program: Program,
    cohort: Cohort,
    today: date,
    *,
    anew: bool = False,
    stable: bool = False,
) -> Proposal:
    """A proposal for everybody who has nobody.

    `anew` makes earlier proposals again; `stable` too, and keeps as many of them as can be.
    """
    earlier = tuple(p for p in program.pairs_of(cohort.id) if is_own(p)) if anew or stable else ()
    people = pool(program, cohort, today, frozenset(p.id for p in earlier))
    return _Work(people).proposal(earlier, keep=stable)


class _Work:
    """The way to one proposal."""

    def __init__(self, people: Pool) -> None:
        self._pool = people
        self._scorer = Scorer(people)
        self._places = ints(m.places for m in people.mentors)
        self._open = np.array([not s.has for s in people.seekers], dtype=np.bool_)
        self._seekers = {p.id: n for n, s in enumerate(people.seekers) for p in s.people}
        self._mentors = {m.id: n for n, m in enumerate(people.mentors)}
        self._fixed: list[tuple[int, int, tuple[Participant, ...], str]] = []
        self._lost: list[LostPin] = []

    def proposal(self, earlier: tuple[Pair, ...], *, keep: bool) -> Proposal:
        self._join_teams()
        self._meet_pins()
        seekers = np.flatnonzero(self._open)
        mentors = np.flatnonzero(self._places > 0)
        peers = self._peers(seekers)
        options = candidates.likely(self._scorer, seekers, mentors)
        if keep:
            options = _distinct(joined([options, self._those_of(earlier)]))
        options = self._one_way(options)
        mean = self._scorer.averages
        for attempt in range(_MORE):
            market = self._market(options, peers, mean)
            kept = self._is_of(earlier, market) if keep else None
            taken, unsettled = self._settled(market, kept)
            is_last = attempt == _MORE - 1
            more = None if is_last else self._more(market, taken, len(seekers) * len(mentors))
            if more is None:
                break
            options = self._one_way(_distinct(joined([options, more])))
        return Proposal(
            pool=self._pool,
            scorer=self._scorer,
            market=market,
            taken=taken,
            matched=tuple(self._matched(options, peers, market, taken, mean)),
            earlier=earlier,
            lost_pins=tuple(self._lost),
            blocking=unsettled,
        )

    def _join_teams(self) -> None:
        """Who comes late to a team takes the team's mentor, and no place of theirs."""
        for n, seeker in enumerate(self._pool.seekers):
            mentor = self._mentors.get(seeker.has[0]) if seeker.joins else None
            if mentor is not None and not self._scorer.held.codes(ints([n]), ints([mentor]))[0]:
                self._fixed.append((n, mentor, seeker.without, "joins their team"))

    def _meet_pins(self) -> None:
        for pin in self._pool.cohort.matching.pins:
            seeker, mentor = self._seekers.get(pin.mentee), self._mentors.get(pin.mentor)
            why = self._against(seeker, mentor)
            if why:
                self._lost.append(LostPin(mentor=pin.mentor, mentee=pin.mentee, why=why))
            elif seeker is not None and mentor is not None and not self._has(seeker, mentor):
                self._take(seeker, mentor)
                people = self._pool.seekers[seeker].people
                self._fixed.append((seeker, mentor, people, "pinned by a coordinator"))

    def _against(self, seeker: int | None, mentor: int | None) -> str | None:
        """What stands against a pin."""
        if seeker is None:
            return "the mentee is no mentee of this cohort"
        if mentor is None:
            return "the mentor is no mentor of this cohort"
        has = self._pool.seekers[seeker].has or [
            self._pool.mentors[at].id for s, at, *_ in self._fixed if s == seeker
        ]
        if self._pool.mentors[mentor].id in has:
            return None
        if has:
            return f"the mentee has {self._pool.name(has[0])} already"
        if not self._open[seeker] or self._places[mentor] < 1:
            is_open = self._open[seeker]
            return "the mentor has no place left" if is_open else "the mentee is a mentor already"
        codes = self._scorer.held.codes(ints([seeker]), ints([mentor]))
        broken = names(int(codes[0]))
        return f"what must hold does not: {', '.join(broken)}" if broken else None

    def _has(self, seeker: int, mentor: int) -> bool:
        """Whether a seeker has a mentor already."""
        is_fixed = any((s, m) == (seeker, mentor) for s, m, *_ in self._fixed)
        return is_fixed or self._pool.mentors[mentor].id in self._pool.seekers[seeker].has

    def _take(self, seeker: int, mentor: int) -> None:
        self._open[seeker] = False
        self._places[mentor] -= 1
        for as_seeker, as_mentor in self._pool.twins:
            if as_seeker == seeker:
                self._places[as_mentor] = 0
            if as_mentor == mentor:
                self._open[as_seeker] = False

    def _peers(self, seekers: Ints) -> tuple[Scores, Scores]:
        """Two by two who would be mentor or mentee, where each offers what the other wants."""
        both = [
            (int(s), self._mentors[self._pool.seekers[s].id])
            for s in seekers
            if self._pool.seekers[s].either
            and self._places[self._mentors[self._pool.seekers[s].id]] > 0
        ]
        # Of very many, each is looked at with as many who come after them as there is time for.
        most = max(1, candidates.ALL // max(1, len(both)))
        there = [
            (one[0], other[1], other[0], one[1])
            for n, one in enumerate(both)
            for other in both[n + 1 : n + 1 + most]
        ]
        columns = [ints(row[n] for row in there) for n in range(4)]
        one, two = self._scorer.scores(*columns[:2]), self._scorer.scores(*columns[2:])
        rows = one.may_be & two.may_be & _offers(one) & _offers(two)
        return one.at(rows), two.at(rows)

    def _one_way(self, options: Scores) -> Scores:
        """Of two who could mentor each other, only the better way: they are one pair at most."""
        as_mentor = np.full(len(self._pool.seekers), NOBODY)
        as_seeker = np.full(len(self._pool.mentors), NOBODY)
        for n, seeker in enumerate(self._pool.seekers):
            if len(seeker.people) == 1 and seeker.id in self._mentors:
                as_mentor[n] = self._mentors[seeker.id]
                as_seeker[self._mentors[seeker.id]] = n
        back_seeker, back_mentor = as_seeker[options.mentor], as_mentor[options.seeker]
        both = np.flatnonzero((back_seeker != NOBODY) & (back_mentor != NOBODY))
        many = len(self._pool.mentors)
        value = self._scorer.averages.values(options.parts[both])
        key = options.seeker[both] * many + options.mentor[both]
        worth = dict(zip(key.tolist(), value.tolist(), strict=True))
        back = (back_seeker[both] * many + back_mentor[both]).tolist()
        loses = [
            row
            for row, ours, theirs in zip(both.tolist(), key.tolist(), back, strict=True)
            if theirs in worth and (worth[ours], theirs) < (worth[theirs], ours)
        ]
        return options.at(np.setdiff1d(np.arange(len(options.seeker)), ints(loses)))

    def _those_of(self, pairs: tuple[Pair, ...]) -> Scores:
        """Earlier proposals that may still be."""
        two = [
            (self._seekers[pair.mentee], self._mentors[pair.mentor])
            for pair in pairs
            if pair.mentee in self._seekers and pair.mentor in self._mentors
        ]
        found = self._scorer.scores(ints(s for s, _ in two), ints(m for _, m in two))
        may = found.may_be & self._open[found.seeker] & (self._places[found.mentor] > 0)
        return found.at(may)

    def _is_of(self, pairs: tuple[Pair, ...], market: Market) -> Bools:
        """Which options are earlier proposals."""
        two = {frozenset(pair.people) for pair in pairs}
        people = self._pool.seekers
        other = [
            self._pool.mentors[m].id if p == NOBODY else people[p].id
            for m, p in zip(market.mentor.tolist(), market.peer.tolist(), strict=True)
        ]
        return np.array(
            [
                any(frozenset((person.id, who)) in two for person in people[s].people)
                for s, who in zip(market.seeker.tolist(), other, strict=True)
            ],
            dtype=np.bool_,
        )

    def _market(self, options: Scores, peers: tuple[Scores, Scores], mean: Averages) -> Market:
        one, two = peers
        values, there, back = (mean.values(s.parts) for s in (options, one, two))
        nobody = np.full(len(values), NOBODY)
        waited = _ranks(
            [*(s.waited for s in self._pool.seekers), *(m.waited for m in self._pool.mentors)]
        )
        return Market(
            sizes=ints(len(s.people) for s in self._pool.seekers),
            waited=waited[: len(self._pool.seekers)],
            places=self._places,
            mentor_waited=waited[len(self._pool.seekers) :],
            seeker=np.concatenate([options.seeker, one.seeker]),
            mentor=np.concatenate([options.mentor, np.full(len(there), NOBODY)]),
            peer=np.concatenate([nobody, two.seeker]),
            value=np.concatenate([values, there]),
            peer_value=np.concatenate([np.zeros_like(values), back]),
            twins=tuple(
                (seeker, mentor)
                for seeker, mentor in self._pool.twins
                if self._open[seeker] and self._places[mentor] > 0
            ),
        )

    def _settled(self, market: Market, kept: Bools | None) -> tuple[Bools, int]:
        """What to take of the options, and how many two would rather have each other."""
        settings = self._pool.cohort.matching
        plain = np.flatnonzero(market.peer == NOBODY)
        simple = market.only(plain)
        mine, theirs = likings(self._pool, simple)
        taken = np.zeros(len(market.seeker), dtype=np.bool_)
        if settings.choices == "first":
            # Who would be either, and was named as a mentor, asks nobody.
            mentors = np.unique(simple.mentor[mine < NOT_NAMED])
            no_seeker = [seeker for seeker, mentor in market.twins if mentor in mentors]
            no_mentor = [mentor for _, mentor in market.twins if mentor not in mentors]
            is_named = np.minimum(mine, theirs) < NOT_NAMED
            is_asked = ~np.isin(simple.seeker, no_seeker) & ~np.isin(simple.mentor, no_mentor)
            asked = np.flatnonzero(is_named & is_asked)
            chosen = simple.only(asked)
            taken[plain[asked]] = settled_by_choice(
                chosen, by_worth(chosen, mine[asked]), by_worth(chosen, theirs[asked])
            )
            left = market.after(taken)
            taken[left] = optimum(
                market.only(left, market.places - market.load(taken)), settings.floor
            )
        else:
            taken = optimum(market, settings.floor, kept)
        free = self._free_to_choose(market, taken, plain)
        return taken, blocking(simple.only(free), taken[plain[free]], mine[free], theirs[free])

    def _free_to_choose(self, market: Market, taken: Bools, plain: Ints) -> Ints:
        """Of options with a mentor, those in which nobody has another role."""
        is_peers = taken & (market.peer != NOBODY)
        mentors = np.unique(market.mentor[taken & ~is_peers])
        seekers = np.unique(market.seeker[taken & ~is_peers])
        no_seeker = {int(n) for n in (*market.seeker[is_peers], *market.peer[is_peers])}
        no_mentor = {m for s, m in market.twins if s in no_seeker or s in seekers}
        no_seeker |= {s for s, m in market.twins if m in mentors}
        ours = np.isin(market.seeker[plain], sorted(no_seeker))
        theirs = np.isin(market.mentor[plain], sorted(no_mentor))
        return np.flatnonzero(~ours & ~theirs)

    def _more(self, market: Market, taken: Bools, many: int) -> Scores | None:
        """More options for those who got nobody, where not all were looked at."""
        if many <= candidates.ALL:
            return None
        without = self._open.copy()
        without[market.seeker[taken]] = False
        without[market.peer[taken & (market.peer != NOBODY)]] = False
        free = np.flatnonzero(self._places - market.load(taken) > 0)
        seekers = np.flatnonzero(without)
        if not (len(seekers) and len(free)):
            return None
        found = candidates.others(self._scorer, seekers, free)
        return found if len(found.seeker) else None

    def _matched(
        self,
        options: Scores,
        peers: tuple[Scores, Scores],
        market: Market,
        taken: Bools,
        mean: Averages,
    ) -> Iterator[Matched]:
        found = list(self._of_fixed(mean))
        best = market.best()
        for n in np.flatnonzero(taken).tolist():
            is_peers = market.peer[n] != NOBODY
            row = n - len(options.seeker) if is_peers else n
            there = fit_of(peers[0] if is_peers else options, row, int(market.value[n]))
            share = _share(market.value[n], best[there.seeker])
            back = None
            people = self._pool.seekers[there.seeker].people
            if is_peers:
                back = fit_of(peers[1], row, int(market.peer_value[n]))
                people += self._pool.seekers[back.seeker].people
                share = min(share, _share(market.peer_value[n], best[back.seeker]))
            found.append(Matched(fit=there, people=people, back=back, share=share))
        yield from sorted(found, key=lambda m: (m.people[0].id, m.fit.mentor))

    def _of_fixed(self, mean: Averages) -> Iterator[Matched]:
        seekers, mentors = (ints(row[n] for row in self._fixed) for n in (0, 1))
        scores = self._scorer.scores(seekers, mentors)
        values = mean.values(scores.parts).tolist()
        for n, (_, _, people, why) in enumerate(self._fixed):
            yield Matched(fit=fit_of(scores, n, values[n]), people=people, why=why)


def _share(value: int, best: int) -> float:
    """What part of the best somebody has; where the best is nothing, all of it."""
    return float(value / best) if best else 1.0


def _offers(scores: Scores) -> Bools:
    """Whether the mentor offers something near to what the mentee wants, or else wrote."""
    skills, goals = scores.parts[:, 0], scores.parts[:, 1]
    found: Bools = np.where(np.isnan(skills), goals >= _NEAR_TEXT, skills >= _NEAR_SKILL)
    return found


def _ranks(waited: list[tuple[int, int]]) -> Ints:
    """Ranks from 0: the higher, the longer somebody waited."""
    rank = {time: n for n, time in enumerate(sorted(set(waited)))}
    return ints(rank[time] for time in waited)


def _distinct(scores: Scores) -> Scores:
    """Each two once, in the order of their numbers."""
    many = int(scores.mentor.max(initial=0)) + 1
    _, rows = np.unique(scores.seeker * many + scores.mentor, return_index=True)
    return scores.at(rows)
