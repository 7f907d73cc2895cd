"""A whole program as of a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from peerloom.as_of.circles import circle_as_of
from peerloom.as_of.dating import Dating
from peerloom.as_of.pairs import pair_as_of
from peerloom.as_of.people import participant_as_of
from peerloom.as_of.records_day import newest_day_in_records
from peerloom.model import CheckIn, Cohort, CohortAim, Event, FollowUp, Goal, Record, Response
from peerloom.records import CohortKey, Program


def program_as_of(program: Program, day: date) -> Program:
    """The program with its records as they were on a day, so far as their dates tell.

    Goals, check-ins, meetings and joins of later days are left out, and statuses are those of the
    day. What is planned for later stays. Records whose state of that day is not known are in
    `undated` instead of their collections, and such goals in `undated_goals`. A program that is
    already as of a later day gives the same. Asked again for a day, it is the same object.
    """
    known = program.derived.get((program_as_of, day))
    if not isinstance(known, Program):
        known = program.derived[program_as_of, day] = _rewind(program, day)
        known.derived[program_as_of, day] = known
    return known


def _rewind(program: Program, day: date) -> Program:
    records_day = program.records_day or newest_day_in_records(program)
    return _Rewinding(replace(program, records_day=records_day), day).rewind()


class _Rewinding:
    """The records of one program on one day, as they are collected."""

    def __init__(self, program: Program, day: date) -> None:
        self._program, self._day = program, day
        self._dating = Dating(program=program)
        self._undated: list[Record] = list(program.undated)
        self._undated_goals: dict[CohortKey, tuple[Goal, ...]] = {}
        self._changed: dict[int, Record | None] = {}

    def rewind(self) -> Program:
        collections: dict[str, Any] = {
            "cohorts": {id_: self._cohort(c) for id_, c in self._program.cohorts.items()},
            "participants": dict(self._participants()),
            "pairs": dict(self._pairs()),
            "circles": dict(self._circles()),
            "events": {id_: self._event(event) for id_, event in self._program.events.items()},
            "follow_ups": {key: self._follow_up(f) for key, f in self._program.follow_ups.items()},
            "responses": tuple(self._responses()),
            "published": tuple(p for p in self._program.published if p.closed_on <= self._day),
        }
        return replace(
            self._program,
            **collections,
            check_ins=self._check_ins(collections["pairs"]),
            undated=tuple(self._undated),
            undated_goals=self._undated_goals,
            moved=self._moved(),
        )

    def _keep(self, record: Record, rewound: Record | None) -> None:
        """Remember what a record became, for the paths of records that are in the wrong place."""
        if rewound is not record:
            self._changed[id(record)] = rewound

    def _participants(self) -> Iterator[tuple[str, Any]]:
        for id_, person in self._program.participants.items():
            found = participant_as_of(self._dating, person, self._day)
            if not found.is_known:
                self._undated.append(person)
            self._keep(person, found.participant)
            yield id_, found.participant

    def _pairs(self) -> Iterator[tuple[CohortKey, Any]]:
        for key, pair in self._program.pairs.items():
            found = pair_as_of(self._dating, pair, self._day)
            self._keep(pair, found.pair)
            undated = self._program.undated_goals.get(key, ()) + found.undated_goals
            if found.absence == "not known":
                self._undated.append(pair)
            elif undated and found.pair:
                self._undated_goals[key] = undated
            if found.pair is not None:
                yield key, found.pair

    def _circles(self) -> Iterator[tuple[CohortKey, Any]]:
        for key, circle in self._program.circles.items():
            found = circle_as_of(self._dating, circle, self._day)
            self._keep(circle, found.circle)
            if found.absence == "not known":
                self._undated.append(circle)
            if found.circle is not None:
                yield key, found.circle

    def _cohort(self, cohort: Cohort) -> Cohort:
        """A cohort without what a person said of its aims later."""
        aims = tuple(self._aim(aim) for aim in cohort.aims)
        rewound = replace(cohort, aims=aims) if aims != cohort.aims else cohort
        self._keep(cohort, rewound)
        return rewound

    def _aim(self, aim: str | CohortAim) -> str | CohortAim:
        is_later = isinstance(aim, CohortAim) and aim.outcome and aim.outcome.on > self._day
        return replace(aim, outcome=None) if isinstance(aim, CohortAim) and is_later else aim

    def _event(self, event: Event) -> Event:
        rewound = replace(event, attended=()) if event.on > self._day and event.attended else event
        self._keep(event, rewound)
        return rewound

    def _follow_up(self, follow_up: FollowUp) -> FollowUp:
        entries = tuple(entry for entry in follow_up.entries if entry.on <= self._day)
        is_same = len(entries) == len(follow_up.entries)
        rewound = follow_up if is_same else replace(follow_up, entries=entries)
        self._keep(follow_up, rewound)
        return rewound

    def _responses(self) -> Iterator[Response]:
        for response in self._program.responses:
            waves = tuple(wave for wave in response.waves if wave.answered_on <= self._day)
            is_same = len(waves) == len(response.waves)
            rewound = response if is_same else replace(response, waves=waves)
            self._keep(response, rewound if waves or is_same else None)
            if waves or is_same:
                yield rewound

    def _check_ins(self, pairs: dict[CohortKey, Any]) -> tuple[CheckIn, ...]:
        """The check-ins that were known on the day, of the pairs that are."""
        counts_from, day = self._program.counts_from, self._day
        return tuple(
            check_in
            for check_in in self._program.check_ins
            if (check_in.cohort, check_in.pair) in pairs and counts_from(check_in) <= day
        )

    def _moved(self) -> dict[str, Record]:
        both = {path: self._changed.get(id(r), r) for path, r in self._program.moved.items()}
        return {path: record for path, record in both.items() if record is not None}
