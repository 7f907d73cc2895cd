"""Counts in words, one way everywhere."""


def count_noun(number: int, noun: str, plural: str | None = None) -> str:
    """`1 circle`, `3 circles`; `plural` where it is not made with an s."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def count_times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def count_or_none(number: int) -> str:
    """`none`, `1`, `2`: for a sentence that has named what is counted."""
    return str(number) if number else "none"


def signed_number(value: float, digits: int) -> str:
    """`+0.82`, `−1.20`, with a true minus sign."""
    return f"{value:+.{digits}f}".replace("-", "−")
