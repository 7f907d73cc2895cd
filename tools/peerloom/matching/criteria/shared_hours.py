"""Criterion `hours`: hours a week at which both are free."""

from collections.abc import Iterator

import numpy as np

from peerloom.matching.arrays import Floats, Ints, as_ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.text.phrases import describe_length, join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Hours a week beyond which more do not count.
_ENOUGH = 6


class SharedHours(Criterion):
    """Hours that both are free in the worst week of the cohort, as a part of six."""

    id = "hours"
    sentence = mark("hours a week at which both are free; six or more count fully")
    fields = ("availability", "time_zone")

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where one of the two has not stated when they are free."""
        hours, known = self.data.shared_hours(seekers, mentors)
        return np.where(known, np.minimum(hours / _ENOUGH, 1), np.nan)

    def estimate(self, seekers: Ints, mentors: Ints) -> Floats:
        """Zero: comparing the free hours of every two people would take as long as all the rest."""
        return np.zeros((len(seekers), len(mentors)))

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """How many hours they share, where all of them stated when they are free."""
        people = self.data.everybody_of(seeker, mentor)
        if not all(person.availability for person in people):
            return
        hours = float(self.data.shared_hours(as_ints([seeker]), as_ints([mentor]))[0][0])
        if len(people) == 2:
            some = _("Both are free at the same time for {time} in every week")
            never = _("There is no time at which both are free in every week")
        else:
            some = _("All are free at the same time for {time} in every week")
            never = _("There is no time at which all are free in every week")
        yield some.format(time=describe_length(round(60 * hours))) if hours else never

    def explain_gaps(self, seeker: int, mentor: int) -> Iterator[str]:
        """A sentence on people who have not stated when they are free."""
        people = self.data.everybody_of(seeker, mentor)
        silent = [person.name for person in people if not person.availability]
        if silent:
            unknown = _("When {names} can meet is not known: ask before you merge")
            yield unknown.format(names=join_words(silent))
