"""The base of all constraints: a test of two people, and what to say and do if it fails."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Bools, Ints, PairTable
from peerloom.model import Participant, Role
from peerloom.text.translation import gettext as _


class Constraint(ABC):
    """Something that must hold for two people to be matched at all.

    `sentence` says what must hold, `how_to_lift` what would free the two, and `label` in a few
    words what is wrong where it does not hold. They are marked here, and translated where they
    are said.
    """

    id: ClassVar[str]
    sentence: ClassVar[str]
    how_to_lift: ClassVar[str]
    label: ClassVar[str]
    # What is said once of the `{names}` that it rules out for everybody, and what to do about it.
    summary_for_many: ClassVar[tuple[str, str] | None] = None

    def __init__(self, data: ApplicantData) -> None:
        self.data = data

    @abstractmethod
    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where it does not hold between `seekers[n]` and `mentors[n]`."""

    def describe(self) -> str:
        """In a few words what is wrong where it does not hold."""
        return _(self.label)

    def suggest_change(self, seeker: int, mentors: Ints) -> str:
        """A change that would allow one of these mentors, all of whom the constraint rules out."""
        del seeker, mentors
        return _(self.how_to_lift)

    def people_apart(self) -> Iterator[tuple[str, ...]]:
        """Ids of people of whom no two may be in one circle; several times as needed."""
        yield from ()

    def explain_not_ready(self, person: Participant, role: Role) -> str | None:
        """Why somebody can be in no pair or circle at all in a role, or nothing if they can."""
        del person, role
        return None


class PairConstraint(Constraint):
    """A constraint that names the two people, whichever of them is the mentor."""

    # Whether the two may not be in one circle either.
    holds_in_circles: ClassVar[bool] = False

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        seekers, mentors = data.applicants.seeker_numbers, data.applicants.mentor_numbers
        self._table = PairTable(
            {
                (seekers[mentee], mentors[mentor]): 1
                for one, other in self.find_pairs()
                for mentee, mentor in ((one, other), (other, one))
                if mentee in seekers and mentor in mentors
            }
        )

    @abstractmethod
    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """The ids of each two people who must not be matched."""

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where the two were named."""
        return self._table.look_up(seekers, mentors) > 0

    def people_apart(self) -> Iterator[tuple[str, ...]]:
        """Each two, unless a circle is another matter."""
        if self.holds_in_circles:
            yield from self.find_pairs()


class PersonalConstraint(Constraint):
    """A constraint on each person alone: somebody who does not meet it cannot be matched."""

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        self._seekers = np.array(
            [any(self.explain_not_ready(p, "mentee") for p in people) for people in data.seekers],
            dtype=np.bool_,
        )
        self._mentors = np.array(
            [bool(self.explain_not_ready(person, "mentor")) for person in data.mentors],
            dtype=np.bool_,
        )

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where one of the two does not meet it."""
        broken: Bools = self._seekers[seekers] | self._mentors[mentors]
        return broken
