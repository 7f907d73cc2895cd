"""Columns with one topic each: ticks, ratings and levels."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.skill_vocabulary import LEVELS
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words, remove_invisible
from peerloom.intake.values.yes_no import decide_yes_no
from peerloom.model import Level

TopicKind = Literal["ticks", "ratings", "levels", "mixed", "empty"]
_TICK_WORDS = frozenset({"x", "1", "tick", "ticked", "checked", "selected", "chosen", "ausgewahlt"})
_NO_TICK_WORDS = frozenset(
    {"0", "unchecked", "not selected", "unselected", "not checked", "nicht gewahlt", "none", "nil"}
)
_TICK_SIGNS = frozenset("✓✔☑✅👍⭐★●■◉🗸🟢➕×+•*")
_NO_TICK_SIGNS = frozenset("✗✘❌☒☐□○👎🚫-–—.⬜")
_RATING = re.compile(r"([0-9]|10)(?:\s*(?:/|of|out of)\s*(5|10))?(?:\s*[-–:(.].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicColumn:
    """What the cells of a column with one topic are.

    `ratings` counts the people for each rating. What rating means yes has to be asked.
    """

    kind: TopicKind
    ratings: Mapping[int, int] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def read_tick(text: str, topic: str = "") -> AnswerValue[bool]:
    """Return whether a cell is ticked; an empty one is not, and says no more.

    A cell that repeats its `topic` is ticked, as some form services write it.
    """
    visible = remove_invisible(text).strip()
    signs = {character for character in visible if not character.isspace()}
    words = plain_words(visible)
    if not signs:
        return NO_ANSWER
    if signs <= _TICK_SIGNS or words in _TICK_WORDS or (topic and words == plain_words(topic)):
        return certain_value(value=True)
    if signs <= _NO_TICK_SIGNS or words in _NO_TICK_WORDS:
        return certain_value(value=False)
    decided = decide_yes_no(visible)
    if decided is not None:
        return certain_value(decided)
    if is_filler(visible):
        return NO_ANSWER
    return ask_meaning(f"{quoted(single_line(text))} must be a tick or empty", (True, False))


def read_rating(text: str) -> int | None:
    """Return the rating in `4`, `4/5` or `4 - good`, and None if the cell holds none."""
    match = _RATING.fullmatch(remove_invisible(text).strip())
    return int(match[1]) if match else None


def ask_rating(text: str) -> AnswerValue[bool]:
    """Return the question whether a rating means that somebody offers or wants its topic."""
    return ask_meaning(f"{quoted(single_line(text))} is a rating: does it mean yes?", (True, False))


def read_level(text: str) -> Level | None:
    """Return how well somebody knows a topic, from one word such as `Expert`."""
    return LEVELS.get(plain_words(text).removesuffix(" level"))


def find_topic_kind(cells: Iterable[str], topic: str = "") -> TopicColumn:
    """Return what the cells of a column with one topic are, from all of them.

    A column of nothing but zeros and ones has ticks. One with other numbers has ratings, also
    where a cell says 1: a rating of 1 is no tick.
    """
    answers = [cell for cell in cells if cell.strip()]
    if not answers:
        return TopicColumn(kind="empty")
    ratings = [read_rating(cell) for cell in answers]
    known = [rating for rating in ratings if rating is not None]
    if any(rating > 1 for rating in known):
        others = [c for c, r in zip(answers, ratings, strict=True) if r is None]
        left = tuple(dict.fromkeys(c for c in others if not is_filler(c)))
        kind: TopicKind = "mixed" if left else "ratings"
        return TopicColumn(kind=kind, ratings=dict(sorted(Counter(known).items())), others=left)
    if all(read_level(cell) or is_filler(cell) for cell in answers):
        return TopicColumn(kind="levels")
    unread = tuple(
        dict.fromkeys(cell for cell in answers if read_tick(cell, topic).certainty != "certain")
    )
    return TopicColumn(kind="mixed" if unread else "ticks", others=unread)
