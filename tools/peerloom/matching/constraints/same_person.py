"""Constraint `same-person`: nobody mentors themself."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint


class SamePerson(PairConstraint):
    """Mentor and mentee are two people."""

    id = "same-person"
    sentence = "Nobody mentors themself."
    how_to_lift = "find somebody else"
    label = "the same person"

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """Each mentor with themself."""
        return ((person.id, person.id) for person in self.data.mentors)
