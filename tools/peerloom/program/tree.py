"""The files of a program's folder, and which record each one holds."""

import os
import re
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from peerloom import bounded
from peerloom.diagnostic import Diagnostic, printable
from peerloom.records import Record
from peerloom.source import MOST_BYTES

_ID = r"[^/]+"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("program", r"content/program\.yml"),
    ("cohort", rf"content/cohorts/{_ID}\.yml"),
    ("participant", rf"content/participants/{_ID}\.yml"),
    ("pair", rf"content/pairs/{_ID}/{_ID}\.yml"),
    ("circle", rf"content/circles/{_ID}/{_ID}\.yml"),
    ("check-in", rf"content/check-ins/{_ID}/{_ID}/{_ID}\.yml"),
    ("survey", rf"content/surveys/{_ID}\.yml"),
    ("response", rf"content/responses/{_ID}/{_ID}/{_ID}\.yml"),
    ("event", rf"content/events/{_ID}\.yml"),
    ("resource", rf"content/resources/{_ID}\.yml"),
    ("training", rf"content/training/{_ID}\.md"),
    ("page", r"content/pages/.+\.md"),
)
_KIND = re.compile("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_PATTERNS)))

# Size, modification and change time in nanoseconds, inode: what Git, too, knows a file by.
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every regular file under `content/`, sorted, with its stamp; `found` is what is neither.

    `begun_ns` is when the first stamp was taken; 0 where files do not stand in a folder alone.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    begun_ns: int = 0


def kind_of(path: str) -> str | None:
    """Which record a path holds, or `None` where it holds none."""
    match = _KIND.fullmatch(path)
    return _PATTERNS[int(match.lastgroup[1:])][0] if match and match.lastgroup else None


@dataclass(frozen=True, slots=True)
class Folder:
    """A program's folder, with texts that are to be written to it seen as if they were."""

    root: Path
    overlay: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises `OSError`, which is `TooLarge` where no record has so many."""
        new = self.overlay.get(path)
        if new is not None:
            return new.encode()
        return bounded.read(f"{self.root}/{path}", MOST_BYTES)

    def tree(self) -> Tree:
        """What is in the folder. Symbolic links are named and never followed."""
        tree = _scan(self.root)
        if not self.overlay:
            return tree
        new = {path: (len(text), 0, 0, 0) for path, text in self.overlay.items()}
        return Tree(dict(sorted({**tree.files, **new}.items())), tree.found)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Files that stand in no folder, such as a commit's; `found` is what is none, as in a tree.

    `read_before` remembers what a file's bytes were read as; snapshots that share most of
    their files share it, and each file is read once.
    """

    files: Mapping[str, bytes]
    found: tuple[Diagnostic, ...] = ()
    read_before: dict[str, tuple[bytes, Record]] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises `OSError`."""
        try:
            return self.files[path]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    def tree(self) -> Tree:
        """What is there, by the rules that hold for a folder."""
        folders = {path for file in self.files for path in _above(file) if kind_of(path)}
        files = {
            path: (len(data), 0, 0, 0)
            for path, data in sorted(self.files.items())
            if folders.isdisjoint(_above(path))
        }
        found = [not_a_file(path, "a folder") for path in sorted(folders)]
        return Tree(files, (*self.found, *found))


# Where a program's files can be.
Files = Folder | Snapshot


def _above(path: str) -> Iterator[str]:
    """The folders a file is in."""
    parts = path.split("/")
    return ("/".join(parts[:n]) for n in range(1, len(parts)))


def _scan(root: Path) -> Tree:
    begun = time.time_ns()
    files: dict[str, Stamp] = {}
    found: list[Diagnostic] = []
    folders = ["content"]
    if (root / "content").is_symlink():
        return Tree({}, (link("content"),))
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    _take(entry, f"{folder}/{entry.name}", files, folders, found)
        except FileNotFoundError:
            pass
        except OSError as error:
            found.append(unreadable(folder, error))
    return Tree(dict(sorted(files.items())), tuple(found), begun)


def _take(
    entry: os.DirEntry[str],
    path: str,
    files: dict[str, Stamp],
    folders: list[str],
    found: list[Diagnostic],
) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # it went away since the folder was listed
        return
    if not _is_text(entry.name):
        found.append(nameless(path))
        return
    if stat.S_ISREG(status.st_mode):
        files[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    elif stat.S_ISLNK(status.st_mode):
        found.append(link(path))
    elif not stat.S_ISDIR(status.st_mode):
        found.append(not_a_file(path, "a device or pipe"))
    elif kind_of(path) is not None:
        found.append(not_a_file(path, "a folder"))
    else:
        folders.append(path)


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def nameless(path: str) -> Diagnostic:
    """A name that is no text."""
    shown = printable(path)
    return Diagnostic(
        path=shown,
        rule="names-are-text",
        message=f"the name '{shown}' must be text in UTF-8",
        help="rename it; small letters a to z, digits and hyphens are read everywhere",
    )


def link(path: str) -> Diagnostic:
    """A symbolic link."""
    return Diagnostic(
        path=path,
        rule="no-symbolic-links",
        message=f"'{printable(path)}' must be a file or folder of its own, not a symbolic link",
        help="put the file itself here; links are never followed",
    )


def not_a_file(path: str, what: str) -> Diagnostic:
    """Something else where a file must be."""
    return Diagnostic(
        path=path,
        rule="records-are-files",
        message=f"'{printable(path)}' must be a file, and it is {what}",
        help="give the folder a name without '.yml' or '.md', or move it out of 'content'",
    )


def unreadable(path: str, error: OSError) -> Diagnostic:
    """A file or folder that the system does not let us read."""
    reason = (error.strerror or "unknown reason").lower()
    return Diagnostic(
        path=path,
        rule="cannot-read",
        message=f"'{printable(path)}' must be readable, and the system says: {reason}",
        help="check the file's permissions",
    )
