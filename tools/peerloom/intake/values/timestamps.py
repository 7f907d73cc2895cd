"""Days and times of an answer, in a column whose order of day and month is found out first.

`3/4/2027` says nothing by itself. `find_date_order` looks at every date of a column and says
which order fits them all; `read_timestamp` then reads each in that order.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, certain_value, leave_out
from peerloom.intake.values.calendar_names import find_month, find_weekday
from peerloom.intake.values.date_order import (
    NUMERIC_DATE,
    DateOrder,
    Order,
    find_date_order,
    full_year,
    is_likely_year,
    normalize_moment,
    numeric_day,
    valid_day,
)
from peerloom.intake.values.day_times import read_day_time
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import without_accents

# Excel counts days from 1899-12-30, of which 1970 is the day 25,569 and 2100 the day 73,051.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's cell has no zone
_EXCEL_SERIALS = (25_569, 73_051)
_ISO = re.compile(r"(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})\.?(?=[T\s,]|\Z)(.*)")
_YEAR_FIRST_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?(.*)")
# Seconds, or a thousand times as many, since 1970: the years from 2001 to 2065.
_UNIX_TIME = re.compile(r"[12]\d{9}(?:\d{3})?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?")


def read_timestamp(
    cell: str | date | float, order: DateOrder, zone: tzinfo = UTC, languages: Iterable[str] = ()
) -> AnswerValue[datetime]:
    """Return the moment that a cell holds, as a datetime with a time zone.

    `zone` is where the clock of a timestamp without a zone stood. A date without a time is its
    first moment. A cell that cannot be read, wholly and in one way, is left out and told.
    """
    if not isinstance(cell, str):
        return _from_workbook(cell, zone)
    text = normalize_moment(cell)
    if is_filler(text):
        return NO_ANSWER
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_workbook(float(text), zone)
    if _UNIX_TIME.fullmatch(text):
        return certain_value(datetime.fromtimestamp(int(text[:10]), UTC))
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
    clock = read_day_time(rest, languages)
    if clock is None:
        return f"{quoted(rest.strip())} is no time of day"
    return day, *clock


def _split_day(text: str, order: DateOrder, languages: Iterable[str]) -> tuple[date, str] | str:
    """Return the day at the beginning of a text and what stands after it, or why there is none."""
    for pattern in (_ISO, _YEAR_FIRST_CJK):
        match = pattern.match(text)
        if match:
            day = valid_day(int(match[1]), int(match[2]), int(match[3]))
            return (day, match[4]) if day else "there is no such day"
    numeric = NUMERIC_DATE.match(text)
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
    if len(match["y"]) < 4 and order.short_years == "first":
        day = valid_day(full_year(match["a"]), second, int(match["y"]))
        return (day, match["rest"]) if day else "there is no such day"
    if not is_likely_year(match["y"]) or (len(match["y"]) < 4 and order.short_years == "unclear"):
        return "its year must have four digits"
    day = numeric_day(match, wanted)
    return (day, match["rest"]) if day else "there is no such day"


_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s.-]*(?:of |de |di |d['’])?\s*"
    r"([^\W\d_][^\d,]*?)[\s.,'’-]*"
    r"(?:de |del )?\s*(\d{4}|\d{2})(?!\d)(.*)",
)
_MONTH_DAY = re.compile(
    r"([^\W\d_][^\d,]*?)[\s.-]*(\d{1,2})(?:st|nd|rd|th)?\s*[,\s-]\s*(\d{4})(?!\d)(.*)"
)
_YEAR_DAY_MONTH = re.compile(r"(\d{4})\.? (?:gada )?(\d{1,2})\.? ([^\W\d_]+)(.*)")
_YEAR_MONTH_DAY = re.compile(
    r"(\d{4})[\s.-]*(?:gada |m\. )?([^\W\d_][^\d]*?)[\s.-]*(\d{1,2})(?!\d)\.?(.*)"
)


def _split_named_day(text: str, languages: Iterable[str]) -> tuple[date, str] | str:
    """Return the day in `5. Januar 2027`, `January 5, 2027` or `5-Jan-27`, and what follows."""
    plain = _without_weekday(without_accents(text), languages)
    attempts = (
        (_YEAR_DAY_MONTH, (1, 3, 2)),
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
        (_YEAR_MONTH_DAY, (1, 2, 3)),
    )
    reason = "no day can be read in it"
    for pattern, (year, month, day) in attempts:
        match = pattern.match(plain)
        number = _find_month(match[month].strip(), languages) if match else None
        if match and number:
            found = valid_day(full_year(match[year]), number, int(match[day]))
            if found:
                return found, match[4]
            reason = "there is no such day"
        elif match:
            reason = f"{quoted(match[month].strip())} is no month"
    return reason


def _find_month(word: str, languages: Iterable[str]) -> int | None:
    """Return the month that a word means, also with the Hebrew `in` before it."""
    return find_month(word, languages) or find_month(word.removeprefix("ב"), languages)


def _without_weekday(text: str, languages: Iterable[str]) -> str:
    """Return `text` without the day of the week that it begins with."""
    before_comma = re.match(r"([^\d,]{2,40}),\s+(.*)", text)
    first_word = re.match(r"([^\d\s,.]+)\.?,?\s+(.*)", text)
    for match in (before_comma, first_word):
        is_month = match and find_month(match[1], languages)
        if match and not is_month and find_weekday(match[1], languages):
            return re.sub(r"^(?:den|the|le|el|il|de)\s+", "", match[2])
    return text
