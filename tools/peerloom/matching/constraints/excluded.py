"""Constraint `excluded`: neither of the two excluded the other."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint
from peerloom.text.translation import mark


class Excluded(PairConstraint):
    """Neither is listed under the other's `excluded`."""

    id = "excluded"
    sentence = mark("Neither of the two excluded the other.")
    how_to_lift = mark("nothing: one of the two asked for it")
    holds_in_circles = True
    label = mark("one of the two excluded the other")

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """Each person with everybody whom they excluded."""
        return ((p.id, other) for p in self.data.applicants.people for other in p.excluded)
