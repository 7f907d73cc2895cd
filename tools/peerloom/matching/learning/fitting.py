"""Weights fitted to outcomes, and how much better they foretell those of a cohort left out.

A match comes out well with the chance 1 / (1 + exp(−a − v·x)), x its parts. The a and v ≥ 0 are
those with the least mean log-loss + λ‖v − b·w‖², w the present weights as shares and b ≥ 0 fitted
along: a ridge regression toward a direction, whose limit for a large λ is the present score with
a slope of its own. Penalized likelihood with a target: Hastie, Tibshirani & Friedman 2009, ch. 3.4.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, minimize

from peerloom.matching.learning.evidence import Evidence
from peerloom.matching.market import Floats, Ints

# From close to the present weights to far from them; the first of equals is taken.
_STRENGTHS = (10.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
# The steepest slope and the furthest chance that are looked at, so that there always is a least.
_STEEPEST, _FURTHEST = 50.0, 15.0
_FOLDS = 5
# Keeps what the outcomes say nothing of from being anywhere.
_AT_REST = 1e-6


@dataclass(frozen=True, slots=True)
class Model:
    """The chance that a match comes out well, in log-odds: `base` + `slopes` · parts."""

    base: float
    slopes: Floats

    def losses(self, seen: Evidence) -> Floats:
        """The log-loss of each match, in natural logarithms."""
        odds = self.base + seen.parts @ self.slopes
        losses: Floats = np.logaddexp(0, odds) - seen.outcome * odds
        return losses


def fitted(seen: Evidence, present: Floats, strength: float) -> Model:
    """The model with the least loss; `present` are shares of 1."""
    base, slopes = _least(seen.parts, seen.outcome, present, strength)
    return Model(base, slopes)


def as_it_is(seen: Evidence, present: Floats) -> Model:
    """The model of the present weights: only base and slope are fitted."""
    base, slope = _least((seen.parts @ present)[:, None], seen.outcome, np.zeros(1), 0.0)
    return Model(base, slope[0] * present)


def _least(parts: Floats, outcome: Floats, toward: Floats, strength: float) -> tuple[float, Floats]:
    many = len(outcome)

    def cost(at: Floats) -> tuple[float, Floats]:
        base, along, slopes = at[0], at[1], at[2:]
        odds = base + parts @ slopes
        off = slopes - along * toward
        wrong = (1 / (1 + np.exp(-odds)) - outcome) / many
        value = float((np.logaddexp(0, odds) - outcome * odds).sum()) / many
        value += strength * float(off @ off) + _AT_REST * float(at @ at)
        slope = np.concatenate(
            [[wrong.sum(), -2 * strength * (off @ toward)], wrong @ parts + 2 * strength * off]
        )
        return value, slope + 2 * _AT_REST * at

    start = np.concatenate([[0.0, 1.0], toward])
    lowest = np.zeros_like(start)
    lowest[0] = -_FURTHEST
    highest = np.full_like(start, _STEEPEST)
    highest[0] = _FURTHEST
    # Others solve small systems with all threads of a machine, which takes ten times as long.
    found = minimize(
        cost,
        start,
        jac=True,
        method="TNC",
        bounds=Bounds(lowest, highest),
        options={"maxfun": 5000, "ftol": 1e-14, "xtol": 1e-10, "gtol": 1e-10},
    )
    return float(found.x[0]), np.asarray(found.x[2:], dtype=np.float64)


def best_strength(seen: Evidence, present: Floats) -> float:
    """The λ under which most of the evidence foretells the rest best, cohorts kept together."""
    folds = _folds(seen)
    least, best = np.inf, _STRENGTHS[0]
    for strength in _STRENGTHS if folds.any() else ():
        loss = 0.0
        for fold in np.unique(folds):
            model = fitted(seen.at(folds != fold), present, strength)
            loss += float(model.losses(seen.at(folds == fold)).sum())
        if loss < least - 1e-9:
            least, best = loss, strength
    return best


def _folds(seen: Evidence) -> Ints:
    """Whole cohorts, dealt out; with one cohort, its matches."""
    _, cohort = np.unique(seen.cohort, return_inverse=True)
    dealt = cohort if cohort.any() else np.arange(len(seen))
    folds: Ints = dealt % _FOLDS
    return folds


def gains(seen: Evidence, present: Floats) -> Floats:
    """By how much fitted weights lessen each match's log-loss, its cohort left out of the fit.

    The λ is chosen within the other cohorts: nothing of the one that is left out is looked at.
    """
    found = np.zeros(len(seen))
    for cohort in np.unique(seen.cohort):
        out = seen.cohort == cohort
        rest = seen.at(~out)
        learned = fitted(rest, present, best_strength(rest, present))
        found[out] = as_it_is(rest, present).losses(seen.at(out)) - learned.losses(seen.at(out))
    return found


def interval(values: Floats, seed: int, draws: int) -> tuple[float, float]:
    """The 95 % percentile interval of a mean, by drawing again (Efron & Tibshirani 1993, ch. 13).

    What is drawn is matches; how much cohorts differ from each other is not in it.
    """
    chance = np.random.default_rng(seed)
    means = [values[chance.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
