"""Which mentors each mentee is considered for: all, or in a large cohort the likeliest."""

import numpy as np

from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.scoring import Scorer, Scores

# Up to this number of pairs all of them are scored; of more, this many mentors for each seeker.
EVERY_PAIR, _LIKELIEST = 250_000, 24
# Pairs that are estimated at once, so that memory stays bounded.
_PAIRS_AT_ONCE = 1_250_000


def find_candidates(scorer: Scorer, seekers: Ints, mentors: Ints) -> Scores:
    """The scores of those who may be matched: of all of them, or of the likeliest."""
    if len(seekers) * len(mentors) <= EVERY_PAIR:
        scores = scorer.score_all(seekers, mentors)
    else:
        rows = max(1, _PAIRS_AT_ONCE // len(mentors))
        blocks = np.split(seekers, range(rows, len(seekers), rows))
        likeliest = np.concatenate([_find_likeliest(scorer, block, mentors) for block in blocks])
        columns = likeliest.shape[1]
        scores = scorer.score_pairs(np.repeat(seekers, columns), likeliest.ravel())
    return scores.take(scores.is_allowed)


def _find_likeliest(scorer: Scorer, seekers: Ints, mentors: Ints) -> Ints:
    """The mentors with the best estimates of those who may be each seeker's: seekers × some."""
    estimates = scorer.estimate_all(seekers, mentors)
    estimates += _break_ties(seekers[:, None], mentors[None, :])
    pairs = np.repeat(seekers, len(mentors)), np.tile(mentors, len(seekers))
    estimates[scorer.constraints.find_broken(*pairs).reshape(estimates.shape) > 0] = -1
    columns = min(_LIKELIEST, len(mentors))
    chosen: Ints = np.argpartition(-estimates, columns - 1, axis=1)[:, :columns]
    return mentors[chosen]


def _break_ties(seekers: Ints, mentors: Ints) -> Floats:
    """Tiny numbers that differ for each pair, so that equals do not all get the same mentors."""
    mixed = (seekers * 2_654_435_761 + mentors * 40_503 + 12_345) & 0xFFFFF
    return np.asarray(mixed * 1e-9, dtype=np.float64)
