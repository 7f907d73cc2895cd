"""What must hold for two people to be matched, as one literal list."""

from collections.abc import Iterator, Sequence

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Ints
from peerloom.matching.constraints.conflict import Conflict
from peerloom.matching.constraints.consent import ConsentToMatching
from peerloom.matching.constraints.constraint import Constraint
from peerloom.matching.constraints.enough_hours import EnoughHours
from peerloom.matching.constraints.excluded import Excluded
from peerloom.matching.constraints.forbidden import Forbidden
from peerloom.matching.constraints.language import SharedLanguage
from peerloom.matching.constraints.past_partner import PastPartner
from peerloom.matching.constraints.same_person import SamePerson
from peerloom.matching.constraints.training import Training
from peerloom.model import Participant, Role

CONSTRAINTS: tuple[type[Constraint], ...] = (
    SamePerson,
    SharedLanguage,
    EnoughHours,
    Excluded,
    Conflict,
    PastPartner,
    Forbidden,
    ConsentToMatching,
    Training,
)

__all__ = ["CONSTRAINTS", "Constraint", "ConstraintChecker"]


class ConstraintChecker:
    """The constraints of a cohort, each of which is one bit of a number."""

    def __init__(self, data: ApplicantData, kinds: Sequence[type[Constraint]]) -> None:
        self._constraints = [kind(data) for kind in kinds]

    def find_broken(self, seekers: Ints, mentors: Ints) -> Ints:
        """For each two, the constraints that do not hold as bits; 0 if they may be matched."""
        broken = np.zeros(len(seekers), dtype=np.int64)
        for n, constraint in enumerate(self._constraints):
            broken |= constraint.find_broken(seekers, mentors).astype(np.int64) << n
        return broken

    def decode(self, bits: int) -> list[Constraint]:
        """The constraints that some bits stand for, in the order of the list."""
        return [each for n, each in enumerate(self._constraints) if bits >> n & 1]

    def decode_ids(self, bits: int) -> list[str]:
        """The ids of these constraints."""
        return [constraint.id for constraint in self.decode(bits)]

    def find_people_apart(self) -> Iterator[tuple[Constraint, tuple[str, ...]]]:
        """Ids of people of whom no two may be in one circle, with the constraint that says so."""
        for constraint in self._constraints:
            for ids in constraint.people_apart():
                yield constraint, ids

    def find_not_ready(self, person: Participant, role: Role) -> tuple[Constraint, str] | None:
        """The first constraint that rules somebody out for everybody, and why in words."""
        for constraint in self._constraints:
            why = constraint.explain_not_ready(person, role)
            if why is not None:
                return constraint, why
        return None
