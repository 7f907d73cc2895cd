"""Which commit brought each check-in, read from the history of the checked-out branch."""

from collections.abc import Iterator
from pathlib import Path

from peerloom.arrival_days import (
    CheckInArrival,
    CheckInCommit,
    Commit,
    add_received_days,
    find_arrivals,
)
from peerloom.git.history import is_whole_history_here, read_commits
from peerloom.git.run import GitError, run_git
from peerloom.kinds import KIND_BY_NAME, kind_of_path
from peerloom.records import Program

_CHECK_INS = KIND_BY_NAME["check-in"].folder


def read_check_in_arrivals(root: Path) -> dict[str, CheckInArrival]:
    """The commit that brought each check-in, by path; empty where the whole history is not here."""
    try:
        if not is_whole_history_here(root):
            return {}
        commits = read_commits(root)
        check_in_commits = list(_read_check_in_commits(root, {c.id: c for c in commits}))
    except GitError:
        return {}
    return find_arrivals(commits, check_in_commits)


def with_received_days(program: Program, root: Path) -> Program:
    """A program that knows when check-ins came in; Git is asked only where one does not say it."""
    if all(check_in.received_on for check_in in program.check_ins):
        return program
    return add_received_days(program, read_check_in_arrivals(root))


def _read_check_in_commits(root: Path, commits: dict[str, Commit]) -> Iterator[CheckInCommit]:
    """The commits that brought or removed check-ins, newest first."""
    options = ("-m", "--name-status", "-z", "--no-renames", "--relative", "--diff-filter=ADT")
    command = ("log", "--first-parent", *options, "--format=%H", "HEAD", "--", _CHECK_INS)
    fields = iter(run_git(root, *command).split(b"\0")[:-1])
    id_, paths, removes = "", [], False
    for field in fields:
        word = field.strip()
        if word in (b"A", b"D", b"T"):
            path = next(fields).decode("utf-8", "surrogateescape")
            if kind_of_path(path) == "check-in":
                removes = removes or word == b"D"
                paths += [path] if word != b"D" else []
        elif word:
            if paths:
                yield CheckInCommit(commits[id_], tuple(paths), removes)
            id_, paths, removes = word.decode("ascii"), [], False
    if paths:
        yield CheckInCommit(commits[id_], tuple(paths), removes)
