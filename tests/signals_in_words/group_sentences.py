"""The sentences that stories of circles, of surveys and of mentors with several mentees use."""

from dataclasses import replace

from signals_in_words.drafts import Draft
from signals_in_words.sentence_table import SentenceTable, read_days
from signals_in_words.stories import Circle, Survey

TABLE = SentenceTable()


@TABLE.reads(
    r"The mentor (?:offers (?P<places>\d+) places? and|says no number and)"
    r" has (?P<mentees>\d+) mentees?(?P<team>, who are one team)?"
)
def _have_mentees(draft: Draft, mentees: str, places: str = "", team: str = "") -> None:
    offered = int(places) if places else None
    draft.change_pair(places=offered, mentees=int(mentees), team=bool(team))


@TABLE.reads(
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


@TABLE.reads(r"(?P<came>\d+) people come on (?P<days>days? [0-9, and]+)")
def _come_to_circle(draft: Draft, came: str, days: str) -> None:
    assert draft.circle
    new = tuple((day, int(came)) for day in read_days(days))
    draft.circle = replace(draft.circle, meetings=tuple(sorted((*draft.circle.meetings, *new))))


@TABLE.reads(r"The facilitators leave on day (?P<day>\d+)")
def _leave_circle(draft: Draft, day: str) -> None:
    assert draft.circle
    draft.circle = replace(draft.circle, facilitators_leave=int(day))


@TABLE.reads(r"The circle ends on day (?P<day>\d+)")
def _end_circle(draft: Draft, day: str) -> None:
    assert draft.circle
    draft.circle = replace(draft.circle, ends=int(day))


@TABLE.reads(r"(?P<people>\d+) people are asked on day 0, and (?P<answered>\d+) answer")
def _answer_survey(draft: Draft, people: str, answered: str) -> None:
    draft.calendar = replace(draft.calendar, starts=0)
    draft.survey = Survey(people=int(people), answered=int(answered))
