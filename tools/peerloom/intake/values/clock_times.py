"""Hours of a day, such as `5:00-7:00 PM` and `9-12`."""

import re
from dataclasses import dataclass

_MINUTES_OF_DAY = 24 * 60
# `7 h`, `7:30`, `7.30`, `19h30`, `7pm`, `7 p.m.`, `noon`.
_TIME = (
    r"(?:(?<![\d.:])(\d{1,2})(?:\s?[:.h]\s?([0-5]\d))?\s?(?:h(?:rs?|s)?\b|uhr\b|o'clock\b)?\s?"
    r"(a\.?\s?m\b\.?|p\.?\s?m\b\.?)?(?:\s?uhr\b)?|(noon|midday|mittag|mediodia|midi|midnight|mitternacht|medianoche|"
    r"minuit))"
)
_TO = r"\s*(?:-|to|until|till|til|through|bis|al?|ate|hasta|as)\s*(?:las |as )?"
_BETWEEN = r"(?:between|zwischen|entre)(?: las| as)?\s+"
TIME_RANGE = re.compile(
    rf"(?:(?:from |von |de |desde (?:las )?|das |des )?{_TIME}{_TO}{_TIME}"
    rf"|{_BETWEEN}{_TIME}\s*(?:and|und|y|e|et)\s*(?:las |as )?{_TIME})(?![\d:])"
)
_NOON = frozenset({"noon", "midday", "mittag", "mediodia", "midi"})
# A bare hour below this one may well be in the afternoon.
_EARLIEST_PLAIN_HOUR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRange:
    """Minutes after midnight. An end of 24 hours or more lies on the next day.

    `other` is the second reading of hours that may be in the morning or in the afternoon.
    """

    starts: int
    ends: int
    other: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClockTime:
    hour: int
    minute: int
    half: str | None
    is_24_hours: bool

    def minutes(self, half: str | None) -> int:
        """Return minutes after midnight, in the half of the day that is given."""
        if half is None:
            return self.hour * 60 + self.minute
        return (self.hour % 12 + (12 if half == "p" else 0)) * 60 + self.minute


def read_hour_range(match: re.Match[str]) -> HourRange | None:
    """Return the hours that a match of `TIME_RANGE` says, or None if there are no such hours.

    A half of the day that stands once holds for both ends where the range is then the shorter
    one: `6-8pm` is in the evening, and `11-1pm` begins in the morning. Bare hours before 8, and an
    end before its beginning on a clock of twelve hours, have a second reading.
    """
    groups = match.groups()
    groups = groups[:8] if any(groups[:8]) else groups[8:]
    first, second = _clock_time(groups[:4]), _clock_time(groups[4:])
    if first is None or second is None:
        return None
    if second.half and not first.half and not first.is_24_hours:
        return _range_with_half_once(first, second)
    if first.half and not second.half and not second.is_24_hours:
        return _range_with_half_first(first, second)
    starts, ends = first.minutes(first.half), second.minutes(second.half)
    if first.half or second.half or first.is_24_hours or second.is_24_hours:
        return _ordered_range(starts, ends)
    return _range_of_bare_hours(starts, ends)


def _clock_time(groups: tuple[str | None, ...]) -> _ClockTime | None:
    hours, minutes, half, word = groups
    if word:
        return _ClockTime(hour=12 if word in _NOON else 0, minute=0, half=None, is_24_hours=True)
    hour, minute = int(hours or 0), int(minutes or 0)
    if hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return None
    is_24_hours = not half and (hour > 12 or hour == 0 or str(hours).startswith("0"))
    return _ClockTime(hour=hour, minute=minute, half=half and half[0], is_24_hours=is_24_hours)


def _range_with_half_once(first: _ClockTime, second: _ClockTime) -> HourRange | None:
    ends = second.minutes(second.half)
    ends += _MINUTES_OF_DAY if ends == 0 else 0
    same = first.minutes(second.half)
    starts = same if same < ends else first.minutes("a" if second.half == "p" else "p")
    if ends == _MINUTES_OF_DAY:  # `10-12am` ends at midnight, or at noon by mistake
        return HourRange(
            starts=first.minutes("p"), ends=ends, other=(first.minutes("a"), ends // 2)
        )
    return _ordered_range(starts, ends)


def _range_with_half_first(first: _ClockTime, second: _ClockTime) -> HourRange | None:
    """Return `9am-5` and `5pm-7`: the end is the first such hour after the beginning."""
    starts = first.minutes(first.half)
    ends = min(
        (second.minutes(half) for half in ("a", "p") if second.minutes(half) > starts),
        default=second.minutes("a") + _MINUTES_OF_DAY,
    )
    return _ordered_range(starts, ends)


def _ordered_range(starts: int, ends: int) -> HourRange | None:
    if starts == ends or starts >= _MINUTES_OF_DAY:
        return None
    return HourRange(starts=starts, ends=ends if ends > starts else ends + _MINUTES_OF_DAY)


def _range_of_bare_hours(starts: int, ends: int) -> HourRange | None:
    """Return hours without a half of the day, which a clock of twelve hours reads in two ways."""
    noon = _MINUTES_OF_DAY // 2
    if starts == ends:
        return None
    if ends < starts:  # `9-5`, `12-2`
        return HourRange(starts=starts, ends=ends + noon, other=(starts, ends + _MINUTES_OF_DAY))
    if starts < _EARLIEST_PLAIN_HOUR * 60:
        return HourRange(starts=starts, ends=ends, other=(starts + noon, ends + noon))
    return HourRange(starts=starts, ends=ends)
