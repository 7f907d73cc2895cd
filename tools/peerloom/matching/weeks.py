"""When people are free in every week of a cohort, and how many hours two of them share.

Free hours are said in local time and repeat weekly; local time moves against the world's twice a
year in some zones, on different days. So a week is taken as it is in UTC, each of its days by the
clocks of its noon, once for each stretch of the cohort in which no zone of its people changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import and_
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from peerloom.matching.market import Bools, Floats, Ints
from peerloom.model import Cohort, Day, FreeTime, Participant
from peerloom.schedule import latest_end

# A week in steps of a quarter of an hour, which all zones of today keep to; each is a bit.
_STEP = 15
_DAY = 24 * 60
STEPS = 7 * _DAY // _STEP
WHOLE_WEEK = (1 << STEPS) - 1
_WORDS = -(-STEPS // 64)
_DAYS: tuple[Day, ...] = get_args(Day)
# A meeting to propose is so many minutes long, and begins at a full or half hour.
_MEETING, _BEGINS = 60, 30
_AT_ONCE = 500_000

Bits = NDArray[np.uint64]
# Minutes that a zone is ahead of UTC, on each day of a week.
_Clocks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Free time of people: `bits` by person, stretch and word; `known` where they said any."""

    bits: Bits
    known: Bools

    def hours(self, one: Ints, other: "Weeks", two: Ints) -> Floats:
        """Hours a week that `one` and the `other`'s `two` share, in the week with the least."""
        least = np.empty(len(one), dtype=np.int64)
        for start in range(0, len(one), _AT_ONCE):
            at = slice(start, start + _AT_ONCE)
            shared = (
                np.bitwise_count(self.bits[one[at], n] & other.bits[two[at], n]).sum(
                    axis=1, dtype=np.int64
                )
                for n in range(self.bits.shape[1])
            )
            least[at] = np.minimum.reduce(list(shared))
        return np.asarray(least * (_STEP / 60), dtype=np.float64)


