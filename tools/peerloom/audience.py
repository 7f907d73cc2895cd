"""What each audience may see of a program: the only module that hides anything from anybody."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from peerloom import schema
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import KINDS, PROGRAM_FILE, kind_of_record
from peerloom.model import AUDIENCES, Audience, CheckIn, Circle, Pair, Participant, Settings
from peerloom.pair_ids import find_people_in_false_id
from peerloom.program_questions import questions_about
from peerloom.records import CohortKey, Program

# Where fewer people are hidden from an audience, a total that covers them would tell of each.
FEWEST_HIDDEN = 5

_T = TypeVar("_T")
_G = TypeVar("_G", Pair, Circle)
_R = TypeVar("_R", Participant, Pair, CheckIn)


def includes(audience: Audience, needed: Audience) -> bool:
    """Whether `audience` may see everything that the audience `needed` may see."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(needed)


def repository_readers(program: Program) -> Audience:
    """Return who can read the repository: everybody, or the members if it is private.

    A repository whose settings cannot be read may be public.
    """
    is_known = PROGRAM_FILE not in program.broken
    return "members" if is_known and program.settings.visibility == "private" else "public"


# Replaces a help that the reader must not see.
_OPEN_IT = "the value is not repeated here, where others can read it: open the line and compare"


def redact_diagnostics(
    diagnostics: Iterable[Diagnostic], audience: Audience
) -> Iterator[Diagnostic]:
    """Yield diagnostics as an audience may read them.

    Those that quote what it must not see keep their place and rule and lose the quoted value;
    those that are secret are left out.
    """
    for diagnostic in diagnostics:
        if includes(audience, diagnostic.audience):
            yield diagnostic
        elif not diagnostic.is_secret:
            yield replace(diagnostic, message=diagnostic.outline, help=_OPEN_IT)


def redact_for_output(
    diagnostics: Iterable[Diagnostic], program: Program, *, is_log: bool = False
) -> list[Diagnostic]:
    """Return diagnostics as they may be printed.

    In GitHub Actions, everybody who can read the repository can read the log.
    """
    is_log = is_log or os.environ.get("GITHUB_ACTIONS") == "true"
    audience: Audience = repository_readers(program) if is_log else "coordinators"
    return list(redact_diagnostics(diagnostics, audience))


def may_be_shown_to(participant: Participant, audience: Audience) -> bool:
    """Whether a person may be shown to an audience: they agreed to it, and take part.

    Without consent, only coordinators see them. The same holds for somebody who is accepted in no
    cohort, but has applied, waits or was declined.
    """
    agreed = participant.consent.shown_to if participant.consent else "coordinators"
    takes_part = any(part.is_accepted for part in participant.cohorts) or not participant.cohorts
    return includes(audience, agreed) and (takes_part or audience == "coordinators")


def visible_program(program: Program, audience: Audience) -> Program:
    """Return a program as an audience may see it.

    Fields that the audience must not see have their empty value, and to the public every pair and
    circle that has begun seems to go on. People who did not agree to be shown are left out, with
    the pairs and check-ins that would name them; circles, events and resources lose their names.
    Figures about everybody must be computed from the whole program.
    """
    shown, settings = select_shown_records(program, audience), program.settings
    shown_pairs = {key: _hide_status(pair, audience) for key, pair in shown.pairs.items()}
    people = {
        id_: _redact_with_answers(_with_accepted_parts(person, audience), settings, audience)
        for id_, person in shown.participants.items()
    }
    pairs = {
        key: _redact_former_ids(
            _redact_stories(_redact_with_answers(pair, settings, audience), people),
            people,
            audience,
        )
        for key, pair in shown_pairs.items()
    }
    # Of records of these kinds, more is left out than fields.
    visible_records: dict[str, Any] = {
        "settings": _redact_record("program", program.settings, audience),
        "participants": {id_: _redact_references(person, people) for id_, person in people.items()},
        "pairs": pairs,
        "circles": _redact_circles(shown.circles, people, audience),
        "check_ins": tuple(
            _redact_with_answers(check_in, settings, audience)
            for check_in in program.check_ins
            if (check_in.cohort, check_in.pair) in pairs
            and (check_in.participant in people or audience == "coordinators")
        ),
        "responses": program.responses if audience == "coordinators" else (),
        "published": tuple(p for p in program.published if includes(audience, p.audience)),
        "follow_ups": program.follow_ups if audience == "coordinators" else {},
        "events": {
            id_: replace(
                event,
                hosts=_known_ids(event.hosts, people),
                attended=_known_ids(event.attended, people),
            )
            for id_, event in _redact_all("event", program.events, audience).items()
        },
        "resources": {
            id_: replace(resource, suggested_by=_known_id(resource.suggested_by, people))
            for id_, resource in _redact_all("resource", program.resources, audience).items()
        },
    }
    for kind in KINDS:
        if kind.collection not in visible_records:
            collection = getattr(program, kind.collection)
            visible_records[kind.collection] = (
                tuple(_redact_record(kind.name, record, audience) for record in collection)
                if kind.is_listed
                else _redact_all(kind.name, collection, audience)
            )
    return replace(program, moved={}, tree=(), undated=(), undated_goals={}, **visible_records)


