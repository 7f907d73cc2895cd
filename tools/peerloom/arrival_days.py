"""When check-ins came in, as Git's history tells it where no record says so.

The day is the committer's, of the commit that brought a check-in onto the branch that is here. It
is the word of whoever commits there: GitHub's, when it merges. Where that does not say when a
check-in was sent, the day is unknown, and none is made up.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerloom.records import Program

# More check-ins than this at once, by several people and for several dates, were not sent then:
# somebody imported what was kept elsewhere, or rewrote the history.
MOST_AT_ONCE = 5
# Commits this close to each other were made by one command.
_AT_ONCE_SECONDS = 60
# Clocks differ by less than this.
_CLOCK_TOLERANCE_SECONDS = 24 * 60 * 60

_Brought = TypeVar("_Brought")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInArrival:
    """The commit that brought a check-in, and the second since 1970 in which it was committed.

    `is_reliable` says whether that is when the check-in came in.
    """

    commit: str
    seconds: int
    is_reliable: bool


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the branch: when it was committed, and what that date is worth."""

    id: str
    seconds: int
    is_first: bool
    is_by_its_author: bool


@dataclass(frozen=True, slots=True)
class CheckInCommit:
    """The paths of the check-ins that a commit brought, and whether it removed others."""

    commit: Commit
    paths: tuple[str, ...]
    removes: bool


def find_arrivals(
    commits: Sequence[Commit], check_in_commits: Sequence[CheckInCommit]
) -> dict[str, CheckInArrival]:
    """The commit that brought each check-in, by path. Both lists begin with the newest commit."""
    reliable = _find_reliable_commits(commits, check_in_commits)
    arrivals: dict[str, CheckInArrival] = {}
    for each in check_in_commits:  # newest first: what was removed and came again came then
        id_, seconds = each.commit.id, each.commit.seconds
        arrival = CheckInArrival(commit=id_, seconds=seconds, is_reliable=id_ in reliable)
        for path in each.paths:
            arrivals.setdefault(path, arrival)
    return arrivals


def add_received_days(program: Program, arrivals: Mapping[str, CheckInArrival]) -> Program:
    """A program that knows the days on which check-ins reliably came in, in its own time zone."""
    zone = program.settings.time_zone
    days = {
        path: day_in_zone(zone, arrival.seconds)
        for path, arrival in arrivals.items()
        if arrival.is_reliable
    }
    return replace(program, received={path: day for path, day in days.items() if day})


def day_in_zone(time_zone: str, seconds: float) -> date | None:
    """The day in a time zone at a second since 1970; `None` outside of the calendar.

    A time zone that does not exist counts as UTC: a rule reports it elsewhere.
    """
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _find_reliable_commits(
    commits: Sequence[Commit], check_in_commits: Sequence[CheckInCommit]
) -> set[str]:
    """The ids of the commits whose dates say when the check-ins that they brought came in."""
    plausible = find_plausible_commits(commits)
    imported = {
        each.commit.id
        for group in group_simultaneous(check_in_commits, lambda each: each.commit.seconds)
        if _is_import([path for each in group for path in each.paths])
        for each in group
    }
    return {
        each.commit.id
        for each in check_in_commits
        if not (each.removes or each.commit.is_first or each.commit.is_by_its_author)
        if each.commit.id in plausible - imported
    }


def group_simultaneous(
    brought: Iterable[_Brought], seconds_of: Callable[[_Brought], int]
) -> Iterator[list[_Brought]]:
    """What commits brought, in groups, each committed within a minute of another in its group."""
    group: list[_Brought] = []
    for each in sorted(brought, key=seconds_of):
        if group and seconds_of(each) - seconds_of(group[-1]) > _AT_ONCE_SECONDS:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _is_import(paths: Sequence[str]) -> bool:
    """Whether these are many check-ins, by several people and for several dates."""
    stems = [PurePosixPath(path).stem for path in paths]
    dates, people = {stem[:10] for stem in stems}, {stem[11:] for stem in stems}
    return len(paths) > MOST_AT_ONCE and len(dates) > 1 and len(people) > 1


def find_plausible_commits(commits: Sequence[Commit]) -> set[str]:
    """The ids of the commits whose dates fit those of most others; the rest are invented.

    Most are a longest subsequence, from the oldest commit to the newest, in which no date is
    earlier than the one before. Any other commit is plausible where its date lies between those
    of its neighbors in that subsequence, give or take a day.
    """
    oldest_first = commits[::-1]
    kept = _longest_nondecreasing([commit.seconds for commit in oldest_first])
    plausible: set[str] = set()
    following = 0  # the index in `kept` of the first kept commit that is not older than this one
    for index, commit in enumerate(oldest_first):
        while following < len(kept) and kept[following] < index:
            following += 1
        earliest = oldest_first[kept[following - 1]].seconds if following else commit.seconds
        is_last = following == len(kept)
        latest = commit.seconds if is_last else oldest_first[kept[following]].seconds
        tolerance = _CLOCK_TOLERANCE_SECONDS
        if earliest - tolerance <= commit.seconds <= latest + tolerance:
            plausible.add(commit.id)
    return plausible


def _longest_nondecreasing(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest nondecreasing subsequence, found by patience sorting."""
    smallest_ends: list[int] = []  # by length: the smallest number that ends such a subsequence
    end_indexes: list[int] = []
    predecessors: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_right(smallest_ends, number)
        smallest_ends[length : length + 1] = [number]
        predecessors.append(end_indexes[length - 1] if length else None)
        end_indexes[length : length + 1] = [index]
    indexes: list[int] = []
    current = end_indexes[-1] if end_indexes else None
    while current is not None:
        indexes.append(current)
        current = predecessors[current]
    return indexes[::-1]
