"""Criterion `experience`: how many more years of experience the mentor has."""

from collections.abc import Iterator, Sequence

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.model import Participant
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# A lead in years of experience beyond which more does not count.
_ENOUGH = 5


class Experience(Criterion):
    """The mentor's lead in years as a part of five; over a team's most experienced member."""

    id = "experience"
    sentence = mark("how many more years of experience the mentor has; five or more count fully")
    fields = ("experience_years",)

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        self._seeker_years = np.array([_most_years(people) for people in data.seekers])
        self._mentor_years = np.array([_most_years((person,)) for person in data.mentors])

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where a side stated no years."""
        lead: Floats = self._mentor_years[mentors] - self._seeker_years[seekers]
        return np.clip(lead / _ENOUGH, 0, 1)

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """How many more years the mentor has, where they are more."""
        person, theirs = self.data.mentors[mentor], self.data.seekers[seeker]
        known = [p.experience_years for p in theirs if p.experience_years is not None]
        if person.experience_years is not None and known:
            lead = person.experience_years - max(known)
            if lead > 0:
                more = _("{name} has {years} of experience")
                yield more.format(name=person.name, years=count_noun(lead, "more year"))


def _most_years(people: Sequence[Participant]) -> float:
    stated = [p.experience_years for p in people if p.experience_years is not None]
    return float(max(stated)) if stated else float("nan")
