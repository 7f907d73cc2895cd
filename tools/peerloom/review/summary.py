"""What a change does, in a few plain sentences that tell readers no more than they may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from peerloom import schema
from peerloom.audience import includes
from peerloom.kinds import kind_of_path, record_path
from peerloom.model import Audience, CheckIn, Circle, Event, Goal, Pair, Participant, Record
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.review.pull_request import Change, Manner
from peerloom.review.record_keys import list_changed_keys
from peerloom.text.dates import day_and_month, full_date
from peerloom.text.names import person_name_if_shown
from peerloom.text.phrases import join_words, number_goal_step
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_AUDIENCE_SENTENCES = {
    "public": mark("will be shown to everybody"),
    "members": mark("will be shown to members"),
    "coordinators": mark("will be shown to coordinators only"),
}
_ROLE_SENTENCES = {
    "mentor": mark("as a mentor in {cohort}"),
    "mentee": mark("as a mentee in {cohort}"),
    "either": mark("as a mentor or a mentee in {cohort}"),
}
# For each kind of record but a page: one that has no title, and one that has.
_NAMES_BY_PATH = {
    "program": mark("A program: '{path}'"),
    "cohort": mark("A cohort: '{path}'"),
    "participant": mark("A participant: '{path}'"),
    "pair": mark("A pair: '{path}'"),
    "circle": mark("A circle: '{path}'"),
    "check-in": mark("A check-in: '{path}'"),
    "follow-up": mark("A follow-up: '{path}'"),
    "survey": mark("A survey: '{path}'"),
    "response": mark("A response: '{path}'"),
    "reading": mark("A reading: '{path}'"),
    "published": mark("Published figures: '{path}'"),
    "event": mark("An event: '{path}'"),
    "resource": mark("A resource: '{path}'"),
    "training": mark("A training module: '{path}'"),
}
_NAMES_BY_TITLE = {
    "program": mark("The program: {title}"),
    "cohort": mark("The cohort: {title}"),
    "participant": mark("The participant: {title}"),
    "pair": mark("The pair: {title}"),
    "circle": mark("The circle: {title}"),
    "check-in": mark("The check-in: {title}"),
    "follow-up": mark("The follow-up: {title}"),
    "survey": mark("The survey: {title}"),
    "response": mark("The response: {title}"),
    "reading": mark("The reading: {title}"),
    "published": mark("The published figures: {title}"),
    "event": mark("The event: {title}"),
    "resource": mark("The resource: {title}"),
    "training": mark("The training module: {title}"),
}
# What changes but the content of a record.
_OTHER_MANNERS: dict[Manner, str] = {
    "rename": mark("{record} (rename)"),
    "mode": mark("{record} (mode)"),
    "link": mark("{record} (link)"),
    "submodule": mark("{record} (submodule)"),
    "odd name": mark("{record} (odd name)"),
}


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
        return ChangeSummary(line=_("{record} is deleted").format(record=name))
    if change.moved_from:
        name = _name_record(change, view.old_records.get(change.moved_from), view)
        moves = _("{record} moves from '{old}' to '{new}'")
        return ChangeSummary(line=moves.format(record=name, old=change.moved_from, new=change.path))
    line = _name_record(change, view.new_records.get(change.path), view)
    if change.manner in _OTHER_MANNERS:
        return ChangeSummary(line=_(_OTHER_MANNERS[change.manner]).format(record=line))
    return ChangeSummary(line=line, details=tuple(_list_details(change, view)))


def _name_record(change: Change, record: Record | None, view: ReaderView) -> str:
    is_new = change.manner == "new"
    match record:
        case CheckIn():
            name = view.participant_name(record.participant)
            day = view.format_day(record.due)
            return _("{name}'s check-in of {day}").format(name=name, day=day)
        case Participant():
            name = record.name if is_new else view.participant_name(record.id)
            return (_("A sign-up: {name}") if is_new else _("{name}'s record")).format(name=name)
        case Pair():
            pair = _("A new pair: {names}") if is_new else _("The pair: {names}")
            return pair.format(names=view.pair_names(record))
        case Circle():
            circle = _("A new circle: {name}") if is_new else _("The circle: {name}")
            return circle.format(name=record.name)
        case Event():
            event = (
                _("A suggested event: {title}, {day}") if is_new else _("The event: {title}, {day}")
            )
            return event.format(title=record.title, day=view.format_day(record.on))
        case _:
            return _name_other_record(change, record)


def _name_other_record(change: Change, record: Record | None) -> str:
    kind = kind_of_path(change.path)
    title = getattr(record, "title", None) or getattr(record, "name", None)
    if kind is None:
        return _("The file '{path}'").format(path=change.path)
    if kind == "page":
        return _("The page '{path}'").format(path=change.path.removeprefix("content/pages/"))
    if kind == "resource" and change.manner == "new" and title:
        return _("A suggested resource: {title}").format(title=title)
    if title is None:
        return _(_NAMES_BY_PATH[kind]).format(path=change.path)
    return _(_NAMES_BY_TITLE[kind]).format(title=title)


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
        yield _("changed: {keys}").format(keys=join_words(shown))
    if len(visible) < len(changed):
        yield _("also changed: something that not every reader of this may see")


def _describe_check_in(new: CheckIn, old: Any, view: ReaderView) -> Iterator[str]:
    if old is None:
        if new.meetings:
            days = join_words(view.format_day(meeting.on) for meeting in new.meetings)
            yield _("met on {days}").format(days=days)
        elif new.met is not None:
            yield _("met") if new.met else _("did not meet")
    yield from _describe_goals(new, old, view)
    if new.next_meeting and old is None:
        yield _("next meeting: {day}").format(day=view.format_day(new.next_meeting))


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
            yield _describe_goal_step(title, reached.get(progress.goal), progress.level)


def _describe_goal_step(title: str, old: int | None, new: int) -> str:
    """Where a goal is, and where it was before, if that is known."""
    if old is None:
        sentence = _("goal “{title}” is at {step}")
    elif old == new:
        sentence = _("goal “{title}” stays at {step}")
    else:
        sentence = _("goal “{title}” moved from {earlier} to {step}")
    earlier = "" if old is None else number_goal_step(old)
    return sentence.format(title=title, earlier=earlier, step=number_goal_step(new))


def _describe_sign_up(person: Participant, view: ReaderView) -> Iterator[str]:
    for membership in person.cohorts:
        cohort = view.cohort_name(membership.cohort)
        yield _(_ROLE_SENTENCES[membership.role]).format(cohort=cohort)
    shown = person.consent.shown_to if person.consent else "coordinators"
    yield _(_AUDIENCE_SENTENCES[shown])


def _describe_pair(old: Pair, new: Pair, view: ReaderView) -> Iterator[str]:
    goals = {goal.id: goal for goal in old.goals}
    for goal in new.goals:
        yield from _describe_goal_change(goals.pop(goal.id, None), goal)
    removed = _("a goal is removed: “{title}”")
    yield from (removed.format(title=goal.title) for goal in goals.values())
    if old.agreement != new.agreement:
        yield _describe_agreement(old, new)
    yield from _describe_stories(old, new, view)


def _describe_agreement(old: Pair, new: Pair) -> str:
    if not new.agreement:
        return _("the agreement is taken away")
    return _("the agreement is changed") if old.agreement else _("the agreement is written")


def _describe_stories(old: Pair, new: Pair, view: ReaderView) -> Iterator[str]:
    for story in new.stories:
        if story not in old.stories:
            yield _("a story that {name} tells").format(name=view.participant_name(story.by))
    for story in old.stories:
        if story not in new.stories:
            told = _("a story that {name} told is removed or replaced")
            yield told.format(name=view.participant_name(story.by))


def _describe_goal_change(old: Goal | None, new: Goal) -> Iterator[str]:
    if old is None:
        yield _("a new goal: “{title}”").format(title=new.title)
    elif old != new:
        yield _("the goal “{title}” is changed").format(title=new.title)


def _describe_circle(old: Circle, new: Circle, view: ReaderView) -> Iterator[str]:
    days = {meeting.on: meeting for meeting in old.meetings}
    for meeting in new.meetings:
        was = days.pop(meeting.on, None)
        if was is None:
            about = _("a meeting on {day}: {topic}") if meeting.topic else _("a meeting on {day}")
            yield about.format(day=view.format_day(meeting.on), topic=meeting.topic)
        elif was != meeting:
            changed = _("the meeting on {day} is changed")
            yield changed.format(day=view.format_day(meeting.on))
    for day in days:
        yield _("the meeting on {day} is removed").format(day=view.format_day(day))
