"""Time zones, as people and form services name them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values import zone_names, zone_tables
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    guessed_value,
    leave_out,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words, remove_invisible, unify_dashes

_OFFSET = re.compile(
    r"(?:\b(?:UTC|GMT)\s*([+-])\s*(\d{1,2})(?:[:.]?([0-5]\d)|\.(5))?|(?<![\w/])([+-])(\d{1,2}):?([0-5]\d))(?![\d/])\s*(?:hours?|hrs?|h)?",
    re.IGNORECASE,
)
# How Windows names zones: an offset, and cities of which one may keep another time by now.
_WINDOWS_LIST = re.compile(r"\((?:UTC|GMT)[+-]\d\d:\d\d\) ")
_EMPTY_WORDS = re.compile(
    r"\b(?:time ?zone|my|the|local|i am in|im in|i live in|based in|currently|in|is)\b"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of an answer, and the zones that it may mean; none if it is not understood.

    `is_area` holds for a country or state, in which the city beside it lies. `otherwise` are the
    zones of a country whose code is also that of the state in `zones`.
    """

    text: str
    zones: tuple[str, ...] = ()
    is_area: bool = False
    otherwise: tuple[str, ...] = ()


def read_time_zone(text: str, languages: Iterable[str] = ()) -> AnswerValue[str]:
    """Return the IANA time zone that an answer means.

    It may name a zone as the IANA database, Windows or North Americans do, an offset from UTC, an
    abbreviation, or a city or country. All that it says must agree. What may mean zones of
    different times (`IST`, a city that two countries have) is asked for; a country of several
    zones is left out. `languages` are the program's.
    """
    plain = unify_dashes(single_line(remove_invisible(text)))
    shown = quoted(single_line(text))
    if is_filler(plain):
        return NO_ANSWER
    plain = re.sub(r"(?<=[a-z]) ?/ ?(?=[A-Z])", "/", plain)
    named = zone_names.iana_zones().get(plain.replace(" ", "_").lower())
    if named and ("/" in named or named == "UTC"):
        return certain_value(zone_names.canonical_zone(named))
    offset, rest = _take_offset(plain)
    rest_words = plain_words(rest)
    if offset is not None and rest_words in ("", "utc", "gmt", "utc gmt", "gmt utc"):
        return _zone_of_offset(shown, offset)
    pieces = _read_pieces(rest, tuple(languages))
    if offset is not None and _WINDOWS_LIST.match(plain):
        pieces = [piece for piece in pieces if _may_have_offset(piece, offset)] or pieces
    return _combine(shown, pieces, offset)


def _may_have_offset(piece: _Piece, offset: int) -> bool:
    """Whether a part of an answer is not understood, or names a zone that has an offset."""
    return not piece.zones or any(offset in zone_names.zone_offsets(z) for z in piece.zones)


def _take_offset(text: str) -> tuple[int | None, str]:
    """Return the offset from UTC that a text names, in minutes, and the text without it."""
    match = _OFFSET.search(text)
    if not match:
        return None, text
    sign, hours, minutes = match[1] or match[5], match[2] or match[6], match[3] or match[7]
    total = int(hours) * 60 + (30 if match[4] else int(minutes or 0))
    if total > 14 * 60:
        return None, text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return (-total if sign == "-" else total), rest


def _zone_of_offset(shown: str, offset: int) -> AnswerValue[str]:
    """Return the zone that keeps an offset all year; a city's zone for half hours."""
    hours, minutes = divmod(abs(offset), 60)
    if offset == 0:
        return certain_value("UTC")
    sign = "+" if offset > 0 else "-"
    if minutes == 0 and -12 <= offset // 60 <= 14:
        zone = f"Etc/GMT{'-' if offset > 0 else '+'}{hours}"
        return certain_value(zone, f"{shown} is taken as {zone}, the same all year")
    half = zone_tables.HALF_HOURS.get(f"{sign}{hours:02}:{minutes:02}")
    if half:
        return certain_value(half, f"{shown} is taken as {half}, which keeps that time all year")
    return ask_meaning(f"{shown} must be a time zone such as Europe/Lisbon")


def _read_pieces(text: str, languages: tuple[str, ...]) -> list[_Piece]:
    """Return the zones that the whole text means, or else those of each part of it."""
    whole = _read_piece(text, languages)
    if whole.zones:
        return [whole]
    outside = re.sub(r"[(\[].*?[)\]]", " ", text)
    inside = re.findall(r"[(\[](.*?)[)\]]", text)
    without_brackets = [
        _read_piece(outside, languages),
        *(_read_piece(i, languages) for i in inside),
    ]
    if all(piece.zones for piece in without_brackets if plain_words(piece.text)):
        return [piece for piece in without_brackets if piece.zones]
    parts = [p for p in re.split(r"[,;/()\[\]|]|\s-\s|\s(?:or|and|&)\s", text) if plain_words(p)]
    if len(parts) == 1:
        parts = _split_city_and_area(parts[0], languages)
    return [
        _read_piece(part, languages, follows_city=index > 0) for index, part in enumerate(parts)
    ]


def _split_city_and_area(text: str, languages: tuple[str, ...]) -> list[str]:
    """Return `London` and `UK` for `London UK`, and the text itself if it names no area last."""
    words = text.split()
    for count in (1, 2):
        area = plain_words(" ".join(words[-count:]))
        if len(words) > count and _read_area(area, area, languages):
            return [" ".join(words[:-count]), " ".join(words[-count:])]
    return [text]


