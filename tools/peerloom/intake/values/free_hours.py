"""When people are free: sentences, and grids of days and hours.

An answer is taken as a whole or not at all: a word that is not understood may be an exception.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    leave_out,
)
from peerloom.intake.values.calendar_names import WEEKDAYS, find_weekday
from peerloom.intake.values.clock_times import TIME_RANGE, HourRange, read_hour_range
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import remove_invisible, unify_dashes, without_accents
from peerloom.model import Day, FreeTime

_MAX_RANGES = 50
_MINUTES_OF_DAY = 24 * 60
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
_NAMED_TIMES = re.compile(
    r"\b(?:mornings?|afternoons?|evenings?|nights?|lunch(?: ?time)?|all day|after|before|"
    r"vormittags?|nachmittags?|abends?|manana|mananas|tardes?|noches?|matin|soir|manha|noite)\b"
)


class _Token(NamedTuple):
    kind: Literal["days", "hours", "except", "break", "unknown"]
    days: tuple[int, ...] = ()
    hours: HourRange | None = None


def read_free_hours(
    text: str, languages: Iterable[str] = (), day: Day | None = None
) -> AnswerValue[list[FreeTime]]:
    """Return the hours of the week that an answer names.

    With `day`, as in a grid with a column for each day, an answer names hours alone. Hours past
    midnight go on on the next day. Hours that may be before or after noon, such as `5-7`, are
    asked for, and so is whatever names a part of a day without hours.
    """
    plain = unify_dashes(without_accents(remove_invisible(text.replace("\n", " ; "))))
    shown = quoted(single_line(text))
    if is_filler(text):
        return NO_ANSWER
    tokens = _tokenize(plain, tuple(languages))
    if any(token.kind == "unknown" for token in tokens):
        return _unread(shown, plain)
    groups = _group_tokens(tokens, None if day is None else WEEKDAYS.index(day))
    if not groups:
        return _unread(shown, plain)
    readings = [_free_times(groups, takes_other=other) for other in (False, True)]
    if any(hours.other for _, those in groups for hours in those):
        choices = tuple(readings)
        return ask_meaning(f"{shown} must say whether its hours are before or after noon", choices)
    if len(readings[0]) > _MAX_RANGES:
        return leave_out(f"{shown} must be at most {_MAX_RANGES} hours of the week")
    return certain_value(readings[0])


def _unread(shown: str, plain: str) -> AnswerValue[list[FreeTime]]:
    message = f"{shown} must be days with hours, such as 'Monday 17:00-19:00'"
    return ask_meaning(message) if _NAMED_TIMES.search(plain) else leave_out(message)


def read_days(text: str, languages: Iterable[str] = ()) -> AnswerValue[list[Day]]:
    """Return the days that an answer names, as in a grid with a column for each slot of hours."""
    if is_filler(text):
        return NO_ANSWER
    plain = unify_dashes(without_accents(remove_invisible(text.replace("\n", " ; "))))
    tokens = _tokenize(plain, tuple(languages))
    days: set[int] = set()
    for token in tokens:
        days |= set(token.days) if token.kind == "days" else set()
    if not days or any(token.kind in ("hours", "except", "unknown") for token in tokens):
        return leave_out(f"{quoted(single_line(text))} must be days of the week")
    return certain_value([WEEKDAYS[day] for day in sorted(days)])


def _tokenize(text: str, languages: tuple[str, ...]) -> list[_Token]:
    """Return what a text says of days and hours, piece by piece, the longest pieces first."""
    tokens: list[_Token] = []
    rest = text.strip()
    while rest:
        token, length = _next_token(rest, languages)
        if token:
            tokens.append(token)
        rest = rest[length:].lstrip()
    return _join_day_ranges(tokens)


def _next_token(rest: str, languages: tuple[str, ...]) -> tuple[_Token | None, int]:
    """Return the token at the beginning of a text, if that is one, and its length."""
    for pattern, days in _DAY_GROUPS:
        match = re.match(rf"(?:on )?(?:{pattern})\b", rest)
        if match:
            return _Token("days", days=days), match.end()
    match = TIME_RANGE.match(rest)
    if match:
        hours = read_hour_range(match)
        return _Token("hours", hours=hours) if hours else _Token("unknown"), match.end()
    match = re.match(rf"(?:{_EXCEPT})\b", rest)
    if match:
        return _Token("except"), match.end()
    to = re.match(rf"(?:-|(?:{_TO_WORDS})\b)", rest)
    if to:
        return _Token("unknown", days=_RANGE), to.end()
    small = re.match(rf"(?:{_SMALL_WORDS})\b", rest)
    if small:
        return None, small.end()
    return _day_or_sign_token(rest, languages)


def _day_or_sign_token(rest: str, languages: tuple[str, ...]) -> tuple[_Token | None, int]:
    """Return the day that a text begins with, or what its first sign or unknown word says."""
    word = re.match(r"[^\W\d_]+(?:-feira)?\.?", rest)
    day = find_weekday(word[0], languages) if word else None
    if word:
        known = day and _Token("days", days=(WEEKDAYS.index(day),))
        return known or _Token("unknown"), word.end()
    if rest[0] in ";|":
        return _Token("break"), 1
    return None if rest[0] in ",:/&+().'\"" else _Token("unknown"), 1


def _join_day_ranges(tokens: list[_Token]) -> list[_Token]:
    """Return the tokens with `Fri`, `-`, `Mon` as the four days from Friday to Monday."""
    joined: list[_Token] = []
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
            joined[-1] = _Token("days", days=tuple((first + n) % 7 for n in range(length)))
            position += 2
        else:
            joined.append(token)
            position += 1
    return joined


_Groups = list[tuple[set[int], list[HourRange]]]


def _group_tokens(tokens: Sequence[_Token], day: int | None) -> _Groups:
    """Return days with their hours, in whichever order they stand; nothing if any is left alone."""
    kept = list(tokens)
    if day is not None:
        if any(token.kind not in ("hours", "break") for token in tokens):
            return []
        kept = [_Token("days", days=(day,)), *(t for t in tokens if t.kind == "hours")]
    groups: _Groups = []
    clause: list[_Token] = []
    for token in (*kept, _Token("break")):
        if token.kind != "break":
            clause.append(token)
        elif clause:
            found = _group_clause(clause)
            if not found:
                return []
            groups += found
            clause = []
    return groups


def _group_clause(clause: Sequence[_Token]) -> _Groups:
    """Return the days with hours of a clause, and nothing if one of its pieces is left alone."""
    kinds = [token.kind for token in clause]
    first = kinds[0]
    if first not in ("days", "hours"):
        return []
    groups: _Groups = []
    days: set[int] = set()
    hours: list[HourRange] = []
    excepting = False
    if clause[-1].kind == "except" or _is_exception_of_hours(kinds):
        return []
    for token in clause:
        if token.kind == "except":
            if excepting or not days:
                return []
            excepting = True
        elif token.kind == "days" and excepting:
            days -= set(token.days)
        elif token.kind == first and days and hours:
            groups.append((days, hours))
            days, hours, excepting = set(), [], False
            _add_token(token, days, hours)
        else:
            excepting = False
            _add_token(token, days, hours)
    return [*groups, (days, hours)] if days and hours else []


def _is_exception_of_hours(kinds: Sequence[str]) -> bool:
    """Whether an exception names hours, or days whose hours follow after other hours."""
    position = kinds.index("except") if "except" in kinds else len(kinds)
    after = kinds[position + 1 :]
    return "hours" in after and (after[0] == "hours" or "hours" in kinds[:position])


def _add_token(token: _Token, days: set[int], hours: list[HourRange]) -> None:
    days |= set(token.days)
    if token.hours:
        hours.append(token.hours)


def _free_times(groups: _Groups, *, takes_other: bool) -> list[FreeTime]:
    """Return hours by day, merged where they overlap and cut at midnight."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    for days, hours in groups:
        for each in hours:
            starts, ends = (takes_other and each.other) or (each.starts, each.ends)
            for day in days:
                by_day.setdefault(day, []).append((starts, min(ends, _MINUTES_OF_DAY)))
                if ends > _MINUTES_OF_DAY:
                    next_day = by_day.setdefault((day + 1) % 7, [])
                    next_day.append((0, ends - _MINUTES_OF_DAY))
    return [
        FreeTime(day=WEEKDAYS[day], starts=_clock(starts), ends=_clock(ends))
        for day in sorted(by_day)
        for starts, ends in _merge_ranges(by_day[day])
    ]


def _merge_ranges(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for starts, ends in sorted(ranges):
        if merged and starts <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((starts, ends))
    return merged


def _clock(minutes: int) -> str:
    """Return `HH:MM`; records have no 24:00, so that the last minute of a day stands for it."""
    minutes = min(minutes, _MINUTES_OF_DAY - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}"
