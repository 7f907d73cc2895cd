"""Invented stories of which a number says how near they are to a threshold.

Where it is a number of days of work, a pause lies among them in half of the stories.
"""

import random

from benchmarks.trouble_stories.told_pairs import Habits, draft_pair
from signals_in_words.drafts import Draft
from signals_in_words.stories import SIDES, Calendar, Pair, Story, Survey, tell_until


def _choose_pause(chance: random.Random, earliest: int) -> tuple[int, int]:
    """Return a pause, or an empty one, whose days are to be off every clock."""
    length = chance.choice((0, chance.randint(5, 80)))
    return earliest, earliest + length - 1


def _as_pause(pause: tuple[int, int]) -> tuple[int, int] | None:
    return pause if pause[1] >= pause[0] else None


def _length(pause: tuple[int, int]) -> int:
    return pause[1] - pause[0] + 1


def tell_unmet(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair that says on that day of work that it has not met yet."""
    pause = _choose_pause(chance, 2)
    day = days + _length(pause)
    habits = Habits(check_in_weeks=1, first_due=(day - 1) % 7 + 1)
    return _say_nothing_happened(chance, id_, habits, pause, day, [])


def _say_nothing_happened(
    chance: random.Random,
    id_: str,
    habits: Habits,
    pause: tuple[int, int],
    day: int,
    meetings: list[int],
) -> Story:
    """Return a pair with these meetings alone, and its answers up to `day`, each on its day."""
    draft = draft_pair(chance, id_, day, habits, _as_pause(pause))
    draft.meetings = [(meeting, habits.minutes) for meeting in meetings]
    for due in draft.calendar.list_due_days(day):
        draft.detail_answers(SIDES, (due,), on=due)
    return tell_until(draft.tell(day), day)


def tell_gap(chance: random.Random, id_: str, every_weeks: int, days: int) -> Story:
    """Return a pair that says so many days of work after its last meeting that it has not met."""
    habits = Habits(every_weeks=every_weeks, check_in_weeks=1)
    meetings = list(range(3, 60, habits.interval))
    pause = _choose_pause(chance, meetings[-1] + 3)
    day = meetings[-1] + days + _length(pause)
    habits = Habits(every_weeks=every_weeks, check_in_weeks=1, first_due=(day - 1) % 7 + 1)
    return _say_nothing_happened(chance, id_, habits, pause, day, meetings)


def tell_idle(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair whose last meeting and last answer were so many days of work ago."""
    last = chance.choice((28, 42))
    pause = _choose_pause(chance, last + 3)
    day = last + days + _length(pause)
    draft = draft_pair(chance, id_, day, Habits(), _as_pause(pause))
    draft.meetings = [(3, 60), (17, 60), (last, 60)]
    draft.stop_answering(SIDES, last)
    draft.detail_answers(SIDES, (last,), on=last)
    return tell_until(draft.tell(day), day)


def tell_without_goals(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair without a goal on that day of work."""
    pause = _choose_pause(chance, chance.randint(2, 20))
    day = days + _length(pause)
    draft = draft_pair(chance, id_, day, Habits(), _as_pause(pause))
    draft.change_pair(goals=())
    draft.levels = {}
    return tell_until(draft.tell(day), day)


def tell_before_end(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair that plans to end in so many days."""
    day = chance.randint(60, 120)
    draft = draft_pair(chance, id_, day, Habits())
    draft.change_pair(planned_end=day + days)
    return tell_until(draft.tell(day), day)


def tell_unanswered(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair of whom one has not answered twice, so many days after the grace was over."""
    due = chance.choice((42, 56, 70))
    draft = draft_pair(chance, id_, due + 14, Habits())
    draft.stop_answering((chance.choice(SIDES),), due - 15)
    day = due + draft.calendar.grace_days + days
    return tell_until(draft.tell(day), day)


def tell_unbegun(chance: random.Random, id_: str, days: int) -> Story:
    """Return a pair that was proposed so many days ago."""
    calendar = Calendar(starts=-chance.randint(1, 30))
    return Story(id=id_, asked=days, calendar=calendar, pair=Pair(proposed_on=0, begins=None))


def tell_survey(chance: random.Random, id_: str, answered: int) -> Story:
    """Return a cohort of twenty, of whom that many have answered the survey."""
    calendar = Calendar(starts=0)
    survey = Survey(people=20, answered=answered)
    return Story(id=id_, asked=chance.randint(17, 50), calendar=calendar, survey=survey)


def tell_mentees(chance: random.Random, id_: str, more: int, places: int | None) -> Story:
    """Return a mentor with that many mentees more than offered, or than three."""
    draft = draft_pair(chance, id_, 20, Habits())
    draft.change_pair(places=places, mentees=(places or 3) + more)
    return tell_until(draft.tell(20), 20)


def tell_ratings(chance: random.Random, id_: str, mentor: list[int], mentee: list[int]) -> Story:
    """Return a pair with these last ratings of one kind, in the order in which they came."""
    day = 75
    draft = draft_pair(chance, id_, day, Habits())
    key = chance.choice(("useful", "relationship"))
    for side, ratings in zip(SIDES, (mentor, mentee), strict=True):
        draft.detail_answers((side,), draft.calendar.list_due_days(day), **{key: 4})
        dues = draft.calendar.list_due_days(day)[-len(ratings) :]
        for due, rating in zip(dues, ratings, strict=True):
            draft.detail_answers((side,), (due,), **{key: rating})
    return tell_until(draft.tell(day), day)


def tell_held(chance: random.Random, id_: str, held: int) -> Story:
    """Return a pair that has held that many of ten planned meetings, the last of them too."""
    draft = draft_pair(chance, id_, 145, Habits())
    days = list(range(7, 140, 14))
    dropped = chance.sample(range(1, 9), 10 - held)
    draft.meetings = [(day, 60) for n, day in enumerate(days) if n not in dropped]
    return tell_until(draft.tell(145), 145)


def tell_missed(chance: random.Random, id_: str, times: int) -> Story:
    """Return a pair that says that many times in a row that it did not meet as agreed."""
    draft: Draft = draft_pair(chance, id_, 103, Habits())
    draft.meetings = [(day, 60) for day in range(7, 98 - 14 * times, 14)]
    return tell_until(draft.tell(103), 103)
