"""Who could be matched with whom, in numbers: what an optimum is looked for in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NOBODY = -1
# A score between 0 and 1 is a whole number of these here: sums are exact, on any machine.
UNIT = 10_000


def ints(values: Iterable[Any]) -> Ints:
    """Whole numbers, none or more."""
    return np.array(list(values), dtype=np.int64)


class Sparse:
    """Few values by number; 0 for all others."""

    def __init__(self, values: Mapping[int, float]) -> None:
        self._keys = np.array(sorted(values), dtype=np.int64)
        self._values = np.array([values[key] for key in sorted(values)], dtype=np.float64)

    def at(self, keys: Ints) -> Floats:
        """The values at some numbers."""
        found = np.zeros(len(keys))
        if len(self._keys):
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            is_there = self._keys[at] == keys
            found[is_there] = self._values[at[is_there]]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Seekers, who need one mentor each, mentors with places, and the options between them.

    `sizes` says how many people a seeker is, `waited` and `mentor_waited` how long each has
    waited, as ranks from 0, and `places` how many seekers a mentor can still take. An option
    joins `seeker` and `mentor`, or two seekers who would mentor each other: then `mentor` is
    `NOBODY` and `peer` the other one. `value` says what it is worth to the seeker, in `UNIT`s,
    and `peer_value` to the peer. `twins` are those who may become mentor or mentee, not both:
    their numbers as seeker and as mentor.
    """

    sizes: Ints
    waited: Ints
    places: Ints
    mentor_waited: Ints
    seeker: Ints
    mentor: Ints
    peer: Ints
    value: Ints
    peer_value: Ints
    twins: tuple[tuple[int, int], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether everybody is either a mentor or a mentee."""
        return not self.twins and not bool((self.peer != NOBODY).any())

    def best(self) -> Ints:
        """What the best option of each seeker is worth; 0 where there is none."""
        found = np.zeros(len(self.sizes), dtype=np.int64)
        np.maximum.at(found, self.seeker, self.value)
        both = self.peer != NOBODY
        np.maximum.at(found, self.peer[both], self.peer_value[both])
        return found

    def only(self, options: Ints, places: Ints | None = None) -> "Market":
        """The same people with some of the options, and other places where given."""
        return replace(
            self,
            seeker=self.seeker[options],
            mentor=self.mentor[options],
            peer=self.peer[options],
            value=self.value[options],
            peer_value=self.peer_value[options],
            places=self.places if places is None else places,
        )

    def load(self, taken: Bools) -> Ints:
        """How many places each mentor has given away."""
        used = self.mentor[taken & (self.peer == NOBODY)]
        return np.bincount(used, minlength=len(self.places)).astype(np.int64)

    def after(self, taken: Bools) -> Ints:
        """The options that are left to those who have nobody, once some are taken."""
        busy = np.zeros(len(self.sizes), dtype=np.bool_)
        busy[self.seeker[taken]] = True
        load = self.load(taken)
        full = load >= self.places
        for seeker, mentor in self.twins:
            full[mentor] |= busy[seeker]
            busy[seeker] |= load[mentor] > 0
        is_peers = self.peer != NOBODY
        there = ~busy[self.seeker] & np.where(is_peers, ~busy[self.peer], ~full[self.mentor])
        return np.flatnonzero(there)

    def in_roles(self, peers: Bools, mentors: Bools) -> Ints:
        """The options that are left with some as peers, and some of open roles as mentors."""
        done = np.zeros(len(self.sizes), dtype=np.bool_)
        done[self.seeker[peers]] = done[self.peer[peers]] = True
        no_mentor = np.zeros(len(self.places), dtype=np.bool_)
        for seeker, mentor in self.twins:
            no_mentor[mentor] = done[seeker] or not mentors[mentor]
            done[seeker] |= not no_mentor[mentor]
        left = (self.peer == NOBODY) & ~done[self.seeker] & ~no_mentor[self.mentor]
        return np.flatnonzero(left)
