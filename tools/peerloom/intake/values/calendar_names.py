"""Names of months and weekdays in every language of the Unicode CLDR, as Babel holds it."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError, localedata

from peerloom.intake.values.wording import without_accents
from peerloom.model import Day

WEEKDAYS: tuple[Day, ...] = (
    *("monday", "tuesday", "wednesday", "thursday"),
    *("friday", "saturday", "sunday"),
)
# Looked at before all others: a short name is a month in one language and another in the next.
_WIDESPREAD = (
    *("de", "es", "fr", "pt", "it", "nl", "pl", "ru", "uk", "tr", "sv", "da", "nb", "fi", "cs"),
    *("hu", "ro", "el", "ca", "id", "ja", "zh", "ko", "ar", "he", "hi", "vi", "th"),
)
_MIN_LENGTH_ANYWHERE = 5
_OTHER_DAYS = {
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
    "segunda": 0,
    "terca": 1,
    "quarta": 2,
    "quinta": 3,
    "sexta": 4,
    "sonnabend": 5,
}
_OTHER_MONTHS = {"sept": 9, "janner": 1, "feber": 2, "setiembre": 9, "mrz": 3}


def find_month(word: str, languages: Iterable[str] = ()) -> int | None:
    """Return the month, 1 to 12, that a name or abbreviation means.

    English and `languages` go before other languages. None if it is no month, or several.
    """
    return _find_name(word, "months", languages)


def find_weekday(word: str, languages: Iterable[str] = ()) -> Day | None:
    """Return the day of the week that a name or abbreviation means, also in the plural."""
    number = _find_name(word, "days", languages)
    if number is None and len(word) > 4 and word[-1] in "sS":
        number = _find_name(word[:-1], "days", languages)
    return None if number is None else WEEKDAYS[number]


def find_half_of_day(words: str, languages: Iterable[str]) -> Literal["am", "pm"] | None:
    """Return the half of the day that words such as `p. m.`, `nachm.` or `下午` mean."""
    key = name_key(words).replace(" ", "").replace(".", "")
    first = {"en", *(language.partition("-")[0] for language in languages)}
    for group in (tuple(sorted(first)), _WIDESPREAD, _all_languages()):
        found = {half for language in group for half in _halves_of_day(language).get(key, ())}
        if found:
            half = found.pop()
            return None if found else half
    return None


def find_language_of_days(words: Iterable[str]) -> str | None:
    """Return a language in which all words are days of the week, if all such languages agree.

    `Di` is a Tuesday in German and a Sunday in French; beside `Mo` it is German.
    """
    keys = [name_key(word) for word in words]
    days: dict[tuple[tuple[int, ...], ...], str] = {}
    for language in _WIDESPREAD:
        names = _names(language, "days")
        if keys and all(len(names.get(key, ())) == 1 for key in keys):
            days.setdefault(tuple(names[key] for key in keys), language)
    return next(iter(days.values())) if len(days) == 1 else None


def name_key(word: str) -> str:
    """Return a name as it is looked up: without accents, case, and a final dot."""
    return without_accents(word).strip(" .,׳").removesuffix("-feira").removesuffix(" feira")


def _find_name(word: str, kind: str, languages: Iterable[str]) -> int | None:
    key = name_key(word)
    if not key or key.isdigit():
        return None
    first = {"en", *(language.partition("-")[0] for language in languages)}
    groups = (tuple(sorted(first)), _WIDESPREAD, _all_languages())
    for group in groups if _is_long_enough(key) else groups[:2]:
        found = {numbers for language in group for numbers in _names(language, kind).get(key, ())}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_long_enough(key: str) -> bool:
    """Whether a word may be looked up in every language; a short one is a name in some of them."""
    return len(key) >= _MIN_LENGTH_ANYWHERE or not key.isascii()


@cache
def _all_languages() -> tuple[str, ...]:
    return tuple(sorted(name for name in localedata.locale_identifiers() if "_" not in name))


@cache
def _names(language: str, kind: str) -> dict[str, tuple[int, ...]]:
    """Return the numbers of months (from 1) or weekdays (from 0) by their names in a language."""
    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return {}
    numbers: dict[str, set[int]] = {}
    if language == "en":
        others = _OTHER_DAYS if kind == "days" else _OTHER_MONTHS
        numbers = {name: {number} for name, number in others.items()}
    for widths in (locale.days if kind == "days" else locale.months).values():
        for width, names in widths.items():
            for number, name in names.items() if width != "narrow" else ():
                key = name_key(str(name))
                if key and not key.isdigit():
                    numbers.setdefault(key, set()).add(number)
    return {name: tuple(sorted(each)) for name, each in numbers.items()}


@cache
def _halves_of_day(language: str) -> dict[str, tuple[Literal["am", "pm"], ...]]:
    """Return the halves of the day by their names in a language, without spaces and dots."""
    try:
        periods = Locale.parse(language).day_periods
    except (ValueError, UnknownLocaleError):
        return {}
    halves: dict[str, set[Literal["am", "pm"]]] = {}
    for widths in periods.values():
        for width, names in widths.items():
            for half in ("am", "pm") if width != "narrow" else ():
                key = name_key(str(names.get(half) or "")).replace(" ", "").replace(".", "")
                halves.setdefault(key, set()).add("am" if half == "am" else "pm")
    halves.pop("", None)
    return {name: tuple(sorted(each)) for name, each in halves.items()}
