"""How an invented story is told: a pair that is well, and the truth about it.

Days are counted from the first day of a pair. What is random is within what two people agreed on.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signals_in_words.drafts import FOREVER, Draft, read_sides
from signals_in_words.stories import SIDES, Agreement, Goal, Side, Story, tell_until

# What people write who are in no danger.
HARMLESS = (
    "I am afraid that I will not finish.",
    "We hit the deadline.",
    "It hurts to throw work away.",
    "I am still not sure that the data are safe with us.",
    "The reviewers attacked my argument.",
    "I was ill and lost a week.",
    "The new job is a shock.",
    "She asks hard questions, which helps.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story with its truth: what must be said of it, and what may be said or not.

    Whatever is in neither is a false alarm.
    """

    kind: str
    story: Story
    fires: frozenset[str] = frozenset()
    may_fire: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How two people work together: what they agreed on, and when they are asked."""

    every_weeks: int = 2
    minutes: int = 60
    check_in_weeks: int = 2
    answers: str = "both"
    first_due: int = 14
    are_peers: bool = False
    has_end: bool = True

    @property
    def interval(self) -> int:
        """Days between two agreed meetings."""
        return 7 * self.every_weeks


def choose_habits(chance: random.Random) -> Habits:
    """Return what a pair might agree on, and how its cohort might ask."""
    are_peers, has_end = chance.random() < 0.2, chance.random() < 0.7
    check_in_weeks = chance.choice((2, 2, 4))
    asked = ("both", "both", "both", "either") + (() if are_peers else ("mentee",))
    return Habits(
        every_weeks=chance.choice((1, 2, 2, 2, 3, 4, 4)),
        minutes=chance.choice((30, 45, 60, 60, 90)),
        check_in_weeks=check_in_weeks,
        answers=chance.choice(asked),
        first_due=14 if has_end else 7 * check_in_weeks,
        are_peers=are_peers,
        has_end=has_end,
    )


def draft_pair(
    chance: random.Random,
    id_: str,
    asked: int,
    habits: Habits,
    pause: tuple[int, int | None] | None = None,
) -> Draft:
    """Return a pair that is well until `asked`, apart from the days of its pause."""
    draft = Draft(id=id_)
    draft.change_calendar(
        ends=asked + chance.randint(70, 200) if habits.has_end else None,
        every_weeks=habits.check_in_weeks,
        first_due=habits.first_due,
        answers=habits.answers,
    )
    shift = _shift_days(pause)
    goals = (Goal(id="report", set_on=shift(chance.randint(4, 20))),)
    draft.change_pair(
        are_peers=habits.are_peers,
        pauses=(pause,) if pause else (),
        agreement=Agreement(
            on=shift(chance.randint(1, 4)), every_weeks=habits.every_weeks, minutes=habits.minutes
        ),
        goals=goals,
    )
    draft.meetings = [(shift(day), long) for day, long in _plan_meetings(chance, asked, habits)]
    draft.answered = dict.fromkeys(read_sides("both"), (0, FOREVER))
    _answer_well(chance, draft, asked)
    return draft


def _shift_days(pause: tuple[int, int | None] | None) -> Callable[[int], int]:
    """Return what puts a day of work into the calendar, where a pause lies in between."""
    first, last = pause or (FOREVER, None)
    away = FOREVER if last is None else last - first + 1
    return lambda day: day if day < first else day + away


def _plan_meetings(chance: random.Random, until: int, habits: Habits) -> Iterator[tuple[int, int]]:
    """Yield meetings about as far apart and as long as agreed, a few days to either side."""
    wobble = min(3, habits.interval // 7)
    day = chance.randint(1, 5)
    while day <= until:
        yield day, max(5, round(habits.minutes * chance.uniform(0.9, 1.2)))
        day += habits.interval + chance.randint(-wobble, wobble)


def _answer_well(chance: random.Random, draft: Draft, until: int) -> None:
    """Have both answer within the days of grace, rate fours and fives, and see their goal move."""
    level = -2
    for due in draft.calendar.list_due_days(until):
        draft.unanswered |= {(side, due) for side in _choose_not_asked(chance, draft)}
        if due > draft.pair.goals[0].set_on:
            draft.levels[due] = {"report": level}
            level = min(level + 1, 1)
        for side in SIDES:
            draft.detail_answers(
                (side,),
                (due,),
                on=due + chance.randint(0, 4),
                useful=chance.choice((4, 4, 5)),
                relationship=chance.choice((4, 5)),
                challenges=chance.choice(HARMLESS) if chance.random() < 0.2 else None,
            )


def _choose_not_asked(chance: random.Random, draft: Draft) -> tuple[Side, ...]:
    """Return who leaves a check-in to the other, where one answer is enough."""
    leaves: dict[str, tuple[Side, ...]] = {
        "both": (),
        "either": (chance.choice(SIDES),),
        "mentee": ("mentor",),
    }
    return leaves[draft.calendar.answers]


def tell(kind: str, draft: Draft, asked: int, *, fires: str = "", may_fire: str = "") -> Told:
    """Return what can be told of a draft on the day on which it is asked about."""
    story = tell_until(draft.tell(asked), asked)
    may = frozenset(may_fire.split()) - frozenset(fires.split())
    if story.pair and not story.pair.answers:
        may |= {"no-meeting"}  # nobody had a chance yet to say that they have met
    return Told(kind=kind, story=story, fires=frozenset(fires.split()), may_fire=may)
