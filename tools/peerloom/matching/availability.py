"""When people are free in every week of a cohort, and how many hours two of them share.

People state their free hours in local time, the same every week. Local time shifts against UTC
twice a year in some zones, on different days. So a week is looked at in UTC, each of its days by
the zone's offset at noon, once for each stretch of the cohort in which no zone of its people
changes its offset.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from itertools import zip_longest
from operator import and_
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from peerloom.matching.arrays import Bools, Floats, Ints
from peerloom.model import Cohort, Day, FreeTime, Participant
from peerloom.schedule import add_days, latest_day

# A week in quarters of an hour, one bit each: every zone of today is offset by such quarters.
_STEP = 15
_DAY = 24 * 60
STEPS = 7 * _DAY // _STEP
WHOLE_WEEK = (1 << STEPS) - 1
_WORDS = -(-STEPS // 64)
_DAYS: tuple[Day, ...] = get_args(Day)
# Minutes that a proposed meeting takes, and minutes from one possible start to the next.
_MEETING, _BEGINS = 60, 30
# Pairs whose hours are compared at once, so that memory stays bounded.
_PAIRS_AT_ONCE = 500_000

Bits = NDArray[np.uint64]
# Minutes that a zone is ahead of UTC on each of the seven days of a week.
_Offsets = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FreeWeeks:
    """Free time of people or teams: `known` says which of them stated any.

    `bits` has the shape people × stretches × words of 64 quarters of an hour.
    """

    bits: Bits
    known: Bools

    def shared_hours(self, ours: Ints, other: "FreeWeeks", theirs: Ints) -> Floats:
        """Hours a week that each of `ours` and of the other's `theirs` share, in the worst week."""
        fewest = np.empty(len(ours), dtype=np.int64)
        for start in range(0, len(ours), _PAIRS_AT_ONCE):
            rows = slice(start, start + _PAIRS_AT_ONCE)
            shared = (
                np.bitwise_count(self.bits[ours[rows], n] & other.bits[theirs[rows], n]).sum(
                    axis=1, dtype=np.int64
                )
                for n in range(self.bits.shape[1])
            )
            fewest[rows] = np.minimum.reduce(list(shared))
        return np.asarray(fewest * (_STEP / 60), dtype=np.float64)


