"""What a change does, in people's words, and no more of it than its readers may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from peerloom import schema
from peerloom.audience import includes
from peerloom.kinds import KIND_BY_NAME, kind_of_path, record_path
from peerloom.model import Audience, CheckIn, Circle, Event, Goal, Pair, Participant, Record
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.review.parts import changed_keys
from peerloom.review.proposal import Change
from peerloom.text.dates import day_and_month, full_date
from peerloom.text.names import person_name_if_shown
from peerloom.text.phrases import join_words, number_goal_step

_SHOWN = {"public": "everybody", "members": "members", "coordinators": "coordinators only"}
_ROLES = {"mentor": "a mentor", "mentee": "a mentee", "either": "a mentor or a mentee"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A change in a line, and more about it in others. What people wrote stands as it is."""

    line: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Who reads, on which day, and what they may see of the program before and after."""

    audience: Audience
    before: Program
    after: Program
    today: date

    @cached_property
    def old(self) -> Mapping[str, Record]:
        """Records by path, as they were."""
        return {record_path(record): record for record in self.before.records()}

    @cached_property
    def new(self) -> Mapping[str, Record]:
        """Records by path, as they would be."""
        return {record_path(record): record for record in self.after.records()}

    def day(self, day: date) -> str:
        """A date as it is said, with the year where it is not this one."""
        return day_and_month(day) if day.year == self.today.year else full_date(day)

    def name(self, participant: str) -> str:
        """What a person is called before the change, if the readers may know."""
        before, after = self.before.participants, self.after.participants
        return person_name_if_shown(before if participant in before else after, participant)

    def names(self, pair: Pair) -> str:
        """The two of a pair."""
        return join_words(self.name(who) for who in pair.people)

    def cohort(self, id_: str) -> str:
        """What a cohort is called."""
        cohort = self.after.cohorts.get(id_)
        return cohort.name if cohort else id_


def said(change: Change, readers: Readers) -> Said:
    """What a change does."""
    if change.manner == "delete":
        return Said(line=f"{_thing(change, readers.old.get(change.path), readers)} is deleted")
    if change.moved_from:
        thing = _thing(change, readers.old.get(change.moved_from), readers)
        return Said(line=f"{thing} moves from '{change.moved_from}' to '{change.path}'")
    line = _thing(change, readers.new.get(change.path), readers)
    if change.manner not in ("new", "edit"):
        return Said(line=f"{line} ({change.manner})")
    return Said(line=line, more=tuple(_more(change, readers)))


def _thing(change: Change, record: Record | None, readers: Readers) -> str:
    is_new = change.manner == "new"
    match record:
        case CheckIn():
            return f"{readers.name(record.participant)}'s check-in of {readers.day(record.due)}"
        case Participant():
            name = record.name if is_new else readers.name(record.id)
            return f"A sign-up: {name}" if is_new else f"{name}'s record"
        case Pair():
            return f"{'A new pair' if is_new else 'The pair'}: {readers.names(record)}"
        case Circle():
            return f"{'A new circle' if is_new else 'The circle'}: {record.name}"
        case Event():
            when = readers.day(record.on)
            return f"{'A suggested event' if is_new else 'The event'}: {record.title}, {when}"
        case _:
            return _other_thing(change, record)


def _other_thing(change: Change, record: Record | None) -> str:
    kind = kind_of_path(change.path)
    title = getattr(record, "title", None) or getattr(record, "name", None)
    if kind is None:
        return f"The file '{change.path}'"
    if kind == "page":
        return f"The page '{change.path.removeprefix('content/pages/')}'"
    if kind == "resource" and change.manner == "new" and title:
        return f"A suggested resource: {title}"
    called = KIND_BY_NAME[kind].phrase
    if title is None:
        return f"{called[0].upper()}{called[1:]}: '{change.path}'"
    return f"The {called.partition(' ')[2]}: {title}"


def _more(change: Change, readers: Readers) -> Iterator[str]:
    old, new = readers.old.get(change.path), readers.new.get(change.path)
    if isinstance(new, CheckIn):
        yield from _of_check_in(new, old, readers)
    elif isinstance(new, Participant) and change.manner == "new":
        yield from _of_sign_up(new, readers)
    elif isinstance(new, Pair) and isinstance(old, Pair):
        yield from _of_pair(old, new, readers)
    elif isinstance(new, Circle) and isinstance(old, Circle):
        yield from _of_circle(old, new, readers)
    if change.manner == "edit" and (new is not None or old is not None):
        yield from _of_keys(change, readers)


# What is told in sentences of its own needs no mention among the changed keys.
_TOLD: dict[str, frozenset[str]] = {
    "pair": frozenset({"goals", "agreement", "stories"}),
    "circle": frozenset({"meetings"}),
}


def _of_keys(change: Change, readers: Readers) -> Iterator[str]:
    kind = kind_of_path(change.path)
    if kind is None or kind in ("training", "page"):
        return
    known = schema.schema(kind)["properties"]
    told = _TOLD.get(kind, frozenset())
    keys = [key for key in changed_keys(change.before, change.after) if key in known]
    seen = [key for key in keys if includes(readers.audience, schema.audience(kind, (key,)))]
    shown = [key.replace("_", " ") for key in seen if key not in told]
    if shown:
        yield f"changed: {join_words(shown)}"
    if len(seen) < len(keys):
        yield "changed, too: something that not everybody who reads here may see"


def _of_check_in(new: CheckIn, old: Any, readers: Readers) -> Iterator[str]:
    if old is None:
        if new.meetings:
            days = join_words(readers.day(meeting.on) for meeting in new.meetings)
            yield f"met on {days}"
        elif new.met is not None:
            yield "met" if new.met else "did not meet"
    yield from _of_goals(new, old, readers)
    if new.next_meeting and old is None:
        yield f"next meeting: {readers.day(new.next_meeting)}"


def _of_goals(new: CheckIn, old: Any, readers: Readers) -> Iterator[str]:
    pair = readers.after.pairs.get((new.cohort, new.pair))
    if pair is None:
        return
    if isinstance(old, CheckIn):
        reached = {said_.goal: said_.level for said_ in old.goals}
    else:
        found = pair_history(readers.before, pair, readers.today).goals
        reached = {attained.goal.id: attained.level for attained in found}
    titles = {goal.id: goal.title for goal in pair.goals}
    for progress in new.goals:
        title = titles.get(progress.goal)
        if title is not None and progress.level is not None:
            yield f"goal “{title}” {_moved(reached.get(progress.goal), progress.level)}"


def _moved(old: int | None, new: int) -> str:
    if old is None:
        return f"is at {_level(new)}"
    return f"stays at {_level(new)}" if old == new else f"moved from {_level(old)} to {_level(new)}"


def _level(level: int) -> str:
    return number_goal_step(level)


def _of_sign_up(person: Participant, readers: Readers) -> Iterator[str]:
    for part in person.cohorts:
        yield f"as {_ROLES[part.role]} in {readers.cohort(part.cohort)}"
    shown = person.consent.show if person.consent else "coordinators"
    yield f"will be shown to {_SHOWN[shown]}"


def _of_pair(old: Pair, new: Pair, readers: Readers) -> Iterator[str]:
    goals = {goal.id: goal for goal in old.goals}
    for goal in new.goals:
        yield from _of_goal(goals.pop(goal.id, None), goal)
    yield from (f"a goal less: “{goal.title}”" for goal in goals.values())
    if old.agreement != new.agreement:
        yield "the agreement is " + (
            "taken away" if not new.agreement else "changed" if old.agreement else "written"
        )
    for story in new.stories:
        if story not in old.stories:
            yield f"a story that {readers.name(story.by)} tells"
    for story in old.stories:
        if story not in new.stories:
            yield f"a story that {readers.name(story.by)} told is gone, or another"


def _of_goal(old: Goal | None, new: Goal) -> Iterator[str]:
    if old is None:
        yield f"a new goal: “{new.title}”"
    elif old != new:
        yield f"the goal “{new.title}” is changed"


def _of_circle(old: Circle, new: Circle, readers: Readers) -> Iterator[str]:
    days = {meeting.on: meeting for meeting in old.meetings}
    for meeting in new.meetings:
        was = days.pop(meeting.on, None)
        if was is None:
            about = f": {meeting.topic}" if meeting.topic else ""
            yield f"a meeting on {readers.day(meeting.on)}{about}"
        elif was != meeting:
            yield f"the meeting on {readers.day(meeting.on)} is changed"
    for day in days:
        yield f"the meeting on {readers.day(day)} is gone"
