"""Parsing single answers: roles, time zones, languages, logins, numbers, dates, consent."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text, single_line, split_answers
from peerloom.intake.result import ParsedAnswer
from peerloom.model import Audience, Role
from peerloom.slugs import slug

# The share of letters, in percent, that a misspelled word must have in common with the right one.
_MIN_SIMILARITY = 88
_MAX_LOGIN_LENGTH = 39
_MAX_CAPACITY = 50
_NUMBER_WORDS = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
# Abbreviations that mean the same time wherever they are used, as IST and CST do not.
_ABBREVIATIONS = {
    "utc": "UTC",
    "gmt": "UTC",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "eet": "Europe/Athens",
    "bst": "Europe/London",
    "wat": "Africa/Lagos",
    "cat": "Africa/Maputo",
    "eat": "Africa/Nairobi",
    "sast": "Africa/Johannesburg",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "brt": "America/Sao_Paulo",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "aest": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
}
# Names of languages that the Unicode CLDR does not list.
_OTHER_LANGUAGE_NAMES = {
    "farsi": "fa",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "flemish": "nl-BE",
    "castilian": "es",
    "tagalog": "tl",
    "brazilian portuguese": "pt-BR",
    "sign language": "sgn",
}


def parse_role(text: str) -> Role | None:
    """Return the role in an answer: `I'd like to be a mentor` is mentor, `both` is either."""
    words = fold_text(text)
    mentee = re.search(r"\bment(?:ee|oree)s?\b|\blearners?\b|\bprot[ée]g[ée]e?s?\b", words)
    mentor = re.search(r"\bmentors?\b|\badvis[eo]rs?\b", words)
    if (mentor and mentee) or re.search(r"\b(?:both|either)\b", words):
        return "either"
    if mentor or mentee:
        return "mentor" if mentor else "mentee"
    return "either" if re.search(r"\bpeers?\b", words) else None


def parse_audience(text: str) -> Audience | None:
    """Return who may see somebody's record: `yes` is everybody, `no` is coordinators alone."""
    words = fold_text(text)
    if re.match(r"(?:no|none|nobody|false|coordinators?|private)\b", words):
        return "coordinators"
    if re.search(r"\b(?:members?|participants?|inside|within)\b", words):
        return "members"
    if re.match(
        r"(?:yes|true|y|ok|okay|agree|agreed|i agree|i consent|public|everybody|everyone)\b", words
    ):
        return "public"
    return None


def parse_github_login(text: str) -> str | None:
    """Return the login in `@ada`, `ada` or a link to the profile, if it can be one."""
    login = re.sub(r"^(?:https?://)?(?:www\.)?github\.com/", "", text.strip(), flags=re.IGNORECASE)
    login = login.removeprefix("@").split("/")[0].split("?")[0]
    pattern = schema.load_schema("participant")["properties"]["github"]["pattern"]
    return login if re.fullmatch(pattern, login) and len(login) <= _MAX_LOGIN_LENGTH else None


def parse_capacity(text: str) -> ParsedAnswer:
    """Return the number in `2`, `two` or `2 mentees`; of a range, the smaller one."""
    words = fold_text(text)
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", words)]
    numbers += [
        number for number, word in enumerate(_NUMBER_WORDS) if re.search(rf"\b{word}\b", words)
    ]
    if not numbers or not 0 <= min(numbers) <= _MAX_CAPACITY:
        message = f"{quoted(single_line(text))} must be a number of mentees up to {_MAX_CAPACITY}"
        return ParsedAnswer(None, "left_out", message)
    value = min(numbers)
    if len(set(numbers)) > 1:
        return ParsedAnswer(value, "guessed", f"{quoted(single_line(text))} is read as {value}")
    return ParsedAnswer(value)


def parse_team_id(text: str) -> str | None:
    """Return the id of a team, or None if the text has no letter or digit to make one of."""
    return slug(text) or None


