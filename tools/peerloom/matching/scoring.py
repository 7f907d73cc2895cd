"""How well a mentee and a mentor fit, as the weighted mean of the criteria."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from peerloom.matching import constraints
from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.applicants import Applicants
from peerloom.matching.arrays import UNIT, Bools, Floats, Ints
from peerloom.matching.constraints import ConstraintChecker
from peerloom.matching.criteria import CRITERIA, Criterion
from peerloom.model import Weights

# Pairs that are scored at once, so that memory stays bounded.
_PAIRS_AT_ONCE = 20_000
# How many pairs, evenly spread over the cohort, give the usual score of each criterion.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of pairs: row n is about `seeker[n]` and `mentor[n]`.

    `criteria` has a column for each of `CRITERIA`, not a number where a criterion is unknown.
    `broken` holds the constraints that keep the two apart as bits: 0 where they may be matched.
    """

    seeker: Ints
    mentor: Ints
    criteria: Floats
    broken: Ints

    @property
    def is_allowed(self) -> Bools:
        """Which pairs may be matched."""
        allowed: Bools = self.broken == 0
        return allowed

    def take(self, rows: Ints | Bools) -> "Scores":
        """Some of the rows."""
        return Scores(self.seeker[rows], self.mentor[rows], self.criteria[rows], self.broken[rows])

    def known_criteria(self, row: int) -> dict[str, float]:
        """The scores of a row that are known, by the criterion's id, with four decimals."""
        return {
            criterion.id: round(float(score), 4)
            for criterion, score in zip(CRITERIA, self.criteria[row], strict=True)
            if not np.isnan(score)
        }


def concatenate_scores(scores: Sequence[Scores]) -> Scores:
    """The rows of several, one after the other."""
    columns = ([getattr(each, field.name) for each in scores] for field in fields(Scores))
    return Scores(*map(np.concatenate, columns))


def weights_array(weights: Weights) -> Floats:
    """The weights in the order of `CRITERIA`."""
    return np.array([getattr(weights, field.name) for field in fields(weights)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights, and the usual score of each criterion, which stands in where it is unknown.

    A criterion of which nobody's score is known has no usual one, and does not count.
    """

    weights: Floats
    usual: Floats

    def total(self, criteria: Floats) -> Ints:
        """The weighted mean of each row, pairs × criteria, in `UNIT`s."""
        counted = self.weights * ~np.isnan(self.usual)
        whole = counted.sum()
        if whole == 0:
            return np.zeros(len(criteria), dtype=np.int64)
        known = np.where(np.isnan(criteria), self.usual, criteria)
        total = np.zeros(len(criteria))
        for n in np.flatnonzero(counted):
            total += counted[n] * known[:, n]
        units: Ints = np.floor(total / whole * UNIT + 0.5).astype(np.int64)
        return units


def mean_known(criteria: Floats) -> Floats:
    """The mean of the known scores of each column; not a number where none is known."""
    known = ~np.isnan(criteria)
    counts = known.sum(axis=0)
    means = np.full(criteria.shape[1], np.nan)
    np.divide(np.where(known, criteria, 0).sum(axis=0), counts, out=means, where=counts > 0)
    return means


class Scorer:
    """Scores applicants by all criteria and constraints."""

    def __init__(self, applicants: Applicants) -> None:
        self.applicants = applicants
        self.data = ApplicantData(applicants)
        self.criteria: tuple[Criterion, ...] = tuple(kind(self.data) for kind in CRITERIA)
        self.constraints = ConstraintChecker(self.data, constraints.CONSTRAINTS)
        self._weights = weights_array(applicants.cohort.matching.weights)

    @cached_property
    def weighting(self) -> Weighting:
        """The cohort's weights, with what is usual in a sample of all pairs."""
        seekers, mentors = len(self.data.seekers), len(self.data.mentors)
        columns = min(mentors, _SAMPLE)
        rows = min(seekers, max(1, _SAMPLE // max(1, columns)))
        some_seekers = np.arange(rows) * seekers // max(1, rows)
        some_mentors = np.arange(columns) * mentors // max(1, columns)
        sample = self.score_all(some_seekers, some_mentors)
        return Weighting(self._weights, mean_known(sample.criteria))

    def score_all(self, seekers: Ints, mentors: Ints) -> Scores:
        """The scores of each of the seekers with each of the mentors."""
        return self.score_pairs(np.repeat(seekers, len(mentors)), np.tile(mentors, len(seekers)))

    def score_pairs(self, seekers: Ints, mentors: Ints) -> Scores:
        """The scores of `seekers[n]` with `mentors[n]`, in that order."""
        order = np.argsort(seekers, kind="stable")
        ordered = seekers[order], mentors[order]
        criteria = np.full((len(seekers), len(CRITERIA)), np.nan)
        for start in range(0, len(seekers), _PAIRS_AT_ONCE):
            rows = slice(start, start + _PAIRS_AT_ONCE)
            for n, criterion in enumerate(self.criteria):
                criteria[order[rows], n] = criterion.score(ordered[0][rows], ordered[1][rows])
        return Scores(seekers, mentors, criteria, self.constraints.find_broken(seekers, mentors))

    def estimate_all(self, seekers: Ints, mentors: Ints) -> Floats:
        """A quick estimate of the weighted sum of all criteria: seekers × mentors."""
        total = np.zeros((len(seekers), len(mentors)))
        for weight, criterion in zip(self._weights, self.criteria, strict=True):
            if weight:
                estimate = criterion.estimate(seekers, mentors)
                total += np.where(np.isnan(estimate), 0, weight * estimate)
        return total
