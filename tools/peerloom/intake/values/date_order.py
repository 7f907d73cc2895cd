"""Which of three numbers is the day, the month and the year, from all dates of a column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from peerloom.intake.cleaning import single_line
from peerloom.intake.values.wording import remove_invisible, unify_dashes

Order = Literal["day first", "month first"]
OrderCertainty = Literal["certain", "guess", "contradicting"]
ShortYears = Literal["last", "first", "unclear"]

NUMERIC_DATE = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-/.])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4}|\d{1,2})(?!\d)\.?(?P<rest>.*)"
)
_TIME_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)[\s,]+(.*)")
_YEARS = (1970, 2099)
# Years of two digits that are read, so that `27-01-05` does not become the year 2005.
_SHORT_YEARS = (13, 49)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """The order of day and month in a column, and how sure it is.

    `certain` also holds where no date could be read in two ways. A `contradicting` column has
    dates that only fit one order and dates that only fit the other; those that fit both are left
    out. `ambiguous` counts the dates that fit both orders. Where years have two digits,
    `short_years` says where they stand.
    """

    order: Order
    certainty: OrderCertainty = "certain"
    ambiguous: int = 0
    short_years: ShortYears = "last"


def normalize_moment(text: str) -> str:
    """Return a date and time on one line, the date first, in plain commas and hyphens."""
    plain = unify_dashes(single_line(remove_invisible(text.replace("،", ",")))).strip(" ,")
    time_first = _TIME_FIRST.fullmatch(plain)
    return f"{time_first[2]} {time_first[1]}" if time_first else plain


def find_date_order(
    cells: Iterable[str | date], decided: Order | None = None, today: date | None = None
) -> DateOrder:
    """Return the order of day and month that fits all dates of a column.

    Dots between the numbers mean that the day is first, wherever they are used. An order in which
    a date lies after `today` does not fit, if answers are dated. Where both orders fit every date,
    that one holds which a coordinator `decided`, or else that one is guessed in which the rows come
    in their order of time, or else the dates lie closest together.
    """
    texts = [normalize_moment(cell) for cell in cells if isinstance(cell, str)]
    found = [match for match in map(NUMERIC_DATE.match, texts) if match]
    short_years = _find_short_years([match for match in found if len(match["y"]) < 4])
    with_year_last = [m for m in found if len(m["y"]) == 4 or short_years == "last"]
    others = [match for match in with_year_last if match["sep"] != "."]
    day_first = any(int(match["a"]) > 12 >= int(match["b"]) for match in others)
    month_first = any(int(match["b"]) > 12 >= int(match["a"]) for match in others)
    ambiguous = [m for m in others if int(m["a"]) <= 12 and int(m["b"]) <= 12 and m["a"] != m["b"]]
    order: Order = decided or "month first"
    certainty: OrderCertainty = "certain"
    if day_first and month_first:
        certainty = "contradicting"
    elif day_first or month_first:
        order = "day first" if day_first else "month first"
    elif ambiguous and not decided:
        order, certainty = _likely_order(others, today)
    elif len(with_year_last) > len(others) and not decided:
        order = "day first"
    is_open = certainty != "certain"
    return DateOrder(
        order=order,
        certainty=certainty,
        ambiguous=len(ambiguous) if is_open else 0,
        short_years=short_years,
    )


def _find_short_years(matches: Sequence[re.Match[str]]) -> ShortYears:
    """Return where the years of two digits stand: where fewer different numbers are."""
    firsts, lasts = [int(m["a"]) for m in matches], [int(m["y"]) for m in matches]
    low, high = _SHORT_YEARS
    may_be_first = all(low <= number <= high for number in firsts) and max(lasts, default=32) < 32
    may_be_last = all(low <= number <= high for number in lasts)
    if not (may_be_first and may_be_last):
        return "first" if may_be_first else "last"
    if len(set(firsts)) == len(set(lasts)):
        return "unclear"
    return "first" if len(set(firsts)) < len(set(lasts)) else "last"


def _likely_order(
    matches: Sequence[re.Match[str]], today: date | None
) -> tuple[Order, OrderCertainty]:
    """Return the likelier order, certain only if the other has dates that are still to come."""
    fits: dict[Order, tuple[bool, bool, int]] = {}
    orders: tuple[Order, ...] = ("month first", "day first")
    for order in orders:
        days = [numeric_day(match, order) for match in matches]
        known = [day for day in days if day]
        in_past = not today or all(day <= today + timedelta(days=1) for day in known)
        days_between = (max(known) - min(known)).days if known else 0
        fits[order] = (in_past, known == sorted(known), -days_between)
    is_sure = fits["month first"][0] != fits["day first"][0]
    if fits["month first"] != fits["day first"]:
        return max(orders, key=lambda order: fits[order]), "certain" if is_sure else "guess"
    return "month first", "guess"


def numeric_day(match: re.Match[str], order: Order) -> date | None:
    """Return the day of a date whose year is last, or None if there is no such day."""
    first, second, year = int(match["a"]), int(match["b"]), full_year(match["y"])
    day, month = (first, second) if order == "day first" else (second, first)
    return valid_day(year, month, day)


def full_year(text: str) -> int:
    """Return a year of four digits; two digits are those of this century."""
    return int(text) + (2000 if len(text) == 2 else 0)


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if there is none or it lies in another age."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _YEARS[0] <= year <= _YEARS[1] else None


def is_likely_year(text: str) -> bool:
    """Whether a year has four digits, or two that are no day or month of a date in other order."""
    return len(text) == 4 or _SHORT_YEARS[0] <= int(text) <= _SHORT_YEARS[1]
