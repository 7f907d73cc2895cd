"""Numbers as they stand in sentences and tables; halves are rounded away from zero."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from peerloom.text.translation import current_locale


def whole_number(number: int) -> str:
    """`12`, `1,234`."""
    # Every command counts something. English writes whole numbers as Python does, and need not wait
    # until Babel is loaded.
    if current_locale().startswith("en"):
        return f"{number:,}"
    return _format_decimal(number, "#,##0", current_locale())


def round_half_up(value: Fraction | float, digits: int) -> float:
    """A number with `digits` decimals; a half is rounded away from zero.

    A fraction is rounded as it is, and a float as the shortest decimal number that it stands for.
    """
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**digits
        rounded = Fraction(int(scaled + Fraction(1, 2)), 10**digits)
        return float(-rounded if value < 0 else rounded)
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))


def plain_number(value: float) -> str:
    """A number with two decimals at most: `4`, `4.5`."""
    return _format_decimal(round_half_up(value, 2), "#,##0.##", current_locale())


def decimal_number(value: float, digits: int) -> str:
    """A number with as many decimals as `digits`: `40.0`."""
    rounded = round_half_up(value, digits)
    return _format_decimal(rounded, f"#,##0.{'0' * digits}", current_locale())


def signed_number(value: float, digits: int) -> str:
    """`+0.82`, `−1.20`, with a true minus sign, which no line is broken after."""
    shape = f"#,##0.{'0' * digits}".rstrip(".")
    # What rounds to nought keeps its sign: an interval from −0.000 to +0.000 includes it.
    sign = "\N{MINUS SIGN}" if value < 0 else "+"
    rounded = abs(round_half_up(value, digits))
    return _format_decimal(rounded, f"{sign}{shape}", current_locale())


def percentage(share: Fraction | float) -> str:
    """A share between 0 and 1 in whole percent: `75%`."""
    from babel.numbers import format_percent

    return str(format_percent(round_half_up(share, 2), locale=current_locale()))


@lru_cache(maxsize=1 << 12)
def _format_decimal(value: float, pattern: str, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, pattern, locale=locale))
