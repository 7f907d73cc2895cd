"""What two commits of a Git repository hold, read as objects; no file is ever checked out."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from peerloom import git
from peerloom.diagnostic import quoted
from peerloom.git import CannotRead
from peerloom.source import MOST_BYTES
from peerloom.text.escaping.terminal import printable

# GitHub takes no larger file.
_LARGEST_FILE = 100 * 1024 * 1024
# So many commits of a pull request are looked at for when its answers came in.
_MOST_COMMITS = 20
_LINK, _SUBMODULE = "120000", "160000"


class NoSharedHistory(CannotRead):
    """Two commits have no commit in common, and all of their history is here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a path leads to in a commit: Git's mode and the object's id."""

    mode: str
    id: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK

    @property
    def is_submodule(self) -> bool:
        """Whether it is another repository."""
        return self.mode == _SUBMODULE


@dataclass(frozen=True, slots=True)
class Difference:
    """A path that differs between two commits; `moved_from` where Git takes it for a rename."""

    path: str
    old: Entry | None
    new: Entry | None
    moved_from: str | None = None


class Repository:
    """The objects of the repository whose top is `folder`, bare or not."""

    def __init__(self, folder: Path) -> None:
        """Raises `CannotRead` where `folder` is not the top of a repository."""
        self._folder = folder
        try:
            inside = self._git("rev-parse", "--show-prefix").strip()
        except CannotRead as error:
            message = f"'{printable(str(folder))}' must be a Git repository; {error}"
            raise CannotRead(message) from error
        if inside:
            here = printable(os.fsdecode(inside).rstrip("/"))
            raise CannotRead(f"'-C' must name the top of the repository, not its folder '{here}'")

    def commit(self, ref: str) -> str:
        """The id of the commit that a ref names. Raises `CannotRead`."""
        help_ = "fetch it first, or see 'git log' for what is there"
        if not ref or ref.startswith("-") or "\0" in ref:
            raise CannotRead(f"{quoted(ref)} must name a commit; {help_}")
        try:
            found = self._git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except CannotRead as error:
            raise CannotRead(f"{quoted(ref)} must be a commit that is here; {help_}") from error
        return found.decode("ascii").strip()

    def folder_of(self, commit: str) -> str:
        """The id of a commit's topmost folder."""
        return self._git("rev-parse", f"{commit}^{{tree}}").decode("ascii").strip()

    def meeting_points(self, one: str, other: str) -> tuple[str, ...]:
        """The commits where two histories last met. Raises `CannotRead` where there is none."""
        try:
            found = self._git("merge-base", "--all", one, other)
        except CannotRead as error:
            message = "the two commits must share history; fetch all of it (fetch-depth: 0)"
            kind = CannotRead if self._is_shallow() else NoSharedHistory
            raise kind(message) from error
        return tuple(sorted(found.decode("ascii").split()))

    def _is_shallow(self) -> bool:
        return self._git("rev-parse", "--is-shallow-repository").strip() != b"false"

    def files(self, commit: str) -> dict[str, Entry]:
        """Everything in a commit, by path; what is no UTF-8 has surrogates for its bytes."""
        found = {}
        for line in _split(self._git("ls-tree", "-r", "-z", "--full-tree", commit)):
            about, _, path = line.partition(b"\t")
            mode, _, id_ = about.split()
            found[_text(path)] = Entry(mode.decode("ascii"), id_.decode("ascii"))
        return found

    def differences(self, old: str, new: str) -> tuple[Difference, ...]:
        """The paths that differ between two commits."""
        raw = self._git("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", "-l1000", old, new)
        return tuple(_differences(_split(raw)))

    def commits_with(self, base: str, head: str, paths: Iterable[str]) -> tuple[str, ...]:
        """The head, and the newest commits before it that hold the same at these paths.

        Only those that the base does not have; a merge from the base changes none of them.
        """
        asked = sorted(paths)
        most = f"--max-count={_MOST_COMMITS}"
        newer = self._git("rev-list", "--topo-order", most, head, f"^{base}").decode("ascii")
        there = self._at(head, asked)
        before = [commit for commit in newer.split() if commit != head]
        return (head, *(commit for commit in before if asked and self._at(commit, asked) == there))

    def _at(self, commit: str, paths: list[str]) -> bytes:
        return self._git("--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, *paths)

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """The size of each object, in bytes."""
        asked = sorted(set(ids))
        said = self._git("cat-file", "--batch-check", given=_lines(asked)).decode("ascii")
        sizes = {}
        for line in said.splitlines():
            id_, kind, *size = line.split()
            if kind != "blob":
                raise CannotRead(f"the object {id_} must be here; fetch the whole of both commits")
            sizes[id_] = int(size[0])
        return sizes

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of each file; of one that is larger than a record may be, only as many."""
        sizes = self.sizes(ids)
        short = [id_ for id_, size in sizes.items() if size <= MOST_BYTES]
        found = dict(_blobs(self._git("cat-file", "--batch", given=_lines(short))))
        # Nobody reads what is too large, but that it is must be seen.
        large = sizes.keys() - found.keys()
        return found | {id_: bytes(min(sizes[id_], _LARGEST_FILE)) for id_ in large}

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        return git.output(self._folder, *arguments, given=given)


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{id_}\n" for id_ in ids).encode("ascii")


def _split(raw: bytes) -> list[bytes]:
    return raw.split(b"\0")[:-1]


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _differences(fields: list[bytes]) -> Iterator[Difference]:
    """From `:mode mode id id status`, a path and, for a rename, another, each in its field."""
    rest = iter(fields)
    for about in rest:
        old_mode, new_mode, old_id, new_id, status = about.decode("ascii").lstrip(":").split()
        path = _text(next(rest))
        moved_from = None
        if status.startswith("R"):
            moved_from, path = path, _text(next(rest))
        yield Difference(path, _entry(old_mode, old_id), _entry(new_mode, new_id), moved_from)


def _entry(mode: str, id_: str) -> Entry | None:
    return Entry(mode, id_) if mode != "000000" else None


def _blobs(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """From `id type size`, a line end, so many bytes, a line end, and again."""
    at = 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        id_, _, size = raw[at:end].split()
        start, at = end + 1, end + int(size) + 2
        yield id_.decode("ascii"), raw[start : at - 1]
