"""The weights of a match, learned from what became of a program's earlier ones, or why not."""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from peerloom.matching.learning.evidence import Evidence, evidence
from peerloom.matching.learning.faring import AttributeChange, changes_by_group
from peerloom.matching.learning.fitting import best_strength, fitted, gains, interval
from peerloom.matching.market import Floats
from peerloom.matching.scoring import weights_of
from peerloom.model import Cohort, Weights
from peerloom.records import Program

FEWEST = 30
# Weights are shares: they are written with the sum that the present ones have, within these.
_LEAST_SUM, _MOST_SUM = 10.0, 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Weights that foretell outcomes better than those of `before`.

    `gain` is by how much less the mean log-loss of a match is, its cohort left out of the fit,
    and `interval` its 95 % interval. `pairs` counts matches with outcomes, a team's as one.
    """

    cohort: str
    weights: Weights
    before: Weights
    gain: float
    interval: tuple[float, float]
    pairs: int
    cohorts: tuple[str, ...]
    groups: tuple[AttributeChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the weights stay as they are, with what was measured, as far as anything was."""

    cohort: str
    why: str
    pairs: int
    cohorts: tuple[str, ...]
    gain: float | None = None
    interval: tuple[float, float] | None = None


def learn(
    program: Program, cohort: Cohort, today: date, *, seed: int = 1, draws: int = 2000
) -> Learned | Refusal:
    """Weights for a cohort from the outcomes of all cohorts; the interval is drawn by `seed`."""
    before = cohort.matching.weights
    present = _shares(weights_of(before))
    seen = evidence(program, cohort.matching, today)
    refusal = Refusal(cohort=cohort.id, why="", pairs=len(seen), cohorts=seen.cohorts)
    why = _too_little(seen)
    if why:
        return replace(refusal, why=why)
    better = gains(seen, present)
    low, high = interval(better, seed, draws)
    refusal = replace(refusal, gain=float(better.mean()), interval=(low, high))
    if low <= 0:
        return replace(refusal, why=_no_gain(low, high))
    slopes = fitted(seen, present, best_strength(seen, present)).slopes
    if not slopes.any():
        return replace(refusal, why="no part of the score foretells how pairs come out")
    weights = _written(slopes, before)
    return Learned(
        cohort=cohort.id,
        weights=weights,
        before=before,
        gain=float(better.mean()),
        interval=(low, high),
        pairs=len(seen),
        cohorts=seen.cohorts,
        groups=changes_by_group(program, cohort, weights, today),
    )


def _too_little(seen: Evidence) -> str | None:
    if len(seen) < FEWEST:
        return (
            f"{several(len(seen), 'matched pair')} with a known outcome must be at least {FEWEST}: "
            "fewer say nothing about weights"
        )
    if len(seen.cohorts) == 1:
        return (
            f"all {len(seen)} matched pairs with a known outcome are of one cohort, "
            f"'{seen.cohorts[0]}', and must be of two at least: what one teaches must be tried "
            "on another"
        )
    if np.ptp(seen.outcome) == 0:
        return f"all {len(seen)} matched pairs came out alike, so that none teaches anything"
    return None


def _no_gain(low: float, high: float) -> str:
    if high < 0:
        return "learned weights foretell the outcomes of a cohort left out worse than the present"
    return (
        "learned weights must foretell the outcomes of a cohort left out better than the present "
        f"ones do, and the interval of their gain, {signed(low)} to {signed(high)}, includes zero"
    )


def _shares(weights: Floats) -> Floats:
    whole = weights.sum()
    return weights / whole if whole > 0 else weights


def _written(slopes: Floats, before: Weights) -> Weights:
    """Weights with two decimals, their sum that of the present ones."""
    whole = float(np.clip(weights_of(before).sum(), _LEAST_SUM, _MOST_SUM))
    values = np.round(_shares(slopes) * whole, 2).tolist()
    names = (field.name for field in fields(Weights))
    return Weights(**dict(zip(names, values, strict=True)))


def several(count: int, what: str) -> str:
    """`1 pair`, `2 pairs`."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def signed(value: float) -> str:
    """`+0.041`, `−0.020`."""
    return f"{value:+.3f}".replace("-", "−")