def _read_piece(text: str, languages: tuple[str, ...], *, follows_city: bool = False) -> _Piece:
    """Return the zones that a part of an answer may mean."""
    words = " ".join(_EMPTY_WORDS.sub(" ", plain_words(text)).split())
    named = _zones_by_name(text, words)
    if named:
        return _Piece(text, named)
    code = text.strip().rstrip(".")
    if follows_city and (code in zone_tables.STATE_CODES or re.fullmatch("[A-Z]{2}", code)):
        country = zone_names.zones_in_country("GB" if code == "UK" else code)
        state = zone_tables.STATE_CODES.get(code, ())
        return _Piece(text, state or country, is_area=True, otherwise=country if state else ())
    bare = words.removesuffix(" time").removesuffix(" area")
    area = _read_area(words, bare, languages)
    if area and (follows_city or words not in zone_tables.HOMONYMS):
        return _Piece(text, area, is_area=True)
    cities = zone_names.zones_by_city(languages)
    generic = zone_names.zones_by_generic_name(languages)
    return _Piece(text, cities.get(words) or cities.get(bare) or generic.get(words) or ())


def _zones_by_name(text: str, words: str) -> tuple[str, ...]:
    """Return the zones of a name in the IANA database, in Windows or in our tables."""
    iana = zone_names.iana_zones().get(text.strip().replace(" ", "_").lower())
    if iana and "/" in iana:
        return (zone_names.canonical_zone(iana),)
    key = "gmt" if words == "greenwich mean time" else words
    if key in zone_tables.ABBREVIATIONS:
        return zone_tables.ABBREVIATIONS[key]
    windows_key = re.sub(r"\b(?:daylight|summer) time\b", "standard time", words)
    zone = zone_tables.ZONE_PHRASES.get(words)
    zone = zone or zone_names.zones_by_windows_name().get(windows_key)
    return (zone,) if zone else ()


def _read_area(words: str, bare: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the zones of a country or state, of a country without twins."""
    for name in dict.fromkeys((words, bare)):
        if name in zone_tables.STATES:
            return (zone_tables.STATES[name],)
        if name in zone_tables.SPLIT_STATES:
            return zone_tables.SPLIT_STATES[name]
        code = zone_names.countries_by_name(languages).get(name)
        if code:
            return zone_names.zones_of_country(code)
    return ()


def _combine(shown: str, pieces: list[_Piece], offset: int | None) -> AnswerValue[str]:
    """Return the zone on which all parts of an answer agree."""
    known = sorted((piece for piece in pieces if piece.zones), key=lambda piece: piece.is_area)
    wanted = f"{shown} must be a time zone such as Europe/Lisbon"
    if not known:
        return ask_meaning(wanted) if offset is not None else leave_out(wanted)
    zones = _agreeing_zones([piece.zones for piece in known])
    if not zones or (len(known) == 1 and known[0].otherwise):
        zones = _zones_in_other_country(known)
    if offset is not None:
        zones = [zone for zone in zones if offset in zone_names.zone_offsets(zone)]
    if len(zones) != 1:
        return _several_zones(shown, pieces, zones)
    if len(known) < len(pieces) and not any(piece.is_area for piece in known):
        return guessed_value(zones[0], f"{shown} is read as {zones[0]}")
    return certain_value(zones[0])


def _several_zones(shown: str, pieces: list[_Piece], zones: list[str]) -> AnswerValue[str]:
    """Return what to ask where the parts of an answer leave several zones, or none."""
    if not zones:
        return ask_meaning(f"{shown} must be one time zone, and names several", _choices(pieces))
    if all(piece.is_area and piece.zones for piece in pieces):
        return leave_out(f"{shown} has several time zones: ask for a city in it")
    if len(pieces) == 1 and plain_words(pieces[0].text) in zone_tables.LIKELY:
        message = f"{shown} is read as {zones[0]}"
        return AnswerValue(value=zones[0], certainty="guess", message=message, choices=tuple(zones))
    return ask_meaning(f"{shown} must be one time zone, and may be several", tuple(zones))


def _agreeing_zones(sets: list[tuple[str, ...]]) -> list[str]:
    """Return the zones of the first set whose time each other set has, too."""
    agreeing = list(zone_names.without_twins(sets[0]))
    for others in sets[1:]:
        kept = {zone_names.zone_offsets(zone) for zone in others}
        agreeing = [zone for zone in agreeing if zone_names.zone_offsets(zone) in kept]
    return agreeing


def _zones_in_other_country(pieces: list[_Piece]) -> list[str]:
    """Return the zones where the code of a state is taken for that of a country instead.

    Then the city's own zone must be one of that country: `Vienna, VA` is not in the Vatican.
    """
    if len(pieces) == 1:
        return list(zone_names.without_twins((*pieces[0].zones, *pieces[0].otherwise)))
    countries = {zone for piece in pieces for zone in piece.otherwise}
    return [zone for zone in pieces[0].zones if zone in countries]


def _choices(pieces: list[_Piece]) -> tuple[str, ...]:
    return zone_names.without_twins(zone for piece in pieces for zone in piece.zones)
