"""On which days facts came about that no record dates, as Git's history tells it.

The day is the committer's, of the first commit on the branch from which on the record holds the
fact. Where that does not say when it came about, it is only the latest day that it can be.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom.arrival_days import (
    MOST_AT_ONCE,
    Commit,
    day_in_zone,
    find_plausible_commits,
    group_simultaneous,
)
from peerloom.as_of import MissingDay, first_evidence
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Pair, Participant, Record
from peerloom.records import FactDay, Program

# Facts that a coordinator may well write of many records on the day on which they come about.
_WRITTEN_TOGETHER = frozenset({"started", "ended", "paused", "decision"})

FactKey = tuple[str, str]
Holds = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVersion:
    """What a commit made of a record: its values as they were written, or None if it went.

    `is_new` says that the commit brought the file.
    """

    commit: Commit
    value: Mapping[str, Any] | None
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _FirstCommit:
    """The version of a record from which on it holds a fact."""

    key: FactKey
    version: RecordVersion

    @property
    def sort(self) -> str:
        return self.key[1].partition(" ")[0]


def list_paths_of_facts(
    program: Program, missing: Iterable[MissingDay]
) -> dict[str, tuple[str, ...]]:
    """For each record that lacks a day, by its path: that path, and those that it had before."""
    records = {program.path(each.record): each.record for each in missing}
    return {path: (path, *_former_paths(record)) for path, record in records.items()}


def _former_paths(record: Record) -> tuple[str, ...]:
    """Where a pair's file was while the pair had another id."""
    if not isinstance(record, Pair):
        return ()
    folder = f"{KIND_BY_NAME['pair'].folder}/{record.cohort}"
    return tuple(f"{folder}/{former.id}.yml" for former in reversed(record.former))


def find_fact_days(
    program: Program,
    missing: Iterable[MissingDay],
    commits: Sequence[Commit],
    versions: Mapping[str, Sequence[RecordVersion]],
) -> dict[FactKey, FactDay]:
    """The days of facts that records do not date, by path and name of the fact.

    Takes the commits of the branch, and by the present path of each record its versions; both
    begin with the newest.
    """
    missing = list(missing)
    firsts = list(_find_first_commits(program, missing, versions))
    exact = _list_exact(firsts, find_plausible_commits(commits))
    evidence = {(program.path(m.record), m.fact): first_evidence(program, m) for m in missing}
    found = {}
    for first in firsts:
        day = day_in_zone(program.settings.time_zone, first.version.commit.seconds)
        shown = evidence[first.key] or date.max
        if day is not None:
            # What was written down after it was known came about before its commit.
            is_exact = first.key in exact and day <= shown
            latest = program.records_day or day
            found[first.key] = FactDay(day=min(day, shown, latest), is_exact=is_exact)
    return found


def date_uncommitted_facts(
    program: Program,
    missing: Iterable[MissingDay],
    versions: Mapping[str, Sequence[RecordVersion]],
    today: date,
) -> dict[FactKey, FactDay]:
    """The days of facts that the newest commit does not hold: `today`, or as records show them.

    A view of a day before that commit is not known to have held them either.
    """
    latest = max(today, program.records_day or today)
    found = {}
    for each in missing:
        newest = next(iter(versions.get(program.path(each.record), ())), None)
        if newest is None or newest.value is None or not _make_test(each)(newest.value):
            day = min(latest, first_evidence(program, each) or latest)
            found[program.path(each.record), each.fact] = FactDay(day=day, is_exact=False)
    return found


def _find_first_commits(
    program: Program,
    missing: Iterable[MissingDay],
    versions: Mapping[str, Sequence[RecordVersion]],
) -> Iterator[_FirstCommit]:
    for each in missing:
        path, holds = program.path(each.record), _make_test(each)
        first: RecordVersion | None = None
        for version in versions.get(path, ()):
            if version.value is None or not holds(version.value):
                break
            first = version
        if first is not None:
            yield _FirstCommit(key=(path, each.fact), version=first)


def _list_exact(firsts: list[_FirstCommit], plausible: set[str]) -> set[FactKey]:
    """The facts that came about on the day of the commit that brought them."""
    imported = set(_list_imported(firsts))
    return {
        first.key
        for first in firsts
        if first.version.commit.id in plausible
        if not first.version.commit.is_first and first.key not in imported
    }


def _list_imported(firsts: list[_FirstCommit]) -> Iterator[FactKey]:
    """The facts that came at once with many of their sort, from elsewhere or by a rewriting.

    Those that one commit says of records that were there are no import: many pairs end together.
    """
    by_sort: dict[str, list[_FirstCommit]] = defaultdict(list)
    for first in firsts:
        by_sort[first.sort].append(first)
    for sort, those in by_sort.items():
        for group in group_simultaneous(those, lambda first: first.version.commit.seconds):
            paths = {first.key[0] for first in group}
            is_one = len({first.version.commit.id for first in group}) == 1
            was_there = not any(first.version.is_new for first in group)
            if len(paths) > MOST_AT_ONCE and not (
                is_one and was_there and sort in _WRITTEN_TOGETHER
            ):
                yield from (first.key for first in group)


def _make_test(missing: MissingDay) -> Holds:
    """What tells whether an earlier version of a record holds a fact."""
    record, fact = missing.record, missing.fact
    sort, _, name = fact.partition(" ")
    if sort == "decision" and isinstance(record, Participant):
        part = record.cohorts[int(missing.keys[1])]
        wanted = {"cohort": part.cohort, "role": part.role, "state": part.state}
        return lambda value: any(
            wanted.items() <= each.items() for each in _entries(value, "cohorts")
        )
    if sort == "break" and isinstance(record, Participant):
        return lambda value: value.get("paused_until") == str(record.paused_until)
    lists = {"goal": ("goals", "id"), "story": ("stories", "by")}
    if sort in lists:
        key, within = lists[sort]
        return lambda value: any(each.get(within) == name for each in _entries(value, key))
    statuses = _STATUSES.get(sort)
    return lambda value: statuses is None or value.get("status") in statuses


# The statuses in which a fact holds; a record was proposed in any of them.
_STATUSES = {
    "started": ("active", "paused", "completed", "ended_early"),
    "ended": ("completed", "ended_early"),
    "paused": ("paused",),
}


def _entries(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The mappings in a list of an earlier version, which no schema has looked at."""
    listed = value.get(key)
    return [e for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []
