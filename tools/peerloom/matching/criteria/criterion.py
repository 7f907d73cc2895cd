"""What a criterion is: a part of the score, what it reads, and the reason that it gives."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints


class Criterion(ABC):
    """Something that makes a match better.

    The cohort's weight for it is under its `id`. `fields` are those of a participant that it
    reads. What is private is shown to coordinators only; what is in the summary is shown to the two
    themselves, and then to whoever may read their pair.
    """

    id: ClassVar[str]
    sentence: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    is_private: ClassVar[bool] = False
    is_in_summary: ClassVar[bool] = False

    def __init__(self, data: ApplicantData) -> None:
        self.data = data

    @abstractmethod
    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """A number between 0 and 1 for each two, or not a number where nothing is known.

        Both arrays have the same length and are ordered by seeker.
        """

    def estimate(self, seekers: Ints, mentors: Ints) -> Floats:
        """A quick estimate of the score of every seeker with every mentor, for shortlists.

        The shape is seekers × mentors. It is the score itself unless that takes too long.
        """
        pairs = np.repeat(seekers, len(mentors)), np.tile(mentors, len(seekers))
        return self.score(*pairs).reshape(len(seekers), len(mentors))

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """Sentences on why two fit by this criterion."""
        del seeker, mentor
        yield from ()

    def explain_gaps(self, seeker: int, mentor: int) -> Iterator[str]:
        """Sentences on what is not known about two and should be asked."""
        del seeker, mentor
        yield from ()


class TableCriterion(Criterion):
    """A criterion that looks up a table by one number for each seeker and one for each mentor.

    Many people share the same values, so the table is small; it may hold not a number.
    """

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        self.seeker_rows, self.mentor_columns, self.table = self.build_table()

    @abstractmethod
    def build_table(self) -> tuple[Ints, Ints, Floats]:
        """The row of each seeker, the column of each mentor, and the score of each combination."""

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """The entries of each two."""
        return self.table[self.seeker_rows[seekers], self.mentor_columns[mentors]]
