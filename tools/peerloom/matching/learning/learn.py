"""The weights of a match, learned from what became of a program's earlier matches, or why not."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np

from peerloom.matching.arrays import Floats
from peerloom.matching.fairness import (
    AttributeComparison,
    GroupComparison,
    compare_groups,
    comparisons_as_value,
    find_outcomes,
    list_comparisons,
)
from peerloom.matching.learning.model import (
    bootstrap_interval,
    compute_gains,
    fit_weights,
)
from peerloom.matching.learning.outcomes import Evidence, collect_evidence
from peerloom.matching.output import format_lines
from peerloom.matching.propose import propose_matches
from peerloom.matching.scoring import Weighting, weights_array
from peerloom.model import Cohort, Weights
from peerloom.records import Program
from peerloom.text.numbers import plain_number, signed_number
from peerloom.text.phrases import count_noun, list_words

FEWEST_MATCHES = 30
# Weights are written with the sum that the present ones have, within these bounds.
_LEAST_SUM, _MOST_SUM = 10.0, 100.0
_JUDGED_BY = "the learned weights"
# A mean score that moves by less than this is taken as unchanged.
_UNCHANGED = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned for a cohort.

    `gain` is how much lower the mean log-loss of a match gets, its cohort left out of the fit,
    and `interval` is its 95 % interval. `pairs` counts matches with outcomes, a team's as one.
    Where nothing is learned, `weights` is nothing and `refusal` says why. `groups` compares a
    proposal by the present weights with one by the learned, both judged by the learned.
    """

    cohort: str
    before: Weights
    pairs: int
    cohorts: tuple[str, ...]
    gain: float | None = None
    interval: tuple[float, float] | None = None
    weights: Weights | None = None
    groups: tuple[AttributeComparison, ...] = ()
    refusal: str = ""


def learn_weights(
    program: Program, cohort: Cohort, today: date, *, seed: int = 1, draws: int = 2000
) -> Learned:
    """Weights for a cohort from the outcomes of all cohorts; `seed` draws the interval."""
    before = cohort.matching.weights
    present = _to_shares(weights_array(before))
    seen = collect_evidence(program, cohort.matching, today)
    learned = Learned(cohort=cohort.id, before=before, pairs=len(seen), cohorts=seen.cohorts)
    refusal = _refuse_evidence(seen)
    if refusal:
        return replace(learned, refusal=refusal)
    gains = compute_gains(seen, present)
    low, high = bootstrap_interval(gains, seed, draws)
    learned = replace(learned, gain=float(gains.mean()), interval=(low, high))
    if low <= 0:
        return replace(learned, refusal=_refuse_gain(low, high))
    slopes = fit_weights(seen, present).slopes
    if not slopes.any():
        return replace(learned, refusal="no criterion predicts how pairs turn out")
    weights = _round_weights(slopes, before)
    groups = _compare_proposals(program, cohort, weights, today)
    return replace(learned, weights=weights, groups=groups)


def _refuse_evidence(seen: Evidence) -> str | None:
    """Why there is too little to learn from."""
    if len(seen) < FEWEST_MATCHES:
        return (
            f"{count_noun(len(seen), 'matched pair')} with a known outcome must be at least "
            f"{FEWEST_MATCHES}: fewer say nothing about weights"
        )
    if len(seen.cohorts) == 1:
        return (
            f"all {len(seen)} matched pairs with a known outcome are of one cohort, "
            f"'{seen.cohorts[0]}', and must be of two at least: what one teaches must be tested "
            "on another"
        )
    if np.ptp(seen.outcome) == 0:
        return f"all {len(seen)} matched pairs turned out alike, so there is nothing to learn"
    return None


def _refuse_gain(low: float, high: float) -> str:
    if high < 0:
        return "learned weights predict the outcomes of a cohort left out worse than the present"
    return (
        "learned weights must predict the outcomes of a cohort left out better than the present "
        f"ones do, and the interval of their gain, {signed_number(low, 3)} to "
        f"{signed_number(high, 3)}, includes zero"
    )


