"""What a sentence about free hours says, piece by piece: days, hours, exceptions."""

import re
from typing import Literal, NamedTuple

from peerloom.intake.values.calendar_names import WEEKDAYS, find_language_of_days, find_weekday
from peerloom.intake.values.clock_times import TIME_RANGE, HourRange, read_hour_range

_WORKING_DAYS = (
    r"week ?days?|working days?|work ?days?|business days?|mon-fri|m-f|werktags?|wochentags?|"
    r"unter der woche|entre semana|dias de semana|dias uteis|en semaine|jours ouvres"
)
_WEEKENDS = r"week ?ends?|wochenenden?|fines? de semana|fins de semana|week-ends?"
_EVERY_DAY = (
    r"every ?day|daily|any day|all week|each day|all days|taglich|jeden tag|todos los dias|"
    r"todos os dias|cada dia|tous les jours|chaque jour|7 days(?: a week)?"
)
_DAY_GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (_WORKING_DAYS, (0, 1, 2, 3, 4)),
    (_WEEKENDS, (5, 6)),
    (_EVERY_DAY, (0, 1, 2, 3, 4, 5, 6)),
)
_TO_WORDS = "to|through|thru|bis|al|ate|au|a"
_RANGE = (-1,)  # stands for the dash in `Mon-Fri` until the days on both sides are known
_EXCEPT = r"except(?: for| on)?|but not(?: on)?|not(?: on)?|ausser|excepto|salvo|sauf|exceto|menos"
# Words that change nothing about days and hours.
_SMALL_WORDS = (
    r"i am|im|i|am|is|are|my|free|available|availability|at|usually|typically|generally|mostly|"
    r"normally|from|the|in|and|or|also|both|between|hours|time|local time|my time|works?|best|"
    r"for me|any|only|every week|each week|weekly|good|ok|each|every|any ?time|can do|can|meet|und|"
    r"oder|um|von|ich|bin|y|o|los|las|el|de|e|ou|as|aos|na|nas|et|le|les|des|je suis|libre|"
    r"disponible|frei|verfugbar|uhr|"
    # Alone, they are days in Swedish and Romanian.
    r"on(?= (?:the )?(?:mon|tue|wed|thu|fri|sat|sun|week|work|any|every))|"
    r"du(?= (?:lun|mar|mer|jeu|ven|sam|dim))"
)
_WORD = re.compile(r"[^\d\s,;:/()+&'\"|.-]+(?:-feira)?\.?")


class HourToken(NamedTuple):
    """A piece: days counted from Monday as 0, a range of hours, or a sign between them."""

    kind: Literal["days", "hours", "except", "break", "unknown"]
    days: tuple[int, ...] = ()
    hours: HourRange | None = None


def split_hour_tokens(text: str, languages: tuple[str, ...]) -> list[HourToken]:
    """Return what a text says of days and hours, piece by piece, the longest pieces first."""
    tokens: list[HourToken] = []
    rest = _write_with_colons(text.strip())
    languages = (*languages, *_find_language(rest, languages))
    while rest:
        token, length = _next_token(rest, languages)
        if token:
            tokens.append(token)
        rest = rest[length:].lstrip()
    return _join_day_ranges(tokens)


def _write_with_colons(text: str) -> str:
    """Return `text` with hours such as `0900-1200` as `09:00-12:00`."""
    four_digits = r"(?<!\d)([01]\d|2[0-4])([0-5]\d)"
    return re.sub(rf"{four_digits}\s*-\s*{four_digits}(?!\d)", r"\1:\2-\3:\4", text)


def _find_language(text: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the language of the days in a text where they are not known without it."""
    others = re.compile(rf"(?:{_SMALL_WORDS}|{_TO_WORDS}|{_EXCEPT}|[ap]m?|h|hrs?|noon|midnight)\.?")
    words = [word for word in _WORD.findall(text) if not others.fullmatch(word)]
    if all(find_weekday(word, languages) for word in words):
        return ()
    language = find_language_of_days(words)
    return (language,) if language else ()


def _next_token(rest: str, languages: tuple[str, ...]) -> tuple[HourToken | None, int]:
    """Return the token at the beginning of a text, if that is one, and its length."""
    for pattern, days in _DAY_GROUPS:
        match = re.match(rf"(?:on )?(?:{pattern})\b", rest)
        if match:
            return HourToken("days", days=days), match.end()
    match = TIME_RANGE.match(rest)
    if match:
        hours = read_hour_range(match)
        return HourToken("hours", hours=hours) if hours else HourToken("unknown"), match.end()
    match = re.match(rf"(?:{_EXCEPT})\b", rest)
    if match:
        return HourToken("except"), match.end()
    to = re.match(rf"(?:-|(?:{_TO_WORDS})\b)", rest)
    if to:
        return HourToken("unknown", days=_RANGE), to.end()
    small = re.match(rf"(?:{_SMALL_WORDS})\b", rest)
    if small:
        return None, small.end()
    return _day_or_sign_token(rest, languages)


def _day_or_sign_token(rest: str, languages: tuple[str, ...]) -> tuple[HourToken | None, int]:
    """Return the day that a text begins with, or what its first sign or unknown word says."""
    two_words = re.match(r"[^\d\s,;:/()-]+ [^\d\s,;:/()-]+", rest)
    day = find_weekday(two_words[0], languages) if two_words else None
    if two_words and day:  # `יום שני`, `thứ hai`
        return HourToken("days", days=(WEEKDAYS.index(day),)), two_words.end()
    word = _WORD.match(rest)
    day = find_weekday(word[0], languages) if word else None
    if word:
        known = day and HourToken("days", days=(WEEKDAYS.index(day),))
        return known or HourToken("unknown"), word.end()
    if rest[0] in ";|":
        return HourToken("break"), 1
    return None if rest[0] in ",:/&+().'\"" else HourToken("unknown"), 1


def _is_dash_before_hours(tokens: list[HourToken], position: int) -> bool:
    """Whether a dash stands between a day and its hours, as in `Monday - 9:00-12:00`."""
    around = tokens[position - 1 : position] + tokens[position + 1 : position + 2]
    kinds = [token.kind for token in around]
    return tokens[position].days == _RANGE and kinds == ["days", "hours"]


def _join_day_ranges(tokens: list[HourToken]) -> list[HourToken]:
    """Return the tokens with `Fri`, `-`, `Mon` as the four days from Friday to Monday."""
    joined: list[HourToken] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if _is_dash_before_hours(tokens, position):
            position += 1
            continue
        is_range = (
            token.days == _RANGE
            and joined
            and len(joined[-1].days) == 1
            and position + 1 < len(tokens)
            and len(tokens[position + 1].days) == 1
            and joined[-1].kind == tokens[position + 1].kind == "days"
        )
        if is_range:
            first, last = joined[-1].days[0], tokens[position + 1].days[0]
            length = (last - first) % 7 + 1
            joined[-1] = HourToken("days", days=tuple((first + n) % 7 for n in range(length)))
            position += 2
        else:
            joined.append(token)
            position += 1
    return joined