class Calendar:
    """The stretches of a cohort, in each of which every zone keeps one offset."""

    def __init__(self, cohort: Cohort, people: Iterable[Participant], default_zone: str) -> None:
        self._cohort, self._default = cohort, default_zone
        zones = sorted({self.zone(person) for person in people} | {default_zone})
        offsets = {zone: _offsets(zone, cohort) for zone in zones}
        every = list(zip(*offsets.values(), strict=True))
        self._firsts = [every.index(offset) for offset in dict.fromkeys(every)]

    def zone(self, person: Participant) -> str:
        """Somebody's time zone; the program's where they named none, or one that is none."""
        return person.time_zone if _is_zone(person.time_zone) else self._default  # type: ignore[return-value]

    def weeks(self, groups: Iterable[Iterable[Participant]]) -> Weeks:
        """When all of each group are free, as far as they said it."""
        kept: dict[tuple[str, tuple[FreeTime, ...]], list[int]] = {}
        rows: list[list[int]] = []
        known: list[bool] = []
        for group in groups:
            said = [p for p in group if p.availability]
            row = [WHOLE_WEEK if said else 0] * len(self._firsts)
            for person in said:
                key = (self.zone(person), person.availability)
                if key not in kept:
                    kept[key] = list(self._person(*key))
                row = [ours & theirs for ours, theirs in zip(row, kept[key], strict=True)]
            rows.append(row)
            known.append(bool(said))
        data = b"".join(week.to_bytes(8 * _WORDS, "little") for row in rows for week in row)
        bits = np.frombuffer(data, dtype="<u8").reshape(len(rows), len(self._firsts), _WORDS)
        return Weeks(bits.astype(np.uint64), np.array(known, dtype=np.bool_))

    def _person(self, zone: str, times: tuple[FreeTime, ...]) -> Iterator[int]:
        offsets = _offsets(zone, self._cohort)
        for first in self._firsts:
            yield _week(times, offsets[first])

    def meetings(self, people: tuple[Participant, ...], most: int) -> tuple[str, ...]:
        """Up to `most` weekly times that suit all, on different days where that can be.

        A time stays the same for the first of the people all along; where it moves for another,
        because clocks change, both times are said.
        """
        said = [person for person in people if person.availability]
        if len(said) < len(people):
            return ()
        every = zip(*(_offsets(self.zone(person), self._cohort) for person in people), strict=True)
        stretches = list(dict.fromkeys(every))
        free = [
            (
                clocks[0],
                together(_week(p.availability, c) for p, c in zip(people, clocks, strict=True)),
            )
            for clocks in stretches
        ]
        found: dict[Day, list[int]] = {}
        for local in range(0, 7 * _DAY, _BEGINS):
            day = found.setdefault(_DAYS[local // _DAY], [])
            if _suits(local, free) and (not day or local >= day[-1] + _MEETING):
                day.append(local)
        most_of_a_day = max(len(day) for day in found.values())
        rounds = [day[n] for n in range(most_of_a_day) for day in found.values() if n < len(day)]
        return tuple(
            "; ".join(self._spoken(local, people, stretches)) for local in sorted(rounds[:most])
        )

    def busiest(self, people: Iterable[Participant], most: int) -> Iterator[str]:
        """The times of the week at which most of some people are free, in the default zone."""
        own = _offsets(self._default, self._cohort)[0]
        weeks = [_week(p.availability, _offsets(self.zone(p), self._cohort)[0]) for p in people]
        many: dict[int, int] = {}
        for local in range(0, 7 * _DAY, 60):
            at = _turned((1 << 60 // _STEP) - 1, (local - own[local // _DAY]) // _STEP)
            many[local] = sum(not at & ~week for week in weeks)
        best = sorted(many, key=lambda local: (-many[local], local))[:most]
        for local in sorted(best):
            if many[local]:
                yield f"{_clock(local)} ({self._default}), {many[local]} of {len(weeks)} are free"

    def _spoken(
        self, local: int, people: tuple[Participant, ...], stretches: list[tuple[_Clocks, ...]]
    ) -> Iterator[str]:
        for n, person in enumerate(people):
            first, *others = dict.fromkeys(_there(local, each[0], each[n]) for each in stretches)
            moved = "".join(f", {_after(other, first)} in some weeks" for other in others)
            yield f"{_clock(first)}{moved} for {person.name} ({self.zone(person)})"


def _there(local: int, own: _Clocks, other: _Clocks) -> int:
    """A minute of one's week, in another's clocks on the day that it is there."""
    day = local // _DAY
    there = local - own[day] + other[day]
    return local - own[day] + other[there // _DAY % 7]


def together(weeks: Iterable[int]) -> int:
    """What several weeks have in common."""
    return reduce(and_, weeks, WHOLE_WEEK)


def _suits(local: int, free: list[tuple[_Clocks, int]]) -> bool:
    """Whether an hour is free in every stretch, given one's clocks and all their free time."""
    meeting, day = (1 << _MEETING // _STEP) - 1, local // _DAY
    return all(not _turned(meeting, (local - own[day]) // _STEP) & ~week for own, week in free)


def _after(other: int, first: int) -> str:
    """A time of the week, its day left out where it is the day of the first."""
    day, clock = _clock(other).split()
    return clock if day == _clock(first).split()[0] else f"{day} {clock}"


def _is_zone(name: str | None) -> bool:
    return name is not None and _zone(name) is not None


@lru_cache(maxsize=4096)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=4096)
def _offsets(zone: str, cohort: Cohort) -> tuple[_Clocks, ...]:
    """A zone's clocks in each week of a cohort; a day outside has those of the nearest inside."""
    there = _zone(zone) or ZoneInfo("UTC")
    starts = cohort.starts.toordinal()
    ends = max(starts, latest_end(cohort).toordinal())
    monday = starts - cohort.starts.weekday()
    days = (min(max(day, starts), ends) for day in range(monday, ends + 7))
    clocks = [_ahead(there, day) for day in days]
    return tuple(tuple(clocks[at : at + 7]) for at in range(0, ends - monday + 1, 7))


def _ahead(zone: ZoneInfo, day: int) -> int:
    """Minutes ahead of UTC at a day's noon; the calendar's first and last day have no clocks."""
    within = date.fromordinal(min(max(day, 2), date.max.toordinal() - 1))
    noon = datetime(within.year, within.month, within.day, 12, tzinfo=zone)
    return int((noon.utcoffset() or timedelta()).total_seconds() // 60)


@lru_cache(maxsize=65536)
def _week(times: tuple[FreeTime, ...], clocks: _Clocks) -> int:
    """A week's free time as bits, from Monday midnight in UTC, by a zone's clocks."""
    bits = 0
    for time in times:
        offset = clocks[_DAYS.index(time.day)]
        midnight = _DAYS.index(time.day) * _DAY
        # What begins within a step is free only from the next, and what ends in one until it.
        first = -(-(midnight + _minutes(time.starts) - offset) // _STEP)
        # The latest that can be written is 23:59, and means midnight.
        last = (midnight + _minutes(time.ends) + (time.ends == "23:59") - offset) // _STEP
        bits |= _turned((1 << max(0, last - first)) - 1, first)
    return bits


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _turned(bits: int, by: int) -> int:
    """Bits moved within the week; what leaves it at one end comes in at the other."""
    moved = bits << by % STEPS
    return (moved | moved >> STEPS) & WHOLE_WEEK


def _clock(minutes: int) -> str:
    day = _DAYS[minutes // _DAY % 7].capitalize()
    return f"{day} {minutes // 60 % 24:02d}:{minutes % 60:02d}"
