"""Weights fitted to outcomes, and how much better they predict those of a cohort left out.

A match goes well with the probability 1 / (1 + exp(−a − v·x)), where x are its scores by each
criterion. Before anything is seen, v is taken to be normal around b·w, where w are the present
weights as shares and b ≥ 0 is anything: a whole point of a criterion changes the log-odds by
about 1 more or less than the present weights say. Fitted are the likeliest a, b and v ≥ 0 after
the outcomes are seen, which is a logistic ridge regression toward a direction (Hastie, Tibshirani
& Friedman 2009, ch. 3.4; Gelman et al. 2013, ch. 16).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, minimize

from peerloom.matching.arrays import Floats
from peerloom.matching.learning.outcomes import Evidence

# The standard deviation of slopes, in log-odds, around those of the present weights.
_SPREAD = 1.0
# Bounds on slopes and on the base in log-odds, so that there always is a minimum.
_STEEPEST, _FURTHEST = 50.0, 15.0
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


def fit_present(seen: Evidence, present: Floats) -> OutcomeModel:
    """The model of the present weights, of which only base and one slope are fitted."""
    alone = replace(seen, criteria=(seen.criteria @ present)[:, None])
    model = fit_weights(alone, np.zeros(1), spread=np.inf)
    return OutcomeModel(model.base, model.slopes[0] * present)


def fit_weights(seen: Evidence, present: Floats, spread: float = _SPREAD) -> OutcomeModel:
    """The likeliest model, where `present` are the weights as shares of 1.

    Minimized is the mean log-loss + ‖v − b·`present`‖² / (2 · matches · `spread`²).
    """
    strength = 1 / (2 * len(seen) * spread**2)
    start = np.concatenate([[0.0, 1.0], present])
    lowest = np.zeros_like(start)
    lowest[0] = -_FURTHEST
    highest = np.full_like(start, _STEEPEST)
    highest[0] = _FURTHEST
    # Other methods use all threads of a machine for small systems, which takes ten times as long.
    best = minimize(
        _compute_loss,
        start,
        args=(seen, present, strength),
        jac=True,
        method="TNC",
        bounds=Bounds(lowest, highest),
        options={"maxfun": 5000, "ftol": 1e-14, "xtol": 1e-10, "gtol": 1e-10},
    )
    return OutcomeModel(float(best.x[0]), np.asarray(best.x[2:], dtype=np.float64))


def _compute_loss(
    values: Floats, seen: Evidence, present: Floats, strength: float
) -> tuple[float, Floats]:
    """What is minimized, and its gradient, at a base, b and slopes."""
    along, slopes = values[1], values[2:]
    odds = values[0] + seen.criteria @ slopes
    off = slopes - along * present
    wrong = (1 / (1 + np.exp(-odds)) - seen.outcome) / len(seen)
    value = float((np.logaddexp(0, odds) - seen.outcome * odds).sum()) / len(seen)
    value += strength * float(off @ off) + _TINY * float(values @ values)
    of_slopes = wrong @ seen.criteria + 2 * strength * off
    gradient = np.concatenate([[wrong.sum(), -2 * strength * (off @ present)], of_slopes])
    return value, gradient + 2 * _TINY * values


def compute_gains(seen: Evidence, present: Floats) -> Floats:
    """By how much fitted weights lower each match's log-loss, its cohort left out of the fit."""
    gains = np.zeros(len(seen))
    for cohort in np.unique(seen.cohort):
        out = seen.cohort == cohort
        rest, left_out = seen.take(~out), seen.take(out)
        learned = fit_weights(rest, present)
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
