"""What a sentence about free hours says, piece by piece: days, hours, exceptions."""

import re
from typing import Literal, NamedTuple

from peerloom.intake.values.calendar_names import WEEKDAYS, find_weekday
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
_TO_WORDS = "to|through|thru|bis|al|ate|au"
_RANGE = (-1,)  # stands for the dash in `Mon-Fri` until the days on both sides are known
_EXCEPT = r"except(?: for| on)?|but not(?: on)?|not(?: on)?|ausser|excepto|salvo|sauf|exceto|menos"
# Words that change nothing about days and hours.
_SMALL_WORDS = (
    r"i am|im|i|am|is|are|my|free|available|availability|on|at|usually|typically|generally|mostly|"
    r"normally|from|the|in|and|or|also|both|between|both|hours|time|local time|my time|works?|best|"
    r"for me|me|good|ok|each|every|any ?time|can|do|meet|und|oder|am|um|von|ich|bin|y|o|los|las|el|"
    r"de|e|ou|as|aos|na|nas|et|le|les|du|des|je|suis|libre|disponible|frei|verfugbar|a|uhr"
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
    rest = text.strip()
    while rest:
        token, length = _next_token(rest, languages)
        if token:
            tokens.append(token)
        rest = rest[length:].lstrip()
    return _join_day_ranges(tokens)


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


def _join_day_ranges(tokens: list[HourToken]) -> list[HourToken]:
    """Return the tokens with `Fri`, `-`, `Mon` as the four days from Friday to Monday."""
    joined: list[HourToken] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
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
