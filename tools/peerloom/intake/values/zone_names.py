"""Which zones a word may mean: names of the IANA database and of Windows, cities, countries."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from peerloom.intake.values import zone_tables
from peerloom.intake.values.wording import plain_words

# The languages in which names of cities and countries are known beside English and the program's.
_NAMING_LANGUAGES = ("en", "de", "es", "fr", "pt", "it", "nl", "pl")
_CITY_AREAS = re.compile(r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/")
# Two zones keep the same time if they do so in each week of these years.
_FIRST_WEEK = datetime(2026, 1, 1, tzinfo=UTC)
_WEEKS = 2 * 53


@cache
def zone_offsets(zone: str) -> tuple[int, ...]:
    """Return a zone's offsets in minutes, week by week, by which two zones are compared."""
    info = ZoneInfo(zone)
    moments = (_FIRST_WEEK + timedelta(weeks=week) for week in range(_WEEKS))
    return tuple(
        int((m.astimezone(info).utcoffset() or timedelta()).total_seconds() // 60) for m in moments
    )


def without_twins(zones: Iterable[str]) -> tuple[str, ...]:
    """Return the zones of which no earlier one keeps the same time."""
    first: dict[tuple[int, ...], str] = {}
    for zone in zones:
        first.setdefault(zone_offsets(zone), zone)
    return tuple(first.values())


@cache
def iana_zones() -> Mapping[str, str]:
    """Return the names of the IANA database by the name in small letters."""
    listed = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.lower(): name for name in listed}


@cache
def _zones_and_countries() -> tuple[tuple[str, str], ...]:
    """Return every zone that is named after a place, and its country, from `zone.tab`."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    return tuple((row[2], row[0]) for row in rows)


@cache
def canonical_zone(name: str) -> str:
    """Return today's name of a zone: `Asia/Calcutta` and `US/Pacific` are names of long ago."""
    current = {zone for zone, _ in _zones_and_countries()}
    if name in current:
        return name
    aliases: Mapping[str, str] = get_global("zone_aliases")
    if aliases.get(name) in current:
        return aliases[name]
    return next(
        (new for new, old in sorted(aliases.items()) if old == name and new in current), name
    )


@cache
def zones_by_windows_name() -> Mapping[str, str]:
    """Return zones by the name that Windows has for each, from the CLDR."""
    mapping: Mapping[str, str] = get_global("windows_zone_mapping")
    return {plain_words(name): canonical_zone(zone) for name, zone in mapping.items()}


@cache
def zones_by_city(languages: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return zones by city: those of the IANA database in several languages, and large others."""
    zones: dict[str, set[str]] = {}
    for zone, _ in _zones_and_countries():
        if _CITY_AREAS.match(zone):
            zones.setdefault(plain_words(zone.rsplit("/", 1)[1]), set()).add(zone)
    known = {zone for zone, _ in _zones_and_countries()}
    for language in dict.fromkeys((*languages, *_NAMING_LANGUAGES)):
        for zone, names in _locale_data(language, "time_zones").items():
            city = plain_words(str(names.get("city") or ""))
            if city and canonical_zone(zone) in known and city not in zones:
                zones[city] = {canonical_zone(zone)}
    cities = {city: tuple(sorted(those)) for city, those in zones.items()}
    others = {city: (zone,) for city, zone in zone_tables.OTHER_CITIES.items()}
    return {**cities, **others, **zone_tables.HOMONYMS}


@cache
def countries_by_name(languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return the codes of countries by their names in several languages."""
    codes: dict[str, str] = {}
    for language in dict.fromkeys((*languages, *_NAMING_LANGUAGES)):
        for code, name in _locale_data(language, "territories").items():
            if len(code) == 2 and code.isalpha():
                codes.setdefault(plain_words(str(name)), code)
    return {**codes, **zone_tables.OTHER_COUNTRY_NAMES}


@cache
def zones_in_country(code: str) -> tuple[str, ...]:
    """Return all zones of a country by its code of ISO 3166."""
    return tuple(zone for zone, country in _zones_and_countries() if country == code)


@cache
def zones_of_country(code: str) -> tuple[str, ...]:
    """Return the zones of a country of which no two keep the same time."""
    return without_twins(zones_in_country(code))


@cache
def zones_by_generic_name(languages: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return zones by what the CLDR calls their time, such as `Brasilia Time`."""
    members: dict[str, list[str]] = {}
    for zone, meta_zone in sorted(get_global("meta_zones").items()):
        name = canonical_zone(zone)
        if name.lower() in iana_zones():
            members.setdefault(meta_zone, []).append(name)
    found: dict[str, tuple[str, ...]] = {}
    for language in dict.fromkeys((*languages, *_NAMING_LANGUAGES)):
        for meta_zone, names in _locale_data(language, "meta_zones").items():
            for name in dict(names.get("long") or {}).values():
                zones = without_twins(members.get(meta_zone, ()))
                if zones:
                    found.setdefault(plain_words(str(name)), zones)
    return found


def _locale_data(language: str, key: str) -> Mapping[str, Any]:
    try:
        data: Mapping[str, Any] = getattr(Locale.parse(language, sep="-"), key)
    except (ValueError, UnknownLocaleError):
        return {}
    return data
