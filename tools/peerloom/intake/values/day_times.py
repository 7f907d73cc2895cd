"""Times of day beside a date, with their half of the day and their zone."""

import re
from collections.abc import Iterable
from datetime import time, timedelta, timezone, tzinfo
from typing import Literal

from peerloom.intake.values.calendar_names import find_half_of_day, find_weekday

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?!\d)")
_CLOCK_IN_WORDS = re.compile(
    r"(\d{1,2})\s?[시時时点點]\s?(?:(\d{1,2})\s?[분分])?\s?(?:(\d{1,2})\s?[초秒])?"
)
_BARE_HOUR = re.compile(r"(?<!\d)(\d{1,2})()()(?![\d:.])")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?\Z")
# Abbreviations of one meaning, in hours. `IST` and `CST` have several, and are not read.
_ZONE_HOURS = {
    **dict.fromkeys(("z", "utc", "gmt", "wet", "tu"), 0),
    **dict.fromkeys(("cet", "mez", "bst", "west"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    **dict.fromkeys(("jst", "kst"), 9),
    "eest": 3,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}
# Words that stand between a date and its time.
_BETWEEN = re.compile(
    r"^(?:[\s,;|.@]|t(?=\d)|- |at\b|um\b|alle\b|a las\b|as\b|a\b(?!\.?\s?m\b)|de\b|del\b|kl\b|"
    r"klo\b|uhr\b|o clock|d\b|ساعت|[вжш]\b|[гржш]\.?(?=\W)|ore\b|om\b|o\b)+"
)
_MAX_OFFSET_HOURS = 14


def read_day_time(text: str, languages: Iterable[str]) -> tuple[time, tzinfo | None] | None:
    """Return the time of day and the zone that a text says after a date.

    An empty text, or a day of the week, is midnight without a zone. None if any of it is not read.
    """
    rest = _BETWEEN.sub("", text.strip().casefold() + " ").strip()
    rest = re.sub(r"\b(?:uhr|h|hrs|hs|o'clock)\b\.?", "", rest).strip(" ,")
    rest = _CLOCK_IN_WORDS.sub(_write_with_colons, rest)
    if not rest or find_weekday(rest.strip(" ,.()"), languages):
        return time(), None
    clock = _CLOCK.search(rest) or _BARE_HOUR.search(rest)
    if not clock:
        return None
    beside = f"{rest[: clock.start()]} {rest[clock.end() :]}"
    suffix = _read_suffix(beside, languages)
    if suffix is None or (not suffix[0] and clock.re is _BARE_HOUR):
        return None
    half, zone = suffix
    moment = _time_of_day(int(clock[1]), int(clock[2] or 0), int(clock[3] or 0), half)
    return None if moment is None else (moment, zone)


def _write_with_colons(match: re.Match[str]) -> str:
    """Return `9:05:09` for the hour, minute and second of Korean, Japanese and Chinese."""
    hour, minute, second = (int(number or 0) for number in match.groups())
    return f"{hour}:{minute:02}:{second:02}"


def _read_suffix(
    text: str, languages: Iterable[str]
) -> tuple[Literal["am", "pm"] | None, tzinfo | None] | None:
    """Return the half of the day and the zone in what stands beside a time; None if it is neither.

    The half comes first, as in `p. m. UTC`.
    """
    words = re.sub(r"[()\[\],]", " ", text).split()
    for count in range(len(words), -1, -1):
        half = find_half_of_day(" ".join(words[:count]), languages) if count else None
        zone = _read_zone(" ".join(words[count:]))
        if (half or not count) and zone is not False:
            return half, zone
    return None


def _time_of_day(hour: int, minute: int, second: int, half: str | None) -> time | None:
    """Return a time on a clock of 12 hours where there is a half of the day, else of 24."""
    if half == "am" and hour > 12:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _read_zone(text: str) -> tzinfo | Literal[False] | None:
    """Return the zone that stands after a time, None if there is none, False if it is not read."""
    words = text.strip(" .")
    if not words:
        return None
    if words in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[words]))
    offset = _OFFSET.fullmatch(words)
    if not offset or int(offset[2]) > _MAX_OFFSET_HOURS:
        return False
    difference = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(difference if offset[1] == "+" else -difference)
