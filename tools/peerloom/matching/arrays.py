"""Names for the arrays that matching computes with, and a lookup by pairs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Scores between 0 and 1 are counted in whole units of a ten-thousandth, so that sums of them are
# exact and the same on any machine.
UNIT = 10_000

_Value = TypeVar("_Value")


def as_ints(values: Iterable[Any]) -> Ints:
    """An array of whole numbers, which may be empty."""
    return np.array(list(values), dtype=np.int64)


def number_values(values: Sequence[_Value], index: dict[_Value, int]) -> Ints:
    """The number of each value in `index`, where values that are new get the next numbers."""
    return np.array([index.setdefault(value, len(index)) for value in values], dtype=np.int64)


class PairTable:
    """A lookup by seeker and mentor, as numbers, that is 0 wherever nothing was put."""

    def __init__(self, values: Mapping[tuple[int, int], float]) -> None:
        pairs = sorted(values)
        self._keys = _pair_keys(as_ints(s for s, _ in pairs), as_ints(m for _, m in pairs))
        self._values = np.array([values[pair] for pair in pairs], dtype=np.float64)

    def look_up(self, seekers: Ints, mentors: Ints) -> Floats:
        """The value of each `seekers[n]` with `mentors[n]`."""
        values = np.zeros(len(seekers))
        if len(self._keys):
            keys = _pair_keys(seekers, mentors)
            nearest = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            is_known = self._keys[nearest] == keys
            values[is_known] = self._values[nearest[is_known]]
        return values


def _pair_keys(seekers: Ints, mentors: Ints) -> Ints:
    keys: Ints = seekers << 32 | mentors
    return keys
