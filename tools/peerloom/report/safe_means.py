"""How exactly a mean can be printed without telling what one of its people answered.

Readers know these rules. So whether a mean is a number or a range follows from how many people
answered and from the scale; were it chosen by the answers, the choice would tell of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from peerloom.text.numbers import round_half_up

# So many points of the scale must remain possible for everybody; of a shorter scale, all.
FEWEST_POINTS = 3
# The ends of ranges are half points.
_STEPS = 2

Scale = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactMeans:
    """The means that are printed as they are: those between two others, these left out."""

    above: Fraction
    below: Fraction


def describe_mean(answers: Iterable[tuple[str, int]], scale: Scale) -> Any:
    """A mean with two decimals, a range of means, or None where neither can be printed.

    Takes who gave each answer, and the lowest and highest point of the scale. A range has the keys
    `from` and `to`. Nobody's answer can be narrowed down to fewer than three points by it, neither
    by somebody who knows how many answers there are, nor by one of those who gave them.
    """
    given = list(answers)
    most = max(Counter(who for who, _ in given).values(), default=0)
    exact = find_exact_means(len(given), most, scale)
    if exact is None:
        return None
    mean = Fraction(sum(value for _, value in given), len(given))
    if mean <= exact.above:
        return _show_range(scale[0], exact.above)
    if mean >= exact.below:
        return _show_range(exact.below, scale[1])
    return round_half_up(mean, 2)


def find_exact_means(count: int, most: int, scale: Scale) -> ExactMeans | None:
    """The means of a number of answers that tell of nobody; None if even a range could.

    `most` is how many of the answers one person gave at most. Of m others, whose answers are
    between l and h and have the sum s, none answered more than s - (m - 1) l. That leaves three
    points from l on if s is at least m l + 2; and s is the sum of all less what one person gave,
    who knows these and gave h each time. It is the same from above. Below the lower of these sums
    all means are in one range, above the higher of them in another.
    """
    lowest, highest = scale
    others = count - most
    if not most or others <= 1:
        return None
    spare = min(FEWEST_POINTS - 1, highest - lowest)
    least_sum = others * lowest + most * highest + spare
    greatest_sum = others * highest + most * lowest - spare
    above = Fraction(ceil(Fraction(_STEPS * least_sum, count)), _STEPS)
    below = Fraction(floor(Fraction(_STEPS * greatest_sum, count)), _STEPS)
    return ExactMeans(above=above, below=below) if above < below else None


def _show_range(lowest: Fraction | int, highest: Fraction | int) -> dict[str, float]:
    return {"from": float(lowest), "to": float(highest)}
