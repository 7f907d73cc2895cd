"""Criterion `closeness`: whether the two live in the same country and part of the world."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from peerloom.matching.arrays import Floats, Ints, number_values
from peerloom.matching.criteria.criterion import TableCriterion
from peerloom.model import Participant
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Countries and time zones of some people.
_Location = tuple[frozenset[str], frozenset[str]]


class Closeness(TableCriterion):
    """The mean of same country and same part of the world, or the one that the cohort wants."""

    id = "closeness"
    sentence = mark(
        "whether the two live in one country, and in one part of the world by time zone"
    )
    fields = ("region", "time_zone")

    def build_table(self) -> tuple[Ints, Ints, Floats]:
        """A table by distinct locations; not a number if a side gave none."""
        noon = datetime.combine(self.data.applicants.cohort.starts, datetime.min.time())
        ours: dict[_Location, int] = {}
        theirs: dict[_Location, int] = {}
        rows = number_values([_find_location(people) for people in self.data.seekers], ours)
        columns = number_values([_find_location((p,)) for p in self.data.mentors], theirs)
        table = np.full((len(ours), len(theirs)), np.nan)
        for location, row in ours.items():
            for other, column in theirs.items():
                table[row, column] = self._compare(location, other, noon.replace(hour=12))
        return rows, columns, table

    def _compare(self, one: _Location, other: _Location, noon: datetime) -> float:
        """A number between 0 and 1, or not a number where nothing is known."""
        wanted = self.data.settings.closeness
        known = []
        if wanted != "time_zone" and one[0] and other[0]:
            known.append(bool(one[0] & other[0]))
        if wanted != "region" and one[1] and other[1]:
            known.append(any(_are_near(a, b, noon) for a in one[1] for b in other[1]))
        return sum(known) / len(known) if known else float("nan")

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """A sentence if a mentee and a mentor live near each other; none about teams."""
        score = self.table[self.seeker_rows[seeker], self.mentor_columns[mentor]]
        if score == 1 and len(self.data.seekers[seeker]) == 1:
            sentence = _("{mentor} and {mentee} live in the same part of the world")
            yield sentence.format(
                mentor=self.data.mentor_name(mentor), mentee=self.data.seeker_name(seeker)
            )


def country_of(person: Participant) -> str:
    """The country, or whatever comes last in somebody's region."""
    return " ".join((person.region or "").rpartition(",")[2].split())


def _find_location(people: Sequence[Participant]) -> _Location:
    countries = frozenset(country_of(p).casefold() for p in people if p.region)
    return countries, frozenset(p.time_zone for p in people if p.time_zone)


@lru_cache(maxsize=65536)
def _are_near(one: str, other: str, moment: datetime) -> bool:
    """Whether zones are the same, or of one area and at most an hour apart in winter."""
    if one == other:
        return True
    if one.partition("/")[0] != other.partition("/")[0]:
        return False
    try:
        offsets = [_winter_offset(zone, moment) for zone in (one, other)]
    except (KeyError, ValueError, OSError):
        return False
    return abs(offsets[0] - offsets[1]) <= timedelta(hours=1)


def _winter_offset(zone: str, moment: datetime) -> timedelta:
    """How far a zone is ahead of UTC without daylight saving, in the year of a moment."""
    days = (moment.replace(month=month, day=1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return min(day.utcoffset() or timedelta() for day in days)
