"""Lists, counts, lengths of time and the steps of goals in words."""

from collections.abc import Iterable
from typing import Literal

from peerloom.text.numbers import plain_number, signed_number, whole_number
from peerloom.text.translation import current_locale, mark, mark_plural, ngettext
from peerloom.text.translation import gettext as _

Noun = Literal[
    "answer",
    "attendance",
    "check-in",
    "circle",
    "day",
    "entry",
    "error",
    "event",
    "file",
    "goal",
    "group",
    "hour",
    "matched pair",
    "meeting",
    "mentee",
    "mentor",
    "minute",
    "module",
    "month",
    "more pair",
    "more person",
    "more year",
    "pair",
    "person",
    "proposed pair",
    "question",
    "row",
    "supervision group",
    "thing",
    "warning",
    "week",
]
_NOUNS: dict[Noun, tuple[str, str]] = {
    "answer": mark_plural("{number} answer", "{number} answers"),
    "attendance": mark_plural("{number} attendance", "{number} attendances"),
    "check-in": mark_plural("{number} check-in", "{number} check-ins"),
    "circle": mark_plural("{number} circle", "{number} circles"),
    "day": mark_plural("{number} day", "{number} days"),
    "entry": mark_plural("one entry", "{number} entries"),
    "error": mark_plural("{number} error", "{number} errors"),
    "event": mark_plural("{number} event", "{number} events"),
    "file": mark_plural("{number} file", "{number} files"),
    "goal": mark_plural("{number} goal", "{number} goals"),
    "group": mark_plural("{number} group", "{number} groups"),
    "hour": mark_plural("{number} hour", "{number} hours"),
    "matched pair": mark_plural("{number} matched pair", "{number} matched pairs"),
    "meeting": mark_plural("{number} meeting", "{number} meetings"),
    "mentee": mark_plural("{number} mentee", "{number} mentees"),
    "mentor": mark_plural("{number} mentor", "{number} mentors"),
    "minute": mark_plural("{number} minute", "{number} minutes"),
    "module": mark_plural("{number} module", "{number} modules"),
    "month": mark_plural("{number} month", "{number} months"),
    "more pair": mark_plural("{number} more pair", "{number} more pairs"),
    "more person": mark_plural("{number} more person", "{number} more people"),
    "more year": mark_plural("{number} more year", "{number} more years"),
    "pair": mark_plural("{number} pair", "{number} pairs"),
    "person": mark_plural("{number} person", "{number} people"),
    "proposed pair": mark_plural("{number} proposed pair", "{number} proposed pairs"),
    "question": mark_plural("{number} question", "{number} questions"),
    "row": mark_plural("{number} row", "{number} rows"),
    "supervision group": mark_plural("{number} supervision group", "{number} supervision groups"),
    "thing": mark_plural("one thing", "{number} things"),
    "warning": mark_plural("{number} warning", "{number} warnings"),
    "week": mark_plural("{number} week", "{number} weeks"),
}
_STEPS = {
    -2: mark("much less than expected"),
    -1: mark("less than expected"),
    0: mark("as expected"),
    1: mark("more than expected"),
    2: mark("much more than expected"),
}


def count_noun(number: int, noun: Noun) -> str:
    """`0 circles`, `1 circle`, `1,234 circles`. A noun that is not counted here is a `KeyError`."""
    return ngettext(*_NOUNS[noun], number).format(number=whole_number(number))


def count_times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    if number in (1, 2):
        return _("once") if number == 1 else _("twice")
    return ngettext("{number} time", "{number} times", number).format(number=whole_number(number))


def count_or_none(number: int) -> str:
    """`none`, `1`, `2`: for a sentence that has named what is counted."""
    return whole_number(number) if number else _("none")


def join_words(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; empty where there is no word."""
    return _format_list(words, "standard")


def join_choices(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`; empty where there is no word."""
    return _format_list(words, "or")


def list_words(words: Iterable[str]) -> str:
    """`a, b, c`, for a list that no sentence goes on after."""
    # Babel has patterns for such lists, and not in every language.
    return _(", ").join(words)


def _format_list(words: Iterable[str], style: Literal["standard", "or"]) -> str:
    from babel.lists import format_list

    return str(format_list([*words], style=style, locale=current_locale()))


def describe_length(minutes: int) -> str:
    """How long something took: `45 minutes`, `1 hour`, `1.5 hours`, `12 hours`.

    Hours have one decimal below ten and none from ten on.
    """
    if minutes < 60:
        return count_noun(minutes, "minute")
    # Both are rounded half up, in whole numbers, as a tenth of an hour is 6 minutes.
    tenths = (minutes + 3) // 6
    # Of many hours nobody wants to know the quarter.
    if tenths % 10 == 0 or minutes >= 600:
        return count_noun((minutes + 30) // 60, "hour")
    return _("{number} hours").format(number=plain_number(tenths / 10))


def describe_rhythm(weeks: int) -> str:
    """How often something happens: `every week`, `every two weeks`, `every 6 weeks`."""
    named = {
        1: _("every week"),
        2: _("every two weeks"),
        3: _("every three weeks"),
        4: _("every four weeks"),
    }
    return named.get(weeks) or _("every {number} weeks").format(number=whole_number(weeks))


def name_goal_step(level: int) -> str:
    """A step of a goal, from -2 to 2, in words: `less than expected`."""
    return _(_STEPS[level])


def number_goal_step(level: int) -> str:
    """A step of a goal as a number: `−1`, `0`, `+1`."""
    return signed_number(level, 0) if level else whole_number(0)


def describe_goal_step(level: int) -> str:
    """A step of a goal as a number and in words: `−1 less than expected`."""
    return f"{number_goal_step(level)} {name_goal_step(level)}"


def shorten_text(text: str, longest: int = 160) -> str:
    """A text on one line, cut where it is longer than `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