def select_shown_records(program: Program, audience: Audience) -> Program:
    """Return the program with only those people, pairs and circles that an audience may see.

    These records keep all their fields. So this tells which pages a site has, and no page may
    be made from it.
    """
    people = {id_: p for id_, p in program.participants.items() if may_be_shown_to(p, audience)}
    pairs = {
        key: pair
        for key, pair in program.pairs.items()
        if all(who in people for who in pair.people)
        and (audience != "public" or _has_begun(pair.status, pair.started_on))
        and (audience == "coordinators" or _may_know_id(program, pair, people))
    }
    circles = {
        key: circle
        for key, circle in program.circles.items()
        if audience != "public" or _has_begun(circle.status, circle.started_on)
    }
    return replace(program, participants=people, pairs=pairs, circles=circles)


def redact_check_in(answer: CheckIn, audience: Audience) -> CheckIn:
    """Return a check-in without the fields that an audience must not see."""
    return _redact_record("check-in", answer, audience)


def _redact_with_answers(record: _R, settings: Settings, audience: Audience) -> _R:
    """Return a record without what an audience must not see, with the answers that it may see.

    The question says who may see an answer; an answer to no question is for coordinators.
    """
    kind = kind_of_record(record).name
    shown = _redact_record(kind, record, audience)
    if not record.answers or audience == "coordinators":
        return shown
    questions = questions_about(settings.questions, kind)
    visible_ids = {question.id for question in questions if includes(audience, question.audience)}
    answers = {id_: answer for id_, answer in record.answers.items() if id_ in visible_ids}
    return replace(shown, answers=answers)


def _may_know_id(program: Program, pair: Pair, people: Mapping[str, Participant]) -> bool:
    """Whether everybody whom a pair's id names may be shown, who may be others than its people.

    The id is the address of the pair's page, until 'peerloom begin' renames the pair.
    """
    return all(who in people for who in find_people_in_false_id(program, pair))


def _has_begun(status: str, started_on: date | None) -> bool:
    """Whether a pair or circle has begun; one that ended early may only have been proposed."""
    return status != "proposed" and (status != "ended_early" or started_on is not None)


def _hide_status(group: _G, audience: Audience) -> _G:
    """Return a pair or circle that has begun as the public may know it: as one that goes on.

    Whether it is paused, is over, and how and when it ended concerns its people. It does not
    vanish when it ends early either: whoever kept an earlier version of the site would notice.
    """
    return group if audience != "public" else replace(group, status="active", ended_on=None)


def count_hidden(program: Program, people: Iterable[str], audience: Audience) -> int:
    """Return how many of some people are hidden from an audience, or 0 where they are few.

    Members read the public site as well, and could subtract. So a number for the public is also
    0 where few are hidden from members.
    """
    ids = set(people)
    for reader in AUDIENCES[AUDIENCES.index(audience) : AUDIENCES.index("coordinators")]:
        if 0 < len(_list_hidden(program, ids, reader)) < FEWEST_HIDDEN:
            return 0
    return len(_list_hidden(program, ids, audience))


def _list_hidden(program: Program, ids: Iterable[str], audience: Audience) -> list[str]:
    people = program.participants
    return [id_ for id_ in ids if not (id_ in people and may_be_shown_to(people[id_], audience))]


def _redact_all(kind: str, records: Mapping[str, _T], audience: Audience) -> dict[str, _T]:
    return {id_: _redact_record(kind, record, audience) for id_, record in records.items()}


