"""Days and times of an answer, in a column whose order of day and month is found out first.

`3/4/2027` says nothing by itself. `find_date_order` looks at every date of a column and says
which order fits them all; `read_timestamp` then reads each in that order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, certain_value, leave_out
from peerloom.intake.values.calendar_names import find_month, find_weekday
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import remove_invisible, unify_dashes, without_accents

Order = Literal["day first", "month first"]
OrderCertainty = Literal["certain", "guess", "contradicting"]

# Excel counts days from 1899-12-30, of which 1970 is the day 25,569 and 2100 the day 73,051.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's cell has no zone
_EXCEL_SERIALS = (25_569, 73_051)
_YEARS = (1970, 2099)
# Years of two digits that are read, so that `27-01-05` does not become the year 2005.
_SHORT_YEARS = (13, 49)
_ISO = re.compile(r"(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})\.?(?=[T\s,]|\Z)(.*)")
_YEAR_FIRST_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?(.*)")
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-/.])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4}|\d{2})(?!\d)\.?(?P<rest>.*)"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?")
_AM_PM = {
    "am": (r"a\.?\s?m\.?", "vorm", "vormittags", "上午", "오전", "午前", "πμ", "π.μ.", "ق.ظ", "ص"),
    "pm": (
        r"p\.?\s?m\.?",
        "nachm",
        "nachmittags",
        "下午",
        "오후",
        "午後",
        "μμ",
        "μ.μ.",
        "ب.ظ",
        "م",
    ),
}
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?!\d)")
_HOUR_WITH_HALF = re.compile(r"(?<!\d)(\d{1,2})\s?([ap])\.?\s?m\b\.?")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?\Z")
# Abbreviations of one meaning, in hours. `IST` and `CST` have several, and are not read.
_ZONE_HOURS = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
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
    r"^(?:[\s,;|t.]|at\b|um\b|alle\b|a las\b|as\b|a\b(?!\.?m)|de\b|del\b|kl\b|uhr\b|o clock|"
    r"в\b|г\.?|ore\b|om\b|klo\b|o\b)+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """The order of day and month in a column, and how sure it is.

    `certain` also holds where no date could be read in two ways. A `contradicting` column has
    dates that only fit one order and dates that only fit the other; those that fit both are left
    out. `ambiguous` counts the dates that fit both orders.
    """

    order: Order
    certainty: OrderCertainty = "certain"
    ambiguous: int = 0


def find_date_order(
    cells: Iterable[str | date], prefers: Order | None = None, today: date | None = None
) -> DateOrder:
    """Return the order of day and month that fits all dates of a column.

    Dots between the numbers mean that the day is first, wherever they are used. Where both orders
    fit every date, that one is guessed in which no date lies after `today`, or else the rows come
    in their order of time, or else the dates lie closest together; or else `prefers`.
    """
    texts = [single_line(remove_invisible(c)) for c in cells if isinstance(c, str)]
    found = [match for match in map(_NUMERIC.match, texts) if match and int(match["y"]) >= 0]
    with_dots = [match for match in found if match["sep"] == "."]
    others = [match for match in found if match["sep"] != "."]
    day_first = any(int(match["a"]) > 12 >= int(match["b"]) for match in others)
    month_first = any(int(match["b"]) > 12 >= int(match["a"]) for match in others)
    ambiguous = [m for m in others if int(m["a"]) <= 12 and int(m["b"]) <= 12 and m["a"] != m["b"]]
    if day_first and month_first:
        order: Order = prefers or "month first"
        return DateOrder(order=order, certainty="contradicting", ambiguous=len(ambiguous))
    if day_first or month_first:
        return DateOrder(order="day first" if day_first else "month first")
    if not ambiguous:
        only: Order = "day first" if with_dots else prefers or "month first"
        return DateOrder(order=only)
    order = _likely_order(others, prefers, today)
    return DateOrder(order=order, certainty="guess", ambiguous=len(ambiguous))


def _likely_order(
    matches: Sequence[re.Match[str]], prefers: Order | None, today: date | None
) -> Order:
    fits: dict[Order, tuple[bool, bool, int]] = {}
    orders: tuple[Order, ...] = ("month first", "day first")
    for order in orders:
        days = [_numeric_day(match, order) for match in matches]
        known = [day for day in days if day]
        in_past = not today or all(day <= today + timedelta(days=1) for day in known)
        days_between = (max(known) - min(known)).days if known else 0
        fits[order] = (in_past, known == sorted(known), -days_between)
    if fits["month first"] != fits["day first"]:
        return max(orders, key=lambda order: fits[order])
    return prefers or "month first"


def _numeric_day(match: re.Match[str], order: Order) -> date | None:
    first, second, year = int(match["a"]), int(match["b"]), _full_year(match["y"])
    day, month = (first, second) if order == "day first" else (second, first)
    return _valid_day(year, month, day)


def _full_year(text: str) -> int:
    """Return a year of four digits; two digits are those of this century."""
    return int(text) + (2000 if len(text) == 2 else 0)


def _valid_day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _YEARS[0] <= year <= _YEARS[1] else None


def _is_likely_year(text: str) -> bool:
    """Whether a year has four digits, or two that are no day or month of a date in other order."""
    return len(text) == 4 or _SHORT_YEARS[0] <= int(text) <= _SHORT_YEARS[1]


def read_timestamp(
    cell: str | date | float, order: DateOrder, zone: tzinfo = UTC, languages: Iterable[str] = ()
) -> AnswerValue[datetime]:
    """Return the moment that a cell holds, as a datetime with a time zone.

    `zone` is where the clock of a timestamp without a zone stood. A date without a time is its
    first moment. A cell that cannot be read, wholly and in one way, is left out and told.
    """
    if not isinstance(cell, str):
        return _from_workbook(cell, zone)
    text = unify_dashes(single_line(remove_invisible(cell)))
    if is_filler(text):
        return NO_ANSWER
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_workbook(float(text), zone)
    found = _read_text(text, order, languages)
    if isinstance(found, str):
        return leave_out(f"{quoted(single_line(cell))} must be a date and time, and {found}")
    day, clock, own_zone = found
    return certain_value(datetime.combine(day, clock, own_zone or zone))


def read_day(
    cell: str | date | float, order: DateOrder, languages: Iterable[str] = ()
) -> AnswerValue[date]:
    """Return the day that a cell holds; a time beside it makes no difference."""
    read = read_timestamp(cell, order, UTC, languages)
    if read.value is None:
        message = read.message.replace("a date and time", "a date")
        return AnswerValue(certainty=read.certainty, message=message)
    return certain_value(read.value.date())


def read_single_day(text: str) -> date | None:
    """Return the day in a text that can be read in only one way; `3/4/2026` can be read in two."""
    order = find_date_order([text])
    return read_day(text, order).value if order.certainty == "certain" else None


def _from_workbook(cell: date | float, zone: tzinfo) -> AnswerValue[datetime]:
    """Return the moment of a workbook's cell: a date, or the number by which Excel keeps one."""
    if isinstance(cell, datetime):
        return certain_value(cell if cell.tzinfo else cell.replace(tzinfo=zone))
    if isinstance(cell, date):
        return certain_value(datetime.combine(cell, time(), zone))
    if not _EXCEL_SERIALS[0] <= cell <= _EXCEL_SERIALS[1]:
        return leave_out(f"{quoted(f'{cell:g}')} must be a date and time, and is a number")
    moment = _EXCEL_EPOCH + timedelta(seconds=round(cell * 86_400))
    return certain_value(moment.replace(tzinfo=zone))


