"""The many ways in which people and form services write one answer."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from babel import Locale
from babel.dates import format_date

from peerloom.model import FreeTime
from random_sheets.people import SKILLS, KnownPerson

FILLERS = ("", "", "", "n/a", "N/A", "-", "none", "keine", "ninguno", "aucun", "nenhum", "tbd")
# What is a filler even where `none` would be an answer.
PLAIN_FILLERS = ("", "", "", "n/a", "N/A", "-", "--", "tbd", "k. A.", "s/o", "no aplica", "N.A.")
ROLE_WORDS = {
    "mentor": (
        *("Mentor", "mentor", "Be a mentor", "Become a mentor", "I'd like to be a mentor"),
        *("Offer mentoring", "Mentoring others", "As a mentor", "Mentor:in", "Quiero ser mentora"),
        *("Ich möchte Mentorin werden", "Être mentor", "Quero ser mentor", "Find a mentee"),
    ),
    "mentee": (
        *("Mentee", "mentee", "Be a mentee", "I need a mentor", "Find a mentor", "To be mentored"),
        *("I am looking for a mentor", "Be mentored by someone", "Mentee:in", "Busco un mentor"),
        *("Ich suche einen Mentor", "Je cherche un mentor", "Preciso de um mentor", "Learner"),
    ),
    "either": (
        *("Both", "either", "Mentor, Mentee", "Mentor;Mentee", "Both a mentor and a mentee"),
        *("Mentor and mentee", "beides", "ambos", "les deux", "Either is fine"),
    ),
}
SHOW_WORDS = {
    "public": ("Yes", "yes", "Yes, please", "Public", "Everybody", "Sí", "Ja", "Oui", "I agree"),
    "members": ("Members only", "members", "Only participants", "Yes, members only"),
    "coordinators": ("No", "no", "No, thank you", "Nobody", "Nein", "Non", "Não", "Private"),
}
SETTING_WORDS = {
    "remote": ("Online", "Remote", "Virtual", "remotely", "Video call"),
    "in_person": ("In person", "in-person", "Face to face", "On-site", "Vor Ort"),
    "hybrid": ("Hybrid", "Either", "Online or in person", "No preference", "Both"),
}
ZONE_WORDS = {
    "Europe/Lisbon": ("Lisbon", "Lisboa", "Lisbon, Portugal", "WET/WEST"),
    "Europe/London": ("GMT (London)", "London, UK", "GMT Standard Time", "Manchester, England"),
    "Europe/Berlin": (
        "CET",
        "Berlin",
        "(UTC+01:00) Amsterdam, Berlin, Bern",
        "Germany",
        "CEST (UTC+2)",
    ),
    "America/New_York": ("Eastern Time (US & Canada)", "EST/EDT", "New York", "Boston, MA", "EST"),
    "Asia/Kolkata": ("UTC+5:30", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "India", "IST"),
    "America/Los_Angeles": ("Pacific Time", "PST/PDT", "US/Pacific", "San Jose, CA"),
    "America/Sao_Paulo": ("São Paulo", "Brasília", "E. South America Standard Time"),
    "Africa/Nairobi": ("Nairobi", "EAT", "Nairobi, Kenya", "E. Africa Standard Time"),
    "Asia/Tokyo": ("Tokyo", "Japan", "JST", "(UTC+09:00) Osaka, Sapporo, Tokyo"),
}
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NAMING_LANGUAGES = ("en", "de", "es", "fr", "pt")
_SKILLS = {skill.id: skill for skill in SKILLS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What is the same in all rows of a sheet, as one form service wrote it."""

    chance: random.Random
    language: str
    separator: str
    list_separator: str
    write_moment: Callable[[datetime], str]
    names: str
    fillers: bool = True
    closed: dict[tuple[str, str], str] = field(default_factory=dict)

    def choose_closed(self, field_name: str, value: str, words: tuple[str, ...]) -> str:
        """Return the wording of a closed question's answer, the same in all rows."""
        return self.closed.setdefault((field_name, value), self.chance.choice(words))

    def write_nothing(self, fillers: tuple[str, ...] = FILLERS) -> str:
        """Return what stands in a cell without an answer."""
        return self.chance.choice(fillers) if self.fillers else ""


def _write_named_month(language: str) -> Callable[[datetime], str]:
    def write(moment: datetime) -> str:
        return f"{format_date(moment, 'long', locale=language)} {moment:%H:%M:%S}"

    return write


