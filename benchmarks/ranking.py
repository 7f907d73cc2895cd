"""How well scores put first whom somebody chose, beside chance, and how sure that is.

Equals count as every order of them would on average, and chance is exact: no dice are thrown. The
intervals are a bootstrap over projects (Efron & Tibshirani 1993), of a ratio of two sums.
"""

import re
from collections.abc import Sequence
from math import comb

import numpy as np
from scipy.optimize import linear_sum_assignment

from peerloom.matching.arrays import Bools, Floats, Ints

MEASURES = ("MRR", "hits at 1", "hits at 3", "hits at 5")
_HITS = (1, 3, 5)
_DRAWS, _SEED = 4000, 7
_NOISE, _ORDERS = 1e-9, 20


def measure_ranks(scores: Floats, chosen: Bools) -> Floats:
    """Rows × measures: the reciprocal rank of the first of the chosen, and the hits."""
    return np.array([_measure_row(s, c) for s, c in zip(scores, chosen, strict=True)])


def _measure_row(scores: Floats, chosen: Bools) -> list[float]:
    best = scores[chosen].max()
    above, equal = int((scores > best).sum()), int((scores == best).sum())
    right = int(((scores == best) & chosen).sum())
    # That the first of the right ones is the nth of the equals.
    nth = {n: comb(equal - n, right - 1) / comb(equal, right) for n in range(1, equal - right + 2)}
    reciprocal = sum(p / (above + n) for n, p in nth.items())
    return [reciprocal, *(sum(p for n, p in nth.items() if above + n <= k) for k in _HITS)]


def count_found_pairs(scores: Floats, chosen: Bools, places: Ints, each: Ints) -> Floats:
    """How many chosen pairs of each row are in the assignment with the greatest sum of scores.

    Row n gets `each[n]` mentors. What is equal is put in several orders, by noise.
    """
    chance = np.random.default_rng(_SEED)
    rows, columns = np.repeat(np.arange(len(each)), each), np.repeat(np.arange(len(places)), places)
    hits = np.zeros(len(each))
    for _ in range(_ORDERS):
        noisy = scores + _NOISE * chance.random(scores.shape)
        at = linear_sum_assignment(-noisy[np.ix_(rows, columns)])
        pairs = np.unique(np.stack([rows[at[0]], columns[at[1]]]), axis=1)
        np.add.at(hits, pairs[0], chosen[pairs[0], pairs[1]])
    return hits / _ORDERS


def count_found_by_chance(chosen: Bools, places: Ints, each: Ints) -> Floats:
    """The same where places are given away blindly: exactly, on average."""
    every = int(places.sum())
    missed = [
        sum(1 - comb(every - int(p), int(n)) / comb(every, int(n)) for p in places[row])
        for row, n in zip(chosen, each, strict=True)
    ]
    return np.array(missed)


def compare_by_tf_idf(texts: Sequence[str], others: Sequence[str]) -> Floats:
    """Cosines of plain word TF-IDF, texts × others, as scikit-learn's vectorizer has them."""
    said = [re.findall(r"\b\w\w+\b", text.lower()) for text in (*texts, *others)]
    words = {word: n for n, word in enumerate(sorted({w for ws in said for w in ws}))}
    counts = np.zeros((len(said), len(words)))
    for row, found_words in enumerate(said):
        np.add.at(counts[row], [words[w] for w in found_words], 1)
    rows = counts * (np.log((1 + len(said)) / (1 + (counts > 0).sum(axis=0))) + 1)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(np.float64).tiny)
    cosines: Floats = rows[: len(texts)] @ rows[len(texts) :].T
    return cosines


def format_ratio(ours: Floats, theirs: Floats) -> str:
    """The ratio of two sums over projects, with what 95 of 100 draws lie between."""
    draws = _draw_rows(len(ours))
    low, high = np.percentile(ours[draws].sum(axis=1) / theirs[draws].sum(axis=1), (2.5, 97.5))
    return f"{ours.sum() / theirs.sum():.2f} [{low:.2f}, {high:.2f}]"


def format_difference(ours: Floats, theirs: Floats) -> str:
    """The difference of two means over projects, with what 95 of 100 draws lie between."""
    each = ours - theirs
    low, high = np.percentile(each[_draw_rows(len(each))].mean(axis=1), (2.5, 97.5))
    return f"{each.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def _draw_rows(count: int) -> Ints:
    return np.random.default_rng(_SEED).integers(0, count, (_DRAWS, count))
