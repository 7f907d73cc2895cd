"""What single answers mean: a role, a time zone, languages, a login, a number, a day, a yes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.intake.notes import Said
from peerloom.intake.texts import answers, folded, one_line
from peerloom.model import Audience, Role
from peerloom.slugs import slug

_CLOSE = 88
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Abbreviations that mean one place's time wherever they are used; IST or CST do not.
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
# Languages that people write differently from how the Unicode CLDR names them.
_ALSO_CALLED = {
    "farsi": "fa",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "flemish": "nl-BE",
    "castilian": "es",
    "tagalog": "tl",
    "brazilian portuguese": "pt-BR",
    "sign language": "sgn",
}


def role(text: str) -> Role | None:
    """`I'd like to be a mentor` is mentor; both, or either, is either."""
    words = folded(text)
    mentee = re.search(r"\bment(?:ee|oree)s?\b|\blearners?\b|\bprot[ée]g[ée]e?s?\b", words)
    mentor = re.search(r"\bmentors?\b|\badvis[eo]rs?\b", words)
    if (mentor and mentee) or re.search(r"\b(?:both|either)\b", words):
        return "either"
    if mentor or mentee:
        return "mentor" if mentor else "mentee"
    return "either" if re.search(r"\bpeers?\b", words) else None


def show(text: str) -> Audience | None:
    """Who may see somebody who was asked: `yes` is everybody, `no` is coordinators alone."""
    words = folded(text)
    if re.match(r"(?:no|none|nobody|false|coordinators?|private)\b", words):
        return "coordinators"
    if re.search(r"\b(?:members?|participants?|inside|within)\b", words):
        return "members"
    if re.match(
        r"(?:yes|true|y|ok|okay|agree|agreed|i agree|i consent|public|everybody|everyone)\b", words
    ):
        return "public"
    return None


def github(text: str) -> str | None:
    """A login from `@ada`, `ada` or a link to the profile."""
    login = re.sub(r"^(?:https?://)?(?:www\.)?github\.com/", "", text.strip(), flags=re.IGNORECASE)
    login = login.removeprefix("@").split("/")[0].split("?")[0]
    pattern = schema.schema("participant")["properties"]["github"]["pattern"]
    return login if re.fullmatch(pattern, login) and len(login) <= 39 else None


def capacity(text: str) -> Said:
    """How many: `2`, `two`, `2 mentees`; of a range, the smaller number."""
    words = folded(text)
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", words)]
    numbers += [n for n, word in enumerate(_NUMBERS) if re.search(rf"\b{word}\b", words)]
    if not numbers or not 0 <= min(numbers) <= 50:
        return Said(
            None, "left_out", f"{quoted(one_line(text))} must be a number of mentees up to 50"
        )
    value = min(numbers)
    if len(set(numbers)) > 1:
        return Said(value, "guessed", f"{quoted(one_line(text))} is taken as {value}")
    return Said(value)


def team(text: str) -> str:
    """The id of a team; empty where there is no letter or digit to make one of."""
    return slug(text)


def day(text: str) -> date | None:
    """A date that can be read in one way only; `3/4/2026` can be read in two."""
    written = re.match(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9])", text)
    if written:
        return _day(int(written[1]), int(written[2]), int(written[3]))
    for form in ("%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(one_line(text), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    parts = re.match(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", text)
    if parts:
        first, second, year = (int(part) for part in parts.groups())
        if (first > 12) != (second > 12) or first == second:
            return _day(year, *((second, first) if first > 12 else (first, second)))
    return None


def _day(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def time_zone(text: str) -> Said:
    """An IANA zone from its name, a city of one, an offset or an abbreviation."""
    words = one_line(text)
    found = _ABBREVIATIONS.get(folded(words))
    exact = _zones().get(folded(words).replace(" ", "_"))
    if exact and exact == (found or exact):
        return Said(exact)
    found = found or _offset(words) or _by_city(words)
    if found is None:
        found = _nearest(folded(words).replace(" ", "_"), _zones())
    if found:
        return Said(found, "guessed", f"time zone {quoted(words)} is taken as {found}")
    return Said(None, "left_out", f"{quoted(words)} must be a time zone such as Europe/Lisbon")


def _nearest(word: str, known: Mapping[str, str]) -> str | None:
    """What a word means that is a letter or two away from one that is known."""
    near = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return known[near[0]] if near else None


@cache
def _zones() -> dict[str, str]:
    """Every zone's name by that name in lower case."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in listed}


@cache
def _cities() -> dict[str, str]:
    return {
        name.rsplit("/", 1)[1].replace("_", " "): zone
        for name, zone in _zones().items()
        if re.match(r"(?:africa|america|asia|atlantic|australia|europe|indian|pacific)/", name)
    }


def _by_city(text: str) -> str | None:
    """The zone of the first city named: `(UTC+01:00) Amsterdam, Berlin` is Amsterdam's."""
    plain = re.sub(r"\(.*?\)", " ", folded(text)).strip()
    for part in re.split(r"[,;/]", plain):
        city = part.replace("_", " ").strip().removesuffix(" time").strip()
        if city in _cities():
            return _cities()[city]
    return None


def _offset(text: str) -> str | None:
    """`UTC+2` as a zone without summer time; IANA writes its sign the other way round."""
    match = re.fullmatch(r"(?:utc|gmt)\s*([+-−–])\s*([0-9]{1,2})(?::?00)?", text.strip().lower())
    if not match or int(match[2]) > 14:
        return None
    hours = int(match[2])
    name = f"etc/gmt{'-' if match[1] == '+' else '+'}{hours}" if hours else "utc"
    return _zones().get(name)


def languages(text: str) -> tuple[list[str], list[str]]:
    """BCP 47 tags of the languages named, and what is none."""
    tags: dict[str, None] = {}
    unknown: list[str] = []
    for answer in answers(re.sub(r"\s(?:and|et|und|y|e)\s|/|&", ";", text)):
        tag = _language(answer)
        if tag:
            tags[tag] = None
        else:
            unknown.append(answer)
    return list(tags), unknown


def _language(answer: str) -> str | None:
    plain = re.split(r"[(\[:–]| - ", folded(answer))[0].strip()
    whole = folded(answer)
    named = _language_names()
    if whole in named or plain in named:
        return named.get(whole) or named[plain]
    return _nearest(plain, named) if len(plain) > 4 else None


@cache
def _language_names() -> dict[str, str]:
    """Tags by the tag itself, its English name and its own, as the Unicode CLDR has them."""
    named = dict(_ALSO_CALLED)
    for tag, english in Locale("en").languages.items():
        bcp = tag.replace("_", "-")
        # To read the names that hundreds of small languages have for themselves takes long.
        for name in (bcp, english, _own_name(tag) if len(tag) == 2 else None):
            if name:
                named.setdefault(folded(name), bcp)
    return named


def _own_name(tag: str) -> str | None:
    try:
        return Locale.parse(tag).languages.get(tag)
    except (ValueError, UnknownLocaleError):
        return None
