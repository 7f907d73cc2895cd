"""Invented mentors, cohorts and circles in trouble, and pairs near their end or not yet begun."""

import random

from benchmarks.trouble_stories.told_pairs import Habits, Told, draft_pair, tell
from signals_in_words.drafts import Draft
from signals_in_words.stories import Circle, Survey


def tell_over_capacity(chance: random.Random, id_: str) -> Told:
    """Return a mentor with more mentees than they offered to take, or than three."""
    asked = chance.randint(16, 100)
    draft = draft_pair(chance, id_, asked, Habits())
    places = chance.choice((None, 1, 1, 2, 3, 4))
    mentees = (places or 3) + chance.randint(1, 2)
    draft.change_pair(places=places, mentees=mentees)
    return tell("too many mentees", draft, asked, fires="over-capacity")


def tell_ending(chance: random.Random, id_: str) -> Told:
    """Return a pair whose end, or whose cohort's, is near or past."""
    asked, left = chance.randint(60, 120), chance.randint(-6, 40)
    draft = draft_pair(chance, id_, asked, Habits())
    if chance.random() < 0.5:
        draft.change_calendar(ends=asked + left)
    else:
        draft.change_pair(planned_end=asked + left)
    return tell("near the end", draft, asked, fires="ending")


def tell_few_answers(chance: random.Random, id_: str) -> Told:
    """Return a cohort in which half or fewer have answered the survey, soon after its time."""
    draft = Draft(id=id_)
    draft.change_calendar(starts=0)
    people = chance.randint(8, 20)
    draft.survey = Survey(people=people, answered=chance.randint(0, people // 2))
    return tell("few answers to a survey", draft, chance.randint(17, 50), fires="survey")


def tell_never_begun(chance: random.Random, id_: str) -> Told:
    """Return a pair that was proposed more than two weeks ago, in a cohort that runs."""
    draft = Draft(id=id_)
    asked = chance.randint(16, 90)
    draft.change_pair(proposed_on=0, begins=None)
    return tell("never begun", draft, asked, fires="never-begins")


def tell_circle_unmet(chance: random.Random, id_: str) -> Told:
    """Return a circle that has not met for more than two intervals, or never."""
    weeks = chance.choice((2, 4))
    last = chance.choice((None, 3, 7 * weeks))
    asked = (last or 0) + 14 * weeks + chance.randint(3, 40)
    meetings = () if last is None else ((last, 7),)
    circle = Circle(every_weeks=weeks, meetings=meetings)
    draft = Draft(id=id_, circle=circle)
    return tell("a circle that does not meet", draft, asked, fires="circle-no-meeting")


def tell_circle_shrinking(chance: random.Random, id_: str) -> Told:
    """Return a circle to which fewer came each time, until half or less were there."""
    members = chance.randint(7, 9)
    came = [members + 1, members - 1, members - 3, (members + 1) // 2 - 1]
    meetings = tuple((3 + 28 * n, people) for n, people in enumerate(came))
    circle = Circle(members=members, meetings=meetings)
    asked = meetings[-1][0] + chance.randint(1, 20)
    return tell("a shrinking circle", Draft(id=id_, circle=circle), asked, fires="circle-falling")


def tell_circle_unled(chance: random.Random, id_: str) -> Told:
    """Return a circle without a facilitator, from the beginning or since the only one left."""
    asked = chance.randint(10, 30)
    circle = Circle(facilitators=0, meetings=((3, 6),))
    if chance.random() < 0.5:
        circle = Circle(facilitators_leave=asked - chance.randint(2, 5), meetings=((3, 7),))
    return tell(
        "a circle unled", Draft(id=id_, circle=circle), asked, fires="circle-no-facilitator"
    )
