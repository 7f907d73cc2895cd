"""All records of a program together, looked up by what people ask for."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from peerloom.kinds import KIND_BY_NAME, KINDS, Kind, record_path
from peerloom.model import (
    CheckIn,
    Circle,
    Cohort,
    Event,
    FollowUp,
    Goal,
    Membership,
    Page,
    Pair,
    Participant,
    PublishedFigures,
    Record,
    Resource,
    Response,
    SavedReading,
    Settings,
    Survey,
    TrainingModule,
)
from peerloom.provenance import Provenance

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

# A pair or circle is known by its cohort and its id.
CohortKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDay:
    """The day from which a fact holds; if it is not `is_exact`, the latest that it can be."""

    day: date
    is_exact: bool


def make_record(kind: str, value: dict[str, Any]) -> Record:
    """Return the record of a value that is valid by the schema of its kind."""
    record: Record = msgspec.convert(value, type=KIND_BY_NAME[kind].record_class)
    return record


def make_collection(kind: Kind, records: Iterable[Any]) -> Any:
    """Return records of a kind as the kind's field of `Program` holds them, in order of keys."""
    key = attrgetter(*kind.keys)
    in_order = sorted(records, key=key)
    return tuple(in_order) if kind.is_listed else {key(record): record for record in in_order}


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program's records, each collection in the order of its keys.

    `moved` has, by the paths of their files, the records whose keys belong to another path. `tree`
    has the path of every file under `content/`, whether or not it is a record. `broken` has the
    paths of records that exist but cannot be used, so that references to them are not reported as
    well. `received` has, by path, the day on which a check-in was received according to Git's
    history; it is empty if Git was not asked. `committed_sheets` has the paths of spreadsheets that
    Git holds although it is told to ignore them, which is empty for the same reason. `provenance`
    says which state of the files this is, if that was asked for.

    `fact_days` has, by path and name of a fact that a record does not date, the day on which Git's
    history first shows it, and `records_day` is the day that the records are known to be of. In a
    program that is as of a day, `undated` has the records whose state of that day is not known,
    and `undated_goals` such goals, by the key of their pair; neither is in the collections.
    """

    settings: Settings
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    pairs: dict[CohortKey, Pair] = field(default_factory=dict)
    circles: dict[CohortKey, Circle] = field(default_factory=dict)
    check_ins: tuple[CheckIn, ...] = ()
    follow_ups: dict[CohortKey, FollowUp] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)
    responses: tuple[Response, ...] = ()
    readings: dict[str, SavedReading] = field(default_factory=dict)
    published: tuple[PublishedFigures, ...] = ()
    events: dict[str, Event] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    training: dict[str, TrainingModule] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    moved: dict[str, Record] = field(default_factory=dict)
    tree: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()
    received: Mapping[str, date] = field(default_factory=dict)
    committed_sheets: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    fact_days: Mapping[tuple[str, str], FactDay] = field(default_factory=dict)
    records_day: date | None = None
    undated: tuple[Record, ...] = ()
    undated_goals: Mapping[CohortKey, tuple[Goal, ...]] = field(default_factory=dict)

    @cached_property
    def derived(self) -> dict[Any, Any]:
        """A cache for what higher layers compute from these records, as long-lived as they are."""
        return {}

    def path(self, record: Record) -> str:
        """Return the path of a record's file: where its keys belong, unless it was `moved`."""
        return self._moved_paths.get(id(record)) or record_path(record)

    @cached_property
    def _moved_paths(self) -> dict[int, str]:
        return {id(record): path for path, record in self.moved.items()}

    def records(self) -> Iterator[Record]:
        """Yield every record, the settings first."""
        for kind in KINDS:
            collection = getattr(self, kind.collection)
            if not kind.keys:
                yield collection
            else:
                yield from collection if kind.is_listed else collection.values()

    def exists(self, path: str) -> bool:
        """Whether a record's file exists at a path, whether or not it can be used."""
        return path in self.broken or path in self._record_paths

    @cached_property
    def _record_paths(self) -> frozenset[str]:
        return frozenset(record_path(record) for record in self.records()) | self.moved.keys()

    @cached_property
    def _pairs_by_cohort(self) -> dict[str, tuple[Pair, ...]]:
        return _group_by_key((pair.cohort, pair) for pair in self.pairs.values())

    def pairs_of(self, cohort: str) -> tuple[Pair, ...]:
        """Return the pairs of a cohort."""
        return self._pairs_by_cohort.get(cohort, ())

    @property
    def records_naming_coordinators(self) -> tuple[Settings | Cohort, ...]:
        """The settings of the program and its cohorts, each with coordinators and numbers."""
        return (self.settings, *self.cohorts.values())

    @cached_property
    def _pairs_by_person(self) -> dict[str, tuple[Pair, ...]]:
        return _group_by_key((who, pair) for pair in self.pairs.values() for who in pair.people)

    def pairs_with(self, participant: str) -> tuple[Pair, ...]:
        """Return the pairs of any cohort that somebody is in."""
        return self._pairs_by_person.get(participant, ())

    @cached_property
    def _pairs_by_former_id(self) -> dict[CohortKey, Pair]:
        return {
            (pair.cohort, former.id): pair for pair in self.pairs.values() for former in pair.former
        }

    def find_pair(self, cohort: str, id_: str) -> Pair | None:
        """Return the pair of a cohort that has an id, or else the one that had it before."""
        key = (cohort, id_)
        return self.pairs.get(key) or self._pairs_by_former_id.get(key)

    @cached_property
    def _circles_by_cohort(self) -> dict[str, tuple[Circle, ...]]:
        return _group_by_key((circle.cohort, circle) for circle in self.circles.values())

    def circles_of(self, cohort: str) -> tuple[Circle, ...]:
        """Return the circles of a cohort."""
        return self._circles_by_cohort.get(cohort, ())

    @cached_property
    def _circles_by_person(self) -> dict[str, tuple[Circle, ...]]:
        return _group_by_key(
            (who, circle) for circle in self.circles.values() for who in circle.people
        )

    def circles_with(self, participant: str) -> tuple[Circle, ...]:
        """Return the circles of any cohort that somebody is in."""
        return self._circles_by_person.get(participant, ())

    @cached_property
    def _check_ins_by_pair(self) -> dict[CohortKey, tuple[CheckIn, ...]]:
        return _group_by_key(((answer.cohort, answer.pair), answer) for answer in self.check_ins)

    def check_ins_of(self, pair: Pair) -> tuple[CheckIn, ...]:
        """Return a pair's check-ins in order of due date, then participant."""
        return self._check_ins_by_pair.get((pair.cohort, pair.id), ())

    def received_on(self, answer: CheckIn) -> date | None:
        """Return the day on which a check-in was received, from any source but its author."""
        if answer.received_on is not None or not self.received:
            return answer.received_on
        return self.received.get(record_path(answer))

    def counts_from(self, answer: CheckIn) -> date:
        """Return the first day on which a view of the program as of that day shows a check-in.

        If nobody else knows when it was received, its author's `answered_on` is taken. That is
        good enough to tell what was known on an earlier day, and is used for nothing else: an
        author's word must not decide whether an answer was on time.
        """
        return self.received_on(answer) or answer.answered_on

    @cached_property
    def _sign_ups_by_cohort(self) -> dict[str, tuple[tuple[Participant, Membership], ...]]:
        return _group_by_key(
            (membership.cohort, (participant, membership))
            for participant in self.participants.values()
            for membership in participant.cohorts
        )

    def sign_ups_for(self, cohort: str) -> tuple[tuple[Participant, Membership], ...]:
        """Who signed up for a cohort, whether they are accepted or not; see `members_of`."""
        return self._sign_ups_by_cohort.get(cohort, ())

    @cached_property
    def _members_by_cohort(self) -> dict[str, tuple[tuple[Participant, Membership], ...]]:
        return {
            cohort: tuple(member for member in sign_ups if member[1].is_accepted)
            for cohort, sign_ups in self._sign_ups_by_cohort.items()
        }

    def members_of(self, cohort: str) -> tuple[tuple[Participant, Membership], ...]:
        """Return who takes part in a cohort, with each role: two roles make two entries."""
        return self._members_by_cohort.get(cohort, ())

    def published_of(self, cohort: str, audience: str) -> tuple[PublishedFigures, ...]:
        """Return what was published of a cohort for an audience, the oldest date first."""
        return tuple(
            each for each in self.published if (each.cohort, each.audience) == (cohort, audience)
        )

    @cached_property
    def skills(self) -> dict[str, str]:
        """The id of each skill by every word for it: its id, name and aliases, case-folded."""
        return {
            word.casefold(): skill.id
            for skill in reversed(self.settings.skills)
            for word in (*skill.aliases, skill.name, skill.id)
        }


def _group_by_key(items: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    """Return the values of each key, in the order in which they come."""
    groups: dict[_Key, list[_Value]] = {}
    for key, value in items:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def short_digest(value: Any) -> str:
    """Return eight hexadecimal digits of the SHA-256 of a JSON value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
