"""How well a mentee and a mentor fit: parts that a person can name, each between 0 and 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from peerloom.matching.constraints import Codes, Held
from peerloom.matching.market import UNIT, Bools, Floats, Ints, ints
from peerloom.matching.pool import Pool
from peerloom.matching.profiles import Profiles
from peerloom.matching.weeks import Calendar
from peerloom.model import Participant, Weights

_Value = TypeVar("_Value")


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
# Hours a week, and years, that are as good as more of them.
_ENOUGH_HOURS, _ENOUGH_YEARS = 6, 5
_NAMED_LOWER, _NAMED_LEAST = 0.15, 0.4
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
        self.places = _Places(pool)
        self._experience = _Experience(pool)
        self._languages = _Languages(pool)
        self._preference = _Preference(pool)

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
        parts[:, _NUMBER["declared"]] = _declared(self.pool, seeker, mentor)
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


_Place = tuple[frozenset[str], frozenset[str]]


class _Places:
    """Where people live: half the same country, half the same part of the world."""

    def __init__(self, pool: Pool) -> None:
        wanted = pool.cohort.matching.closeness
        at = datetime.combine(pool.cohort.starts, datetime.min.time()).replace(hour=12)
        here: dict[_Place, int] = {}
        there: dict[_Place, int] = {}
        sides = (
            [_place(s.people) for s in pool.seekers],
            [_place((m.person,)) for m in pool.mentors],
        )
        self.of_seeker = _numbers(sides[0], here)
        self.of_mentor = _numbers(sides[1], there)
        self.table = np.full((max(1, len(here)), max(1, len(there))), np.nan)
        for (countries, zones), row in here.items():
            for (their_countries, their_zones), column in there.items():
                known = []
                if wanted != "time_zone" and countries and their_countries:
                    known.append(bool(countries & their_countries))
                if wanted != "region" and zones and their_zones:
                    known.append(any(_is_near(a, b, at) for a in zones for b in their_zones))
                if known:
                    self.table[row, column] = sum(known) / len(known)

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        """How near each two live."""
        return self.table[self.of_seeker[seeker], self.of_mentor[mentor]]


def _place(people: Sequence[Participant]) -> _Place:
    """The countries, or whatever stands last in a region, and the time zones of some people."""
    countries = {
        " ".join(p.region.rpartition(",")[2].casefold().split()) for p in people if p.region
    }
    return frozenset(countries), frozenset(p.time_zone for p in people if p.time_zone)


def _numbers(values: Sequence[_Value], index: dict[_Value, int]) -> Ints:
    return np.array([index.setdefault(value, len(index)) for value in values], dtype=np.int64)


@lru_cache(maxsize=65536)
def _is_near(one: str, other: str, at: datetime) -> bool:
    """The same zone, or one of the same area whose clocks differ by an hour at most in winter."""
    if one == other:
        return True
    if one.partition("/")[0] != other.partition("/")[0]:
        return False
    try:
        hours = [_standard(zone, at) for zone in (one, other)]
    except (KeyError, ValueError, OSError):
        return False
    return abs(hours[0] - hours[1]) <= timedelta(hours=1)


def _standard(zone: str, at: datetime) -> timedelta:
    """How far a zone is ahead of UTC without daylight saving, in the year of a day."""
    there = (at.replace(month=month, day=1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return min(moment.utcoffset() or timedelta() for moment in there)


class _Experience:
    def __init__(self, pool: Pool) -> None:
        self._seeker = _years([s.people for s in pool.seekers])
        self._mentor = _years([(m.person,) for m in pool.mentors])

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        gap: Floats = (self._mentor[mentor] - self._seeker[seeker]) / _ENOUGH_YEARS
        return np.clip(gap, 0, 1)


def _years(groups: Sequence[Sequence[Participant]]) -> Floats:
    said = [[p.experience_years for p in g if p.experience_years is not None] for g in groups]
    return np.array([max(years) if years else np.nan for years in said], dtype=np.float64)


_Tongues = tuple[tuple[str, ...], frozenset[str]]


class _Languages:
    """By distinct sets of languages: a small table, and each person's row or column in it."""

    def __init__(self, pool: Pool) -> None:
        here: dict[_Tongues, int] = {}
        there: dict[_Tongues, int] = {}
        ours = [_spoken(s.people) for s in pool.seekers]
        theirs = [_spoken((m.person,)) for m in pool.mentors]
        self._seeker, self._mentor = _numbers(ours, here), _numbers(theirs, there)
        self._table = np.full((max(1, len(here)), max(1, len(there))), np.nan)
        for firsts, spoken in set(ours):
            for key in set(theirs):
                if firsts and key[1]:
                    shared = sum(first in key[1] for first in firsts) / len(firsts)
                    value = 0.5 * bool(spoken & key[1]) + 0.5 * shared
                    self._table[here[firsts, spoken], there[key]] = value

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        return self._table[self._seeker[seeker], self._mentor[mentor]]


