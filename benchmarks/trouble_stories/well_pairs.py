"""Invented pairs and circles that are well: of none of them should anything be said.

They pause, go on holiday, have just begun or are over, are absent once, answer late, or agreed on
four weeks.
"""

import random
from collections.abc import Callable

from benchmarks.trouble_stories.told_pairs import Habits, Told, choose_habits, draft_pair, tell
from signals_in_words.drafts import Draft
from signals_in_words.stories import SIDES, Circle, PutAside, Side, Survey


def tell_steady(chance: random.Random, id_: str) -> Told:
    """Return a pair that keeps to what it agreed on."""
    asked = chance.randint(16, 190)
    return tell("steady", draft_pair(chance, id_, asked, choose_habits(chance)), asked)


def tell_monthly(chance: random.Random, id_: str) -> Told:
    """Return a pair that agreed on every four weeks, and is asked every two."""
    asked = chance.randint(16, 190)
    habits = Habits(every_weeks=4)
    return tell("agreed on four weeks", draft_pair(chance, id_, asked, habits), asked)


def tell_pausing(chance: random.Random, id_: str) -> Told:
    """Return a pair that is in a pause."""
    first = chance.randint(2, 100)
    last = chance.choice((None, first + chance.randint(60, 150)))
    asked = first + chance.randint(0, 150 if last is None else last - first)
    draft = draft_pair(chance, id_, asked, choose_habits(chance), (first, last))
    return tell("in a pause", draft, asked)


def tell_after_pause(chance: random.Random, id_: str) -> Told:
    """Return a pair that has been back from a pause for some days or weeks."""
    first = chance.randint(2, 100)
    last = first + chance.randint(14, 120)
    asked = last + chance.choice((1, 2, 5, 10, chance.randint(11, 60)))
    draft = draft_pair(chance, id_, asked, choose_habits(chance), (first, last))
    return tell("after a pause", draft, asked)


def tell_after_holiday(chance: random.Random, id_: str) -> Told:
    """Return a pair that was on holiday for one to three weeks."""
    first = chance.randint(10, 100)
    last = first + chance.randint(6, 20)
    asked = last + chance.randint(0, 20)
    draft = draft_pair(chance, id_, asked, choose_habits(chance), (first, last))
    return tell("after a holiday", draft, asked)


