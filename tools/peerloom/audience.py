"""What an audience may see of a program: the only place where anything is kept from anybody."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from peerloom import schema
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import KINDS, PROGRAM_FILE, kind_of_record
from peerloom.model import AUDIENCES, Audience, CheckIn, Circle, Pair, Participant, Settings
from peerloom.program_questions import questions_about
from peerloom.records import CohortKey, Program

# Records of these statuses are nobody's business but the two people's and the coordinators'.
_NOT_FOR_THE_PUBLIC = frozenset({"proposed", "ended_early"})

_T = TypeVar("_T")
_R = TypeVar("_R", Participant, Pair, CheckIn)


def includes(audience: Audience, needed: Audience) -> bool:
    """Whether an audience may see what `needed` may."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(needed)


def readers(program: Program) -> Audience:
    """Those who can read the repository: everybody, or the members of a private one.

    Where nothing is known of it, it may be public.
    """
    is_known = PROGRAM_FILE not in program.broken
    return "members" if is_known and program.settings.visibility == "private" else "public"


# What stands in the place of a help that may not be read.
_OPEN_IT = "what stands there is not repeated here, where others read: open the line and compare"


def readable(found: Iterable[Diagnostic], audience: Audience) -> Iterator[Diagnostic]:
    """Findings as an audience may read them: above it, place and rule stand without the value."""
    for each in found:
        if includes(audience, each.audience):
            yield each
        elif not each.is_secret:
            yield replace(each, message=each.outline, help=_OPEN_IT)


def readable_here(
    found: Iterable[Diagnostic], program: Program, *, is_log: bool = False
) -> list[Diagnostic]:
    """Findings as they may be printed: in Actions, whoever reads the repository reads the log."""
    is_log = is_log or os.environ.get("GITHUB_ACTIONS") == "true"
    return list(readable(found, readers(program) if is_log else "coordinators"))


def shows(participant: Participant, audience: Audience) -> bool:
    """Whether a person agreed to be seen by an audience; who never said so did not.

    Who is accepted in no cohort, but has applied, waits or was declined, is the coordinators'
    business alone.
    """
    agreed = participant.consent.show if participant.consent else "coordinators"
    takes_part = any(part.is_accepted for part in participant.cohorts) or not participant.cohorts
    return includes(audience, agreed) and (takes_part or audience == "coordinators")


def visible(program: Program, audience: Audience) -> Program:
    """A program as an audience may see it.

    Fields above the audience have their empty value. People who did not agree to be shown
    are not in it, nor are the pairs and check-ins that would name them; circles, events and
    resources leave their names out. Figures about everybody need the whole program.
    """
    shown = select_shown_records(program, audience)
    people = {
        id_: seen_with_answers(_with_accepted_parts(person, audience), program.settings, audience)
        for id_, person in shown.participants.items()
    }
    pairs = {
        key: _pair(seen_with_answers(pair, program.settings, audience), people)
        for key, pair in shown.pairs.items()
    }
    # Of these kinds, more is left out than fields.
    visible_records: dict[str, Any] = {
        "settings": _redacted("program", program.settings, audience),
        "participants": {id_: _person(person, people) for id_, person in people.items()},
        "pairs": pairs,
        "circles": _circles(shown.circles, people, audience),
        "check_ins": tuple(
            seen_with_answers(check_in, program.settings, audience)
            for check_in in program.check_ins
            if (check_in.cohort, check_in.pair) in pairs
        ),
        "responses": program.responses if audience == "coordinators" else (),
        "events": {
            id_: replace(
                event, hosts=_known(event.hosts, people), attended=_known(event.attended, people)
            )
            for id_, event in _all("event", program.events, audience).items()
        },
        "resources": {
            id_: replace(resource, suggested_by=_one(resource.suggested_by, people))
            for id_, resource in _all("resource", program.resources, audience).items()
        },
    }
    for kind in KINDS:
        if kind.collection not in visible_records:
            collection = getattr(program, kind.collection)
            visible_records[kind.collection] = (
                tuple(_redacted(kind.name, record, audience) for record in collection)
                if kind.is_listed
                else _all(kind.name, collection, audience)
            )
    return replace(program, moved={}, tree=(), **visible_records)


