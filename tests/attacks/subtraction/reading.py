"""What the attacker reads from publications: how many people are behind which sum."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from attacks.subtraction.publications import Publication
from attacks.subtraction.words import Group

# A figure is printed with two decimals.
_ROUNDING = 0.005 + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """On a day, so many values had a sum from `low` to `high`, both whole numbers.

    `people` is how many they are of, if each gave one; and `covers` whom the report was about.
    """

    day: date
    people: int
    low: int
    high: int
    covers: str = "everybody"


# How many values are behind a figure of a group that is of some people, on a day.
CountValues = Callable[[Group, int, date, str], int]


def read_sums(
    publications: Iterable[Publication], count_values: CountValues
) -> dict[Group, list[Reading]]:
    """The sums behind each published mean, for each group in the order of the days."""
    found: dict[Group, list[Reading]] = defaultdict(list)
    for each in publications:
        for group, people, mean, times in _list_means(each.figures):
            interval = read_interval(mean)
            if interval and people:
                low, high = (times * end for end in interval)
                covers = each.figures.get("covers", "everybody")
                values = count_values(group, people, each.day, covers)
                reading = Reading(
                    day=each.day,
                    people=values,
                    low=ceil(values * low),
                    high=floor(values * high),
                    covers=covers,
                )
                found[group].append(reading)
    return {group: sorted(each, key=lambda r: r.day) for group, each in found.items()}


def read_interval(mean: Any) -> tuple[float, float] | None:
    """Between which numbers a published mean is; None where it is withheld."""
    if mean is None:
        return None
    if isinstance(mean, dict):
        return mean["from"] - 1e-9, mean["to"] + 1e-9
    return mean - _ROUNDING, mean + _ROUNDING


def _list_means(figures: dict[str, Any]) -> Iterator[tuple[Group, int, Any, int]]:
    """Each mean with its group, how many people it is of, and by what to multiply it.

    A construct is the mean of several answers of each person; their sum is a whole number.
    """
    for row in figures["ratings"]:
        for kind in ("useful", "relationship"):
            yield (kind, row["due"]), row[f"{kind}_people"], row[kind], 1
    for survey in figures["surveys"]:
        for wave in ("before", "after"):
            for item in survey["items"]:
                name = f"{survey['survey']}/{item['item']}"
                yield (wave, name), item["both"], item[wave], 1
            for row in survey["constructs"]:
                name = f"{survey['survey']}/{'+'.join(row['of'])}"
                yield (wave, name), row["both"], row[wave], len(row["of"])
        for item in survey["afterwards"]:
            name = f"{survey['survey']}/{item['item']}"
            yield (item["wave"], name), item["people"], item["mean"], 1
    for group, people, mean in _list_means_of_aims(figures):
        yield group, people, mean, 1


def _list_means_of_aims(figures: dict[str, Any]) -> Iterator[tuple[Group, int, Any]]:
    """The means of the newest ratings on the day of an aim, where it says one."""
    kinds = {"usefulness": "useful", "relationship": "relationship"}
    for aim in figures["aims_answered"]:
        kind = kinds.get(aim["measure"] or "")
        rated = [row for row in figures["ratings"] if kind and row[f"{kind}_people"]]
        dues = [row["due"] for row in rated if row["due"] <= (aim["on"] or "")]
        if kind and dues:
            yield (kind, dues[-1]), aim["whole"], aim["part"]
