"""Which mentors each mentee is considered for: all, or in a large cohort the likeliest."""

import numpy as np

from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.scoring import Scorer, Scores, concatenate_scores

# Up to this number of pairs all of them are scored.
EVERY_PAIR = 250_000
# Of more, a quick estimate picks this many mentors for each seeker, who are scored exactly, and
# this many of those are kept.
_ESTIMATED, _KEPT = 64, 20
# Seekers who are estimated at once, so that memory stays bounded.
_SEEKERS_AT_ONCE = 500


def find_candidates(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """The scores of those who may be matched: of all of them, or of the best of each seeker."""
    if len(seekers) * len(mentors) <= EVERY_PAIR:
        scores = scorer.score_all(seekers, mentors)
        return scores.take(scores.is_allowed)
    blocks = range(0, len(seekers), _SEEKERS_AT_ONCE)
    return concatenate_scores(
        [_find_best(scorer, seekers[n : n + _SEEKERS_AT_ONCE], mentors) for n in blocks]
    )


def widen_candidates(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """Further options for seekers who got nobody, among mentors who still have places.

    In a very large cohort each seeker is looked at with other mentors, as many as there is time
    for.
    """
    columns = min(len(mentors), max(1, EVERY_PAIR // max(1, len(seekers))))
    places = np.arange(len(seekers))[:, None] * columns + np.arange(columns)[None, :]
    scores = scorer.score_pairs(np.repeat(seekers, columns), mentors[places.ravel() % len(mentors)])
    return scores.take(scores.is_allowed)


def _find_best(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """The best mentors of each seeker who may be theirs, of those with the best estimates."""
    estimates = scorer.estimate_all(seekers, mentors)
    estimates += _break_ties(seekers[:, None], mentors[None, :])
    pairs = np.repeat(seekers, len(mentors)), np.tile(mentors, len(seekers))
    broken = scorer.constraints.find_broken(*pairs, quick_only=True)
    estimates[broken.reshape(estimates.shape) > 0] = -1
    columns = min(_ESTIMATED, len(mentors))
    likeliest = np.argpartition(-estimates, columns - 1, axis=1)[:, :columns]
    rows = [
        np.union1d(mentors[best], np.intersect1d(named, mentors)) if len(named) else mentors[best]
        for best, named in zip(likeliest, map(scorer.mentors_named, seekers), strict=True)
    ]
    scores = scorer.score_pairs(np.repeat(seekers, [len(r) for r in rows]), np.concatenate(rows))
    scores = scores.take(scores.is_allowed)
    value = scorer.weighting.total(scores.criteria) + _break_ties(scores.seeker, scores.mentor)
    order = np.lexsort((-value, scores.seeker))
    seeker = scores.seeker[order]
    rank = np.arange(len(seeker)) - np.searchsorted(seeker, seeker)
    return scores.take(np.sort(order[rank < _KEPT]))


def _break_ties(seekers: Ints, mentors: Ints) -> Floats:
    """Tiny numbers, other ones for each pair, so that equals do not all get the same mentors."""
    mixed = (seekers * 2_654_435_761 + mentors * 40_503 + 12_345) & 0xFFFFF
    return np.asarray(mixed * 1e-9, dtype=np.float64)
