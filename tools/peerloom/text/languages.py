"""Languages: their names, and which tags mean one and the same."""

from collections.abc import Iterable
from functools import lru_cache

from peerloom.text.translation import current_locale


def primary_language(tag: str) -> str:
    """What a BCP 47 tag begins with, in small letters: `pt` for `pt-BR` as for `pt`."""
    return tag.partition("-")[0].casefold()


def primary_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """The languages of some tags, each once, in their order."""
    return tuple(dict.fromkeys(primary_language(tag) for tag in tags))


def language_name(tag: str) -> str:
    """A language's name, from its BCP 47 tag; the tag itself where Babel has no name."""
    return _name_language(tag, current_locale())


@lru_cache(maxsize=1 << 10)
def _name_language(tag: str, locale: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name(locale)
    except (UnknownLocaleError, ValueError):
        # Babel has names for more languages than it has formats of dates and numbers for.
        name = Locale.parse(locale).languages.get(primary_language(tag))
    return str(name or tag)
