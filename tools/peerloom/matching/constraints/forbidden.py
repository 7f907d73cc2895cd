"""Constraint `forbidden`: no coordinator forbade the match."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint
from peerloom.text.translation import mark


class Forbidden(PairConstraint):
    """The two are not listed under the cohort's `forbids`."""

    id = "forbidden"
    sentence = mark("No coordinator forbade it: 'forbids' in the cohort's file.")
    how_to_lift = mark("take the two out of 'forbids'")
    holds_in_circles = True
    label = mark("forbidden in the cohort's file")

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """The pairs under `forbids` in the cohort's file."""
        return ((two[0], two[1]) for two in self.data.settings.forbids)
