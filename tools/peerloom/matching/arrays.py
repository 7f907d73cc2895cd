"""Names for the arrays that matching computes with, and a sparse table."""

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


class SparseTable:
    """A lookup from whole numbers to floats that is 0 wherever nothing was put."""

    def __init__(self, values: Mapping[int, float]) -> None:
        self._keys = np.array(sorted(values), dtype=np.int64)
        self._values = np.array([values[key] for key in sorted(values)], dtype=np.float64)

    def look_up(self, keys: Ints) -> Floats:
        """The value of each key."""
        values = np.zeros(len(keys))
        if len(self._keys):
            nearest = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            is_known = self._keys[nearest] == keys
            values[is_known] = self._values[nearest[is_known]]
        return values

    def keys_between(self, first: int, last: int) -> Ints:
        """The keys from `first` up to `last`, without `last`."""
        start, end = np.searchsorted(self._keys, [first, last])
        return self._keys[start:end]
