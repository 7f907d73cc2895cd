"""When people are free: sentences, and grids of days and hours.

An answer is taken as a whole or not at all: a word that is not understood may be an exception.
"""

import re
from collections.abc import Iterable, Sequence

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    leave_out,
)
from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.intake.values.clock_times import HourRange
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.hour_tokens import HourToken, split_hour_tokens
from peerloom.intake.values.wording import remove_invisible, unify_dashes, without_accents
from peerloom.model import Day, FreeTime

_MAX_RANGES = 50
_MINUTES_OF_DAY = 24 * 60
_NAMED_TIMES = re.compile(
    r"\b(?:mornings?|afternoons?|evenings?|nights?|lunch(?: ?time)?|all day|after|before|"
    r"vormittags?|nachmittags?|abends?|manana|mananas|tardes?|noches?|matin|soir|manha|noite)\b"
)


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
    tokens = split_hour_tokens(plain, tuple(languages))
    if any(token.kind == "unknown" for token in tokens):
        return _unread(shown, plain)
    groups = _group_tokens(tokens, None if day is None else WEEKDAYS.index(day))
    if not groups:
        return _unread(shown, plain)
    readings = [_free_times(groups, takes_other=other) for other in (False, True)]
    if any(hours.other for _, those in groups for hours in those):
        choices = tuple(write_free_hours(reading) for reading in readings)
        return ask_meaning(f"{shown} must say whether its hours are before or after noon", choices)
    if len(readings[0]) > _MAX_RANGES:
        return leave_out(f"{shown} must be at most {_MAX_RANGES} hours of the week")
    return certain_value(readings[0])


def write_free_hours(hours: Iterable[FreeTime]) -> str:
    """Return hours in words that `read_free_hours` reads as the same."""
    return "; ".join(f"{free.day} {free.starts}-{free.ends}" for free in hours)


def _unread(shown: str, plain: str) -> AnswerValue[list[FreeTime]]:
    message = f"{shown} must be days with hours, such as 'Monday 17:00-19:00'"
    return ask_meaning(message) if _NAMED_TIMES.search(plain) else leave_out(message)


def read_days(text: str, languages: Iterable[str] = ()) -> AnswerValue[list[Day]]:
    """Return the days that an answer names, as in a grid with a column for each slot of hours."""
    if is_filler(text):
        return NO_ANSWER
    plain = unify_dashes(without_accents(remove_invisible(text.replace("\n", " ; "))))
    tokens = split_hour_tokens(plain, tuple(languages))
    days: set[int] = set()
    for token in tokens:
        days |= set(token.days) if token.kind == "days" else set()
    if not days or any(token.kind in ("hours", "except", "unknown") for token in tokens):
        return leave_out(f"{quoted(single_line(text))} must be days of the week")
    return certain_value([WEEKDAYS[day] for day in sorted(days)])


_Groups = list[tuple[set[int], list[HourRange]]]


def _group_tokens(tokens: Sequence[HourToken], day: int | None) -> _Groups:
    """Return days with their hours, in whichever order they stand; nothing if any is left alone."""
    kept = list(tokens)
    if day is not None:
        if any(token.kind not in ("hours", "break") for token in tokens):
            return []
        kept = [HourToken("days", days=(day,)), *(t for t in tokens if t.kind == "hours")]
    groups: _Groups = []
    clause: list[HourToken] = []
    for token in (*kept, HourToken("break")):
        if token.kind != "break":
            clause.append(token)
        elif clause:
            found = _group_clause(clause)
            if not found:
                return []
            groups += found
            clause = []
    return groups


def _group_clause(clause: Sequence[HourToken]) -> _Groups:
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


def _add_token(token: HourToken, days: set[int], hours: list[HourRange]) -> None:
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
