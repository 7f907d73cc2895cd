"""Criterion `declared`: attributes that a cohort says it matches by, and why."""

from collections.abc import Sequence

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints, number_values
from peerloom.matching.criteria.criterion import Criterion
from peerloom.model import Participant
from peerloom.text.translation import mark


class DeclaredAttribute(Criterion):
    """The mean over the attributes that both gave: 1 where they are as the cohort prefers."""

    id = "declared"
    sentence = mark("attributes that the cohort declares, with its reason for each")
    fields = ("declared",)
    is_private = True

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        # For each attribute the number of each value, where 0 is none, and what is preferred.
        self._attributes: list[tuple[Ints, Ints, bool]] = []
        for declared in data.settings.declared:
            index: dict[str | None, int] = {None: 0}
            ours = [_find_value(people, declared.attribute) for people in data.seekers]
            theirs = [_find_value((person,), declared.attribute) for person in data.mentors]
            self._attributes.append(
                (
                    number_values(ours, index),
                    number_values(theirs, index),
                    declared.prefer == "same",
                )
            )

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where the two have no attribute that both gave."""
        sums, counts = np.zeros(len(seekers)), np.zeros(len(seekers))
        for ours, theirs, prefers_same in self._attributes:
            one, other = ours[seekers], theirs[mentors]
            is_known = (one > 0) & (other > 0)
            sums += is_known & ((one == other) == prefers_same)
            counts += is_known
        means = np.full(len(seekers), np.nan)
        np.divide(sums, counts, out=means, where=counts > 0)
        return means


def _find_value(people: Sequence[Participant], attribute: str) -> str | None:
    """The value that all of some people gave, without case and extra blanks."""
    values = {" ".join(p.declared.get(attribute, "").casefold().split()) for p in people} - {""}
    return min(values) if len(values) == 1 else None
