"""Invented pairs that do not meet, do not answer, or do not get on with their goals.

How far each has gone is random, and clearly beyond what the practice of mentoring names as the
threshold; `thresholds` has those that are one step to either side of it.
"""

import random

from benchmarks.trouble_stories.told_pairs import Habits, Told, choose_habits, draft_pair, tell
from signals_in_words.drafts import Draft
from signals_in_words.stories import SIDES, Side

_NOT_MEETING = "gap missed few-meetings few-hours idle no-meeting goal-stuck"


_NOT_ANSWERING = "silent no-reply-to-nudge"


def tell_no_meeting(chance: random.Random, id_: str) -> Told:
    """Return a pair that says that it has not met since it began."""
    habits = Habits(check_in_weeks=chance.choice((1, 2)), first_due=chance.choice((10, 14)))
    asked = chance.randint(habits.first_due + 4, 80)
    draft = draft_pair(chance, id_, asked, habits)
    draft.meetings = []
    return tell("no first meeting", draft, asked, fires="no-meeting", may_fire=_NOT_MEETING)


def tell_gap(chance: random.Random, id_: str) -> Told:
    """Return a pair that stopped meeting, and said so more than two intervals later."""
    habits = Habits(every_weeks=chance.choice((2, 3, 4)))
    draft = draft_pair(chance, id_, 300, habits)
    due = chance.choice(range(84, 169, 14))
    _stop_meeting(draft, due - 2 * habits.interval - chance.randint(2, 8))
    asked = due + chance.randint(4, 13)
    return tell("a gap", draft, asked, fires="gap", may_fire=_NOT_MEETING)


def _stop_meeting(draft: Draft, day: int) -> None:
    """Have the last meeting on `day`."""
    draft.meetings = [m for m in draft.meetings if m[0] < day - 7] + [(day, 60)]


def tell_idle(chance: random.Random, id_: str) -> Told:
    """Return a pair that neither met nor answered for more than ninety days."""
    due = chance.choice((28, 42, 56))
    asked = due + chance.randint(93, 200)
    draft = draft_pair(chance, id_, asked, Habits())
    _stop_meeting(draft, due)
    draft.stop_answering(SIDES, due)
    draft.detail_answers(SIDES, (due,), on=due)
    may_fire = f"{_NOT_MEETING} {_NOT_ANSWERING}"
    return tell("idle", draft, asked, fires="idle", may_fire=may_fire)


def tell_few_meetings(chance: random.Random, id_: str) -> Told:
    """Return a pair that holds every second or third meeting that it planned."""
    habits = Habits(every_weeks=2)
    asked = chance.randint(90, 190)
    draft = draft_pair(chance, id_, asked, habits)
    draft.meetings = draft.meetings[1 :: chance.choice((2, 2, 3))]
    return tell("few meetings", draft, asked, fires="few-meetings", may_fire=_NOT_MEETING)


def tell_missed(chance: random.Random, id_: str) -> Told:
    """Return a pair that agreed on two weeks, and says twice in a row that it did not meet."""
    due = chance.choice(range(42, 155, 14))
    draft = draft_pair(chance, id_, 200, Habits())
    _stop_meeting(draft, due - 28 - chance.randint(0, 6))
    if chance.random() < 0.3:
        silent = chance.choice(SIDES)
        draft.unanswered = {(silent, due)}
    asked = due + chance.randint(4, 13)
    return tell("missed twice", draft, asked, fires="missed", may_fire=_NOT_MEETING)


def tell_no_goals(chance: random.Random, id_: str) -> Told:
    """Return a pair without a goal after more than a month."""
    asked = chance.randint(33, 150)
    draft = draft_pair(chance, id_, asked, choose_habits(chance))
    draft.change_pair(goals=())
    draft.levels = {}
    return tell("no goals", draft, asked, fires="no-goals")


def tell_stuck(chance: random.Random, id_: str) -> Told:
    """Return a pair whose goal stands in three or more answers where it stood."""
    due = chance.choice(range(70, 155, 14))
    asked = due + chance.randint(5, 10)
    draft = draft_pair(chance, id_, asked, Habits())
    level, often = chance.choice((-2, -1)), chance.randint(3, 4)
    for day in range(due - 14 * (often - 1), due + 1, 14):
        draft.levels[day] = {"report": level}
    return tell("a goal that is stuck", draft, asked, fires="goal-stuck")


def tell_silent(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one, or both, have not answered two or more times in a row."""
    due = chance.choice(range(42, 141, 14))
    asked = due + chance.randint(8, 60)
    draft = draft_pair(chance, id_, asked, Habits())
    one, both = (chance.choice(SIDES),), SIDES
    sides: tuple[Side, ...] = chance.choice((one, one, both))
    draft.stop_answering(sides, due - 15)
    may_fire = f"{_NOT_ANSWERING} {_NOT_MEETING if sides == both else ''}"
    return tell("no answers", draft, asked, fires="silent", may_fire=may_fire)


def tell_unmoved_by_nudges(chance: random.Random, id_: str) -> Told:
    """Return a pair that was nudged thrice about one check-in, and has not answered."""
    due = chance.choice((28, 56, 84))
    asked = due + chance.randint(23, 27)
    habits = Habits(every_weeks=2, check_in_weeks=4, first_due=28)
    draft = draft_pair(chance, id_, asked, habits)
    draft.unanswered = {(side, due) for side in SIDES}
    may_fire = f"{_NOT_ANSWERING} {_NOT_MEETING}"
    return tell(
        "nudged without an answer", draft, asked, fires="no-reply-to-nudge", may_fire=may_fire
    )


def tell_few_hours(chance: random.Random, id_: str) -> Told:
    """Return a pair that meets as often as agreed, for a third of the time or less."""
    asked = chance.randint(90, 180)
    habits = Habits(minutes=chance.choice((60, 90)))
    draft = draft_pair(chance, id_, asked, habits)
    share = chance.uniform(0.12, 0.33)
    draft.meetings = [(day, round(long * share)) for day, long in draft.meetings]
    return tell("few hours", draft, asked, fires="few-hours")
