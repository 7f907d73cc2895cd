"""Numbers as they stand in sentences and tables."""

from functools import lru_cache

from peerloom.text.translation import current_locale


def whole_number(number: int) -> str:
    """`12`, `1,234`."""
    # Every command counts something. English writes whole numbers as Python does, and need not wait
    # until Babel is loaded.
    if current_locale().startswith("en"):
        return f"{number:,}"
    return _format_decimal(number, "#,##0", current_locale())


def plain_number(value: float) -> str:
    """A number with two decimals at most: `4`, `4.5`."""
    return _format_decimal(value, "#,##0.##", current_locale())


def decimal_number(value: float, digits: int) -> str:
    """A number with as many decimals as `digits`: `40.0`."""
    return _format_decimal(value, f"#,##0.{'0' * digits}", current_locale())


def signed_number(value: float, digits: int) -> str:
    """`+0.82`, `−1.20`, with a true minus sign, which no line is broken after."""
    shape = f"#,##0.{'0' * digits}".rstrip(".")
    return _format_decimal(value, f"+{shape};\N{MINUS SIGN}{shape}", current_locale())


def percentage(share: float) -> str:
    """A share between 0 and 1 in whole percent: `75%`."""
    from babel.numbers import format_percent

    return str(format_percent(share, locale=current_locale()))


@lru_cache(maxsize=1 << 12)
def _format_decimal(value: float, pattern: str, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, pattern, locale=locale))
