"""Constraint `hours`: the two are free at the same time for as long as the cohort asks."""

import numpy as np

from peerloom.matching.arrays import Bools, Ints
from peerloom.matching.constraints.constraint import Constraint
from peerloom.text.numbers import plain_number
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext


class EnoughHours(Constraint):
    """In every week they share the cohort's `shared_hours`."""

    id = "hours"
    sentence = mark(
        "In every week of the cohort both are free at the same time for as many hours as it asks. "
        "This does not apply to anybody who has not stated when they are free."
    )
    how_to_lift = mark("add free hours under 'availability'")
    label = mark("too few free hours in common")

    @property
    def _needed(self) -> float:
        return self.data.settings.shared_hours or 0.0

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        """Where both stated their free hours and share too few."""
        if self._needed <= 0:
            return np.zeros(len(seekers), dtype=np.bool_)
        hours, known = self.data.shared_hours(seekers, mentors)
        return known & (hours < self._needed)

    def describe(self) -> str:
        """The label, with the number of hours that are needed."""
        needed = plain_number(self._needed)
        return _("fewer than {hours} free hours a week in common").format(hours=needed)

    def suggest_change(self, seeker: int, mentors: Ints) -> str:
        """How many more hours are needed with the mentor with whom they share the most."""
        hours, _ = self.data.shared_hours(np.full(len(mentors), seeker), mentors)
        missing = self._needed - float(hours.max())
        sentence = ngettext(
            "find {hours} more hour a week with {mentor}, or ask for fewer",
            "find {hours} more hours a week with {mentor}, or ask for fewer",
            1 if missing == 1 else 2,
        )
        best = self.data.mentor_name(int(mentors[hours.argmax()]))
        return sentence.format(hours=plain_number(missing), mentor=best)
