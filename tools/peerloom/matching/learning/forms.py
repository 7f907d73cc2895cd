"""Learned weights, or why there are none, to be read and for programs."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from peerloom.diagnostic import printable
from peerloom.matching.fairness.groups import withheld
from peerloom.matching.learning.faring import YARDSTICK, AttributeChange, GroupChange
from peerloom.matching.learning.weights import Learned, Refusal, several, signed
from peerloom.matching.reasons import number
from peerloom.model import Weights

# A mean score that moves by less is taken as one that stays.
_STAYS = 0.005


def learned_as_value(found: Learned | Refusal) -> dict[str, Any]:
    """The documented JSON: `weights` is null where nothing is learned, and `why` says why."""
    measured = {
        "pairs": found.pairs,
        "cohorts": list(found.cohorts),
        "gain": None if found.gain is None else round(found.gain, 4),
        "interval": None if found.interval is None else [round(v, 4) for v in found.interval],
    }
    if isinstance(found, Refusal):
        return {"cohort": found.cohort, "weights": None, "why": found.why, **measured}
    return {
        "cohort": found.cohort,
        "weights": _weights(found.weights),
        "before": _weights(found.before),
        **measured,
        "judged_by": YARDSTICK,
        "groups": {a.attribute: _attribute(a) for a in found.groups},
    }


def _attribute(found: AttributeChange) -> dict[str, Any]:
    groups = [
        {
            "group": group.group,
            "people": group.people,
            "matched": list(group.matched),
            "score": [round(score, 4) for score in group.score],
        }
        for group in found.groups
    ]
    return {"groups": groups, "withheld": found.withheld}


def _weights(weights: Weights) -> dict[str, float]:
    return {field.name: getattr(weights, field.name) for field in fields(weights)}


def learned_as_text(found: Learned | Refusal) -> str:
    """What was learned and who gains or loses by it, or why nothing was, for a terminal."""
    lines = _refused(found) if isinstance(found, Refusal) else _told(found)
    return "".join(f"{printable(line)}\n" for line in lines)


def _refused(found: Refusal) -> Iterator[str]:
    yield f"The weights of {found.cohort} stay as they are: {found.why}."
    yield f"  {_measured(found)}"


def _told(found: Learned) -> Iterator[str]:
    yield f"Weights for {found.cohort}, learned and present:"
    for field in fields(Weights):
        new, old = (getattr(weights, field.name) for weights in (found.weights, found.before))
        yield f"  {field.name}: {number(new)}, now {number(old)}"
    yield f"  {_measured(found)}"
    yield f"How groups would fare, by {YARDSTICK} in both cases:"
    for attribute in found.groups:
        yield f"  by {attribute.attribute}:"
        yield from (f"    {_line(group)}" for group in attribute.groups)
        if attribute.withheld:
            yield f"    {withheld(attribute.withheld)}"
    if not any(attribute.groups or attribute.withheld for attribute in found.groups):
        yield "  nobody of this cohort waits for somebody, so nobody would notice today"


def _measured(found: Learned | Refusal) -> str:
    seen = f"measured on {several(found.pairs, 'matched pair')} with a known outcome"
    where = f"of {', '.join(found.cohorts)}" if found.cohorts else "of no cohort"
    if found.gain is None or found.interval is None:
        return f"{seen} {where}"
    low, high = found.interval
    return (
        f"{seen} {where}, each cohort left out in turn: log-loss of a pair lower by "
        f"{signed(found.gain)}, 95 % interval {signed(low)} to {signed(high)}"
    )


def _line(group: GroupChange) -> str:
    old, new = group.score
    how = "as before" if abs(new - old) < _STAYS else "better" if new > old else "worse"
    return (
        f"{group.group}, {group.people} people: {how}, mean score {new:.2f} instead of {old:.2f}, "
        f"{group.matched[1]} matched instead of {group.matched[0]}"
    )
