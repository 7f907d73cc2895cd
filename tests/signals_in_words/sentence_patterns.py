"""The sentences that a case may be told in, and what each of them adds to the story."""

import re
from collections.abc import Callable
from dataclasses import replace

from signals_in_words.drafts import FOREVER, Draft, read_sides
from signals_in_words.stories import Agreement, Circle, Goal, PutAside, Survey

PATTERNS: list[tuple[re.Pattern[str], Callable[..., None]]] = []
_WHO = r"(?P<who>[Bb]oth|[Tt]he mentor|[Tt]he mentee)"
_DAYS = r"days? (?P<days>[-0-9, and]+)"


def _sentence(pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that lists a function under the sentences that it reads."""

    def register(apply: Callable[..., None]) -> Callable[..., None]:
        PATTERNS.append((re.compile(pattern), apply))
        return apply

    return register


def _read_days(text: str) -> list[int]:
    return [int(day) for day in re.findall(r"-?\d+", text)]


def _read_who(who: str) -> str:
    return who.lower().removeprefix("the ")


@_sentence(r"All is well")
def _say_all_is_well(draft: Draft) -> None:
    draft.change_pair(agreement=Agreement(on=3), goals=(Goal(id="report", set_on=10),))
    draft.meetings += [(day, 60) for day in range(5, 400, 14)]
    draft.answered = dict.fromkeys(read_sides("both"), (0, FOREVER))
    draft.levels = {day: {"report": min(0, day // 14 - 4)} for day in range(28, 400, 14)}


@_sentence(r"The cohort runs from day (?P<starts>-?\d+) to day (?P<ends>\d+)")
def _set_cohort_days(draft: Draft, starts: str, ends: str) -> None:
    draft.change_calendar(starts=int(starts), ends=int(ends))


@_sentence(r"Check-ins are due every (?P<weeks>\d+) weeks?, first on day (?P<first>\d+)")
def _set_check_ins(draft: Draft, weeks: str, first: str) -> None:
    draft.change_calendar(every_weeks=int(weeks), first_due=int(first))


@_sentence(r"Only (?P<who>one of the two|the mentee|the mentor) is asked")
def _set_who_is_asked(draft: Draft, who: str) -> None:
    answers = "either" if who == "one of the two" else _read_who(who)
    draft.change_calendar(answers=answers)


@_sentence(r"They are proposed on day (?P<day>-?\d+)(?P<never> and do not begin)?")
def _propose_pair(draft: Draft, day: str, never: str = "") -> None:
    draft.change_pair(proposed_on=int(day), **({"begins": None} if never else {}))


@_sentence(r"They begin on day (?P<day>\d+)")
def _begin_pair(draft: Draft, day: str) -> None:
    draft.change_pair(begins=int(day))


@_sentence(r"They end (?P<early>early )?on day (?P<day>\d+)")
def _end_pair(draft: Draft, day: str, early: str = "") -> None:
    draft.change_pair(ends=int(day), ends_early=bool(early))


@_sentence(r"They plan to end on day (?P<day>\d+)")
def _plan_end(draft: Draft, day: str) -> None:
    draft.change_pair(planned_end=int(day))


@_sentence(r"They pause from day (?P<first>\d+)(?: to day (?P<last>\d+))?")
def _pause_pair(draft: Draft, first: str, last: str = "") -> None:
    pause = (int(first), int(last) if last else None)
    draft.change_pair(pauses=(*draft.pair.pauses, pause))
    draft.meetings = [m for m in draft.meetings if not draft.pair.is_paused(m[0])]


@_sentence(r"The (?P<who>mentor|mentee) is away from day (?P<first>\d+) to day (?P<last>\d+)")
def _be_away(draft: Draft, who: str, first: str, last: str) -> None:
    breaks = tuple((side, int(first), int(last)) for side in read_sides(who))
    draft.change_pair(breaks=(*draft.pair.breaks, *breaks))
    away = range(int(first), int(last) + 1)
    draft.meetings = [meeting for meeting in draft.meetings if meeting[0] not in away]
    for side in read_sides(who):
        draft.unanswered |= {(side, day) for day in away}


@_sentence(
    r"They agree on day (?P<day>\d+) to meet"
    r" every (?P<weeks>\d+) weeks for (?P<minutes>\d+) minutes"
)
def _agree(draft: Draft, day: str, weeks: str, minutes: str) -> None:
    agreement = Agreement(on=int(day), every_weeks=int(weeks), minutes=int(minutes))
    draft.change_pair(agreement=agreement)


@_sentence(
    r"The (?P<who>mentor|mentee) expects to meet"
    r" every (?P<weeks>\d+) weeks? for (?P<minutes>\d+) minutes"
)
def _expect(draft: Draft, who: str, weeks: str, minutes: str) -> None:
    expected = {side: (int(weeks), int(minutes)) for side in read_sides(who)}
    draft.change_pair(expected={**draft.pair.expected, **expected})


@_sentence(r"They set the goal (?P<goal>[a-z-]+) on day (?P<day>\d+)")
def _set_goal(draft: Draft, goal: str, day: str) -> None:
    draft.change_pair(goals=(*draft.pair.goals, Goal(id=goal, set_on=int(day))))


@_sentence(r"They set no goal")
def _set_no_goal(draft: Draft) -> None:
    draft.change_pair(goals=())
    draft.levels = {}


@_sentence(rf"Both say for {_DAYS} that the goal (?P<goal>[a-z-]+) is at (?P<level>[-+]?\d)")
def _say_level(draft: Draft, days: str, goal: str, level: str) -> None:
    for day in _read_days(days):
        draft.levels[day] = {**draft.levels.get(day, {}), goal: int(level)}


@_sentence(rf"They meet on {_DAYS}(?: for (?P<minutes>\d+) minutes)?")
def _meet_on(draft: Draft, days: str, minutes: str = "60") -> None:
    draft.meetings += [(day, int(minutes)) for day in _read_days(days)]


@_sentence(
    r"They meet every (?P<step>\d+) days from day (?P<first>\d+) to day (?P<last>\d+)"
    r"(?: for (?P<minutes>\d+) minutes)?"
)
def _meet_every(draft: Draft, step: str, first: str, last: str, minutes: str = "60") -> None:
    days = range(int(first), int(last) + 1, int(step))
    draft.meetings += [(day, int(minutes)) for day in days]


@_sentence(r"They do not meet(?: from day (?P<first>\d+)(?: to day (?P<last>\d+))?)?")
def _do_not_meet(draft: Draft, first: str = "0", last: str = "10000") -> None:
    away = range(int(first), int(last) + 1)
    draft.meetings = [meeting for meeting in draft.meetings if meeting[0] not in away]


@_sentence(
    rf"{_WHO} answers? every check-in(?: from day (?P<first>\d+))?(?: up to day (?P<last>\d+))?"
)
def _answer_all(draft: Draft, who: str, first: str = "0", last: str = "10000") -> None:
    draft.answered |= dict.fromkeys(read_sides(_read_who(who)), (int(first), int(last)))


@_sentence(
    rf"{_WHO} does not answer for {_DAYS}|Neither answers for (?P<days_of_both>[-0-9, days]+)"
)
def _do_not_answer(draft: Draft, who: str = "both", days: str = "", days_of_both: str = "") -> None:
    for day in _read_days(days or days_of_both):
        draft.unanswered |= {(side, day) for side in read_sides(_read_who(who))}


@_sentence(
    rf"{_WHO} does not answer from day (?P<first>\d+) on|Neither answers from day (?P<both>\d+) on"
)
def _stop_answering(draft: Draft, who: str = "both", first: str = "", both: str = "") -> None:
    draft.stop_answering(read_sides(_read_who(who)), int(first or both) - 1)


@_sentence(rf"{_WHO} answers? for day (?P<due>\d+) on day (?P<day>\d+)")
def _answer_late(draft: Draft, who: str, due: str, day: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), [int(due)], on=int(day))


@_sentence(rf"{_WHO} says? for {_DAYS} that they did not meet")
def _say_not_met(draft: Draft, who: str, days: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), met=False, meetings=())


@_sentence(rf"{_WHO} says? for {_DAYS} that they met, without a date")
def _say_met(draft: Draft, who: str, days: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), met=True, meetings=())


@_sentence(rf"{_WHO} rates? (?P<rating>\d) for {_DAYS}")
def _rate_both(draft: Draft, who: str, rating: str, days: str) -> None:
    said = {"useful": int(rating), "relationship": int(rating)}
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), **said)


@_sentence(rf"{_WHO} rates? the (?P<what>use|relationship) (?P<rating>\d) for {_DAYS}")
def _rate_one(draft: Draft, who: str, what: str, rating: str, days: str) -> None:
    said = {"useful" if what == "use" else "relationship": int(rating)}
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), **said)


@_sentence(rf"{_WHO} says? for {_DAYS} that the match (?P<fit>fits|does not fit|may fit or not)")
def _say_fit(draft: Draft, who: str, days: str, fit: str) -> None:
    words = {"fits": "good", "does not fit": "not_good", "may fit or not": "deciding"}
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), fit=words[fit])


@_sentence(rf"{_WHO} asks? for help for {_DAYS}")
def _ask_for_help(draft: Draft, who: str, days: str) -> None:
    said = {"support_note": "Could you call me?"}
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), **said)


@_sentence(rf"{_WHO} says? for {_DAYS} that they do not feel safe")
def _feel_unsafe(draft: Draft, who: str, days: str) -> None:
    said = {"safety_note": "I was shouted at."}
    draft.detail_answers(read_sides(_read_who(who)), _read_days(days), **said)


@_sentence(
    r"A coordinator puts (?P<signal>[a-z-]+)(?: of the (?P<who>mentor|mentee))? aside"
    r" on day (?P<day>\d+), for day (?P<due>\d+)"
)
def _put_aside(draft: Draft, signal: str, day: str, due: str, who: str = "") -> None:
    side = next(iter(read_sides(who)), None)
    entry = PutAside(signal=signal, side=side, on=int(day), due=int(due))
    draft.change_pair(put_aside=(*draft.pair.put_aside, entry))


@_sentence(
    r"The mentor (?:offers (?P<places>\d+) places? and|says no number and)"
    r" has (?P<mentees>\d+) mentees?(?P<team>, who are one team)?"
)
def _have_mentees(draft: Draft, mentees: str, places: str = "", team: str = "") -> None:
    offered = int(places) if places else None
    draft.change_pair(places=offered, mentees=int(mentees), team=bool(team))


@_sentence(
    r"A circle of (?P<members>\d+)"
    r" (?:begins on day (?P<begins>\d+)|is proposed on day (?P<proposed>-?\d+))"
    r" to meet every (?P<weeks>\d+) weeks, with (?P<leads>\d+) facilitators?"
)
def _begin_circle(
    draft: Draft, members: str, weeks: str, leads: str, begins: str = "", proposed: str = "-3"
) -> None:
    draft.circle = Circle(
        members=int(members),
        begins=int(begins) if begins else None,
        proposed_on=int(proposed),
        every_weeks=int(weeks),
        facilitators=int(leads),
    )


@_sentence(r"(?P<came>\d+) people come on (?P<days>days? [0-9, and]+)")
def _come_to_circle(draft: Draft, came: str, days: str) -> None:
    assert draft.circle
    new = tuple((day, int(came)) for day in _read_days(days))
    draft.circle = replace(draft.circle, meetings=tuple(sorted((*draft.circle.meetings, *new))))


@_sentence(r"The facilitators leave on day (?P<day>\d+)")
def _leave_circle(draft: Draft, day: str) -> None:
    assert draft.circle
    draft.circle = replace(draft.circle, facilitators_leave=int(day))


@_sentence(r"The circle ends on day (?P<day>\d+)")
def _end_circle(draft: Draft, day: str) -> None:
    assert draft.circle
    draft.circle = replace(draft.circle, ends=int(day))


@_sentence(r"(?P<people>\d+) people are asked on day 0, and (?P<answered>\d+) answer")
def _answer_survey(draft: Draft, people: str, answered: str) -> None:
    draft.calendar = replace(draft.calendar, starts=0)
    draft.survey = Survey(people=int(people), answered=int(answered))
