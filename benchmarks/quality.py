"""`python -m benchmarks.quality`: how near proposals are to what organizers chose themselves.

For each project of six real cohorts the cohort's mentors are ranked by the product's own score,
before capacities and constraints; and pairs are proposed with the capacities of the sheet. What is
printed beside `chance` and plain TF-IDF says what each figure is held against.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks import ranking
from benchmarks.real import TODAY, Real, cohorts
from peerloom.matching.arrays import Floats
from peerloom.matching.criteria import CRITERIA
from peerloom.matching.propose import propose_matches
from peerloom.matching.scoring import Scorer, Weighting, mean_known, weights_array
from peerloom.model import Weights

# Ratios to chance, fitted on five cohorts and measured on the sixth; hits not below TF-IDF's.
LEAST_MRR, LEAST_PAIRS = 1.8, 2.5
# The parts that the sheets can tell anything of.
_FITTED = ("skills", "goals", "closeness")
_AT = [n for n, criterion in enumerate(CRITERIA) if criterion.id in _FITTED]
_TFIDF, _SHIPPED, _LEFT_OUT = "plain word TF-IDF", "as shipped", "leave one cohort out"
# How wide the columns of the table are.
_NAME, _CELL = 22, 25


class Measured:
    """A cohort with the parts of every score in it."""

    def __init__(self, real: Real) -> None:
        self.real = real
        seekers, mentors = len(real.applicants.seekers), len(real.applicants.mentors)
        scorer = Scorer(real.applicants)
        self._parts = scorer.score_all(np.arange(seekers), np.arange(mentors)).criteria
        self.chosen = real.chosen[real.measured]
        self.each = self.chosen.sum(axis=1)
        self.one = np.ones_like(self.each)

    def scores(self, weights: Weights) -> Floats:
        """The product's scores, projects × mentors."""
        weighting = Weighting(weights_array(weights), mean_known(self._parts))
        values = weighting.total(self._parts)
        return self.real.of_measured(values.reshape(self.real.chosen.shape).astype(np.float64))

    @cached_property
    def parts(self) -> Floats:
        """Projects × mentors × the fitted parts; what is unknown is taken as average."""
        mean = mean_known(self._parts)
        known = np.nan_to_num(np.where(np.isnan(self._parts), mean, self._parts)[:, _AT])
        return self.real.of_measured(known.reshape(*self.real.chosen.shape, len(_AT)))

    def proposed(self, weights: Weights) -> Floats:
        """Whether the mentor that `propose` has for a project is one of the chosen."""
        cohort = self.real.applicants.cohort
        cohort = replace(cohort, matching=replace(cohort.matching, weights=weights))
        hits = np.zeros(len(self.real.chosen))
        for match in propose_matches(self.real.program, cohort, TODAY).matches:
            hits[match.fit.seeker] = self.real.chosen[match.fit.seeker, match.fit.mentor]
        return self.real.of_measured(hits)

    def by_words(self) -> Floats:
        """The scores of plain TF-IDF."""
        return self.real.of_measured(ranking.compare_by_tf_idf(self.real.texts, self.real.offers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """By project: the measures of its ranking, and its chosen pairs that were found.

    `single` is with one mentor for each, `several` with as many as the organizers gave it.
    """

    ranks: Floats
    single: Floats
    several: Floats


def _compute_result(
    measured: Sequence[Measured], scores: Sequence[Floats], single: Floats
) -> Result:
    both = list(zip(measured, scores, strict=True))
    several = [ranking.count_found_pairs(s, m.chosen, m.real.places, m.each) for m, s in both]
    ranks = np.concatenate([ranking.measure_ranks(s, m.chosen) for m, s in both])
    return Result(ranks=ranks, single=single, several=np.concatenate(several))


def _rank_by_chance(measured: Sequence[Measured]) -> Result:
    one, each = (
        np.concatenate(
            [
                ranking.count_found_by_chance(m.chosen, m.real.places, getattr(m, n))
                for m in measured
            ]
        )
        for n in ("one", "each")
    )
    flat = [ranking.measure_ranks(np.zeros(m.chosen.shape), m.chosen) for m in measured]
    return Result(ranks=np.concatenate(flat), single=one, several=each)


def _rank_by_words(measured: Sequence[Measured]) -> Result:
    scores = [m.by_words() for m in measured]
    single = [
        ranking.count_found_pairs(s, m.chosen, m.real.places, m.one)
        for m, s in zip(measured, scores, strict=True)
    ]
    return _compute_result(measured, scores, np.concatenate(single))


def _rank_by_product(measured: Sequence[Measured], weights: Sequence[Weights]) -> Result:
    both = list(zip(measured, weights, strict=True))
    single = np.concatenate([m.proposed(w) for m, w in both])
    return _compute_result(measured, [m.scores(w) for m, w in both], single)


def _fit_weights(measured: Sequence[Measured]) -> Weights:
    """Weights, none below 0, under which the organizers' choices are the likeliest.

    A conditional logit (McFadden 1974): of a project's mentors, each is chosen with the
    likelihood exp(score); the chosen ones together are to have the greatest product of these.
    """

    def unlikelihood(weights: Floats) -> float:
        total = 0.0
        for m in measured:
            likely = np.exp(m.parts @ weights)
            total -= np.log((likely * m.chosen).sum(axis=1) / likely.sum(axis=1)).sum()
        return total

    start = np.full(len(_AT), 2.0)
    best = minimize(unlikelihood, start, bounds=[(0, None)] * len(_AT), method="L-BFGS-B")
    ids = (CRITERIA[n].id for n in _AT)
    return replace(Weights(), **dict(zip(ids, best.x.tolist(), strict=True)))


def report() -> Iterator[str]:
    """The table, the figures that are held against something, and each cohort's own."""
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        measured = [Measured(real) for real in cohorts(Path(folder))]
    chance = _rank_by_chance(measured)
    left_out = [_fit_weights([m for m in measured if m is not other]) for other in measured]
    results = {_TFIDF: _rank_by_words(measured)}
    for name in _FITTED:
        alone = replace(Weights(), **dict.fromkeys(set(_FITTED) - {name}, 0.0))
        results[f"{name} alone"] = _rank_by_product(measured, [alone] * len(measured))
    results[_SHIPPED] = _rank_by_product(measured, [Weights()] * len(measured))
    results[_LEFT_OUT] = _rank_by_product(measured, left_out)
    yield from _list_table(results, chance, sum(int(m.each.sum()) for m in measured))
    yield from _list_aims(results, chance)
    yield from _list_cohorts(measured, results, chance)
    yield "weights that the other five cohorts give, skills : goals : closeness"
    for m, weights in zip(measured, left_out, strict=True):
        three = np.array([getattr(weights, name) for name in _FITTED])
        yield f"  {m.real.name}: " + " : ".join(f"{w:.2f}" for w in three / three.sum())


def _list_table(results: dict[str, Result], chance: Result, pairs: int) -> Iterator[str]:
    many = len(chance.ranks)
    yield f"{many} projects, {pairs} pairs that the organizers chose"
    means = zip(ranking.MEASURES, chance.ranks.mean(axis=0), strict=True)
    yield (
        f"by chance: {', '.join(f'{name} {mean:.4f}' for name, mean in means)}; of the pairs "
        f"{chance.single.sum():.2f} with one mentor each, {chance.several.sum():.2f} with as many "
        "as the organizers gave"
    )
    yield "value, times chance, and 95 % of a bootstrap over projects; the last two: pairs found"
    yield "with one mentor each (`propose`; of TF-IDF the best sum), and as many as given (by sum)"
    heads = (*ranking.MEASURES, "one mentor each", "as many as given")
    yield " " * _NAME + "".join(f"{head:<{_CELL}}" for head in heads).rstrip()
    for name, result in results.items():
        ratios = [
            *(ranking.format_ratio(result.ranks[:, n], chance.ranks[:, n]) for n in range(4)),
            ranking.format_ratio(result.single, chance.single),
            ranking.format_ratio(result.several, chance.several),
        ]
        values = [f"{mean:.3f}" for mean in result.ranks.mean(axis=0)]
        values += [f"{result.single.sum():.1f}", f"{result.several.sum():.1f}"]
        cells = (f"{v} {r}" for v, r in zip(values, ratios, strict=True))
        yield f"{name:<{_NAME}}" + "".join(f"{cell:<{_CELL}}" for cell in cells).rstrip()


def _list_aims(results: dict[str, Result], chance: Result) -> Iterator[str]:
    words = results[_TFIDF]
    for name in (_LEFT_OUT, _SHIPPED):
        ours = results[name]
        yield f"{name}, against what is wanted:"
        yield (
            f"  MRR {ranking.format_ratio(ours.ranks[:, 0], chance.ranks[:, 0])} times chance "
            f"(at least {LEAST_MRR}); less TF-IDF's "
            f"{ranking.format_difference(ours.ranks[:, 0], words.ranks[:, 0])}"
        )
        yield (
            f"  pairs that `propose` finds, one mentor each: "
            f"{ranking.format_ratio(ours.single, chance.single)} times chance "
            f"(at least {LEAST_PAIRS}); as many as given, by the score: "
            f"{ranking.format_ratio(ours.several, chance.several)}; "
            f"less TF-IDF's, a project: {ranking.format_difference(ours.single, words.single)} and "
            f"{ranking.format_difference(ours.several, words.several)}"
        )
        yield (
            f"  hits at 3 {ours.ranks[:, 2].mean():.3f} (not below TF-IDF's "
            f"{words.ranks[:, 2].mean():.3f}); the difference "
            f"{ranking.format_difference(ours.ranks[:, 2], words.ranks[:, 2])}"
        )


def _list_cohorts(
    measured: Sequence[Measured], results: dict[str, Result], chance: Result
) -> Iterator[str]:
    yield f"each cohort, {_SHIPPED} / {_LEFT_OUT} / TF-IDF, in times chance:"
    ends = np.cumsum([0, *(len(m.chosen) for m in measured)])
    shown = [results[name] for name in (_SHIPPED, _LEFT_OUT, _TFIDF)]
    for n, m in enumerate(measured):
        at = slice(ends[n], ends[n + 1])
        mrr = (r.ranks[at, 0].sum() / chance.ranks[at, 0].sum() for r in shown)
        single = (f"{r.single[at].sum():.1f}" for r in shown)
        several = (f"{r.several[at].sum():.1f}" for r in shown)
        yield (
            f"  {m.real.name}, {len(m.chosen)} projects: "
            f"MRR {' / '.join(f'{v:.2f}' for v in mrr)}; "
            f"pairs, one mentor each {' / '.join(single)} (chance {chance.single[at].sum():.1f}), "
            f"as many as given {' / '.join(several)} (chance {chance.several[at].sum():.1f})"
        )


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