MOMENT_STYLES: tuple[Callable[[datetime], str], ...] = (
    lambda m: f"{m.month}/{m.day}/{m.year} {m:%H:%M:%S}",
    lambda m: f"{m.month}/{m.day}/{m.year} {m.hour % 12 or 12}:{m:%M:%S} {m:%p}",
    lambda m: f"{m:%d/%m/%Y %H:%M:%S}",
    lambda m: f"{m:%d.%m.%Y %H:%M:%S}",
    lambda m: f"{m:%Y-%m-%d %H:%M:%S}",
    lambda m: f"{m:%Y-%m-%dT%H:%M:%SZ}",
    lambda m: (
        f"{m:%Y/%m/%d} {m.hour % 12 or 12}:{m:%M:%S} {'a. m.' if m.hour < 12 else 'p. m.'} UTC"
    ),
    lambda m: f"{m:%d/%m/%y %H:%M}",
    *(_write_named_month(language) for language in (*NAMING_LANGUAGES, "pl", "ja", "ru")),
)


def invent_style(chance: random.Random) -> Style:
    """Return a random way in which a form service may have written a sheet."""
    return Style(
        chance=chance,
        language=chance.choice(NAMING_LANGUAGES),
        separator=chance.choice(("; ", ", ", "\n", ";", ",")),
        list_separator=chance.choice(("; ", ", ", " and ", "\n", " / ")),
        write_moment=chance.choice(MOMENT_STYLES),
        names=chance.choice(("whole", "whole", "parts", "titled", "pronouns")),
        fillers=chance.random() < 0.7,
    )


def write_name(person: KnownPerson, style: Style) -> str:
    """Return a whole name, in some sheets with a title or pronouns."""
    if style.names == "titled":
        return f"{style.chance.choice(('Dr. ', 'Prof. Dr. ', 'Ms ', ''))}{person.name}"
    if style.names == "pronouns" and person.pronouns:
        return f"{person.name} ({person.pronouns})"
    return person.name


def write_role(person: KnownPerson, style: Style) -> str:
    """Return a role as a closed question offers it."""
    return style.choose_closed("role", person.role, ROLE_WORDS[person.role])


def write_closed(field: str, value: str | None, style: Style) -> str:
    """Return the answer to a closed question, in the words of its sheet."""
    words = SHOW_WORDS if field == "show" else SETTING_WORDS
    if value is None:
        return style.write_nothing(PLAIN_FILLERS)
    return style.choose_closed(field, value, words[value])


def write_github(person: KnownPerson, style: Style) -> str:
    """Return a login as people paste it."""
    if person.github is None:
        return style.write_nothing()
    login = person.github
    return style.chance.choice(
        (login, login, f"@{login}", f"https://github.com/{login}", f"github.com/{login}/")
    )


def write_zone(person: KnownPerson, style: Style) -> str:
    """Return a time zone in one of its names."""
    if person.time_zone is None:
        return style.write_nothing()
    return style.chance.choice((person.time_zone, *ZONE_WORDS[person.time_zone]))


def write_languages(person: KnownPerson, style: Style) -> str:
    """Return languages by their names in the language of the form, some with a level."""
    names = Locale(style.language).languages
    levels = ("", "", "", " (native)", " (B2)", " (fluent)")
    words = [names[tag] + style.chance.choice(levels) for tag in person.languages]
    return style.list_separator.join(words)


def write_skills(ids: tuple[str, ...], style: Style) -> str:
    """Return skills by their names, aliases and ids, a few with a letter missing."""
    if not ids:
        return style.write_nothing()
    return style.separator.join(_write_skill(id_, style.chance) for id_ in ids)


def _write_skill(id_: str, chance: random.Random) -> str:
    skill = _SKILLS[id_]
    word = chance.choice((skill.name, skill.name, *skill.aliases))
    if chance.random() < 0.02 and len(word) > 8 and "," not in word:
        place = chance.randrange(2, len(word) - 2)
        word = word[:place] + word[place + 1 :]
    return chance.choice((word, word, word.lower()))


def write_number(number: int | None, style: Style, units: tuple[str, ...]) -> str:
    """Return a number in figures or a word, perhaps with its unit."""
    if number is None:
        return style.write_nothing(PLAIN_FILLERS)
    word = NUMBER_WORDS[number] if number < 10 and style.chance.random() < 0.1 else str(number)
    return word + style.chance.choice(units)


def write_hours(person: KnownPerson, style: Style) -> str:
    """Return free hours as a sentence."""
    if not person.hours:
        return style.write_nothing()
    clock = style.chance.choice(("24", "24", "12", "h"))
    days = Locale(style.language).days["format"]["wide"]
    numbers = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    said = [f"{days[numbers.index(each.day)]} {write_range(each, clock)}" for each in person.hours]
    return style.chance.choice(("; ", ", ", "\n")).join(said)


def write_range(hours: FreeTime, clock: str) -> str:
    """Return hours on a clock of 24 or 12 hours."""
    starts, ends = int(hours.starts[:2]), int(hours.ends[:2])
    if clock == "12":
        return f"{_twelve(starts)}-{_twelve(ends)}"
    if clock == "h":
        return f"{starts}h-{ends}h"
    return f"{hours.starts}-{hours.ends}"


def _twelve(hour: int) -> str:
    return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}"
