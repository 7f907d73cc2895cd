"""Constraint `conflict`: the two have no conflict of interest."""

import unicodedata
from collections.abc import Iterable, Iterator

import numpy as np
import scipy.sparse as sp

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Bools, Ints, number_values
from peerloom.matching.constraints.constraint import PairConstraint
from peerloom.model import Conflicts, Participant
from peerloom.text.translation import mark

_Tie = tuple[str, str]


class Conflict(PairConstraint):
    """They state no tie that is the same, and neither names the other in one."""

    id = "conflict"
    sentence = mark(
        "The two have no line manager, advisor or household in common, and neither is the other's."
    )
    how_to_lift = mark("nothing, unless 'conflicts' is out of date")
    holds_in_circles = True
    label = mark("a conflict of interest")

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        ties: dict[_Tie, int] = {}
        self._rows, ours = _tie_matrix(data.seekers, ties)
        self._columns, theirs = _tie_matrix([(person,) for person in data.mentors], ties)
        known = theirs[:, : ours.shape[1]]  # ties that mentors alone have are shared with nobody
        self._shares_tie = np.asarray((ours @ known.T).toarray() > 0)

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where the two share a tie, or one names the other."""
        shares_tie: Bools = self._shares_tie[self._rows[seekers], self._columns[mentors]]
        return shares_tie | super().find_broken(seekers, mentors)

    def find_pairs(self) -> Iterable[tuple[str, str]]:
        """Everybody with whom they name as line manager or advisor, by id or by name."""
        people = self.data.applicants.people
        called: dict[str, list[str]] = {}
        for person in people:
            for name in {_normalize(person.id), _normalize(person.name)}:
                called.setdefault(name, []).append(person.id)
        for person in people:
            for tie, stated in _ties_of(person):
                if tie != "household":
                    yield from ((person.id, other) for other in called.get(stated, ()))

    def people_apart(self) -> Iterator[tuple[str, ...]]:
        """Groups of people who state the same tie, and everybody with whomever they name in one."""
        yield from super().people_apart()
        groups: dict[_Tie, list[str]] = {}
        for person in self.data.applicants.people:
            for tie in _ties_of(person):
                groups.setdefault(tie, []).append(person.id)
        yield from (tuple(ids) for ids in groups.values() if len(ids) > 1)


def _tie_matrix(
    groups: list[tuple[Participant, ...]], ties: dict[_Tie, int]
) -> tuple[Ints, "sp.csr_matrix[np.float64]"]:
    """The row of each group in a matrix of distinct sets of ties × ties, numbered in `ties`."""
    sets: dict[frozenset[_Tie], int] = {}
    rows = number_values(
        [frozenset(tie for person in people for tie in _ties_of(person)) for people in groups], sets
    )
    entries = [
        (row, ties.setdefault(tie, len(ties))) for own, row in sets.items() for tie in sorted(own)
    ]
    at = [row for row, _ in entries], [column for _, column in entries]
    return rows, sp.csr_matrix((np.ones(len(entries)), at), shape=(len(sets), len(ties)))


def _ties_of(person: Participant) -> Iterator[_Tie]:
    """Each tie that somebody states, with what they wrote."""
    for tie in Conflicts.__dataclass_fields__:
        stated = getattr(person.conflicts, tie, None)
        if stated is not None:
            yield tie, _normalize(stated)


def _normalize(text: str) -> str:
    """A text without differences in case, blanks and Unicode forms."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
