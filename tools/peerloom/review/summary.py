"""What a change does, in a few plain sentences that tell readers no more than they may see."""

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
from peerloom.review.pull_request import Change
from peerloom.review.record_keys import list_changed_keys
from peerloom.text.dates import day_and_month, full_date
from peerloom.text.names import person_name_if_shown
from peerloom.text.phrases import join_words, number_goal_step

_AUDIENCE_PHRASES = {
    "public": "everybody",
    "members": "members",
    "coordinators": "coordinators only",
}
_ROLE_PHRASES = {"mentor": "a mentor", "mentee": "a mentee", "either": "a mentor or a mentee"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSummary:
    """A change in one line, and details in others. What people wrote is not escaped yet."""

    line: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReaderView:
    """An audience, the day on which it reads, and what it may see before and after a change."""

    audience: Audience
    before: Program
    after: Program
    today: date

    @cached_property
    def old_records(self) -> Mapping[str, Record]:
        """Records by path, as they were."""
        return {record_path(record): record for record in self.before.records()}

    @cached_property
    def new_records(self) -> Mapping[str, Record]:
        """Records by path, as they would be."""
        return {record_path(record): record for record in self.after.records()}

    def format_day(self, day: date) -> str:
        """A date in words, with its year unless that is this year."""
        return day_and_month(day) if day.year == self.today.year else full_date(day)

    def participant_name(self, participant: str) -> str:
        """A person's name as it was before the change, if the readers may know it."""
        before, after = self.before.participants, self.after.participants
        return person_name_if_shown(before if participant in before else after, participant)

    def pair_names(self, pair: Pair) -> str:
        """The names of the two in a pair."""
        return join_words(self.participant_name(person) for person in pair.people)

    def cohort_name(self, id_: str) -> str:
        """The name of a cohort; its id where the readers may not see it."""
        cohort = self.after.cohorts.get(id_)
        return cohort.name if cohort else id_


def summarize_change(change: Change, view: ReaderView) -> ChangeSummary:
    """What a change does, for the readers of a view."""
    if change.manner == "delete":
        name = _name_record(change, view.old_records.get(change.path), view)
        return ChangeSummary(line=f"{name} is deleted")
    if change.moved_from:
        name = _name_record(change, view.old_records.get(change.moved_from), view)
        return ChangeSummary(line=f"{name} moves from '{change.moved_from}' to '{change.path}'")
    line = _name_record(change, view.new_records.get(change.path), view)
    if change.manner not in ("new", "edit"):
        return ChangeSummary(line=f"{line} ({change.manner})")
    return ChangeSummary(line=line, details=tuple(_list_details(change, view)))


def _name_record(change: Change, record: Record | None, view: ReaderView) -> str:
    is_new = change.manner == "new"
    match record:
        case CheckIn():
            name = view.participant_name(record.participant)
            return f"{name}'s check-in of {view.format_day(record.due)}"
        case Participant():
            name = record.name if is_new else view.participant_name(record.id)
            return f"A sign-up: {name}" if is_new else f"{name}'s record"
        case Pair():
            return f"{'A new pair' if is_new else 'The pair'}: {view.pair_names(record)}"
        case Circle():
            return f"{'A new circle' if is_new else 'The circle'}: {record.name}"
        case Event():
            when = view.format_day(record.on)
            return f"{'A suggested event' if is_new else 'The event'}: {record.title}, {when}"
        case _:
            return _name_other_record(change, record)


def _name_other_record(change: Change, record: Record | None) -> str:
    kind = kind_of_path(change.path)
    title = getattr(record, "title", None) or getattr(record, "name", None)
    if kind is None:
        return f"The file '{change.path}'"
    if kind == "page":
        return f"The page '{change.path.removeprefix('content/pages/')}'"
    if kind == "resource" and change.manner == "new" and title:
        return f"A suggested resource: {title}"
    phrase = KIND_BY_NAME[kind].phrase
    if title is None:
        return f"{phrase[0].upper()}{phrase[1:]}: '{change.path}'"
    return f"The {phrase.partition(' ')[2]}: {title}"


def _list_details(change: Change, view: ReaderView) -> Iterator[str]:
    old, new = view.old_records.get(change.path), view.new_records.get(change.path)
    if isinstance(new, CheckIn):
        yield from _describe_check_in(new, old, view)
    elif isinstance(new, Participant) and change.manner == "new":
        yield from _describe_sign_up(new, view)
    elif isinstance(new, Pair) and isinstance(old, Pair):
        yield from _describe_pair(old, new, view)
    elif isinstance(new, Circle) and isinstance(old, Circle):
        yield from _describe_circle(old, new, view)
    if change.manner == "edit" and (new is not None or old is not None):
        yield from _list_other_keys(change, view)


# Keys whose changes are described in sentences of their own, and need no mention among the rest.
_DESCRIBED_KEYS: dict[str, frozenset[str]] = {
    "pair": frozenset({"goals", "agreement", "stories"}),
    "circle": frozenset({"meetings"}),
}


def _list_other_keys(change: Change, view: ReaderView) -> Iterator[str]:
    kind = kind_of_path(change.path)
    if kind is None or kind in ("training", "page"):
        return
    known = schema.load_schema(kind)["properties"]
    described = _DESCRIBED_KEYS.get(kind, frozenset())
    changed = [key for key in list_changed_keys(change.before, change.after) if key in known]
    visible = [
        key for key in changed if includes(view.audience, schema.audience_of_field(kind, (key,)))
    ]
    shown = [key.replace("_", " ") for key in visible if key not in described]
    if shown:
        yield f"changed: {join_words(shown)}"
    if len(visible) < len(changed):
        yield "also changed: something that not every reader of this may see"


def _describe_check_in(new: CheckIn, old: Any, view: ReaderView) -> Iterator[str]:
    if old is None:
        if new.meetings:
            days = join_words(view.format_day(meeting.on) for meeting in new.meetings)
            yield f"met on {days}"
        elif new.met is not None:
            yield "met" if new.met else "did not meet"
    yield from _describe_goals(new, old, view)
    if new.next_meeting and old is None:
        yield f"next meeting: {view.format_day(new.next_meeting)}"


def _describe_goals(new: CheckIn, old: Any, view: ReaderView) -> Iterator[str]:
    pair = view.after.pairs.get((new.cohort, new.pair))
    if pair is None:
        return
    if isinstance(old, CheckIn):
        reached = {progress.goal: progress.level for progress in old.goals}
    else:
        goals = pair_history(view.before, pair, view.today).goals
        reached = {attained.goal.id: attained.level for attained in goals}
    titles = {goal.id: goal.title for goal in pair.goals}
    for progress in new.goals:
        title = titles.get(progress.goal)
        if title is not None and progress.level is not None:
            yield f"goal “{title}” {_describe_step(reached.get(progress.goal), progress.level)}"


def _describe_step(old: int | None, new: int) -> str:
    if old is None:
        return f"is at {number_goal_step(new)}"
    return (
        f"stays at {number_goal_step(new)}"
        if old == new
        else f"moved from {number_goal_step(old)} to {number_goal_step(new)}"
    )


def _describe_sign_up(person: Participant, view: ReaderView) -> Iterator[str]:
    for membership in person.cohorts:
        cohort = view.cohort_name(membership.cohort)
        yield f"as {_ROLE_PHRASES[membership.role]} in {cohort}"
    shown = person.consent.show if person.consent else "coordinators"
    yield f"will be shown to {_AUDIENCE_PHRASES[shown]}"


def _describe_pair(old: Pair, new: Pair, view: ReaderView) -> Iterator[str]:
    goals = {goal.id: goal for goal in old.goals}
    for goal in new.goals:
        yield from _describe_goal_change(goals.pop(goal.id, None), goal)
    yield from (f"a goal is removed: “{goal.title}”" for goal in goals.values())
    if old.agreement != new.agreement:
        yield "the agreement is " + (
            "taken away" if not new.agreement else "changed" if old.agreement else "written"
        )
    for story in new.stories:
        if story not in old.stories:
            yield f"a story that {view.participant_name(story.by)} tells"
    for story in old.stories:
        if story not in new.stories:
            yield f"a story that {view.participant_name(story.by)} told is removed or replaced"


def _describe_goal_change(old: Goal | None, new: Goal) -> Iterator[str]:
    if old is None:
        yield f"a new goal: “{new.title}”"
    elif old != new:
        yield f"the goal “{new.title}” is changed"


def _describe_circle(old: Circle, new: Circle, view: ReaderView) -> Iterator[str]:
    days = {meeting.on: meeting for meeting in old.meetings}
    for meeting in new.meetings:
        was = days.pop(meeting.on, None)
        if was is None:
            about = f": {meeting.topic}" if meeting.topic else ""
            yield f"a meeting on {view.format_day(meeting.on)}{about}"
        elif was != meeting:
            yield f"the meeting on {view.format_day(meeting.on)} is changed"
    for day in days:
        yield f"the meeting on {view.format_day(day)} is removed"
