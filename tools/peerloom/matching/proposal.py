"""What is proposed for a cohort, as values: who fits how well, who is matched, and why."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from peerloom.matching.constraints import names
from peerloom.matching.market import NOBODY, UNIT, Bools, Ints, Market, ints
from peerloom.matching.pool import Pool
from peerloom.matching.scoring import PARTS, Scorer, Scores
from peerloom.model import Pair, Participant

MADE_BY = "peerloom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Two who may be matched: a seeker and a mentor by their numbers in the pool.

    `score` is between 0 and 1, `parts` are those that are known, by name.
    """

    seeker: int
    mentor: int
    score: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A match to propose, for those `people` of the seeker who have nobody.

    `back` is set where two peers would mentor each other. `share` is the part of the best score
    that the mentee could have. `why` is there where nothing was weighed: a pin, or a team.
    """

    fit: Fit
    people: tuple[Participant, ...]
    back: Fit | None = None
    share: float = 1.0
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPin:
    """A pin that cannot be met, and why."""

    mentor: str
    mentee: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed for a cohort on a day.

    `market` is what could be, `taken` what was chosen of it. `earlier` are proposals that it takes
    the place of. `blocking` counts those not matched who would both rather have each other.
    """

    pool: Pool
    scorer: Scorer
    market: Market = field(repr=False)
    taken: Bools = field(repr=False)
    matched: tuple[Matched, ...]
    earlier: tuple[Pair, ...]
    lost_pins: tuple[LostPin, ...]
    blocking: int

    @cached_property
    def has(self) -> dict[int, Matched]:
        """The match of each seeker that has one."""
        found = {m.fit.seeker: m for m in self.matched}
        return found | {m.back.seeker: m for m in self.matched if m.back}

    @cached_property
    def mentees_of(self) -> dict[int, list[Matched]]:
        """The matches of each mentor who has any."""
        found: dict[int, list[Matched]] = {}
        for match in self.matched:
            if match.back is None:
                found.setdefault(match.fit.mentor, []).append(match)
        return found

    @cached_property
    def busy(self) -> frozenset[str]:
        """Ids of everybody to whom the proposal gives somebody."""
        mentees = {p.id for match in self.matched for p in match.people}
        mentors = {self.pool.mentors[m.fit.mentor].id for m in self.matched}
        return frozenset(mentees | mentors)

    @cached_property
    def _by_seeker(self) -> tuple[Ints, Ints]:
        """Options with a mentor, the best of each seeker first; where each seeker's begin."""
        market = self.market
        plain = np.flatnonzero(market.peer == NOBODY)
        order = plain[
            np.lexsort((market.mentor[plain], -market.value[plain], market.seeker[plain]))
        ]
        return order, np.searchsorted(market.seeker[order], np.arange(len(market.sizes) + 1))

    def nearest(self, seeker: int, most: int) -> list[tuple[int, float]]:
        """The best mentors whom a seeker could have, of those looked at, and their scores."""
        order, starts = self._by_seeker
        rows = order[starts[seeker] : starts[seeker + 1]][:most]
        return [(int(self.market.mentor[n]), int(self.market.value[n]) / UNIT) for n in rows]

    def fit(self, seeker: int, mentor: int) -> tuple[Fit, list[str]]:
        """How two fit, and what does not hold between them."""
        scores = self.scorer.scores(ints([seeker]), ints([mentor]))
        value = int(self.scorer.averages.values(scores.parts)[0])
        return fit_of(scores, 0, value), names(int(scores.codes[0]))


def is_own(pair: Pair) -> bool:
    """Whether a pair is a proposal of the program's own that nobody has taken up."""
    by = pair.match.by if pair.match and pair.is_as_matched else None
    return pair.status == "proposed" and by == MADE_BY and not (pair.goals or pair.agreement)


def fit_of(scores: Scores, row: int, value: int) -> Fit:
    """How the two of a row fit, whose score is so many `UNIT`s."""
    parts = {
        part.id: round(float(scores.parts[row, n]), 4)
        for n, part in enumerate(PARTS)
        if not np.isnan(scores.parts[row, n])
    }
    seeker, mentor = int(scores.seeker[row]), int(scores.mentor[row])
    return Fit(seeker=seeker, mentor=mentor, score=value / UNIT, parts=parts)
