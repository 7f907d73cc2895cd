"""All records of a program together, and where each belongs in its folder."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from peerloom.model import (
    CheckIn,
    Circle,
    Cohort,
    Event,
    Membership,
    Page,
    Pair,
    Participant,
    Resource,
    Response,
    Settings,
    Survey,
    TrainingModule,
)

Record = (
    Settings
    | Cohort
    | Participant
    | Pair
    | Circle
    | CheckIn
    | Survey
    | Response
    | Event
    | Resource
    | TrainingModule
    | Page
)

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

# A pair or circle is known by its cohort and its id.
CohortKey = tuple[str, str]


CLASSES: dict[str, type[Any]] = {
    "program": Settings,
    "cohort": Cohort,
    "participant": Participant,
    "pair": Pair,
    "circle": Circle,
    "check-in": CheckIn,
    "survey": Survey,
    "response": Response,
    "event": Event,
    "resource": Resource,
    "training": TrainingModule,
    "page": Page,
}


def of_kind(kind: str, value: dict[str, Any]) -> Record:
    """The record of a value that its schema has found valid."""
    record: Record = msgspec.convert(value, type=CLASSES[kind])
    return record


def path(record: Record) -> str:  # noqa: C901, PLR0911 - a table of twelve kinds
    """Where a record belongs, from its own keys."""
    match record:
        case Settings():
            return "content/program.yml"
        case Cohort():
            return f"content/cohorts/{record.id}.yml"
        case Participant():
            return f"content/participants/{record.id}.yml"
        case Pair():
            return f"content/pairs/{record.cohort}/{record.id}.yml"
        case Circle():
            return f"content/circles/{record.cohort}/{record.id}.yml"
        case CheckIn():
            stem = f"{record.due.isoformat()}-{record.participant}"
            return f"content/check-ins/{record.cohort}/{record.pair}/{stem}.yml"
        case Survey():
            return f"content/surveys/{record.id}.yml"
        case Response():
            return f"content/responses/{record.survey}/{record.cohort}/{record.code}.yml"
        case Event():
            return f"content/events/{record.id}.yml"
        case Resource():
            return f"content/resources/{record.id}.yml"
        case TrainingModule():
            return f"content/training/{record.id}.md"
        case Page():
            return f"content/pages/{record.path}"


# No id is longer.
# Shorter than an id may be: a check-in's path holds a cohort's and a person's, too.
_LONGEST_PAIR_ID = 60


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program's records, each collection in the order of its keys.

    `moved` holds the records whose keys name another path than the one they stand at;
    `tree` every file under `content/`, records or not; `broken` the paths of records that
    are there but cannot be used, so that what refers to them is not wrong too. `received` says by
    path when an answer came in, as Git's history tells it; it is empty where nobody asked Git.
    """

    settings: Settings
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    pairs: dict[CohortKey, Pair] = field(default_factory=dict)
    circles: dict[CohortKey, Circle] = field(default_factory=dict)
    check_ins: tuple[CheckIn, ...] = ()
    surveys: dict[str, Survey] = field(default_factory=dict)
    responses: tuple[Response, ...] = ()
    events: dict[str, Event] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    training: dict[str, TrainingModule] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    moved: dict[str, Record] = field(default_factory=dict)
    tree: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()
    received: Mapping[str, date] = field(default_factory=dict)

    def path(self, record: Record) -> str:
        """Where a record stands, which is where it belongs unless it was `moved`."""
        return self._moved_from.get(id(record)) or path(record)

    @cached_property
    def _moved_from(self) -> dict[int, str]:
        return {id(record): at for at, record in self.moved.items()}

    def records(self) -> Iterator[Record]:
        """Every record, the settings first."""
        yield self.settings
        collections: tuple[Iterable[Record], ...] = (
            self.cohorts.values(),
            self.participants.values(),
            self.pairs.values(),
            self.circles.values(),
            self.check_ins,
            self.surveys.values(),
            self.responses,
            self.events.values(),
            self.resources.values(),
            self.training.values(),
            self.pages.values(),
        )
        for collection in collections:
            yield from collection

    def exists(self, at: str) -> bool:
        """Whether there is a record's file at a path, usable or not."""
        return at in self.broken or at in self._paths

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(path(record) for record in self.records()) | self.moved.keys()

    @cached_property
    def _pairs_by_cohort(self) -> dict[str, tuple[Pair, ...]]:
        return _grouped((pair.cohort, pair) for pair in self.pairs.values())

    def pairs_of(self, cohort: str) -> tuple[Pair, ...]:
        """The pairs of a cohort."""
        return self._pairs_by_cohort.get(cohort, ())

    @cached_property
    def _pairs_by_person(self) -> dict[str, tuple[Pair, ...]]:
        return _grouped((who, pair) for pair in self.pairs.values() for who in pair.people)

    def pairs_with(self, participant: str) -> tuple[Pair, ...]:
        """The pairs, of any cohort, in which somebody is."""
        return self._pairs_by_person.get(participant, ())

    @cached_property
    def _circles_by_cohort(self) -> dict[str, tuple[Circle, ...]]:
        return _grouped((circle.cohort, circle) for circle in self.circles.values())

    def circles_of(self, cohort: str) -> tuple[Circle, ...]:
        """The circles of a cohort."""
        return self._circles_by_cohort.get(cohort, ())

    @cached_property
    def _circles_by_person(self) -> dict[str, tuple[Circle, ...]]:
        return _grouped((who, circle) for circle in self.circles.values() for who in circle.people)

    def circles_with(self, participant: str) -> tuple[Circle, ...]:
        """The circles, of any cohort, in which somebody is."""
        return self._circles_by_person.get(participant, ())

    @cached_property
    def _check_ins_by_pair(self) -> dict[CohortKey, tuple[CheckIn, ...]]:
        return _grouped(((answer.cohort, answer.pair), answer) for answer in self.check_ins)

    def check_ins_of(self, pair: Pair) -> tuple[CheckIn, ...]:
        """A pair's check-ins by due date, then by who answered."""
        return self._check_ins_by_pair.get((pair.cohort, pair.id), ())

    def received_on(self, answer: CheckIn) -> date | None:
        """The day on which a check-in came in, by anybody's word but its author's."""
        if answer.received_on is not None or not self.received:
            return answer.received_on
        return self.received.get(path(answer))

    def counts_from(self, answer: CheckIn) -> date:
        """The day from which a check-in is there, in a view of the program as of a day.

        Where nobody knows when it came, its author's word is taken for this alone: it decides
        what an earlier day is shown to have known, and never whether an answer was on time.
        """
        return self.received_on(answer) or answer.answered_on

    @cached_property
    def _members(self) -> dict[str, tuple[tuple[Participant, Membership], ...]]:
        return _grouped(
            (membership.cohort, (participant, membership))
            for participant in self.participants.values()
            for membership in participant.cohorts
        )

    def members_of(self, cohort: str) -> tuple[tuple[Participant, Membership], ...]:
        """Who takes part in a cohort, and as what; somebody with two roles is there twice."""
        return self._members.get(cohort, ())

    @cached_property
    def skills(self) -> dict[str, str]:
        """Skill ids by everything they are called: id, name and aliases, in lower case."""
        return {
            word.casefold(): skill.id
            for skill in reversed(self.settings.skills)
            for word in (*skill.aliases, skill.name, skill.id)
        }


def _grouped(items: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    groups: dict[_Key, list[_Value]] = {}
    for key, value in items:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def pair_id(program: Program, cohort: str, people: tuple[str, str]) -> str:
    """The id of the pair that two people have in a cohort; else one made of theirs."""
    for pair in program.pairs_with(people[0]):
        if pair.cohort == cohort and (pair.people == people or {*pair.peers} == {*people}):
            return pair.id
    whole = "-".join(people)
    if len(whole) <= _LONGEST_PAIR_ID and (cohort, whole) not in program.pairs:
        return whole
    return f"{whole[: _LONGEST_PAIR_ID - 9].rstrip('-')}-{mark(list(people))}"


def mark(value: Any) -> str:
    """Eight characters that a value has, and hardly another."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
