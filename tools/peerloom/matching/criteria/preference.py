"""Criterion `preference`: how high each of the two named the other."""

from collections.abc import Iterator

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints, PairTable
from peerloom.matching.criteria.criterion import Criterion
from peerloom.model import Participant
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# What each lower place in somebody's list takes away, and the least that being named is worth.
_STEP, _LEAST = 0.15, 0.4
_PLACES = {
    1: mark("{name} named {other} first"),
    2: mark("{name} named {other} second"),
    3: mark("{name} named {other} third"),
}
_LATER_PLACE = mark("{name} named {other} in place {number}")


class Preference(Criterion):
    """The mean of both sides: 1 for the first person named, less for later ones, 0 for others.

    A side that named nobody is left out.
    """

    id = "preference"
    sentence = mark("how high each of the two named the other")
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
                yield _describe_place(person, other)
            if person.id in other.preferred:
                yield _describe_place(other, person)


def _put_greater(worths: dict[tuple[int, int], float], two: tuple[int, int], place: int) -> None:
    """Keep what a place is worth, unless another of the team named them higher."""
    worths[two] = max(worths.get(two, 0), _LEAST, 1 - _STEP * place)


def _describe_place(person: Participant, named: Participant) -> str:
    """In which place somebody named another."""
    place = person.preferred.index(named.id) + 1
    sentence = _(_PLACES.get(place, _LATER_PLACE))
    return sentence.format(name=person.name, other=named.name, number=place)
