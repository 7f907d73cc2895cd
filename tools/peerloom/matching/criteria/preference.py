"""Criterion `preference`: how high each of the two named the other."""

from collections.abc import Iterator, Sequence

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints, SparseTable
from peerloom.matching.criteria.criterion import Criterion

# What each lower place in somebody's list takes away, and the least that being named is worth.
_STEP, _LEAST = 0.15, 0.4
_ORDINALS = {1: "first", 2: "second", 3: "third"}


class Preference(Criterion):
    """The mean of both sides: 1 for whom somebody named first, less for later ones, 0 for others.

    A side that named nobody is left out.
    """

    id = "preference"
    sentence = "how high each of the two named the other"
    fields = ("preferred",)
    is_private = True

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        seekers, mentors = data.applicants.seeker_numbers, data.applicants.mentor_numbers
        self._mentors = max(1, len(mentors))
        self._seeker_names = np.array([any(p.preferred for p in s) for s in data.seekers], np.bool_)
        self._mentor_names = np.array([bool(p.preferred) for p in data.mentors], np.bool_)
        ours: dict[int, float] = {}
        theirs: dict[int, float] = {}
        for n, people in enumerate(data.seekers):
            for person in people:
                for place, id_ in enumerate(person.preferred):
                    if id_ in mentors:
                        key = n * self._mentors + mentors[id_]
                        ours[key] = max(ours.get(key, 0), _worth_of_place(place))
        for n, mentor in enumerate(data.mentors):
            for place, id_ in enumerate(mentor.preferred):
                if id_ in seekers:
                    key = seekers[id_] * self._mentors + n
                    theirs[key] = max(theirs.get(key, 0), _worth_of_place(place))
        self._ours, self._theirs = SparseTable(ours), SparseTable(theirs)
        self._either = SparseTable(ours | theirs)

    def mentors_named(self, seeker: int) -> Ints:
        """The mentors whom a seeker named or who named the seeker."""
        first = seeker * self._mentors
        return self._either.keys_between(first, first + self._mentors) - first

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where neither side named anybody."""
        keys = seekers * self._mentors + mentors
        ours = np.where(self._seeker_names[seekers], self._ours.look_up(keys), np.nan)
        theirs = np.where(self._mentor_names[mentors], self._theirs.look_up(keys), np.nan)
        both = (ours + theirs) / 2
        return np.where(np.isnan(both), np.where(np.isnan(ours), theirs, ours), both)

    def explain(
        self, seeker: int, mentor: int, score: float | None, told: Sequence[str]
    ) -> Iterator[str]:
        """Who named whom, and in which place."""
        del score, told
        other = self.data.mentors[mentor]
        for person in self.data.seekers[seeker]:
            if other.id in person.preferred:
                place = _describe_place(person.preferred, other.id)
                yield f"{person.name} named {other.name} {place}"
            if person.id in other.preferred:
                place = _describe_place(other.preferred, person.id)
                yield f"{other.name} named {person.name} {place}"


def _worth_of_place(place: int) -> float:
    return max(_LEAST, 1 - _STEP * place)


def _describe_place(names: tuple[str, ...], id_: str) -> str:
    place = names.index(id_) + 1
    return _ORDINALS.get(place, f"in place {place}")
