"""The attack on changes: what the mean before, the mean after and the margin tell together.

A margin gives the sum of the squares of all changes. So the unknown numbers are how many people
answered each pair of values, and a linear program tells for each value whether somebody can have
given it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.special import stdtrit

from attacks.subtraction.finding import Finding
from attacks.subtraction.means import FEWEST_POINTS, FindScale
from attacks.subtraction.publications import Publication
from attacks.subtraction.reading import read_interval

# Answers of one person before and after.
Answers = tuple[int, int]
_SLACK = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is known of `people` people's answers: bounds of weighted counts of pairs of values."""

    people: int
    pairs: tuple[Answers, ...]
    rows: tuple[tuple[float, ...], ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def attack_changes(publications: Iterable[Publication], find_scale: FindScale) -> Iterator[Finding]:
    """Which answers are left for one person, from the newest change of each question."""
    newest: dict[str, tuple[Publication, dict[str, Any]]] = {}
    for each in publications:
        for survey in each.figures["surveys"]:
            for item in survey["items"]:
                newest[f"{survey['survey']}/{item['item']}"] = each, item
    for name, (publication, item) in newest.items():
        if item["margin"] is None:
            continue
        change = _read_change(item, *find_scale(("before", name)))
        for side, kind in enumerate(("before", "after")):
            left = _find_values_left(change, side) if change else []
            if change and len(left) < FEWEST_POINTS:
                yield Finding(
                    kind=kind,
                    what=f"{name} (by its margin)",
                    people=change.people,
                    least=min(left),
                    most=max(left),
                    day=publication.day,
                )


def _read_change(item: dict[str, Any], lowest: int, highest: int) -> Change | None:
    """The sums of the answers before, after, and of the squares of their differences."""
    before, after, change, margin = (
        read_interval(item[key]) for key in ("before", "after", "change", "margin")
    )
    people = item["both"]
    if not (before and after and change and margin):
        return None
    pairs = tuple(product(range(lowest, highest + 1), repeat=2))
    quantile = float(stdtrit(people - 1, 0.975))
    squares = [people * (people - 1) * (max(end, 0) / quantile) ** 2 for end in margin]
    shifts = sorted((people * end**2 for end in change), key=abs)
    is_around_zero = change[0] < 0 < change[1]
    sums = [
        (people, people),
        *((people * low, people * high) for low, high in (before, after, change)),
        (squares[0] + (0 if is_around_zero else shifts[0]), squares[1] + shifts[1]),
    ]
    return Change(
        people=people,
        pairs=pairs,
        rows=(
            tuple(1.0 for _ in pairs),
            tuple(float(b) for b, _ in pairs),
            tuple(float(a) for _, a in pairs),
            tuple(float(a - b) for b, a in pairs),
            tuple(float((a - b) ** 2) for b, a in pairs),
        ),
        low=tuple(low for low, _ in sums),
        high=tuple(high for _, high in sums),
    )


def _find_values_left(change: Change, side: int) -> list[int]:
    """The values that somebody can have given before (`side` is 0) or after (1)."""
    rows = np.array(change.rows)
    bounds = np.concatenate([np.array(change.high), -np.array(change.low)]) + _SLACK
    left = []
    for value in sorted({pair[side] for pair in change.pairs}):
        goal = np.array([-1.0 if pair[side] == value else 0.0 for pair in change.pairs])
        found = linprog(goal, A_ub=np.vstack([rows, -rows]), b_ub=bounds)
        if found.success and -found.fun >= 1 - _SLACK:
            left.append(value)
    return left
