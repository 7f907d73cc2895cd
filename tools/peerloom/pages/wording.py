"""How pages say what a record holds as a code: how often, how people meet, days, languages."""

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names

_SETTINGS = {
    "remote": "online",
    "online": "online",
    "in_person": "in person",
    "hybrid": "online and in person",
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def describe_rhythm(weeks: int) -> str:
    """How often something happens: `every week`, `every two weeks`, `every 6 weeks`."""
    return {1: "every week", 2: "every two weeks", 4: "every four weeks"}.get(
        weeks, f"every {weeks} weeks"
    )


def describe_setting(code: str) -> str:
    """How people meet, from the code in a record."""
    return _SETTINGS[code]


def weekday_name(code: str) -> str:
    """A weekday's name, from the code in a record: `Monday`."""
    return str(get_day_names("wide", locale="en")[_WEEKDAYS.index(code)])


def language_name(tag: str) -> str:
    """A language's English name, from its BCP 47 tag; the tag itself where Babel has no name."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        # Babel has names for more languages than it has formats of dates and numbers for.
        name = Locale("en").languages.get(tag.partition("-")[0].lower())
    return str(name or tag)
