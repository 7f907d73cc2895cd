"""The sentences that the story of a pair may be told in."""

from signals_in_words.drafts import FOREVER, Draft, read_sides
from signals_in_words.sentence_table import SentenceTable, read_days
from signals_in_words.stories import Agreement, Goal, PutAside

TABLE = SentenceTable()
_WHO = r"(?P<who>[Bb]oth|[Tt]he mentor|[Tt]he mentee)"
_DAYS = r"days? (?P<days>[-0-9, and]+)"


def _read_who(who: str) -> str:
    return who.lower().removeprefix("the ")


@TABLE.reads(r"All is well")
def _say_all_is_well(draft: Draft) -> None:
    draft.change_pair(agreement=Agreement(on=3), goals=(Goal(id="report", set_on=10),))
    draft.meetings += [(day, 60) for day in range(5, 400, 14)]
    draft.answered = dict.fromkeys(read_sides("both"), (0, FOREVER))
    draft.levels = {day: {"report": min(0, day // 14 - 4)} for day in range(28, 400, 14)}


@TABLE.reads(r"The cohort runs from day (?P<starts>-?\d+) to day (?P<ends>\d+)")
def _set_cohort_days(draft: Draft, starts: str, ends: str) -> None:
    draft.change_calendar(starts=int(starts), ends=int(ends))


@TABLE.reads(r"The cohort has no end")
def _have_no_end(draft: Draft) -> None:
    draft.change_calendar(ends=None)


@TABLE.reads(r"They are two peers")
def _be_peers(draft: Draft) -> None:
    draft.change_pair(are_peers=True)


@TABLE.reads(r"Check-ins are due every (?P<weeks>\d+) weeks?, first on day (?P<first>\d+)")
def _set_check_ins(draft: Draft, weeks: str, first: str) -> None:
    draft.change_calendar(every_weeks=int(weeks), first_due=int(first))


@TABLE.reads(r"Only (?P<who>one of the two|the mentee|the mentor) is asked")
def _set_who_is_asked(draft: Draft, who: str) -> None:
    answers = "either" if who == "one of the two" else _read_who(who)
    draft.change_calendar(answers=answers)


@TABLE.reads(r"They are proposed on day (?P<day>-?\d+)(?P<never> and do not begin)?")
def _propose_pair(draft: Draft, day: str, never: str = "") -> None:
    draft.change_pair(proposed_on=int(day), **({"begins": None} if never else {}))


@TABLE.reads(r"They begin on day (?P<day>\d+)")
def _begin_pair(draft: Draft, day: str) -> None:
    draft.change_pair(begins=int(day))


@TABLE.reads(r"They end (?P<early>early )?on day (?P<day>\d+)")
def _end_pair(draft: Draft, day: str, early: str = "") -> None:
    draft.change_pair(ends=int(day), ends_early=bool(early))


@TABLE.reads(r"They plan to end on day (?P<day>\d+)")
def _plan_end(draft: Draft, day: str) -> None:
    draft.change_pair(planned_end=int(day))


@TABLE.reads(r"They pause from day (?P<first>\d+)(?: to day (?P<last>\d+))?")
def _pause_pair(draft: Draft, first: str, last: str = "") -> None:
    pause = (int(first), int(last) if last else None)
    draft.change_pair(pauses=(*draft.pair.pauses, pause))
    draft.meetings = [m for m in draft.meetings if not draft.pair.is_paused(m[0])]


@TABLE.reads(r"The (?P<who>mentor|mentee) is away from day (?P<first>\d+) to day (?P<last>\d+)")
def _be_away(draft: Draft, who: str, first: str, last: str) -> None:
    breaks = tuple((side, int(first), int(last)) for side in read_sides(who))
    draft.change_pair(breaks=(*draft.pair.breaks, *breaks))
    away = range(int(first), int(last) + 1)
    draft.meetings = [meeting for meeting in draft.meetings if meeting[0] not in away]
    for side in read_sides(who):
        draft.unanswered |= {(side, day) for day in away}


@TABLE.reads(
    r"They agree on day (?P<day>\d+) to meet"
    r" every (?P<weeks>\d+) weeks for (?P<minutes>\d+) minutes"
)
def _agree(draft: Draft, day: str, weeks: str, minutes: str) -> None:
    agreement = Agreement(on=int(day), every_weeks=int(weeks), minutes=int(minutes))
    draft.change_pair(agreement=agreement)


@TABLE.reads(
    r"The (?P<who>mentor|mentee) expects to meet"
    r" every (?P<weeks>\d+) weeks? for (?P<minutes>\d+) minutes"
)
def _expect(draft: Draft, who: str, weeks: str, minutes: str) -> None:
    expected = {side: (int(weeks), int(minutes)) for side in read_sides(who)}
    draft.change_pair(expected={**draft.pair.expected, **expected})


@TABLE.reads(r"They set the goal (?P<goal>[a-z-]+) on day (?P<day>\d+)")
def _set_goal(draft: Draft, goal: str, day: str) -> None:
    draft.change_pair(goals=(*draft.pair.goals, Goal(id=goal, set_on=int(day))))


@TABLE.reads(r"They set no goal")
def _set_no_goal(draft: Draft) -> None:
    draft.change_pair(goals=())
    draft.levels = {}


@TABLE.reads(rf"Both say for {_DAYS} that the goal (?P<goal>[a-z-]+) is at (?P<level>[-+]?\d)")
def _say_level(draft: Draft, days: str, goal: str, level: str) -> None:
    for day in read_days(days):
        draft.levels[day] = {**draft.levels.get(day, {}), goal: int(level)}


@TABLE.reads(rf"They meet on {_DAYS}(?: for (?P<minutes>\d+) minutes)?")
def _meet_on(draft: Draft, days: str, minutes: str = "60") -> None:
    draft.meetings += [(day, int(minutes)) for day in read_days(days)]


@TABLE.reads(
    r"They meet every (?P<step>\d+) days from day (?P<first>\d+) to day (?P<last>\d+)"
    r"(?: for (?P<minutes>\d+) minutes)?"
)
def _meet_every(draft: Draft, step: str, first: str, last: str, minutes: str = "60") -> None:
    days = range(int(first), int(last) + 1, int(step))
    draft.meetings += [(day, int(minutes)) for day in days]


@TABLE.reads(r"They do not meet(?: from day (?P<first>\d+)(?: to day (?P<last>\d+))?)?")
def _do_not_meet(draft: Draft, first: str = "0", last: str = "10000") -> None:
    away = range(int(first), int(last) + 1)
    draft.meetings = [meeting for meeting in draft.meetings if meeting[0] not in away]


@TABLE.reads(
    rf"{_WHO} answers? every check-in(?: from day (?P<first>\d+))?(?: up to day (?P<last>\d+))?"
)
def _answer_all(draft: Draft, who: str, first: str = "0", last: str = "10000") -> None:
    draft.answered |= dict.fromkeys(read_sides(_read_who(who)), (int(first), int(last)))


@TABLE.reads(
    rf"{_WHO} does not answer for {_DAYS}|Neither answers for (?P<days_of_both>[-0-9, days]+)"
)
def _do_not_answer(draft: Draft, who: str = "both", days: str = "", days_of_both: str = "") -> None:
    for day in read_days(days or days_of_both):
        draft.unanswered |= {(side, day) for side in read_sides(_read_who(who))}


@TABLE.reads(
    rf"{_WHO} does not answer from day (?P<first>\d+) on|Neither answers from day (?P<both>\d+) on"
)
def _stop_answering(draft: Draft, who: str = "both", first: str = "", both: str = "") -> None:
    draft.stop_answering(read_sides(_read_who(who)), int(first or both) - 1)


@TABLE.reads(rf"{_WHO} answers? for day (?P<due>\d+) on day (?P<day>\d+)")
def _answer_late(draft: Draft, who: str, due: str, day: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), [int(due)], on=int(day))


@TABLE.reads(rf"{_WHO} says? for {_DAYS} that they did not meet")
def _say_not_met(draft: Draft, who: str, days: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), met=False, meetings=())


@TABLE.reads(rf"{_WHO} says? for {_DAYS} that they met, without a date")
def _say_met(draft: Draft, who: str, days: str) -> None:
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), met=True, meetings=())


