"""The language in which people are spoken to, and the sentences of the program in it.

A sentence stays where it arises and is marked there: `gettext("… {name} …").format(name=…)` in
Python, `{% trans %}` in a template. `make catalog` gathers the marked ones in `peerloom.pot`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A locale of CLDR, for dates, numbers and lists, and the catalog with the sentences."""

    locale: str
    catalog: NullTranslations = field(default_factory=NullTranslations)


# The sentences are American English. Of Britain are the order of a date, day before month, and
# lists without a comma before their `and`, which is how the sentences themselves are written.
ENGLISH = Language(locale="en_GB")

_LANGUAGE: ContextVar[Language] = ContextVar("language", default=ENGLISH)


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Everything that is said inside of the block is said in a language."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def current_locale() -> str:
    """The locale of CLDR in which dates, numbers and lists are written now."""
    return _LANGUAGE.get().locale


def gettext(message: str) -> str:
    """A marked sentence in the language of now; its `{fields}` are filled in afterwards."""
    return _LANGUAGE.get().catalog.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a marked sentence that goes with a number."""
    return _LANGUAGE.get().catalog.ngettext(singular, plural, number)


def mark(message: str) -> str:
    """A sentence that is marked here and translated with `gettext` where it is used."""
    return message


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """The two forms of a sentence that is translated with `ngettext` where it is used."""
    return singular, plural
