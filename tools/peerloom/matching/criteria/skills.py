"""Criterion `skills`: what the mentee wants to learn against what the mentor offers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peerloom.matching.arrays import Floats, Ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.matching.profiles import Profiles
from peerloom.text.phrases import join_words, shorten_text
from peerloom.text.translation import mark, ngettext

# From this similarity on, an offer is named as a reason: about a third of the same words.
CLOSE = 0.33
_MOST_NAMED = 4


class Skills(Criterion):
    """For each wanted phrase the closest offer; the square root of the mean over what is wanted."""

    id = "skills"
    sentence = mark(
        "how close the mentor's offers, by level, come to what the mentee wants to learn"
    )
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

    def estimate(self, seekers: Ints, mentors: Ints) -> Floats:
        """An estimate by everything wanted taken together and all offers taken together."""
        return self.data.profiles.estimate_wants(seekers, mentors)

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """The offers that come close to something wanted, the closest first, with their levels."""
        profiles, people = self.data.profiles, self.data.seekers[seeker]
        close = find_close_offers(profiles, seeker, mentor)
        if not close:
            return
        wanted = [profiles.wants.texts[want] for want, _ in close]
        offered = []
        for _, offer in close:
            text, level = shorten_text(profiles.offers.texts[offer]), profiles.offers.levels[offer]
            offered.append(f"{text} ({level})" if level else text)
        yield _sentence_on_offers(len(people), profiles.are_stated_wants(people, wanted)).format(
            mentor=self.data.mentor_name(mentor),
            offers=join_words(dict.fromkeys(offered)),
            seeker=self.data.seeker_name(seeker),
            wants=join_words(shorten_text(text) for text in dict.fromkeys(wanted)),
        )


def _sentence_on_offers(people: int, are_stated: bool) -> str:
    """The sentence on what a mentor offers and one or more people want, or only mention."""
    if are_stated:
        return ngettext(
            "{mentor} offers {offers}; {seeker} wants {wants}",
            "{mentor} offers {offers}; {seeker} want {wants}",
            people,
        )
    return ngettext(
        "{mentor} offers {offers}; {seeker} mentions {wants}",
        "{mentor} offers {offers}; {seeker} mention {wants}",
        people,
    )


def find_close_offers(profiles: Profiles, seeker: int, mentor: int) -> list[tuple[int, int]]:
    """The few wanted phrases that an offer comes close to, the closest first, with that offer."""
    wants, offers = profiles.wants.numbers_of(seeker), profiles.offers.numbers_of(mentor)
    if not (len(wants) and len(offers)):
        return []
    similarity = profiles.compare_wants(wants)[:, offers]
    order = np.argsort(-similarity.max(axis=1), kind="stable")
    close = [n for n in order if similarity[n].max() >= CLOSE][:_MOST_NAMED]
    return [(int(wants[n]), int(offers[similarity[n].argmax()])) for n in close]


def group_maxima(values: Floats, owner: Ints, owners: int) -> Floats:
    """The greatest value of each of `owners` owners, and 0 for those who have none.

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
