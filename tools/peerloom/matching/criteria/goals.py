"""Criterion `goals`: all that the mentee wrote against what the mentor speaks of."""

from collections.abc import Iterator

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.matching.criteria.skills import find_close_offers, group_maxima
from peerloom.text.phrases import shorten_text
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# From this score on, what the mentor speaks of is named as a reason.
CLOSE = 0.5


class Goals(Criterion):
    """The square root of the similarity to the closest single thing that the mentor speaks of."""

    id = "goals"
    sentence = mark("how close all that the mentee wrote is to one thing that the mentor speaks of")
    fields = (
        *("goals", "about", "interests"),
        *("skills_wanted", "also_wants", "skills_offered", "also_offers"),
    )
    is_in_summary = True

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        self._wrote_nothing = np.array([not text for text in data.profiles.texts], dtype=np.bool_)

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where the mentee wrote nothing."""
        topics, owner = self.data.profiles.topics.spread(mentors)
        similarity = self.data.profiles.compare_texts(seekers[owner], topics)
        closest = group_maxima(similarity, owner, len(mentors))
        return np.where(self._wrote_nothing[seekers], np.nan, np.sqrt(closest))

    def estimate(self, seekers: Ints, mentors: Ints) -> Floats:
        """An estimate by whole words of everything that the two wrote."""
        return self.data.profiles.estimate_texts(seekers, mentors)

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """The closest topic, unless it was named among the skills."""
        profiles, topics = self.data.profiles, self.data.profiles.topics
        own = topics.numbers_of(mentor)
        similarity = profiles.compare_texts(np.full(len(own), seeker), own)
        if not len(own) or similarity.max() < CLOSE**2:
            return
        closest = topics.texts[own[similarity.argmax()]]
        named = (profiles.offers.texts[n] for _, n in find_close_offers(profiles, seeker, mentor))
        if closest not in named:
            yield _("{mentor} speaks of “{topic}”, which is close to what {mentee} wrote").format(
                mentor=self.data.mentor_name(mentor),
                topic=shorten_text(closest),
                mentee=self.data.seeker_name(seeker),
            )
