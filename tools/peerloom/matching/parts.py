"""Parts of a score that compare no words: where people live, what they speak, whom they named."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from peerloom.matching.market import Floats, Ints, Sparse, ints
from peerloom.matching.pool import Pool
from peerloom.model import Participant
from peerloom.tongues import tongues

_Value = TypeVar("_Value")
# Years of experience that are as good as more of them.
_ENOUGH_YEARS = 5
_NAMED_LOWER, _NAMED_LEAST = 0.15, 0.4

_Place = tuple[frozenset[str], frozenset[str]]


class Places:
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


class Experience:
    """How many more years a mentor has, of a team more than whoever of it has most."""

    def __init__(self, pool: Pool) -> None:
        self._seeker = _years([s.people for s in pool.seekers])
        self._mentor = _years([(m.person,) for m in pool.mentors])

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        """1 from five years on, 0 where there are none."""
        gap: Floats = (self._mentor[mentor] - self._seeker[seeker]) / _ENOUGH_YEARS
        return np.clip(gap, 0, 1)


def _years(groups: Sequence[Sequence[Participant]]) -> Floats:
    said = [[p.experience_years for p in g if p.experience_years is not None] for g in groups]
    return np.array([max(years) if years else np.nan for years in said], dtype=np.float64)


_Tongues = tuple[tuple[str, ...], frozenset[str]]


class Languages:
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
        """Half for a language in common, half for the first that each of the mentees named."""
        return self._table[self._seeker[seeker], self._mentor[mentor]]


def _spoken(people: Sequence[Participant]) -> _Tongues:
    """The first language of each of some people, and all of their languages."""
    spoken = [tongues(p.languages) for p in people if p.languages]
    return tuple(dict.fromkeys(each[0] for each in spoken)), frozenset().union(*spoken)


class Preferences:
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
        self._mine, self._theirs = Sparse(mine), Sparse(theirs)
        self._named = ints(sorted(mine.keys() | theirs.keys()))

    def named(self, seeker: int) -> Ints:
        """The mentors whom a seeker named, and those who named them."""
        at = np.searchsorted(self._named, [seeker * self._many, (seeker + 1) * self._many])
        found: Ints = self._named[at[0] : at[1]] - seeker * self._many
        return found

    def parts(self, seeker: Ints, mentor: Ints) -> Floats:
        """The mean of both sides, or what the one side says that named anybody."""
        keys = seeker * self._many + mentor
        mine = np.where(self._seeker_names[seeker], self._mine.at(keys), np.nan)
        theirs = np.where(self._mentor_names[mentor], self._theirs.at(keys), np.nan)
        both = (mine + theirs) / 2
        return np.where(np.isnan(both), np.where(np.isnan(mine), theirs, mine), both)


def _named(rank: int) -> float:
    return max(_NAMED_LEAST, 1 - _NAMED_LOWER * rank)


def declared_part(pool: Pool, seeker: Ints, mentor: Ints) -> Floats:
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
