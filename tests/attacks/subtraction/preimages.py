"""The attack of a reader who knows the rules: which values would have been published like this?

What is printed for some values is compared with what would be printed for every other ones. That
a mean is given as a range, or is not given, tells something as well.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

from attacks.subtraction.means import FEWEST_POINTS

Values = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """What is printed leaves one person few values, to an outsider or to who gave `own`."""

    people: int
    printed: Hashable
    own: int | None
    left: frozenset[int]


def find_leaks(
    people: int, lowest: int, highest: int, describe: Callable[[Values], Hashable]
) -> Iterator[Leak]:
    """Where what `describe` prints for some people's values leaves fewer than three for one.

    All values that the people can have are tried.
    """
    alike: dict[Hashable, list[Values]] = defaultdict(list)
    for values in combinations_with_replacement(range(lowest, highest + 1), people):
        alike[describe(values)].append(values)
    for printed, possible in alike.items():
        left = frozenset(value for values in possible for value in values)
        if len(left) < FEWEST_POINTS:
            yield Leak(people=people, printed=printed, own=None, left=left)
        for own in left:
            others = frozenset(each for values in possible for each in _list_others(values, own))
            if others and len(others) < FEWEST_POINTS:
                yield Leak(people=people, printed=printed, own=own, left=others)


def _list_others(values: Values, own: int) -> list[int]:
    """The values of the others, for one who gave the value `own`; empty if nobody did."""
    others = Counter(values)
    others[own] -= 1
    return list(+others) if min(others.values()) >= 0 else []
