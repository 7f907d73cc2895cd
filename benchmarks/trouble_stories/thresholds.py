"""One day, one answer or one point to either side of each threshold.

The thresholds are written here once more, from what the practice of mentoring names, and are not
taken from Peerloom. Below a threshold nothing may be said; above it something must be, or, where a
threshold is a second or third step, something else must be advised than below it.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil, floor

from benchmarks.trouble_stories.near_pairs import (
    tell_before_end,
    tell_gap,
    tell_held,
    tell_idle,
    tell_mentees,
    tell_missed,
    tell_ratings,
    tell_survey,
    tell_unanswered,
    tell_unbegun,
    tell_unmet,
    tell_without_goals,
)
from signals_in_words.stories import Story

Teller = Callable[[random.Random, str], Story]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brink:
    """Two stories, below and above a threshold of a signal.

    `is_step` where the signal is given below it, too, and advises something else.
    """

    signal: str
    threshold: str
    below: Story
    above: Story
    is_step: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Threshold:
    """A threshold of a signal, and what tells a story below it and one above it."""

    signal: str
    words: str
    below: Teller
    above: Teller
    is_step: bool = False


def list_brinks(chance: random.Random, number: int) -> Iterator[Brink]:
    """Yield two stories for each threshold; `number` tells them from those of another call."""
    thresholds = [*_list_days(), *_list_gaps(chance), *_list_counts(), *_list_ratings()]
    for place, threshold in enumerate(thresholds):
        id_ = f"{threshold.signal}-{place}-{number}"
        yield Brink(
            signal=threshold.signal,
            threshold=threshold.words,
            below=threshold.below(chance, f"{id_}-below"),
            above=threshold.above(chance, f"{id_}-above"),
            is_step=threshold.is_step,
        )


def _list_days() -> Iterator[_Threshold]:
    """Yield the thresholds that are numbers of days, the first of a signal before its steps."""
    for signal, tell, steps, unit in (
        ("no-meeting", tell_unmet, (7, 14, 30), 1),
        ("idle", tell_idle, (90,), 1),
        ("no-goals", tell_without_goals, (30, 45), 1),
        ("never-begins", tell_unbegun, (7, 14), 1),
        ("ending", tell_before_end, (42, 14, 0), -1),
    ):
        for days in steps:
            yield _Threshold(
                signal=signal,
                words=f"{days} days" + (" before" if unit < 0 else ""),
                below=partial(tell, days=days - unit),
                above=partial(tell, days=days + unit),
                is_step=days != steps[0],
            )


def _list_gaps(chance: random.Random) -> Iterator[_Threshold]:
    """Yield the two thresholds that are multiples of the agreed interval."""
    for times in (1.5, 2.0):
        weeks = chance.choice((2, 3, 4))
        days = times * 7 * weeks
        yield _Threshold(
            signal="gap",
            words=f"{times:g} times the interval",
            below=partial(tell_gap, every_weeks=weeks, days=ceil(days) - 1),
            above=partial(tell_gap, every_weeks=weeks, days=floor(days) + 1),
            is_step=times > 1.5,
        )


def _list_counts() -> Iterator[_Threshold]:
    """Yield the thresholds that are numbers of people, meetings, or answers."""
    for signal, words, below, above in (
        (
            "silent",
            "2 in a row",
            partial(tell_unanswered, days=0),
            partial(tell_unanswered, days=1),
        ),
        (
            "survey",
            "60 percent",
            partial(tell_survey, answered=13),
            partial(tell_survey, answered=11),
        ),
        ("few-meetings", "65 percent", partial(tell_held, held=7), partial(tell_held, held=6)),
        ("missed", "2 in a row", partial(tell_missed, times=1), partial(tell_missed, times=2)),
    ):
        yield _Threshold(signal=signal, words=words, below=below, above=above)
    for places, words in ((2, "the places offered"), (None, "3, none offered")):
        yield _Threshold(
            signal="over-capacity",
            words=words,
            below=partial(tell_mentees, more=0, places=places),
            above=partial(tell_mentees, more=1, places=places),
        )


def _list_ratings() -> Iterator[_Threshold]:
    """Yield the thresholds of ratings: how low, how far they fell, how far they lie apart."""
    for signal, words, below, above in (
        ("rating", "3", [4], [3]),
        ("rating", "2", [3], [2]),
        ("rating", "a fall by 2", [5, 4], [5, 3]),
        ("diverging", "2 points", [4, 4], [3, 3]),
        ("diverging", "twice", [3, 4], [3, 3]),
    ):
        mentor = [5, 5] if signal == "diverging" else [4]
        yield _Threshold(
            signal=signal,
            words=words,
            below=partial(tell_ratings, mentor=mentor, mentee=below),
            above=partial(tell_ratings, mentor=mentor, mentee=above),
            is_step=words == "2",
        )
