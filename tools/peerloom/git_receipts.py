"""When answers came in, as Git's history tells it where no record says so.

The day is the committer's, of the commit that brought an answer onto the branch that is here. It
is the word of whoever commits there: of GitHub, when it merges. Where that says nothing of when an
answer was sent, the day is not known, and nothing is made up.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerloom import git
from peerloom.kinds import KIND_BY_NAME, kind_of_path
from peerloom.records import Program

_FOLDER = KIND_BY_NAME["check-in"].folder
# More answers than this at once, of several people for several dates, were not sent then: somebody
# took in what was kept elsewhere, or wrote the history anew.
MOST_AT_ONCE = 5
# Commits this close to each other were made by one command.
_AT_ONCE_SECONDS = 60
# Clocks differ by less than this.
_SLACK_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The commit that brought an answer, and the second in which it was committed.

    `tells` says whether that is when the answer came in.
    """

    commit: str
    seconds: int
    tells: bool


@dataclass(frozen=True, slots=True)
class _Commit:
    id: str
    seconds: int
    is_first: bool
    is_by_its_author: bool


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What a commit did to answers: the paths that it brought, and whether any went away."""

    commit: _Commit
    paths: tuple[str, ...]
    moves: bool


def brought(root: Path) -> dict[str, Brought]:
    """The commit that brought each answer that is here; empty where the whole history is not."""
    try:
        if git.output(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
        commits = _commits(root)
        arrivals = list(_arrivals(root, {commit.id: commit for commit in commits}))
    except git.CannotRead:
        return {}
    telling = _telling(commits, arrivals)
    found: dict[str, Brought] = {}
    for arrival in arrivals:  # the newest first: what went and came again came the second time
        commit = arrival.commit
        for path in arrival.paths:
            told = Brought(commit=commit.id, seconds=commit.seconds, tells=commit.id in telling)
            found.setdefault(path, told)
    return found


def with_received(program: Program, root: Path) -> Program:
    """A program that knows when answers came in; Git is asked only of those that do not say it."""
    if all(answer.received_on for answer in program.check_ins):
        return program
    zone = program.settings.time_zone
    days = {path: day_in(zone, by.seconds) for path, by in brought(root).items() if by.tells}
    return replace(program, received={path: day for path, day in days.items() if day})


def day_in(time_zone: str, seconds: float) -> date | None:
    """The day that it was somewhere at a second since 1970; nothing outside of the calendar."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _commits(root: Path) -> list[_Commit]:
    """The commits of the branch, the newest first; of a merge, not what it merged."""
    form = "--format=%H%n%ct%n%P%n%an <%ae>%n%cn <%ce>"
    listed = git.output(root, "log", "--first-parent", "-z", form, "HEAD").split(b"\0")
    return [_commit(*entry.split(b"\n", 4)) for entry in listed if entry]


def _commit(id_: bytes, seconds: bytes, parents: bytes, author: bytes, committer: bytes) -> _Commit:
    count = len(parents.split())
    return _Commit(
        id=id_.decode("ascii"),
        seconds=int(seconds),
        is_first=count == 0,
        # Then the date is the author's own word. A merge is somebody else's, and later.
        is_by_its_author=count == 1 and author == committer,
    )


def _arrivals(root: Path, commits: dict[str, _Commit]) -> Iterator[_Arrival]:
    how = ("-m", "--name-status", "-z", "--no-renames", "--relative", "--diff-filter=ADT")
    asked = ("log", "--first-parent", *how, "--format=%H", "HEAD", "--", _FOLDER)
    fields = iter(git.output(root, *asked).split(b"\0")[:-1])
    id_, paths, moves = "", [], False
    for field in fields:
        word = field.strip()
        if word in (b"A", b"D", b"T"):
            path = next(fields).decode("utf-8", "surrogateescape")
            if kind_of_path(path) == "check-in":
                moves = moves or word == b"D"
                paths += [path] if word != b"D" else []
        elif word:
            if paths:
                yield _Arrival(commits[id_], tuple(paths), moves)
            id_, paths, moves = word.decode("ascii"), [], False
    if paths:
        yield _Arrival(commits[id_], tuple(paths), moves)


def _telling(commits: Sequence[_Commit], arrivals: Sequence[_Arrival]) -> set[str]:
    """The commits whose dates say when the answers that they brought came in."""
    in_order = _in_order(commits)
    taken_in = {
        arrival.commit.id
        for together in _at_once(arrivals)
        if _is_taken_in([path for each in together for path in each.paths])
        for arrival in together
    }
    return {
        arrival.commit.id
        for arrival in arrivals
        if not (arrival.moves or arrival.commit.is_first or arrival.commit.is_by_its_author)
        if arrival.commit.id in in_order - taken_in
    }


def _at_once(arrivals: Sequence[_Arrival]) -> Iterator[list[_Arrival]]:
    """Arrivals in groups, each committed within a minute of the one before."""
    together: list[_Arrival] = []
    for arrival in arrivals:
        seconds = arrival.commit.seconds
        if together and abs(together[-1].commit.seconds - seconds) > _AT_ONCE_SECONDS:
            yield together
            together = []
        together.append(arrival)
    if together:
        yield together


def _is_taken_in(paths: Sequence[str]) -> bool:
    """Whether there are many answers, of several people for several dates."""
    stems = [PurePosixPath(path).stem for path in paths]
    dates, people = {stem[:10] for stem in stems}, {stem[11:] for stem in stems}
    return len(paths) > MOST_AT_ONCE and len(dates) > 1 and len(people) > 1


def _in_order(commits: Sequence[_Commit]) -> set[str]:
    """The commits whose dates fit those of most others; the rest are somebody's invention.

    Most are the longest row of commits that goes on in time; the others are in order where they
    lie between their neighbors in it, give or take a day.
    """
    oldest_first = commits[::-1]
    row = _longest_row([commit.seconds for commit in oldest_first])
    found: set[str] = set()
    after = 0
    for index, commit in enumerate(oldest_first):
        while after < len(row) and row[after] < index:
            after += 1
        before = oldest_first[row[after - 1]].seconds if after else commit.seconds
        next_ = oldest_first[row[after]].seconds if after < len(row) else commit.seconds
        if before - _SLACK_SECONDS <= commit.seconds <= next_ + _SLACK_SECONDS:
            found.add(commit.id)
    return found


def _longest_row(numbers: Sequence[int]) -> list[int]:
    """The places of a longest row of numbers of which none is less than the one before."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_right(ends, number)
        ends[at : at + 1] = [number]
        before.append(places[at - 1] if at else None)
        places[at : at + 1] = [place]
    row: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        row.append(last)
        last = before[last]
    return row[::-1]