_Moment = tuple[date, time, tzinfo | None]


def _read_text(text: str, order: DateOrder, languages: Iterable[str]) -> _Moment | str:
    """Return day, time and zone of a text, or why it cannot be read as the end of a sentence."""
    compact = _COMPACT.fullmatch(text.removesuffix("Z"))
    if compact:
        text = "{}-{}-{} {}:{}:{}".format(*(group or "00" for group in compact.groups()))
    split = _split_day(text, order, languages)
    if isinstance(split, str):
        return split
    day, rest = split
    clock = _read_clock(rest)
    if clock is None:
        return f"{quoted(rest.strip())} is no time of day"
    return day, *clock


def _split_day(text: str, order: DateOrder, languages: Iterable[str]) -> tuple[date, str] | str:
    """Return the day at the beginning of a text and what stands after it, or why there is none."""
    for pattern in (_ISO, _YEAR_FIRST_CJK):
        match = pattern.match(text)
        if match:
            day = _valid_day(int(match[1]), int(match[2]), int(match[3]))
            return (day, match[4]) if day else "there is no such day"
    numeric = _NUMERIC.match(text)
    if numeric:
        return _split_numeric_day(numeric, order)
    return _split_named_day(text, languages)


def _split_numeric_day(match: re.Match[str], order: DateOrder) -> tuple[date, str] | str:
    first, second = int(match["a"]), int(match["b"])
    wanted: Order = "day first" if match["sep"] == "." else order.order
    if order.certainty == "contradicting" and match["sep"] != ".":
        if first <= 12 and second <= 12 and first != second:
            return "its column has days first and months first"
        wanted = "day first" if first > 12 else "month first"
    if not _is_likely_year(match["y"]):
        return "its year must have four digits"
    day = _numeric_day(match, wanted)
    return (day, match["rest"]) if day else "there is no such day"


