"""Constraint `language`: the two can talk with each other."""

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Bools, Ints, number_values
from peerloom.matching.constraints.constraint import Constraint
from peerloom.text.translation import mark

_Languages = frozenset[str]


class SharedLanguage(Constraint):
    """They share a language, if the cohort asks for that.

    A team that has a language in common must share one of those with the mentor; in any other
    team each must share some language with the mentor.
    """

    id = "language"
    sentence = mark("They share a language; regional variants count as one ('pt-BR' matches 'pt').")
    how_to_lift = mark("add a language that both speak under 'languages'")
    label = mark("no language in common")

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        languages_of = data.applicants.languages_of
        ours: dict[tuple[_Languages, ...], int] = {}
        theirs: dict[_Languages, int] = {}
        self._rows = number_values(
            [tuple(frozenset(languages_of(p)) for p in people) for people in data.seekers], ours
        )
        self._columns = number_values([frozenset(languages_of(p)) for p in data.mentors], theirs)
        self._broken = np.zeros((len(ours), len(theirs)), dtype=np.bool_)
        if data.settings.shared_language:
            for members, row in ours.items():
                for spoken, column in theirs.items():
                    self._broken[row, column] = not _can_talk(members, spoken)

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where two cannot talk."""
        return self._broken[self._rows[seekers], self._columns[mentors]]


def _can_talk(members: tuple[_Languages, ...], mentor: _Languages) -> bool:
    common = frozenset.intersection(*members)
    return bool(common & mentor) if common else all(spoken & mentor for spoken in members)
