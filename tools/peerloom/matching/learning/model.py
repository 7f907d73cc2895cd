"""Weights fitted to outcomes, and how much better they predict those of a cohort left out.

A match goes well with the probability 1 / (1 + exp(−a − v·x)), where x are its scores by each
criterion. Fitted are the a and v ≥ 0 with the least mean log-loss + λ‖v − b·w‖², where w are the
present weights as shares and b ≥ 0 is fitted as well: a logistic ridge regression toward a
direction, which for a large λ becomes the present score with a slope of its own. Penalized
likelihood with a target: Hastie, Tibshirani & Friedman 2009, ch. 3.4.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, minimize

from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.learning.outcomes import Evidence

# λ, from close to the present weights to far from them; the first of equals is taken.
_STRENGTHS = (10.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
# Bounds on slopes and on the base in log-odds, so that there always is a minimum.
_STEEPEST, _FURTHEST = 50.0, 15.0
_FOLDS = 5
# A tiny penalty that settles whatever the outcomes say nothing about.
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class OutcomeModel:
    """The probability that a match goes well, in log-odds: `base` + `slopes` · criteria."""

    base: float
    slopes: Floats

    def log_losses(self, seen: Evidence) -> Floats:
        """The log-loss of each match, in natural logarithms."""
        odds = self.base + seen.criteria @ self.slopes
        losses: Floats = np.logaddexp(0, odds) - seen.outcome * odds
        return losses


def fit_weights(seen: Evidence, present: Floats, strength: float) -> OutcomeModel:
    """The model with the least loss. `present` are the weights as shares of 1, `strength` is λ."""
    base, slopes = _minimize_loss(seen.criteria, seen.outcome, present, strength)
    return OutcomeModel(base, slopes)


def fit_present(seen: Evidence, present: Floats) -> OutcomeModel:
    """The model of the present weights, of which only base and one slope are fitted."""
    base, slope = _minimize_loss((seen.criteria @ present)[:, None], seen.outcome, np.zeros(1), 0.0)
    return OutcomeModel(base, slope[0] * present)


def _minimize_loss(
    criteria: Floats, outcome: Floats, toward: Floats, strength: float
) -> tuple[float, Floats]:
    """Base and slopes with the least penalized loss, for matches × criteria and outcomes."""
    matches = len(outcome)

    def loss(values: Floats) -> tuple[float, Floats]:
        base, along, slopes = values[0], values[1], values[2:]
        odds = base + criteria @ slopes
        off = slopes - along * toward
        wrong = (1 / (1 + np.exp(-odds)) - outcome) / matches
        value = float((np.logaddexp(0, odds) - outcome * odds).sum()) / matches
        value += strength * float(off @ off) + _TINY * float(values @ values)
        gradient = np.concatenate(
            [[wrong.sum(), -2 * strength * (off @ toward)], wrong @ criteria + 2 * strength * off]
        )
        return value, gradient + 2 * _TINY * values

    start = np.concatenate([[0.0, 1.0], toward])
    lowest = np.zeros_like(start)
    lowest[0] = -_FURTHEST
    highest = np.full_like(start, _STEEPEST)
    highest[0] = _FURTHEST
    # Other methods use all threads of a machine for small systems, which takes ten times as long.
    best = minimize(
        loss,
        start,
        jac=True,
        method="TNC",
        bounds=Bounds(lowest, highest),
        options={"maxfun": 5000, "ftol": 1e-14, "xtol": 1e-10, "gtol": 1e-10},
    )
    return float(best.x[0]), np.asarray(best.x[2:], dtype=np.float64)


def choose_strength(seen: Evidence, present: Floats) -> float:
    """The λ with the least loss in cross-validation by cohorts."""
    folds = _assign_folds(seen)
    least, best = np.inf, _STRENGTHS[0]
    for strength in _STRENGTHS if folds.any() else ():
        loss = 0.0
        for fold in np.unique(folds):
            model = fit_weights(seen.take(folds != fold), present, strength)
            loss += float(model.log_losses(seen.take(folds == fold)).sum())
        if loss < least - 1e-9:
            least, best = loss, strength
    return best


def _assign_folds(seen: Evidence) -> Ints:
    """The fold of each match: that of its cohort or, if there is only one, its own."""
    _, cohort = np.unique(seen.cohort, return_inverse=True)
    dealt = cohort if cohort.any() else np.arange(len(seen))
    folds: Ints = dealt % _FOLDS
    return folds


def compute_gains(seen: Evidence, present: Floats) -> Floats:
    """By how much fitted weights lower each match's log-loss, its cohort left out of the fit.

    λ is chosen within the other cohorts, so that nothing of the one left out is looked at.
    """
    gains = np.zeros(len(seen))
    for cohort in np.unique(seen.cohort):
        out = seen.cohort == cohort
        rest, left_out = seen.take(~out), seen.take(out)
        learned = fit_weights(rest, present, choose_strength(rest, present))
        before = fit_present(rest, present).log_losses(left_out)
        gains[out] = before - learned.log_losses(left_out)
    return gains


def bootstrap_interval(values: Floats, seed: int, draws: int) -> tuple[float, float]:
    """The 95% interval of a mean by the percentile bootstrap (Efron & Tibshirani 1993, ch. 13).

    Matches are drawn, so that differences between whole cohorts are not in it.
    """
    random = np.random.default_rng(seed)
    means = [values[random.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
