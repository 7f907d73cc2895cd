"""Invented pairs of whom one said something that somebody must hear."""

import random

from benchmarks.trouble_stories.told_pairs import HARMLESS, Habits, Told, draft_pair, tell
from signals_in_words.drafts import Draft
from signals_in_words.stories import SIDES

_DANGERS = (
    "I do not feel safe.",
    "I don't feel safe when we are alone.",
    "It is harassment.",
    "She harasses me in front of others.",
    "He threatened me last week.",
    "I am being bullied.",
    "I am afraid of her.",
    "There were sexual remarks.",
    "I have thoughts of hurting myself.",
    "He touched me, and I did not want it.",
)


def tell_low_rating(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one rated 1 or 2, some time ago, with nobody having seen to it."""
    due, asked, draft = _draft_said(chance, id_)
    key = chance.choice(("useful", "relationship"))
    draft.detail_answers((chance.choice(SIDES),), (due,), **{key: chance.randint(1, 2)})
    return tell("rated low", draft, asked, fires="rating", may_fire="diverging")


def _draft_said(chance: random.Random, id_: str) -> tuple[int, int, Draft]:
    """Return a due day, a day some time after its answers, and a pair that is well so far."""
    due = chance.choice(range(28, 113, 14))
    asked = due + chance.randint(5, 60)
    habits = Habits(every_weeks=chance.choice((2, 4)))
    return due, asked, draft_pair(chance, id_, asked, habits)


def tell_fall(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one rated 5, and then 3 each time."""
    due, asked, draft = _draft_said(chance, id_)
    side, key = chance.choice(SIDES), chance.choice(("useful", "relationship"))
    draft.detail_answers((side,), (due - 14,), **{key: 5})
    later = [day for day in draft.calendar.list_due_days(asked) if day >= due]
    draft.detail_answers((side,), later, **{key: 3})
    return tell("a fall by two", draft, asked, fires="rating", may_fire="diverging")


def tell_three(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one has just rated 3 for the first time."""
    due = chance.choice(range(28, 113, 14))
    asked = due + chance.randint(5, 9)
    draft = draft_pair(chance, id_, asked, Habits())
    side, key = chance.choice(SIDES), chance.choice(("useful", "relationship"))
    draft.detail_answers((side,), draft.calendar.list_due_days(due - 1), **{key: 4})
    draft.detail_answers((side,), (due,), **{key: 3})
    return tell("a first three", draft, asked, fires="rating", may_fire="diverging")


def tell_diverging(chance: random.Random, id_: str) -> Told:
    """Return a pair whose ratings lay two points apart twice in a row, just now."""
    due = chance.choice(range(28, 113, 14))
    asked = due + chance.randint(5, 9)
    draft = draft_pair(chance, id_, asked, Habits())
    high, low = chance.choice((SIDES, SIDES[::-1]))
    key, apart = chance.choice(("useful", "relationship")), chance.randint(2, 3)
    draft.detail_answers((high,), (due - 14, due), **{key: 5})
    draft.detail_answers((low,), (due - 14, due), **{key: 5 - apart})
    return tell("ratings apart", draft, asked, fires="diverging", may_fire="rating")


def tell_not_fitting(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one said once that it does not fit, some time ago."""
    due, asked, draft = _draft_said(chance, id_)
    draft.detail_answers((chance.choice(SIDES),), (due,), fit="not_good")
    return tell("does not fit", draft, asked, fires="fit")


def tell_call_for_help(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one asked for help once, some time ago, perhaps late."""
    due, asked, draft = _draft_said(chance, id_)
    side = chance.choice(SIDES)
    draft.detail_answers((side,), (due,), support_note="Please call me.")
    draft.detail_answers((side,), (due,), on=chance.randint(due, min(asked, due + 30)))
    return tell("a call for help", draft, asked, fires="support")


def tell_unsafe(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one is in danger, and wrote so some time ago."""
    due, asked, draft = _draft_said(chance, id_)
    field = chance.choice(("challenges", "next_steps", "support_note"))
    said = {field: f"{chance.choice(HARMLESS)} {chance.choice(_DANGERS)}"}
    draft.detail_answers((chance.choice(SIDES),), (due,), **said)
    return tell("in danger", draft, asked, fires="safety", may_fire="support")


def tell_expectations(chance: random.Random, id_: str) -> Told:
    """Return a pair who expect to meet four or more times as often as the other."""
    asked = chance.randint(16, 150)
    draft = draft_pair(chance, id_, asked, Habits())
    often, seldom = chance.choice((SIDES, SIDES[::-1]))
    weeks = chance.randint(1, 2)
    draft.change_pair(expected={often: (weeks, 60), seldom: (weeks * 4, 60)})
    return tell("expectations that differ", draft, asked, fires="expectations")