class CohortCalendar:
    """The weeks of a cohort, one for each stretch in which every zone keeps its offset."""

    def __init__(self, cohort: Cohort, people: Iterable[Participant], default_zone: str) -> None:
        self._cohort, self._default = cohort, default_zone
        zones = sorted({self.zone_of(person) for person in people} | {default_zone})
        offsets = {zone: _weekly_offsets(zone, cohort) for zone in zones}
        weeks = list(zip(*offsets.values(), strict=True))
        # The first week of each stretch stands for all of it.
        self._first_weeks = [weeks.index(offsets) for offsets in dict.fromkeys(weeks)]

    def zone_of(self, person: Participant) -> str:
        """Somebody's time zone; the program's where they named none, or none that exists."""
        zone = person.time_zone
        return zone if zone is not None and _load_zone(zone) is not None else self._default

    def free_weeks(self, groups: Iterable[Iterable[Participant]]) -> FreeWeeks:
        """When all of each group are free, going by those who stated it."""
        rows: list[list[int]] = []
        known: list[bool] = []
        for group in groups:
            stated = [person for person in group if person.availability]
            row = [WHOLE_WEEK if stated else 0] * len(self._first_weeks)
            for person in stated:
                row = [ours & own for ours, own in zip(row, self.weeks_of(person), strict=True)]
            rows.append(row)
            known.append(bool(stated))
        data = b"".join(week.to_bytes(8 * _WORDS, "little") for row in rows for week in row)
        bits = np.frombuffer(data, dtype="<u8").reshape(len(rows), len(self._first_weeks), _WORDS)
        return FreeWeeks(bits.astype(np.uint64), np.array(known, dtype=np.bool_))

    def weeks_of(self, person: Participant) -> tuple[int, ...]:
        """Somebody's free time as bits of a week, for each stretch of the cohort."""
        offsets = _weekly_offsets(self.zone_of(person), self._cohort)
        return tuple(_week_bits(person.availability, offsets[n]) for n in self._first_weeks)

    def meeting_times(self, people: tuple[Participant, ...], most: int) -> tuple[str, ...]:
        """Up to `most` weekly times that suit everybody, on different days where possible.

        A time is the same for the first person all the time; where it moves for another because
        clocks change, both of their times are given. Empty unless all stated when they are free.
        """
        if not all(person.availability for person in people):
            return ()
        zones = [_weekly_offsets(self.zone_of(person), self._cohort) for person in people]
        stretches = list(dict.fromkeys(zip(*zones, strict=True)))
        stated = [person.availability for person in people]
        free = [(o[0], reduce(and_, map(_week_bits, stated, o), WHOLE_WEEK)) for o in stretches]
        by_day: list[list[int]] = [[] for _ in _DAYS]
        for local in range(0, 7 * _DAY, _BEGINS):
            day = by_day[local // _DAY]
            if _is_free_hour(local, free) and (not day or local >= day[-1] + _MEETING):
                day.append(local)
        # The first of each day, then the second of each day, and so on.
        ordered = [local for times in zip_longest(*by_day) for local in times if local is not None]
        return tuple(
            "; ".join(self._describe(local, people, stretches)) for local in sorted(ordered[:most])
        )

    def busiest_times(self, people: Iterable[Participant], most: int) -> Iterator[str]:
        """The hours of the week at which most of some people are free, in the default zone."""
        own = _weekly_offsets(self._default, self._cohort)[0]
        weeks = [
            _week_bits(p.availability, _weekly_offsets(self.zone_of(p), self._cohort)[0])
            for p in people
        ]
        free: dict[int, int] = {}
        for local in range(0, 7 * _DAY, 60):
            hour = _rotate((1 << 60 // _STEP) - 1, (local - own[local // _DAY]) // _STEP)
            free[local] = sum(not hour & ~week for week in weeks)
        best = sorted(free, key=lambda local: (-free[local], local))[:most]
        for local in sorted(best):
            if free[local]:
                share = f"{free[local]} of {len(weeks)}"
                yield f"{_clock_time(local)} ({self._default}), {share} are free"

    def _describe(
        self, local: int, people: tuple[Participant, ...], stretches: list[tuple[_Offsets, ...]]
    ) -> Iterator[str]:
        for n, person in enumerate(people):
            first, *others = dict.fromkeys(_in_zone(local, each[0], each[n]) for each in stretches)
            moved = "".join(
                f", {_without_same_day(other, first)} in some weeks" for other in others
            )
            yield f"{_clock_time(first)}{moved} for {person.name} ({self.zone_of(person)})"


def _in_zone(local: int, own: _Offsets, other: _Offsets) -> int:
    """A minute of the week in one zone, as a minute of the week in another."""
    day = local // _DAY
    roughly = local - own[day] + other[day]
    return local - own[day] + other[roughly // _DAY % 7]


def _is_free_hour(local: int, free: list[tuple[_Offsets, int]]) -> bool:
    """Whether an hour is free in each stretch, by the first person's clock."""
    meeting, day = (1 << _MEETING // _STEP) - 1, local // _DAY
    return all(not _rotate(meeting, (local - own[day]) // _STEP) & ~week for own, week in free)


def _without_same_day(other: int, first: int) -> str:
    """A time of the week, without its day where that is the day of the first."""
    day, clock = _clock_time(other).split()
    return clock if day == _clock_time(first).split()[0] else f"{day} {clock}"


@lru_cache(maxsize=4096)
def _load_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=4096)
def _weekly_offsets(zone: str, cohort: Cohort) -> tuple[_Offsets, ...]:
    """A zone's offsets in each week of a cohort; days outside it have those of the nearest day.

    Of a cohort without an end it is the first year, in which clocks change as in any other.
    """
    known_zone = _load_zone(zone) or ZoneInfo("UTC")
    starts = cohort.starts.toordinal()
    last = min(cohort.ends or add_days(cohort.starts, 364), latest_day(cohort.starts))
    ends = max(starts, last.toordinal())
    monday = starts - cohort.starts.weekday()
    days = (min(max(day, starts), ends) for day in range(monday, ends + 7))
    offsets = [_utc_offset(known_zone, day) for day in days]
    return tuple(tuple(offsets[n : n + 7]) for n in range(0, ends - monday + 1, 7))


def _utc_offset(zone: ZoneInfo, day: int) -> int:
    """Minutes ahead of UTC at noon; the first and last day of the calendar have no offset."""
    within = date.fromordinal(min(max(day, 2), date.max.toordinal() - 1))
    noon = datetime(within.year, within.month, within.day, 12, tzinfo=zone)
    return int((noon.utcoffset() or timedelta()).total_seconds() // 60)


@lru_cache(maxsize=65536)
def _week_bits(times: tuple[FreeTime, ...], offsets: _Offsets) -> int:
    """A week's free time as bits, the lowest being Monday 00:00 in UTC."""
    bits = 0
    for time in times:
        offset = offsets[_DAYS.index(time.day)]
        midnight = _DAYS.index(time.day) * _DAY
        # Only whole quarters of an hour count.
        first = -(-(midnight + _to_minutes(time.starts) - offset) // _STEP)
        # The latest time that can be written is 23:59, which means midnight.
        last = (midnight + _to_minutes(time.ends) + (time.ends == "23:59") - offset) // _STEP
        bits |= _rotate((1 << max(0, last - first)) - 1, first)
    return bits


def _to_minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _rotate(bits: int, steps: int) -> int:
    """Bits moved within the week; what leaves it at one end comes in at the other."""
    moved = bits << steps % STEPS
    return (moved | moved >> STEPS) & WHOLE_WEEK


def _clock_time(minutes: int) -> str:
    day = _DAYS[minutes // _DAY % 7].capitalize()
    return f"{day} {minutes // 60 % 24:02d}:{minutes % 60:02d}"
