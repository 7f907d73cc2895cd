"""How exactly a mean can be printed without telling what one of its people answered."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from peerloom.text.numbers import round_half_up

# So many points of the scale must remain possible for everybody; of a shorter scale, all.
FEWEST_POINTS = 3

Scale = tuple[int, int]
Sums = tuple[int, int]


def describe_mean(answers: list[tuple[str, int]], scale: Scale) -> Any:
    """A mean with two decimals, else a range of half a point or a whole one, else None.

    Takes who gave each answer, and the lowest and highest point of the scale. The first of these is
    taken with which nobody's answer can be narrowed down to fewer than three points, by somebody
    who knows how many answers there are, nor by one of those who gave them.
    """
    total, count = sum(value for _, value in answers), len(answers)
    for shown, sums in _list_ways(total, count, scale):
        if is_safe(answers, sums, scale):
            return shown
    return None


def _list_ways(total: int, count: int, scale: Scale) -> Iterator[tuple[Any, Sums]]:
    """The ways to print a mean, each with the least and the greatest sum that it leaves."""
    mean = Fraction(total, count)
    shown = round_half_up(mean, 2)
    half = Fraction(5, 1000)
    exact = Fraction(str(shown))
    yield shown, (ceil((exact - half) * count), floor((exact + half) * count))
    for step in (Fraction(1, 2), Fraction(1)):
        lowest = min(Fraction(floor(mean / step)) * step, Fraction(scale[1]) - step)
        lowest = max(lowest, Fraction(scale[0]))
        highest = lowest + step
        bounds = ceil(lowest * count), floor(highest * count)
        yield {"from": float(lowest), "to": float(highest)}, bounds


def is_safe(answers: list[tuple[str, int]], sums: Sums, scale: Scale) -> bool:
    """Whether three points remain possible for each answer, for outsiders and for those asked."""
    own: dict[str, list[int]] = {}
    for who, value in answers:
        own.setdefault(who, []).append(value)
    known: Iterable[list[int]] = [[], *own.values()]
    return all(_leaves_enough(len(answers), sums, scale, mine) for mine in known)


def _leaves_enough(count: int, sums: Sums, scale: Scale, known: list[int]) -> bool:
    """Whether it remains open what another answered, for somebody who knows some of the answers.

    Of n answers between l and h whose sum is s, none can be below s - (n - 1) h, nor above
    s - (n - 1) l.
    """
    lowest, highest = scale
    others = count - len(known)
    if others <= 0:
        return False
    least = max(sums[0] - sum(known), others * lowest)
    most = min(sums[1] - sum(known), others * highest)
    from_below = max(lowest, least - (others - 1) * highest)
    from_above = min(highest, most - (others - 1) * lowest)
    needed = min(FEWEST_POINTS, highest - lowest + 1)
    return from_above - from_below + 1 >= needed
