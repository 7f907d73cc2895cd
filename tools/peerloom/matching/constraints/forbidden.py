"""Constraint `forbidden`: no coordinator forbade the match."""

from collections.abc import Iterable

from peerloom.matching.constraints.constraint import PairConstraint


class Forbidden(PairConstraint):
    """The two are not listed under the cohort's `forbids`."""

    id = "forbidden"
    sentence = "No coordinator forbade it: 'forbids' in the cohort's file."
    how_to_lift = "take the two out of 'forbids'"
    holds_in_circles = True
    label = "forbidden in the cohort's file"

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """The pairs under `forbids` in the cohort's file."""
        return ((two[0], two[1]) for two in self.data.settings.forbids)