def parse_date(text: str) -> date | None:
    """Return a date that can be read in only one way; `3/4/2026` can be read in two."""
    iso = re.match(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9])", text)
    if iso:
        return _valid_date(int(iso[1]), int(iso[2]), int(iso[3]))
    for date_format in ("%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(single_line(text), date_format).date()  # noqa: DTZ007 - no zone
        except ValueError:
            continue
    with_slashes = re.match(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", text)
    if with_slashes:
        first, second, year = (int(part) for part in with_slashes.groups())
        if (first > 12) != (second > 12) or first == second:
            return _valid_date(year, *((second, first) if first > 12 else (first, second)))
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time_zone(text: str) -> ParsedAnswer:
    """Return an IANA time zone from its name, a city in it, an offset or an abbreviation."""
    words = single_line(text)
    name = fold_text(words).replace(" ", "_")
    by_abbreviation = _ABBREVIATIONS.get(fold_text(words))
    by_name = _zones_by_name().get(name)
    # `EST` is an IANA zone, too, but one without summer time, which nobody means.
    if by_name and by_abbreviation in (by_name, None):
        return ParsedAnswer(by_name)
    zone = by_abbreviation or _zone_from_offset(words) or _zone_from_city(words)
    zone = zone or _find_similar(name, _zones_by_name())
    if zone:
        return ParsedAnswer(zone, "guessed", f"time zone {quoted(words)} is read as {zone}")
    return ParsedAnswer(
        None, "left_out", f"{quoted(words)} must be a time zone such as Europe/Lisbon"
    )


def _find_similar(word: str, known: Mapping[str, str]) -> str | None:
    """Return the value of the known word that differs from `word` by at most a letter or two."""
    best = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    return known[best[0]] if best else None


@cache
def _zones_by_name() -> dict[str, str]:
    """Return every zone by its name in lower case."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in listed}


@cache
def _zones_by_city() -> dict[str, str]:
    """Return the zones that are named for a city, by that city in lower case."""
    return {
        name.rsplit("/", 1)[1].replace("_", " "): zone
        for name, zone in _zones_by_name().items()
        if re.match(r"(?:africa|america|asia|atlantic|australia|europe|indian|pacific)/", name)
    }


def _zone_from_city(text: str) -> str | None:
    """Return the zone of the first city: `(UTC+01:00) Amsterdam, Berlin` is Amsterdam's."""
    plain = re.sub(r"\(.*?\)", " ", fold_text(text)).strip()
    for part in re.split(r"[,;/]", plain):
        city = part.replace("_", " ").strip().removesuffix(" time").strip()
        if city in _zones_by_city():
            return _zones_by_city()[city]
    return None


def _zone_from_offset(text: str) -> str | None:
    """Return the zone without summer time for `UTC+2`; its IANA name has the opposite sign."""
    match = re.fullmatch(r"(?:utc|gmt)\s*([+-−–])\s*([0-9]{1,2})(?::?00)?", text.strip().lower())
    if not match or int(match[2]) > 14:
        return None
    hours = int(match[2])
    name = f"etc/gmt{'-' if match[1] == '+' else '+'}{hours}" if hours else "utc"
    return _zones_by_name().get(name)


def parse_languages(text: str) -> tuple[list[str], list[str]]:
    """Return the BCP 47 tags of the languages named, and the answers that name none."""
    tags: dict[str, None] = {}
    unknown: list[str] = []
    for answer in split_answers(re.sub(r"\s(?:and|et|und|y|e)\s|/|&", ";", text)):
        tag = _language_tag(answer)
        if tag:
            tags[tag] = None
        else:
            unknown.append(answer)
    return list(tags), unknown


def _language_tag(answer: str) -> str | None:
    plain = re.split(r"[(\[:–]| - ", fold_text(answer))[0].strip()
    whole = fold_text(answer)
    tags = _tags_by_language_name()
    if whole in tags or plain in tags:
        return tags.get(whole) or tags[plain]
    return _find_similar(plain, tags) if len(plain) > 4 else None


@cache
def _tags_by_language_name() -> dict[str, str]:
    """Return tags by the tag itself, its English name and its own, from the Unicode CLDR."""
    tags = dict(_OTHER_LANGUAGE_NAMES)
    for tag, english in Locale("en").languages.items():
        bcp_47 = tag.replace("_", "-")
        # Only for tags of two letters: reading a file for each of hundreds of others takes long.
        for name in (bcp_47, english, _name_in_own_language(tag) if len(tag) == 2 else None):
            if name:
                tags.setdefault(fold_text(name), bcp_47)
    return tags


def _name_in_own_language(tag: str) -> str | None:
    try:
        return Locale.parse(tag).languages.get(tag)
    except (ValueError, UnknownLocaleError):
        return None
