"""Which mentees and mentors are looked at together: all, or of many the likeliest for each.

Of many, a mentee's likeliest mentors are those who offer what is nearest to what the mentee wants
and wrote, found through lists of who offers what. A list that is long is read from another place
for each block of mentees, so that people who want the same are spread over all who offer it.
"""

from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from peerloom.matching.market import Floats, Ints
from peerloom.matching.profiles import Phrases
from peerloom.matching.scoring import Scorer, Scores, joined, ranges
from peerloom.matching.words import Matrix

# Up to so many pairs, all of them are looked at.
ALL = 250_000
# Of more, so many mentors for each mentee are looked at by words alone, so many of them by all
# that is quick to look up, so many scored exactly, and so many kept.
_ROUGHLY, _LIKELY, _KEPT = 1000, 64, 20
# So many phrases count that are nearest to what a mentee wants and wrote, and of each so many
# mentors at a time.
_NEAREST_WANTS, _NEAREST_TEXTS, _LISTED = 64, 16, 1200
_BLOCK = 500


def everybody(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """The scores of each of the seekers with each of the mentors."""
    return scorer.scores(np.repeat(seekers, len(mentors)), np.tile(mentors, len(seekers)))


def likely(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """The scores of those who may be matched: of all of them, or of the likeliest."""
    if len(seekers) * len(mentors) <= ALL:
        found = everybody(scorer, seekers, mentors)
        return found.at(found.may_be)
    index = _Index(scorer, mentors)
    return joined(
        [
            _kept(scorer, index.likeliest(seekers[at : at + _BLOCK], at // _BLOCK))
            for at in range(0, len(seekers), _BLOCK)
        ]
    )


def others(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """Who may be matched of seekers for whom nobody was found, and mentors who have places."""
    many = min(len(mentors), max(1, ALL // max(1, len(seekers))))
    at = np.arange(len(seekers))[:, None] * many + np.arange(many)[None, :]
    found = scorer.scores(np.repeat(seekers, many), mentors[at.ravel() % len(mentors)])
    return found.at(found.may_be)


def _kept(scorer: Scorer, two: tuple[Ints, Ints]) -> Scores:
    """The best for each seeker, of those with whom they may be matched."""
    scores = scorer.scores(*two)
    scores = scores.at(scores.may_be)
    value = scorer.averages.values(scores.parts)
    order = np.lexsort((_chance(scores.seeker, scores.mentor), -value, scores.seeker))
    seeker = scores.seeker[order]
    rank = np.arange(len(seeker)) - np.searchsorted(seeker, seeker)
    return scores.at(np.sort(order[rank < _KEPT]))


def _chance(seeker: Ints, mentor: Ints) -> Ints:
    """A number for two that tells between equals, so that not all choose the same of them."""
    mixed: Ints = (seeker * 2_654_435_761 + mentor * 40_503 + 12_345) & 0xFFFFF
    return mixed


class _Index:
    """Who offers what and speaks of what."""

    def __init__(self, scorer: Scorer, mentors: Ints) -> None:
        self._scorer, self._mentors = scorer, mentors
        self._skills, self._goals = (float(scorer.weights[n]) for n in (0, 1))
        self._offers = _List(scorer.profiles.offers, mentors)
        self._speaks = _List(scorer.profiles.speaks, mentors)
        self._is_there = np.zeros(len(scorer.pool.mentors), dtype=np.bool_)
        self._is_there[mentors] = True

    def likeliest(self, seekers: Ints, block: int) -> tuple[Ints, Ints]:
        """Seekers and the mentors to look at for each, in the order of the seekers."""
        rough = self._by_wants(seekers, block) + self._by_texts(seekers, block)
        # Equals are told apart by numbers that are other ones in the next block.
        mixed = _chance(np.full(len(self._mentors), block), self._mentors) * 1e-9
        value = rough.data + mixed[rough.indices]
        best, ends = _best(value, rough.indptr.astype(np.int64), _ROUGHLY)
        own, mentor = np.repeat(seekers, np.diff(ends)), self._mentors[rough.indices[best]]
        value = rough.data[best] + self._scorer.rest(own, mentor) + _chance(own, mentor) * 1e-9
        value[~self._scorer.held.speak(own, mentor)] = -1
        best, ends = _best(value, ends, _LIKELY)
        mentor = mentor[best]
        rows = [
            self._with_others(int(seeker), mentor[start:end])
            for seeker, (start, end) in zip(seekers, pairwise(ends), strict=True)
        ]
        return np.repeat(seekers, [len(r) for r in rows]), np.concatenate(rows)

    def _with_others(self, seeker: int, mentor: Ints) -> Ints:
        """Some mentors, those who were named, and as many others as there are too few."""
        named = self._scorer.named(seeker)
        start = seeker * _LIKELY + np.arange(max(0, _LIKELY - len(mentor)))
        some = self._mentors[start % len(self._mentors)]
        return np.unique(np.concatenate([mentor, named[self._is_there[named]], some]))

    def _by_wants(self, seekers: Ints, block: int) -> Matrix:
        wants = self._scorer.profiles.wants
        many = wants.many[seekers]
        own = ranges(wants.own, wants.starts[seekers], many)
        asked, at = np.unique(own, return_inverse=True)
        row = np.repeat(np.arange(len(seekers)), many)
        share = sp.csr_matrix(
            (1 / np.repeat(many, many), (row, at)), shape=(len(seekers), len(asked))
        )
        near = np.asarray(share @ self._scorer.profiles.near_wants(asked))
        found = _nearest(near, _NEAREST_WANTS) @ self._offers.part(block)
        return _root(found, self._skills)

    def _by_texts(self, seekers: Ints, block: int) -> Matrix:
        near = self._scorer.profiles.roughly_near_texts(seekers)
        best, ends = _best(near.data, near.indptr.astype(np.int64), _NEAREST_TEXTS)
        nearest = sp.csr_matrix((near.data[best], near.indices[best], ends), shape=near.shape)
        return _root(nearest @ self._speaks.part(block), self._goals)


def _best(value: Floats, ends: Ints, most: int) -> tuple[Ints, Ints]:
    """Where the greatest values of each row are, and where each row then ends."""
    rows = [
        np.argpartition(-value[start:end], most)[:most] + start
        if end - start > most
        else np.arange(start, end)
        for start, end in pairwise(ends)
    ]
    return np.concatenate(rows), np.cumsum([0, *(len(row) for row in rows)])


def _root(matrix: Matrix, weight: float) -> Matrix:
    """The roots of a matrix whose values are to be at most 1, times a weight."""
    found = sp.csr_matrix(matrix)
    np.minimum(found.data, 1, out=found.data)
    np.sqrt(found.data, out=found.data)
    found.data *= weight
    return found


def _nearest(near: Floats, most: int) -> Matrix:
    """The greatest values of each row."""
    if near.shape[1] <= most:
        return sp.csr_matrix(near)
    columns = np.argpartition(-near, most - 1, axis=1)[:, :most]
    values = np.take_along_axis(near, columns, axis=1)
    ends = np.arange(len(near) + 1) * most
    found = sp.csr_matrix((values.ravel(), columns.ravel(), ends), shape=near.shape)
    found.eliminate_zeros()
    return found


class _List:
    """For each phrase, who of some mentors has it."""

    def __init__(self, phrases: Phrases, mentors: Ints) -> None:
        many = phrases.many[mentors]
        phrase = ranges(phrases.own, phrases.starts[mentors], many)
        order = np.argsort(phrase, kind="stable")
        self._mentor = np.repeat(np.arange(len(mentors)), many)[order]
        self._many = np.bincount(phrase, minlength=len(phrases.shown))
        self._starts = np.cumsum(self._many) - self._many
        self._shape = (len(phrases.shown), len(mentors))

    def part(self, block: int) -> Matrix:
        """Phrases × mentors, of a long list a part that each block begins elsewhere."""
        many = np.minimum(self._many, _LISTED)
        ends = np.concatenate([[0], np.cumsum(many)])
        turn = np.repeat(np.where(self._many > _LISTED, block * _LISTED, 0), many)
        place = np.arange(int(many.sum())) - np.repeat(ends[:-1], many) + turn
        whole = np.repeat(self._many, many)
        at = np.repeat(self._starts, many) + place % np.maximum(whole, 1)
        columns = self._mentor[at]
        return sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=self._shape)
