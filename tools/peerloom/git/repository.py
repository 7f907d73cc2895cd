"""What the commits of a Git repository hold, read as objects; no file is ever checked out."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from peerloom.diagnostic import quoted
from peerloom.git import objects
from peerloom.git.history import is_whole_history_here
from peerloom.git.run import GitError, run_git
from peerloom.review import PathDifference, TreeEntry
from peerloom.text.escaping.terminal import printable

# How many commits of a pull request are compared to find out when its check-ins came in.
_MOST_COMMITS = 20
_NO_FILE = "000000"


class NoSharedHistoryError(GitError):
    """Two commits have no commit in common, although all of their history is here."""


class Repository:
    """The objects of the repository whose top folder is `folder`, bare or not."""

    def __init__(self, folder: Path) -> None:
        """Raises `GitError` where `folder` is not the top of a repository."""
        self._folder = folder
        try:
            prefix = self._git("rev-parse", "--show-prefix").strip()
        except GitError as error:
            message = f"'{printable(str(folder))}' must be a Git repository; {error}"
            raise GitError(message) from error
        if prefix:
            subfolder = printable(os.fsdecode(prefix).rstrip("/"))
            raise GitError(
                f"'-C' must name the top of the repository, not its folder '{subfolder}'"
            )

    def find_commit(self, ref: str) -> str:
        """The id of the commit that a ref names. Raises `GitError`."""
        help_ = "fetch it first, or see 'git log' for what is there"
        if not ref or ref.startswith("-") or "\0" in ref:
            raise GitError(f"{quoted(ref)} must name a commit; {help_}")
        try:
            commit = self._git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except GitError as error:
            raise GitError(f"{quoted(ref)} must be a commit that was fetched; {help_}") from error
        return commit.decode("ascii").strip()

    def find_first_commits(self, commit: str) -> tuple[str, ...]:
        """The commits with which the history of a commit begins. Raises `GitError`."""
        if not is_whole_history_here(self._folder):
            raise GitError("all of the history must be here; fetch it (fetch-depth: 0)")
        listed = self._git("rev-list", "--max-parents=0", commit)
        return tuple(sorted(listed.decode("ascii").split()))

    def find_root_tree(self, commit: str) -> str:
        """The id of the tree object that holds everything in a commit."""
        return self._git("rev-parse", f"{commit}^{{tree}}").decode("ascii").strip()

    def find_merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The commits at which two histories last met. Raises `GitError` where there is none."""
        try:
            commits = self._git("merge-base", "--all", one, other)
        except GitError as error:
            message = "the two commits must share history; fetch all of it (fetch-depth: 0)"
            is_whole = is_whole_history_here(self._folder)
            kind = NoSharedHistoryError if is_whole else GitError
            raise kind(message) from error
        return tuple(sorted(commits.decode("ascii").split()))

    def list_files(self, commit: str) -> dict[str, TreeEntry]:
        """Everything in a commit by its path; bytes that are no UTF-8 become surrogates."""
        entries = {}
        for line in _split_fields(self._git("ls-tree", "-r", "-z", "--full-tree", commit)):
            metadata, _, path = line.partition(b"\t")
            mode, _, id_ = metadata.split()
            entries[_decode_path(path)] = TreeEntry(mode.decode("ascii"), id_.decode("ascii"))
        return entries

    def list_differences(self, old: str, new: str) -> tuple[PathDifference, ...]:
        """The paths that differ between two commits."""
        raw = self._git("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", "-l1000", old, new)
        return tuple(_parse_differences(_split_fields(raw)))

    def list_commits_with_same(self, base: str, head: str, paths: Iterable[str]) -> tuple[str, ...]:
        """The head, and the newest commits before it that hold the same as it at these paths.

        Commits that the base has, too, are left out: a merge from the base changes none of these
        paths.
        """
        wanted = sorted(paths)
        limit = f"--max-count={_MOST_COMMITS}"
        newer = self._git("rev-list", "--topo-order", limit, head, f"^{base}").decode("ascii")
        listed = self._list_paths(head, wanted)
        earlier = [commit for commit in newer.split() if commit != head]
        same = (c for c in earlier if wanted and self._list_paths(c, wanted) == listed)
        return (head, *same)

    def _list_paths(self, commit: str, paths: list[str]) -> bytes:
        return self._git("--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, *paths)

    def read_sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """The size in bytes of each file, by the id of its object. Raises `GitError`."""
        return objects.read_sizes(self._folder, ids)

    def read_contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of each file; zeros in place of those of a file too large to be a record."""
        return objects.read_contents(self._folder, ids)

    def _git(self, *arguments: str) -> bytes:
        return run_git(self._folder, *arguments)


def _split_fields(raw: bytes) -> list[bytes]:
    return raw.split(b"\0")[:-1]


def _decode_path(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _parse_differences(fields: list[bytes]) -> Iterator[PathDifference]:
    """Parse `:mode mode id id status`, a path and, for a rename, another, each in its field."""
    rest = iter(fields)
    for metadata in rest:
        old_mode, new_mode, old_id, new_id, status = metadata.decode("ascii").lstrip(":").split()
        path = _decode_path(next(rest))
        moved_from = None
        if status.startswith("R"):
            moved_from, path = path, _decode_path(next(rest))
        yield PathDifference(
            path=path,
            old=_make_entry(old_mode, old_id),
            new=_make_entry(new_mode, new_id),
            moved_from=moved_from,
        )


def _make_entry(mode: str, id_: str) -> TreeEntry | None:
    return TreeEntry(mode, id_) if mode != _NO_FILE else None
