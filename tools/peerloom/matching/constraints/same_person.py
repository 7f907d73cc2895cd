"""Constraint `same-person`: nobody mentors themself."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint
from peerloom.text.translation import mark


class SamePerson(PairConstraint):
    """Mentor and mentee are two people."""

    id = "same-person"
    sentence = mark("Nobody mentors themself.")
    how_to_lift = mark("find somebody else")
    label = mark("the same person")

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """Each mentor with themself."""
        return ((person.id, person.id) for person in self.data.mentors)