def _known_ids(ids: Iterable[str], people: Mapping[str, Participant]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in people)


def _known_id(id_: str | None, people: Mapping[str, Participant]) -> str | None:
    return id_ if id_ in people else None


def _with_accepted_parts(person: Participant, audience: Audience) -> Participant:
    """Return a person as if they had signed up only for the cohorts that accepted them."""
    if audience == "coordinators":
        return person
    accepted = tuple(part for part in person.cohorts if part.is_accepted)
    others = {part.cohort for part in person.cohorts} - {part.cohort for part in accepted}
    goals = tuple(goal for goal in person.goals if goal.cohort not in others)
    return replace(person, cohorts=accepted, goals=goals)


def _redact_references(person: Participant, people: Mapping[str, Participant]) -> Participant:
    return replace(
        person,
        preferred=_known_ids(person.preferred, people),
        excluded=_known_ids(person.excluded, people),
    )


def _redact_stories(shown: Pair, people: Mapping[str, Participant]) -> Pair:
    quotable = tuple(story for story in shown.stories if _may_be_quoted(people.get(story.by)))
    return replace(shown, stories=quotable)


def _redact_former_ids(shown: Pair, people: Mapping[str, Participant], audience: Audience) -> Pair:
    """Return a pair with the former ids under which an audience could see it.

    An id tells the names of two people. So both must be shown to the audience, and it must have
    been shown pairs with the status of that time. What is not known is for coordinators alone.
    """
    former = tuple(
        each
        for each in shown.former
        if audience == "coordinators"
        or (
            each.people
            and all(who in people for who in each.people)
            and (audience != "public" or _has_begun(each.status or "proposed", shown.started_on))
        )
    )
    if audience == "public":
        former = tuple(replace(each, status=None) for each in former)
    return replace(shown, former=former) if former != shown.former else shown


def _may_be_quoted(person: Participant | None) -> bool:
    return person is not None and person.consent is not None and person.consent.may_be_quoted


def _redact_circles(
    circles: Mapping[CohortKey, Circle], people: Mapping[str, Participant], audience: Audience
) -> dict[CohortKey, Circle]:
    shown = {}
    for key, circle in circles.items():
        circle_shown = _redact_record("circle", _hide_status(circle, audience), audience)
        shown[key] = replace(
            circle_shown,
            facilitators=_known_ids(circle.facilitators, people),
            members=_known_ids(circle.members, people),
            stays=tuple(stay for stay in circle.stays if stay.participant in people),
            meetings=tuple(
                replace(
                    meeting,
                    attended=_known_ids(meeting.attended, people),
                    case_by=_known_id(meeting.case_by, people),
                )
                for meeting in circle_shown.meetings
            ),
        )
    return shown


def _redact_record(kind: str, record: _T, audience: Audience) -> _T:
    hidden = _hidden_fields(kind, audience)
    return record if not hidden else _blank_fields(record, hidden)


@cache
def _hidden_fields(kind: str, audience: Audience) -> dict[str, Any]:
    """Return the names of the fields that an audience must not see, as a tree.

    A leaf is a field that is hidden as a whole. An inner node is a visible field with hidden
    fields inside it.
    """
    tree: dict[str, Any] = {}
    hidden: set[tuple[str, ...]] = set()
    for field in schema.list_fields(kind):  # outer fields come before inner ones
        if field.path[:-1] in hidden:
            hidden.add(field.path)
        elif not includes(audience, field.audience):
            hidden.add(field.path)
            branch = tree
            for name in field.path[:-1]:
                branch = branch.setdefault(name, {})
            branch[field.path[-1]] = {}
    return tree


def _blank_fields(value: Any, hidden: dict[str, Any]) -> Any:
    """Return a record without its hidden fields; itself, where they are empty anyway."""
    if isinstance(value, tuple):
        return tuple(_blank_fields(item, hidden) for item in value)
    if value is None or not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    known = _fields_by_name(type(value))
    for name, below in hidden.items():
        if name in known:
            kept = getattr(value, name)
            shown = _blank_fields(kept, below) if below else _default_of(known[name])
            if shown != kept:
                changes[name] = shown
    return replace(value, **changes) if changes else value


@cache
def _fields_by_name(record_type: Any) -> dict[str, Any]:
    return {field.name: field for field in fields(record_type)}


def _default_of(field: Any) -> Any:
    return field.default if field.default is not MISSING else field.default_factory()
