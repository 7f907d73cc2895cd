"""Criterion `skills`: what the mentee wants to learn against what the mentor offers."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.text.phrases import join_words, shorten_text
from peerloom.text.translation import ngettext

# From this similarity on, an offer is named as a reason: about a third of the same words.
CLOSE = 0.33
_MOST_NAMED = 4


class Skills(Criterion):
    """For each wanted phrase the closest offer; the square root of the mean over what is wanted."""

    id = "skills"
    sentence = "how close the mentor's offers, by level, come to what the mentee wants to learn"
    fields = ("skills_wanted", "also_wants", "interests", "skills_offered", "also_offers")
    is_in_summary = True

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where nothing is wanted, and 0 where nothing is offered."""
        wants, offers = self.data.profiles.wants, self.data.profiles.offers
        wanted, rows = wants.spread(seekers)
        distinct, want_rows = np.unique(wanted, return_inverse=True)
        similarity = self.data.profiles.compare_wants(distinct)
        offered, owner = offers.spread(mentors[rows])
        closest = group_maxima(similarity[want_rows[owner], offered], owner, len(rows))
        return _root_mean(np.bincount(rows, closest, len(seekers)), wants.counts[seekers])

    def estimate(self, seekers: Ints, mentors: Ints) -> Floats | None:
        """By the mean similarity of what is wanted to each offer."""
        wants = self.data.profiles.wants
        wanted, rows = wants.spread(seekers)
        distinct, want_rows = np.unique(wanted, return_inverse=True)
        share = 1 / np.maximum(wants.counts[seekers], 1)[rows]
        shape = (len(seekers), len(distinct))
        mean = sp.csr_matrix((share, (rows, want_rows)), shape=shape)
        similarity = np.asarray(mean @ self.data.profiles.compare_wants(distinct))
        return np.sqrt(self.data.profiles.offers.estimate_closest(similarity, mentors))

    def explain(
        self, seeker: int, mentor: int, score: float | None, told: Sequence[str]
    ) -> Iterator[str]:
        """The offers that come close to something wanted, the closest first, with their levels."""
        del score, told
        profiles = self.data.profiles
        wants, offers = profiles.wants.numbers_of(seeker), profiles.offers.numbers_of(mentor)
        if not (len(wants) and len(offers)):
            return
        similarity = profiles.compare_wants(wants)[:, offers]
        order = np.argsort(-similarity.max(axis=1), kind="stable")
        close = [n for n in order if similarity[n].max() >= CLOSE][:_MOST_NAMED]
        wanted = [profiles.wants.texts[wants[n]] for n in close]
        offered = []
        for n in close:
            best = offers[similarity[n].argmax()]
            level = profiles.offers.levels[best]
            text = shorten_text(profiles.offers.texts[best])
            offered.append(f"{text} ({level})" if level else text)
        if not close:
            return
        people = self.data.seekers[seeker]
        if profiles.are_stated_wants(people, wanted):
            sentence = ngettext(
                "{mentor} offers {offers}; {seeker} wants {wants}",
                "{mentor} offers {offers}; {seeker} want {wants}",
                len(people),
            )
        else:
            sentence = ngettext(
                "{mentor} offers {offers}; {seeker} mentions {wants}",
                "{mentor} offers {offers}; {seeker} mention {wants}",
                len(people),
            )
        yield sentence.format(
            mentor=self.data.mentor_name(mentor),
            offers=join_words(dict.fromkeys(offered)),
            seeker=self.data.seeker_name(seeker),
            wants=join_words(shorten_text(text) for text in dict.fromkeys(wanted)),
        )


def group_maxima(values: Floats, owner: Ints, owners: int) -> Floats:
    """The greatest value of each of so many owners, and 0 for those who have none.

    `owner` says in rising order whose each value is.
    """
    maxima = np.zeros(owners)
    if len(owner):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        maxima[owner[first]] = np.maximum.reduceat(values, first)
    return maxima


def _root_mean(sums: NDArray[Any], counts: Ints) -> Floats:
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    roots: Floats = np.sqrt(means)
    return roots