def tell_after_break(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one was on holiday, and the other answered meanwhile."""
    first = chance.randint(10, 100)
    last = first + chance.randint(6, 27)
    asked = last + chance.randint(-3, 20)
    draft = draft_pair(chance, id_, asked, Habits(), (first, last))
    side: Side = chance.choice(SIDES)
    draft.change_pair(pauses=(), breaks=((side, first, last),))
    draft.unanswered |= {(side, day) for day in range(first, last + 1)}
    return tell("one after a holiday", draft, asked)


def tell_just_begun(chance: random.Random, id_: str) -> Told:
    """Return a pair of which nothing is known, because it has only begun."""
    asked = chance.randint(0, 6)
    draft = draft_pair(chance, id_, asked, choose_habits(chance))
    draft.change_pair(agreement=None, goals=())
    return tell("just begun", draft, asked)


def tell_over(chance: random.Random, id_: str) -> Told:
    """Return a pair that is over, after it met less and less and then no more."""
    ends = chance.randint(20, 120)
    asked = ends + chance.randint(1, 100)
    draft = draft_pair(chance, id_, asked, choose_habits(chance))
    stopped = chance.randint(0, ends)
    draft.meetings = [meeting for meeting in draft.meetings if meeting[0] < stopped]
    draft.change_pair(ends=ends, ends_early=chance.random() < 0.5)
    if chance.random() < 0.5:
        draft.change_pair(goals=())
        draft.levels = {}
    return tell("over", draft, asked)


def tell_absence(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one has not answered once, up to when the next answer is late."""
    habits = Habits(check_in_weeks=chance.choice((2, 4)))
    due = chance.choice(range(28, 141, 7 * habits.check_in_weeks))
    asked = due + chance.randint(0, 7 * habits.check_in_weeks)
    draft = draft_pair(chance, id_, asked, habits)
    draft.unanswered = {(chance.choice(SIDES), due)}
    may_fire = "no-reply-to-nudge" if asked >= due + 14 else ""
    return tell("one absence", draft, asked, may_fire=may_fire)


def tell_late_answers(chance: random.Random, id_: str) -> Told:
    """Return a pair that answers a few days late, and always does."""
    asked = chance.randint(50, 150)
    draft = draft_pair(chance, id_, asked, Habits())
    for due in draft.calendar.list_due_days(asked):
        for side in SIDES:
            draft.detail_answers((side,), (due,), on=due + chance.randint(3, 10))
    return tell("late answers", draft, asked)


def tell_without_dates(chance: random.Random, id_: str) -> Told:
    """Return a pair that says that it met, and never on which day."""
    asked = chance.randint(16, 150)
    draft = draft_pair(chance, id_, asked, Habits(check_in_weeks=2))
    for due in draft.calendar.list_due_days(asked):
        draft.detail_answers(SIDES, (due,), met=True, meetings=())
    return tell("met without a date", draft, asked)


def tell_moved_meeting(chance: random.Random, id_: str) -> Told:
    """Return a pair whose meeting was put off by almost half its interval, once."""
    habits = Habits(every_weeks=chance.choice((2, 4)))
    asked = chance.randint(100, 150)
    draft = draft_pair(chance, id_, asked, habits)
    later, put_off = chance.randint(30, 70), habits.interval // 2 - 4
    draft.meetings = [(d + put_off if d >= later else d, long) for d, long in draft.meetings]
    return tell("a meeting put off", draft, asked)


def tell_proposed(chance: random.Random, id_: str) -> Told:
    """Return a pair that was proposed some days ago, or whose cohort has not begun."""
    draft = Draft(id=id_)
    asked = chance.randint(0, 6)
    if chance.random() < 0.5:
        asked = chance.randint(0, 40)
        draft.change_calendar(starts=asked + 1, first_due=asked + 20)
    draft.change_pair(proposed_on=0, begins=None)
    return tell("proposed", draft, asked)


def tell_as_offered(chance: random.Random, id_: str) -> Told:
    """Return a mentor who has as many mentees as they offered to take, or a team of them."""
    asked = chance.randint(16, 100)
    draft = draft_pair(chance, id_, asked, Habits())
    places = chance.randint(1, 5)
    team = chance.random() < 0.3
    draft.change_pair(places=places, mentees=places + 2 if team else places, team=team)
    return tell("as many as offered", draft, asked)


def tell_put_aside(chance: random.Random, id_: str) -> Told:
    """Return a pair of whom one asked for help or said that it does not fit: dealt with."""
    due = chance.choice((14, 28, 42))
    put_aside = due + chance.randint(5, 10)
    asked = put_aside + chance.randint(1, 90)
    draft = draft_pair(chance, id_, asked, Habits())
    side: Side = chance.choice(SIDES)
    signal = chance.choice(("support", "fit"))
    said = {"support_note": "Please call."} if signal == "support" else {"fit": "not_good"}
    draft.detail_answers((side,), (due,), **said)
    draft.change_pair(put_aside=(PutAside(signal=signal, side=side, on=put_aside, due=due),))
    return tell("put aside", draft, asked)


def tell_circle(chance: random.Random, id_: str) -> Told:
    """Return a circle that meets about as often as planned, one or two people being away."""
    weeks, members = chance.choice((2, 4, 4, 6)), chance.randint(5, 9)
    asked = chance.randint(0, 160)
    days = range(chance.randint(1, 6), asked + 1, 7 * weeks)
    came = [(day, members + 1 - chance.choice((0, 0, 0, 1))) for day in days]
    circle = Circle(members=members, every_weeks=weeks, meetings=tuple(came))
    return tell("a circle that is well", Draft(id=id_, circle=circle), asked)


def tell_circle_over(chance: random.Random, id_: str) -> Told:
    """Return a circle that is over, or one that has not begun."""
    asked = chance.randint(30, 160)
    circle = Circle(begins=None, proposed_on=asked - 3)
    if chance.random() < 0.7:
        circle = Circle(ends=chance.randint(10, 29), meetings=((3, 7), (9, 3)))
    return tell("a circle that does not run", Draft(id=id_, circle=circle), asked)


def tell_survey(chance: random.Random, id_: str) -> Told:
    """Return a cohort in which most have answered the survey, or still may."""
    draft = Draft(id=id_)
    draft.change_calendar(starts=0)
    people = chance.randint(10, 20)
    asked, answered = chance.randint(16, 60), people - chance.randint(0, people // 4)
    if chance.random() < 0.3:
        asked, answered = chance.randint(0, 12), chance.randint(0, people)
    draft.survey = Survey(people=people, answered=answered)
    return tell("a survey answered by most", draft, asked)


WELL: tuple[Callable[[random.Random, str], Told], ...] = (
    tell_steady,
    tell_monthly,
    tell_pausing,
    tell_after_pause,
    tell_after_holiday,
    tell_after_break,
    tell_just_begun,
    tell_over,
    tell_absence,
    tell_late_answers,
    tell_without_dates,
    tell_moved_meeting,
    tell_proposed,
    tell_as_offered,
    tell_put_aside,
    tell_circle,
    tell_circle_over,
    tell_survey,
)
