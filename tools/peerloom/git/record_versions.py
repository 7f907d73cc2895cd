"""The earlier versions of records, and the days that they tell of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from peerloom import source
from peerloom.arrival_days import Commit, day_in_zone
from peerloom.as_of import find_missing_days, newest_day_in_records
from peerloom.fact_history import (
    RecordVersion,
    date_uncommitted_facts,
    find_fact_days,
    list_paths_of_facts,
)
from peerloom.git.check_in_arrivals import with_received_days
from peerloom.git.history import is_whole_history_here, read_commits, read_newest_seconds
from peerloom.git.objects import read_contents
from peerloom.git.run import GitError, run_git
from peerloom.kinds import KIND_BY_NAME
from peerloom.records import Program

_FOLDERS = tuple(KIND_BY_NAME[kind].folder for kind in ("participant", "pair", "circle"))
# Regular files. A symbolic link or a submodule is no record.
_FILE_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What a commit did to a file: the id of its new contents, or None if it holds none now."""

    commit: str
    path: str
    blob: str | None
    is_new: bool


def with_days_from_git(program: Program, root: Path, today: date) -> Program:
    """A program that knows what Git's history tells of its days, where its records do not.

    What no commit holds yet has been so since `today`. Of a history that is not all here, the
    program knows only the day of the newest commit, and without Git no more than before.
    """
    return _with_fact_days(_with_records_day(with_received_days(program, root), root), root, today)


def _with_records_day(program: Program, root: Path) -> Program:
    """A program that knows of which day its records are.

    It is that of the newest commit, or of something that its records hold if that came later: then
    the clock of whoever committed it was wrong.
    """
    seconds = read_newest_seconds(root)
    committed = day_in_zone(program.settings.time_zone, seconds) if seconds is not None else None
    if committed is None:
        return program
    happened = newest_day_in_records(program)
    return replace(program, records_day=max(committed, happened or committed))


def _with_fact_days(program: Program, root: Path, today: date) -> Program:
    missing = list(find_missing_days(program))
    if not missing or program.records_day is None:
        return program
    try:
        if not is_whole_history_here(root):
            return program
        commits = read_commits(root)
        versions = _read_versions(root, commits, list_paths_of_facts(program, missing))
    except GitError:
        return program
    found = find_fact_days(program, missing, commits, versions)
    uncommitted = date_uncommitted_facts(program, missing, versions, today)
    return replace(program, fact_days={**uncommitted, **found})


def _read_versions(
    root: Path, commits: Iterable[Commit], paths: Mapping[str, tuple[str, ...]]
) -> dict[str, list[RecordVersion]]:
    """The versions of the records at the paths, the newest first; see `list_paths_of_facts`."""
    present = {earlier: path for path, all_paths in paths.items() for earlier in all_paths}
    by_id = {commit.id: commit for commit in commits}
    # Where a pair got another id, its file went from the earlier path: no end of the record.
    changes = [
        change
        for change in _read_changes(root)
        if change.path in present and (change.blob or change.path in paths)
    ]
    texts = read_contents(root, {change.blob for change in changes if change.blob})
    versions: dict[str, list[RecordVersion]] = {path: [] for path in paths}
    for change in changes:
        value = source.parse(texts[change.blob]).value if change.blob else None
        version = RecordVersion(
            commit=by_id[change.commit],
            value=None if change.blob is None else value if isinstance(value, dict) else {},
            is_new=change.is_new,
        )
        versions[present[change.path]].append(version)
    return versions


def _read_changes(root: Path) -> Iterator[_Change]:
    """What the commits of the branch changed in the folders of records, the newest first."""
    options = ("--raw", "-m", "-z", "--no-abbrev", "--no-renames", "--relative", "--format=%H")
    fields = iter(
        run_git(root, "log", "--first-parent", *options, "HEAD", "--", *_FOLDERS).split(b"\0")[:-1]
    )
    commit = ""
    for field in fields:
        word = field.strip().decode("ascii")
        if not word.startswith(":"):
            commit = word or commit
            continue
        _, mode, _, blob, status = word.split()
        yield _Change(
            commit=commit,
            path=next(fields).decode("utf-8", "surrogateescape"),
            blob=blob if mode in _FILE_MODES else None,
            is_new=status == "A",
        )