def select_shown_records(program: Program, audience: Audience) -> Program:
    """The program with only those people, pairs and circles that an audience may see at all.

    Their fields are whole: this tells which pages there are, and no page is made from it.
    """
    people = {id_: p for id_, p in program.participants.items() if shows(p, audience)}
    pairs = {
        key: pair
        for key, pair in program.pairs.items()
        if all(who in people for who in pair.people) and _is_shown(pair.status, audience)
    }
    circles = {
        key: circle for key, circle in program.circles.items() if _is_shown(circle.status, audience)
    }
    return replace(program, participants=people, pairs=pairs, circles=circles)


def seen_by(answer: CheckIn, audience: Audience) -> CheckIn:
    """A check-in without what is above an audience."""
    return _redacted("check-in", answer, audience)


def seen_with_answers(record: _R, settings: Settings, audience: Audience) -> _R:
    """A record without what is above an audience, with those answers that it may see.

    Who may see an answer is what its question says; one whose question nobody knows any more is
    for coordinators.
    """
    kind = kind_of_record(record).name
    shown = _redacted(kind, record, audience)
    if not record.answers or audience == "coordinators":
        return shown
    questions = questions_about(settings.questions, kind)
    visible_ids = {question.id for question in questions if includes(audience, question.audience)}
    answers = {id_: answer for id_, answer in record.answers.items() if id_ in visible_ids}
    return replace(shown, answers=answers)


def _is_shown(status: str, audience: Audience) -> bool:
    return audience != "public" or status not in _NOT_FOR_THE_PUBLIC


def _all(kind: str, records: Mapping[str, _T], audience: Audience) -> dict[str, _T]:
    return {id_: _redacted(kind, record, audience) for id_, record in records.items()}


def _known(ids: Iterable[str], people: Mapping[str, Participant]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in people)


def _one(id_: str | None, people: Mapping[str, Participant]) -> str | None:
    return id_ if id_ in people else None


def _with_accepted_parts(person: Participant, audience: Audience) -> Participant:
    if audience == "coordinators":
        return person
    return replace(person, cohorts=tuple(part for part in person.cohorts if part.is_accepted))


def _person(person: Participant, people: Mapping[str, Participant]) -> Participant:
    return replace(
        person,
        preferred=_known(person.preferred, people),
        excluded=_known(person.excluded, people),
    )


def _pair(shown: Pair, people: Mapping[str, Participant]) -> Pair:
    quotable = tuple(story for story in shown.stories if _may_be_quoted(people.get(story.by)))
    return replace(shown, stories=quotable)


def _may_be_quoted(person: Participant | None) -> bool:
    return person is not None and person.consent is not None and person.consent.quote


def _circles(
    circles: Mapping[CohortKey, Circle], people: Mapping[str, Participant], audience: Audience
) -> dict[CohortKey, Circle]:
    shown = {}
    for key, circle in circles.items():
        circle_shown = _redacted("circle", circle, audience)
        shown[key] = replace(
            circle_shown,
            facilitators=_known(circle.facilitators, people),
            members=_known(circle.members, people),
            meetings=tuple(
                replace(
                    meeting,
                    attended=_known(meeting.attended, people),
                    case_by=_one(meeting.case_by, people),
                )
                for meeting in circle_shown.meetings
            ),
        )
    return shown


def _redacted(kind: str, record: _T, audience: Audience) -> _T:
    hidden = _hidden(kind, audience)
    return record if not hidden else _without(record, hidden)


@cache
def _hidden(kind: str, audience: Audience) -> dict[str, Any]:
    """Names of fields above an audience, as a tree whose leaves are empty."""
    tree: dict[str, Any] = {}
    for field in schema.fields(kind):
        if not includes(audience, field.audience):
            branch = tree
            for name in field.path[:-1]:
                branch = branch.setdefault(name, {})
            branch.setdefault(field.path[-1], {})
    return _pruned(tree, kind, audience)


def _pruned(tree: dict[str, Any], kind: str, audience: Audience) -> dict[str, Any]:
    """Where a field is hidden whole, what is inside it needs no mention."""

    def prune(branch: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        return {
            name: {}
            if not includes(audience, schema.audience(kind, (*path, name)))
            else prune(below, (*path, name))
            for name, below in branch.items()
        }

    return prune(tree, ())


def _without(value: Any, hidden: dict[str, Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_without(item, hidden) for item in value)
    if value is None or not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        if field.name in hidden:
            below = hidden[field.name]
            kept = getattr(value, field.name)
            changes[field.name] = _without(kept, below) if below else _empty(field)
    return replace(value, **changes)


def _empty(field: Any) -> Any:
    return field.default if field.default is not MISSING else field.default_factory()
