"""How matching puts lists, numbers and names of languages into sentences."""

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

_LONGEST = 160


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), *words[-1:]])


def count_of(count: int, noun: str, plural: str | None = None) -> str:
    """`1 pair`, `2 pairs`, `3 people`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def choose_form(people: Sequence[object], singular: str, plural: str) -> str:
    """The form of a word that goes with one person, or with several."""
    return singular if len(people) == 1 else plural


def format_number(value: float) -> str:
    """A number with two decimals at most: `4`, `4.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def format_percent(share: float) -> str:
    """`85 %`."""
    return f"{share:.0%}".replace("%", " %")


def shorten(text: str) -> str:
    """A text on one line, cut where it is longer than 160 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def language_name(tag: str) -> str:
    """The English name of a language; its tag where there is none."""
    try:
        return Locale("en").languages.get(tag) or tag
    except UnknownLocaleError:
        return tag
