"""Numbers in words as a report should print them, made again without Peerloom's own code."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def say_hours(minutes: int) -> str:
    """`45 minutes`, `1 hour`, `4.3 hours`, `12 hours`."""
    if minutes < 60:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    place = Decimal(1) if minutes >= 600 else Decimal("0.1")
    hours = (Decimal(minutes) / 60).quantize(place, ROUND_HALF_UP)
    shown = f"{hours:,.0f}" if hours == int(hours) else f"{hours}"
    return "1 hour" if hours == 1 else f"{shown} hours"


def say_percent(part: int, whole: int) -> str:
    """`67%`, halves rounded up."""
    return f"{int(Fraction(100 * part, whole) + Fraction(1, 2))}%"


def say_share(part: int | None, whole: int, noun: str = "") -> str:
    """`2 of 3 pairs (67%)`, where `noun` is `pair`."""
    total = say_count(whole, noun) if noun else f"{whole:,}"
    if part is None:
        return f"withheld, of {total}"
    return f"{part:,} of {total}" + (f" ({say_percent(part, whole)})" if whole else "")


def say_count(number: int, noun: str) -> str:
    """`1 pair`, `2 pairs`, `1,234 people`."""
    many = {"person": "people"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else many}"


def say_mean(value: float | dict[str, float] | None, people: int) -> str:
    """`4.50`, or `4.5 to 5` of a range; or whether it is withheld or not known."""
    if isinstance(value, dict):
        return " to ".join(f"{value[end]:.2f}".rstrip("0").rstrip(".") for end in ("from", "to"))
    if value is None:
        return "withheld" if people else "—"
    return f"{Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def say_day(iso: str) -> str:
    """`1 March 2026`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
