"""The commits of the checked-out branch."""

from pathlib import Path

from peerloom.arrival_days import Commit
from peerloom.git.run import GitError, run_git


def is_whole_history_here(root: Path) -> bool:
    """Whether nothing of the history is missing. Raises `GitError`.

    Of a checkout of the newest commit alone, Git answers questions about earlier ones without an
    error, as if there were none.
    """
    return run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"false"


def read_newest_seconds(root: Path) -> int | None:
    """The second since 1970 in which the newest commit was made; None if there is no commit."""
    try:
        return int(run_git(root, "log", "-1", "--format=%ct", "HEAD"))
    except GitError:
        return None


def read_commits(root: Path) -> list[Commit]:
    """The commits of the branch itself, newest first, without those that a merge brought in."""
    fields = "--format=%H%n%ct%n%P%n%an <%ae>%n%cn <%ce>"
    entries = run_git(root, "log", "--first-parent", "-z", fields, "HEAD").split(b"\0")
    return [_parse_commit(*entry.split(b"\n", 4)) for entry in entries if entry]


def _parse_commit(
    id_: bytes, seconds: bytes, parents: bytes, author: bytes, committer: bytes
) -> Commit:
    parent_count = len(parents.split())
    return Commit(
        id=id_.decode("ascii"),
        seconds=int(seconds),
        is_first=parent_count == 0,
        # Such a date is the author's own word. A merge is made later, by somebody else.
        is_by_its_author=parent_count == 1 and author == committer,
    )