def _to_shares(weights: Floats) -> Floats:
    whole = weights.sum()
    return weights / whole if whole > 0 else weights


def _round_weights(slopes: Floats, before: Weights) -> Weights:
    """Weights with two decimals whose sum is that of the present ones."""
    whole = float(np.clip(weights_array(before).sum(), _LEAST_SUM, _MOST_SUM))
    values = np.round(_to_shares(slopes) * whole, 2).tolist()
    return Weights(**dict(zip((f.name for f in fields(Weights)), values, strict=True)))


def _compare_proposals(
    program: Program, cohort: Cohort, weights: Weights, today: date
) -> tuple[AttributeComparison, ...]:
    """How groups of people would fare, if earlier proposals were made again."""
    learned = replace(cohort, matching=replace(cohort.matching, weights=weights))
    old, new = (
        propose_matches(program, run, today, earlier="replace") for run in (cohort, learned)
    )
    weighting = Weighting(weights_array(weights), new.scorer.weighting.usual)
    return compare_groups(new, *(find_outcomes(proposal, weighting) for proposal in (old, new)))


def learned_as_value(learned: Learned) -> dict[str, Any]:
    """The documented JSON: `weights` is null where nothing is learned, and `why` says why."""
    measured = {
        "pairs": learned.pairs,
        "cohorts": list(learned.cohorts),
        "gain": None if learned.gain is None else round(learned.gain, 4),
        "interval": None if learned.interval is None else [round(v, 4) for v in learned.interval],
    }
    if learned.weights is None:
        return {"cohort": learned.cohort, "weights": None, "why": learned.refusal, **measured}
    return {
        "cohort": learned.cohort,
        "weights": asdict(learned.weights),
        "before": asdict(learned.before),
        **measured,
        "judged_by": _JUDGED_BY,
        "groups": comparisons_as_value(
            learned.groups,
            lambda group: {
                "matched": list(group.matched),
                "score": [round(score, 4) for score in group.score],
            },
        ),
    }


def learned_as_text(learned: Learned) -> str:
    """What was learned and who gains or loses by it, or why nothing was learned, for a terminal."""
    return format_lines(_list_lines(learned))


def _list_lines(learned: Learned) -> Iterator[str]:
    if learned.weights is None:
        yield f"The weights of {learned.cohort} stay as they are: {learned.refusal}."
        yield f"  {_describe_measure(learned)}"
        return
    yield f"Weights for {learned.cohort}, learned and present:"
    for name, old in asdict(learned.before).items():
        new = getattr(learned.weights, name)
        yield f"  {name}: {plain_number(new)}, now {plain_number(old)}"
    yield f"  {_describe_measure(learned)}"
    yield f"How groups of people would fare, by {_JUDGED_BY} in both cases:"
    yield from list_comparisons(learned.groups, _describe_change)
    if not any(attribute.groups or attribute.withheld for attribute in learned.groups):
        yield "  nobody in this cohort is waiting, so nothing would change today"


def _describe_change(group: GroupComparison) -> str:
    old, new = group.score
    change = "better" if new > old else "worse"
    return (
        f"{group.group}, {count_noun(group.people, 'person')}: "
        f"{'as before' if abs(new - old) < _UNCHANGED else change}, mean score {new:.2f} "
        f"instead of {old:.2f}, {group.matched[1]} matched instead of {group.matched[0]}"
    )


def _describe_measure(learned: Learned) -> str:
    cohorts = list_words(learned.cohorts) or "no cohort"
    pairs = count_noun(learned.pairs, "matched pair")
    measured = f"measured on {pairs} with a known outcome of {cohorts}"
    if learned.gain is None or learned.interval is None:
        return measured
    low, high = (signed_number(end, 3) for end in learned.interval)
    return (
        f"{measured}, each cohort left out in turn: log-loss of a pair lower by "
        f"{signed_number(learned.gain, 3)}, 95% interval {low} to {high}"
    )