def _spoken(people: Sequence[Participant]) -> _Tongues:
    """The first language of each of some people, and all of their languages."""
    tongues = [_tongues(p) for p in people if p.languages]
    return tuple(dict.fromkeys(t[0] for t in tongues)), frozenset(t for ts in tongues for t in ts)


def _tongues(person: Participant) -> list[str]:
    return [tag.partition("-")[0].casefold() for tag in person.languages]


class _Preference:
    """Who named whom, and how high: 1 for the first, less for each after, 0 for who was not."""

    def __init__(self, pool: Pool) -> None:
        self._many = max(1, len(pool.mentors))
        mentors = {m.id: n for n, m in enumerate(pool.mentors)}
        seekers = {p.id: n for n, s in enumerate(pool.seekers) for p in s.people}
        self._seeker_names = np.array(
            [any(p.preferred for p in s.people) for s in pool.seekers], dtype=np.bool_
        )
        self._mentor_names = np.array([bool(m.person.preferred) for m in pool.mentors], np.bool_)
        mine: dict[int, float] = {}
        theirs: dict[int, float] = {}
        for n, seeker in enumerate(pool.seekers):
            for person in seeker.people:
                for rank, id_ in enumerate(person.preferred):
                    if id_ in mentors:
                        key = n * self._many + mentors[id_]
                        mine[key] = max(mine.get(key, 0), _named(rank))
        for n, mentor in enumerate(pool.mentors):
            for rank, id_ in enumerate(mentor.person.preferred):
                if id_ in seekers:
                    key = seekers[id_] * self._many + n
                    theirs[key] = max(theirs.get(key, 0), _named(rank))
        self._mine, self._theirs = _Sparse(mine), _Sparse(theirs)
        self._named = ints(sorted(mine.keys() | theirs.keys()))

    def named(self, seeker: int) -> Ints:
        at = np.searchsorted(self._named, [seeker * self._many, (seeker + 1) * self._many])
        found: Ints = self._named[at[0] : at[1]] - seeker * self._many
        return found

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        keys = seeker * self._many + mentor
        mine = np.where(self._seeker_names[seeker], self._mine.at(keys), np.nan)
        theirs = np.where(self._mentor_names[mentor], self._theirs.at(keys), np.nan)
        both = (mine + theirs) / 2
        return np.where(np.isnan(both), np.where(np.isnan(mine), theirs, mine), both)


def _named(rank: int) -> float:
    return max(_NAMED_LEAST, 1 - _NAMED_LOWER * rank)


class _Sparse:
    """Few values by number; 0 for all others."""

    def __init__(self, values: dict[int, float]) -> None:
        self._keys = np.array(sorted(values), dtype=np.int64)
        self._values = np.array([values[key] for key in sorted(values)], dtype=np.float64)

    def at(self, keys: Ints) -> Floats:
        found = np.zeros(len(keys))
        if len(self._keys):
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            is_there = self._keys[at] == keys
            found[is_there] = self._values[at[is_there]]
        return found


def _declared(pool: Pool, seeker: Ints, mentor: Ints) -> Floats:
    """The mean over the attributes that a cohort declares and both said."""
    found = np.full((len(seeker), max(1, len(pool.cohort.matching.declared))), np.nan)
    for n, declared in enumerate(pool.cohort.matching.declared):
        index: dict[str | None, int] = {None: 0}
        ours = _numbers([_said(s.people, declared.attribute) for s in pool.seekers], index)
        theirs = _numbers([_said((m.person,), declared.attribute) for m in pool.mentors], index)
        one, other = ours[seeker], theirs[mentor]
        fits = (one == other) == (declared.prefer == "same")
        found[:, n] = np.where((one > 0) & (other > 0), fits, np.nan)
    known = ~np.isnan(found)
    sums, many = np.where(known, found, 0).sum(axis=1), known.sum(axis=1)
    mean = np.full(len(seeker), np.nan)
    np.divide(sums, many, out=mean, where=many > 0)
    return mean


def _said(people: Sequence[Participant], attribute: str) -> str | None:
    words = {" ".join(p.declared.get(attribute, "").casefold().split()) for p in people} - {""}
    return min(words) if len(words) == 1 else None
