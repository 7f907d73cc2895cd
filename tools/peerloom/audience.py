"""What an audience may see of a program: the only place where anything is kept from anybody."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from peerloom import schema
from peerloom.diagnostic import Diagnostic
from peerloom.model import AUDIENCES, Audience, CheckIn, Circle, Pair, Participant
from peerloom.records import CohortKey, Program

# Records of these statuses are nobody's business but the two people's and the coordinators'.
_NOT_FOR_THE_PUBLIC = frozenset({"proposed", "ended_early"})

_T = TypeVar("_T")


def includes(audience: Audience, needed: Audience) -> bool:
    """Whether an audience may see what `needed` may."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(needed)


def readers(program: Program) -> Audience:
    """Those who can read the repository: everybody, or the members of a private one.

    Where nothing is known of it, it may be public.
    """
    is_known = "content/program.yml" not in program.broken
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
    """Whether a person agreed to be seen by an audience; who never said so did not."""
    agreed = participant.consent.show if participant.consent else "coordinators"
    return includes(audience, agreed)


def visible(program: Program, audience: Audience) -> Program:
    """A program as an audience may see it.

    Fields above the audience have their empty value. People who did not agree to be shown
    are not in it, nor are the pairs and check-ins that would name them; circles, events and
    resources leave their names out. Figures about everybody need the whole program.
    """
    people = {
        id_: _redacted("participant", person, audience)
        for id_, person in program.participants.items()
        if shows(person, audience)
    }
    pairs = {
        key: _pair(pair, people, audience)
        for key, pair in program.pairs.items()
        if all(who in people for who in pair.people) and _is_shown(pair.status, audience)
    }
    return replace(
        program,
        settings=_redacted("program", program.settings, audience),
        cohorts=_all("cohort", program.cohorts, audience),
        participants={id_: _person(person, people) for id_, person in people.items()},
        pairs=pairs,
        circles=_circles(program.circles, people, audience),
        check_ins=_check_ins(program.check_ins, pairs, audience),
        surveys=_all("survey", program.surveys, audience),
        responses=program.responses if audience == "coordinators" else (),
        events={
            id_: replace(
                event, hosts=_known(event.hosts, people), attended=_known(event.attended, people)
            )
            for id_, event in _all("event", program.events, audience).items()
        },
        resources={
            id_: replace(resource, suggested_by=_one(resource.suggested_by, people))
            for id_, resource in _all("resource", program.resources, audience).items()
        },
        training=_all("training", program.training, audience),
        moved={},
        tree=(),
    )


def seen_by(answer: CheckIn, audience: Audience) -> CheckIn:
    """A check-in without what is above an audience."""
    return _redacted("check-in", answer, audience)


def _is_shown(status: str, audience: Audience) -> bool:
    return audience != "public" or status not in _NOT_FOR_THE_PUBLIC


def _all(kind: str, records: Mapping[str, _T], audience: Audience) -> dict[str, _T]:
    return {id_: _redacted(kind, record, audience) for id_, record in records.items()}


def _known(ids: Iterable[str], people: Mapping[str, Participant]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in people)


def _one(id_: str | None, people: Mapping[str, Participant]) -> str | None:
    return id_ if id_ in people else None


def _person(person: Participant, people: Mapping[str, Participant]) -> Participant:
    return replace(
        person,
        preferred=_known(person.preferred, people),
        excluded=_known(person.excluded, people),
    )


def _pair(pair: Pair, people: Mapping[str, Participant], audience: Audience) -> Pair:
    shown = _redacted("pair", pair, audience)
    quotable = tuple(story for story in shown.stories if _may_be_quoted(people.get(story.by)))
    return replace(shown, stories=quotable)


def _may_be_quoted(person: Participant | None) -> bool:
    return person is not None and person.consent is not None and person.consent.quote


def _circles(
    circles: Mapping[CohortKey, Circle], people: Mapping[str, Participant], audience: Audience
) -> dict[CohortKey, Circle]:
    shown = {}
    for key, circle in circles.items():
        if not _is_shown(circle.status, audience):
            continue
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


def _check_ins(
    answers: Iterable[CheckIn], pairs: Mapping[CohortKey, Pair], audience: Audience
) -> tuple[CheckIn, ...]:
    return tuple(
        _redacted("check-in", answer, audience)
        for answer in answers
        if (answer.cohort, answer.pair) in pairs
    )


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
