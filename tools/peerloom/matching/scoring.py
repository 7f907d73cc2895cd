"""How well a mentee and a mentor fit: parts that a person can name, each between 0 and 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise

import numpy as np

from peerloom.matching.constraints import Codes, Held
from peerloom.matching.market import UNIT, Bools, Floats, Ints
from peerloom.matching.parts import Experience, Languages, Places, Preferences, declared_part
from peerloom.matching.pool import Pool
from peerloom.matching.profiles import Profiles
from peerloom.matching.weeks import Calendar
from peerloom.model import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the score: what it says, and which fields of a record it looks at."""

    id: str
    sentence: str
    fields: tuple[str, ...]


PARTS: tuple[Part, ...] = (
    Part(
        id="skills",
        sentence="how near what the mentee wants to learn is to what the mentor offers, by level",
        fields=("skills_wanted", "also_wants", "interests", "skills_offered", "also_offers"),
    ),
    Part(
        id="goals",
        sentence="how near all that the mentee wrote is to one thing that the mentor speaks of",
        fields=(
            *("goals", "about", "interests"),
            *("skills_wanted", "also_wants", "skills_offered", "also_offers"),
        ),
    ),
    Part(
        id="hours",
        sentence="hours a week at which both are free, all of it at six",
        fields=("availability", "time_zone"),
    ),
    Part(
        id="languages",
        sentence="whether the mentor speaks the mentee's first language, or only another of theirs",
        fields=("languages",),
    ),
    Part(
        id="closeness",
        sentence="whether the two live in one country, and in one part of the world by time zone",
        fields=("region", "time_zone"),
    ),
    Part(
        id="experience",
        sentence="how many more years of experience the mentor has, all of it at five",
        fields=("experience_years",),
    ),
    Part(
        id="preference",
        sentence="how high each of the two named the other",
        fields=("preferred",),
    ),
    Part(
        id="declared",
        sentence="attributes that the cohort declares, with its reason for each",
        fields=("declared",),
    ),
)
_NUMBER = {part.id: n for n, part in enumerate(PARTS)}
# Hours a week that are as good as more of them.
_ENOUGH_HOURS = 6
# Phrases compared with each other at once, so that memory stays bounded.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each two, the parts in the order of `PARTS`, and as bits what does not hold.

    A part that is not known is not a number.
    """

    seeker: Ints
    mentor: Ints
    parts: Floats
    codes: Codes

    @property
    def may_be(self) -> Bools:
        """Which of the two may be matched."""
        may: Bools = self.codes == 0
        return may

    def at(self, rows: Ints | Bools) -> "Scores":
        """Some of them."""
        return Scores(self.seeker[rows], self.mentor[rows], self.parts[rows], self.codes[rows])


def joined(scores: Sequence[Scores]) -> Scores:
    """Several, one after the other."""
    return Scores(
        np.concatenate([s.seeker for s in scores]),
        np.concatenate([s.mentor for s in scores]),
        np.concatenate([s.parts for s in scores]),
        np.concatenate([s.codes for s in scores]),
    )


def weights_of(weights: Weights) -> Floats:
    """The weights in the order of `PARTS`."""
    return np.array([getattr(weights, field.name) for field in fields(weights)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Averages:
    """What an unknown part counts as: the average of those who said it. Nobody did: nothing."""

    weights: Floats
    of_part: Floats

    def values(self, parts: Floats) -> Ints:
        """Scores in `UNIT`s, the weighted mean of the parts."""
        counted = self.weights * ~np.isnan(self.of_part)
        whole = counted.sum()
        if whole == 0:
            return np.zeros(len(parts), dtype=np.int64)
        known = np.where(np.isnan(parts), self.of_part, parts)
        total = np.zeros(len(parts))
        for n in np.flatnonzero(counted):
            total += counted[n] * known[:, n]
        rounded: Ints = np.floor(total / whole * UNIT + 0.5).astype(np.int64)
        return rounded


def averages(parts: Floats, weights: Floats) -> Averages:
    """The averages of the known parts."""
    known = ~np.isnan(parts)
    many = known.sum(axis=0)
    sums = np.where(known, parts, 0).sum(axis=0)
    mean = np.full(parts.shape[1], np.nan)
    np.divide(sums, many, out=mean, where=many > 0)
    return Averages(weights, mean)


# So many pairs, evenly spread, tell what is usual.
_USUAL = 20_000


class Scorer:
    """The scores of a pool, for any seekers and mentors by their numbers in it."""

    def __init__(self, pool: Pool) -> None:
        people = [p for s in pool.seekers for p in s.people] + [m.person for m in pool.mentors]
        self.pool = pool
        self.weights = weights_of(pool.cohort.matching.weights)
        self.calendar = Calendar(pool.cohort, people, pool.program.settings.time_zone)
        self.held = Held(pool, self.calendar)
        self.profiles = Profiles(pool)
        self._is_silent = np.array([not text for text in self.profiles.texts], dtype=np.bool_)
        self.places = Places(pool)
        self._experience = Experience(pool)
        self._languages = Languages(pool)
        self._preference = Preferences(pool)

    @cached_property
    def averages(self) -> Averages:
        """What is usual in the pool, from pairs that are evenly spread over it."""
        seekers, mentors = len(self.pool.seekers), len(self.pool.mentors)
        if not (seekers and mentors):
            return averages(np.full((0, len(PARTS)), np.nan), self.weights)
        wide = min(mentors, _USUAL)
        many = min(seekers, max(1, _USUAL // wide))
        rows = np.arange(many) * seekers // many
        columns = np.arange(wide) * mentors // wide
        found = self.scores(np.repeat(rows, wide), np.tile(columns, many))
        return averages(found.parts, self.weights)

    def scores(self, seeker: Ints, mentor: Ints) -> Scores:
        """The scores of each two."""
        order = np.argsort(seeker, kind="stable")
        found = self._in_order(seeker[order], mentor[order])
        return found.at(np.argsort(order, kind="stable"))

    def _in_order(self, seeker: Ints, mentor: Ints) -> Scores:
        """The scores of each two, given in the order of the seekers."""
        parts = np.full((len(seeker), len(PARTS)), np.nan)
        for rows in self._blocks(seeker):
            parts[rows, _NUMBER["skills"]] = self._skills(seeker[rows], mentor[rows])
            parts[rows, _NUMBER["goals"]] = self._goals(seeker[rows], mentor[rows])
        hours, known = self.held.hours(seeker, mentor)
        parts[known, _NUMBER["hours"]] = np.minimum(hours[known] / _ENOUGH_HOURS, 1)
        parts[:, _NUMBER["languages"]] = self._languages.parts(seeker, mentor)
        parts[:, _NUMBER["closeness"]] = self.places.parts(seeker, mentor)
        parts[:, _NUMBER["experience"]] = self._experience.parts(seeker, mentor)
        parts[:, _NUMBER["preference"]] = self._preference.parts(seeker, mentor)
        parts[:, _NUMBER["declared"]] = declared_part(self.pool, seeker, mentor)
        return Scores(seeker, mentor, parts, self.held.codes(seeker, mentor))

    def rest(self, seeker: Ints, mentor: Ints) -> Floats:
        """What the parts that are quick to look up add to a score; the unknown add nothing."""
        found = np.zeros(len(seeker))
        for name, of in (
            ("languages", self._languages),
            ("closeness", self.places),
            ("experience", self._experience),
        ):
            found += self.weights[_NUMBER[name]] * np.nan_to_num(of.parts(seeker, mentor))
        return found

    def named(self, seeker: int) -> Ints:
        """The mentors whom a seeker named, and those who named them."""
        return self._preference.named(seeker)

    def _blocks(self, seeker: Ints) -> Iterator[slice]:
        """Rows of as many seekers as can be compared with all that mentors speak of at once."""
        many = max(1, _AT_ONCE // max(1, len(self.profiles.speaks.shown)))
        first = np.flatnonzero(np.diff(seeker, prepend=-1))[::many]
        for start, end in pairwise([*first.tolist(), len(seeker)]):
            yield slice(start, end)

    def _skills(self, seeker: Ints, mentor: Ints) -> Floats:
        """The mean, over what is wanted, of how near the closest of the mentor's offers is."""
        wants, offers = self.profiles.wants, self.profiles.offers
        n_wants = wants.many[seeker]
        distinct = np.unique(seeker)
        asked = np.unique(ranges(wants.own, wants.starts[distinct], wants.many[distinct]))
        near = self.profiles.near_wants(asked)
        rows = np.repeat(np.arange(len(seeker)), n_wants)
        want = np.searchsorted(asked, ranges(wants.own, wants.starts[seeker], n_wants))
        closest = _closest(
            near, want, offers.own, offers.starts[mentor[rows]], offers.many[mentor[rows]]
        )
        sums = np.bincount(rows, closest, minlength=len(seeker))
        mean = np.full(len(seeker), np.nan)
        np.divide(sums, n_wants, out=mean, where=n_wants > 0)
        np.sqrt(mean, out=mean)
        return mean

    def _goals(self, seeker: Ints, mentor: Ints) -> Floats:
        """How near the closest of what a mentor speaks of is."""
        speaks = self.profiles.speaks
        many = speaks.many[mentor]
        phrase = ranges(speaks.own, speaks.starts[mentor], many)
        near = self.profiles.near_each(np.repeat(seeker, many), phrase)
        closest = np.zeros(len(seeker))
        some = many > 0
        if len(near):
            closest[some] = np.maximum.reduceat(near, (np.cumsum(many) - many)[some])
        return np.where(self._is_silent[seeker], np.nan, np.sqrt(closest))


def ranges(own: Ints, starts: Ints, many: Ints) -> Ints:
    """The numbers in `own` from each start on, so many each time, one after the other."""
    before = np.cumsum(many) - many
    return own[np.arange(int(many.sum())) - np.repeat(before - starts, many)]


def _closest(near: Floats, row: Ints, own: Ints, starts: Ints, many: Ints) -> Floats:
    """For each row the greatest of its values in the columns that are somebody's own."""
    found = np.zeros(len(row))
    some = many > 0
    columns = ranges(own, starts[some], many[some])
    values = near[np.repeat(row[some], many[some]), columns]
    if len(values):
        begins = np.cumsum(many[some]) - many[some]
        found[some] = np.maximum.reduceat(values, begins)
    return found
