"""Invented pairs and circles in trouble: of each, one signal at least must be given.

How far each has gone is random, and clearly beyond what the practice of mentoring names as the
threshold; `near_thresholds` has those that are one day to either side of it.
"""

import random
from collections.abc import Callable, Mapping

from benchmarks.well_pairs import Habits, Told, choose_habits, draft_pair, tell
from signals_in_words.drafts import Draft
from signals_in_words.stories import SIDES, Circle, Side, Survey

# What may follow from not meeting, beside the signal that a story is about.
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
    """Return a pair of whom one does not feel safe, and said so some time ago."""
    due, asked, draft = _draft_said(chance, id_)
    draft.detail_answers((chance.choice(SIDES),), (due,), safety_note="I was shouted at.")
    return tell("does not feel safe", draft, asked, fires="safety", may_fire="support")


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


def tell_expectations(chance: random.Random, id_: str) -> Told:
    """Return a pair who expect to meet four or more times as often as the other."""
    asked = chance.randint(16, 150)
    draft = draft_pair(chance, id_, asked, Habits())
    often, seldom = chance.choice((SIDES, SIDES[::-1]))
    weeks = chance.randint(1, 2)
    draft.change_pair(expected={often: (weeks, 60), seldom: (weeks * 4, 60)})
    return tell("expectations that differ", draft, asked, fires="expectations")


def tell_few_hours(chance: random.Random, id_: str) -> Told:
    """Return a pair that meets as often as agreed, for a third of the time or less."""
    asked = chance.randint(90, 180)
    habits = Habits(minutes=chance.choice((60, 90)))
    draft = draft_pair(chance, id_, asked, habits)
    share = chance.uniform(0.12, 0.33)
    draft.meetings = [(day, round(long * share)) for day, long in draft.meetings]
    return tell("few hours", draft, asked, fires="few-hours")


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


TROUBLED: Mapping[str, tuple[Callable[[random.Random, str], Told], ...]] = {
    "no-meeting": (tell_no_meeting,),
    "gap": (tell_gap,),
    "idle": (tell_idle,),
    "few-meetings": (tell_few_meetings,),
    "missed": (tell_missed,),
    "rating": (tell_low_rating, tell_fall, tell_three),
    "diverging": (tell_diverging,),
    "fit": (tell_not_fitting,),
    "support": (tell_call_for_help,),
    "safety": (tell_unsafe,),
    "no-goals": (tell_no_goals,),
    "goal-stuck": (tell_stuck,),
    "silent": (tell_silent,),
    "no-reply-to-nudge": (tell_unmoved_by_nudges,),
    "over-capacity": (tell_over_capacity,),
    "ending": (tell_ending,),
    "survey": (tell_few_answers,),
    "expectations": (tell_expectations,),
    "few-hours": (tell_few_hours,),
    "never-begins": (tell_never_begun,),
    "circle-no-meeting": (tell_circle_unmet,),
    "circle-falling": (tell_circle_shrinking,),
    "circle-no-facilitator": (tell_circle_unled,),
}
