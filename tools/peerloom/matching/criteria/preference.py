"""Criterion `preference`: how high each of the two named the other."""

from collections.abc import Iterator

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints, PairTable
from peerloom.matching.criteria.criterion import Criterion

# What each lower place in somebody's list takes away, and the least that being named is worth.
_STEP, _LEAST = 0.15, 0.4
_ORDINALS = {1: "first", 2: "second", 3: "third"}


class Preference(Criterion):
    """The mean of both sides: 1 for the first person named, less for later ones, 0 for others.

    A side that named nobody is left out.
    """

    id = "preference"
    sentence = "how high each of the two named the other"
    fields = ("preferred",)
    is_private = True

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        seekers, mentors = data.applicants.seeker_numbers, data.applicants.mentor_numbers
        self._seeker_names = np.array([any(p.preferred for p in s) for s in data.seekers], np.bool_)
        self._mentor_names = np.array([bool(p.preferred) for p in data.mentors], np.bool_)
        ours: dict[tuple[int, int], float] = {}
        theirs: dict[tuple[int, int], float] = {}
        for person in data.applicants.people:
            for place, named in enumerate(person.preferred):
                if person.id in seekers and named in mentors:
                    _put_greater(ours, (seekers[person.id], mentors[named]), place)
                if person.id in mentors and named in seekers:
                    _put_greater(theirs, (seekers[named], mentors[person.id]), place)
        self._ours, self._theirs = PairTable(ours), PairTable(theirs)

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where neither side named anybody."""
        by_seeker, by_mentor = (t.look_up(seekers, mentors) for t in (self._ours, self._theirs))
        ours = np.where(self._seeker_names[seekers], by_seeker, np.nan)
        theirs = np.where(self._mentor_names[mentors], by_mentor, np.nan)
        both = (ours + theirs) / 2
        return np.where(np.isnan(both), np.where(np.isnan(ours), theirs, ours), both)

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """Sentences on who named whom, and in which place."""
        other = self.data.mentors[mentor]
        for person in self.data.seekers[seeker]:
            if other.id in person.preferred:
                place = _describe_place(person.preferred, other.id)
                yield f"{person.name} named {other.name} {place}"
            if person.id in other.preferred:
                place = _describe_place(other.preferred, person.id)
                yield f"{other.name} named {person.name} {place}"


def _put_greater(worths: dict[tuple[int, int], float], two: tuple[int, int], place: int) -> None:
    """Keep what a place is worth, unless another of the team named them higher."""
    worths[two] = max(worths.get(two, 0), _LEAST, 1 - _STEP * place)


def _describe_place(names: tuple[str, ...], id_: str) -> str:
    place = names.index(id_) + 1
    return _ORDINALS.get(place, f"in place {place}")