@TABLE.reads(rf"{_WHO} rates? (?P<rating>\d) for {_DAYS}")
def _rate_both(draft: Draft, who: str, rating: str, days: str) -> None:
    said = {"useful": int(rating), "relationship": int(rating)}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), **said)


@TABLE.reads(rf"{_WHO} rates? the (?P<what>use|relationship) (?P<rating>\d) for {_DAYS}")
def _rate_one(draft: Draft, who: str, what: str, rating: str, days: str) -> None:
    said = {"useful" if what == "use" else "relationship": int(rating)}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), **said)


@TABLE.reads(rf"{_WHO} says? for {_DAYS} that the match (?P<fit>fits|does not fit|may fit or not)")
def _say_fit(draft: Draft, who: str, days: str, fit: str) -> None:
    words = {"fits": "good", "does not fit": "not_good", "may fit or not": "deciding"}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), fit=words[fit])


@TABLE.reads(rf"{_WHO} asks? for help for {_DAYS}")
def _ask_for_help(draft: Draft, who: str, days: str) -> None:
    said = {"support_note": "Could you call me?"}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), **said)


@TABLE.reads(rf"{_WHO} says? for {_DAYS} that they do not feel safe")
def _feel_unsafe(draft: Draft, who: str, days: str) -> None:
    said = {"challenges": "I do not feel safe in our calls."}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), **said)


@TABLE.reads(
    rf"{_WHO} writes? for {_DAYS}"
    r" as (?P<field>what is difficult|next steps|a call for help): “(?P<text>[^”]+)”"
)
def _write_text(draft: Draft, who: str, days: str, field: str, text: str) -> None:
    fields = {"what is difficult": "challenges", "next steps": "next_steps"}
    said = {fields.get(field, "support_note"): text}
    draft.detail_answers(read_sides(_read_who(who)), read_days(days), **said)


@TABLE.reads(
    r"A coordinator puts (?P<signal>[a-z-]+)(?: of the (?P<who>mentor|mentee))? aside"
    r" on day (?P<day>\d+), for day (?P<due>\d+)"
)
def _put_aside(draft: Draft, signal: str, day: str, due: str, who: str = "") -> None:
    side = next(iter(read_sides(who)), None)
    entry = PutAside(signal=signal, side=side, on=int(day), due=int(due))
    draft.change_pair(put_aside=(*draft.pair.put_aside, entry))