_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s.-]*(?:of |de |di |d['’])?\s*"
    r"([^\W\d_][^\d,]*?)[\s.,'’-]*"
    r"(?:de |del )?\s*(\d{4}|\d{2})(?!\d)(.*)",
)
_MONTH_DAY = re.compile(
    r"([^\W\d_][^\d,]*?)[\s.-]*(\d{1,2})(?:st|nd|rd|th)?\s*[,\s-]\s*(\d{4})(?!\d)(.*)"
)
_YEAR_MONTH_DAY = re.compile(
    r"(\d{4})[\s.-]*(?:gada |m\. )?([^\W\d_][^\d]*?)[\s.-]*(\d{1,2})(?!\d)\.?(.*)"
)


def _split_named_day(text: str, languages: Iterable[str]) -> tuple[date, str] | str:
    """Return the day in `5. Januar 2027`, `January 5, 2027` or `5-Jan-27`, and what follows."""
    plain = _without_weekday(without_accents(text), languages)
    attempts = (
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
        (_YEAR_MONTH_DAY, (1, 2, 3)),
    )
    reason = "no day can be read in it"
    for pattern, (year, month, day) in attempts:
        match = pattern.match(plain)
        number = find_month(match[month].strip(), languages) if match else None
        if match and number:
            found = _valid_day(_full_year(match[year]), number, int(match[day]))
            if found:
                return found, match[4]
            reason = "there is no such day"
        elif match:
            reason = f"{quoted(match[month].strip())} is no month"
    return reason


def _without_weekday(text: str, languages: Iterable[str]) -> str:
    """Return `text` without the day of the week that it begins with."""
    match = re.match(r"([^\W\d_]+(?:-feira)?)\.?,?\s+(?:den |the |le |el |il )?(.*)", text)
    is_weekday = match and not find_month(match[1], languages) and find_weekday(match[1], languages)
    return match[2] if match and is_weekday else text


def _read_clock(text: str) -> tuple[time, tzinfo | None] | None:
    """Return the time of day and the zone that a text says, midnight and no zone if it is empty."""
    rest = _BETWEEN.sub("", text.strip().casefold() + " ").strip()
    rest = re.sub(r"\b(?:uhr|h|hrs|hs|o'clock)\b\.?", "", rest).strip(" ,")
    if not rest:
        return time(), None
    half = None
    for name, words in _AM_PM.items():
        for word in words:
            pattern = word if "\\" in word else re.escape(word)
            rest, count = re.subn(rf"(?<![^\W\d_]){pattern}(?![^\W\d_])", " ", rest)
            half = name if count else half
    clock = _CLOCK.search(rest) or (re.match(r"(\d{1,2})()()(?!\S)", rest) if half else None)
    if not clock:
        return None
    zone = _read_zone((rest[: clock.start()] + rest[clock.end() :]).strip(" ,()."))
    moment = _time_of_day(int(clock[1]), int(clock[2] or 0), int(clock[3] or 0), half)
    return None if zone is False or moment is None else (moment, zone)


def _time_of_day(hour: int, minute: int, second: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= 12 and not (hour == 0 and half == "am"):
            if not (half == "pm" and 13 <= hour <= 23):
                return None
            half = None
        hour = (hour % 12 if hour <= 12 else hour) + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _read_zone(text: str) -> tzinfo | Literal[False] | None:
    """Return the zone that stands after a time, None if there is none, False if it is not read."""
    words = text.replace("(", " ").replace(")", " ").strip()
    if not words:
        return None
    if words in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[words]))
    offset = _OFFSET.fullmatch(words)
    if not offset or int(offset[2]) > 14:
        return False
    difference = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(difference if offset[1] == "+" else -difference)
