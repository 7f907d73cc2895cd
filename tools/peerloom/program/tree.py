"""Lists the files of a program, in a folder or in a snapshot such as a commit."""

import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from peerloom import bounded_reading
from peerloom.diagnostic import Diagnostic
from peerloom.filenames import folders_above
from peerloom.kinds import kind_of_path
from peerloom.model import Record
from peerloom.source import MAX_BYTES
from peerloom.text.escaping.terminal import printable

# Size, modification and change time in nanoseconds, inode: what Git, too, knows a file by.
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every regular file under `content/`, sorted, with its stamp.

    `found` has a diagnostic for everything else that is not a folder. `begun_ns` is the time at
    which the first stamp was taken, or 0 if not all files are on disk.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    begun_ns: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """A program's folder as it would be with the texts in `overlay`, and without the `removed`."""

    root: Path
    overlay: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises `OSError`, or `FileTooLarge` above `MAX_BYTES`."""
        new = self.overlay.get(path)
        if new is not None:
            return new.encode()
        return bounded_reading.read_at_most(f"{self.root}/{path}", MAX_BYTES)

    def list_files(self) -> Tree:
        """Return the files in the folder. Symbolic links are reported and never followed."""
        tree = _scan_folder(self.root)
        if not self.overlay and not self.removed:
            return tree
        kept = {path: stamp for path, stamp in tree.files.items() if path not in self.removed}
        new = {path: (len(text), 0, 0, 0) for path, text in self.overlay.items()}
        return Tree(dict(sorted({**kept, **new}.items())), tree.found)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Files that are not on disk, such as those of a commit, with `found` as in a tree.

    `read_before` has the record that was read from the bytes of each file. Snapshots that have
    most files in common share it, so that each file is parsed once.
    """

    files: Mapping[str, bytes]
    found: tuple[Diagnostic, ...] = ()
    read_before: dict[str, tuple[bytes, Record]] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises `OSError`."""
        try:
            return self.files[path]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    def list_files(self) -> Tree:
        """Return the files, by the rules that hold for a folder."""
        folders = {
            path for file in self.files for path in folders_above(file) if kind_of_path(path)
        }
        files = {
            path: (len(data), 0, 0, 0)
            for path, data in sorted(self.files.items())
            if folders.isdisjoint(folders_above(path))
        }
        found = [not_a_file_diagnostic(path, "a folder") for path in sorted(folders)]
        return Tree(files, (*self.found, *found))


# What the files of a program can be read from.
Files = Folder | Snapshot


def _scan_folder(root: Path) -> Tree:
    begun = time.time_ns()
    files: dict[str, Stamp] = {}
    found: list[Diagnostic] = []
    folders = ["content"]
    if (root / "content").is_symlink():
        return Tree({}, (link_diagnostic("content"),))
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    _sort_entry(entry, f"{folder}/{entry.name}", files, folders, found)
        except FileNotFoundError:
            pass
        except OSError as error:
            found.append(unreadable_diagnostic(folder, error))
    return Tree(dict(sorted(files.items())), tuple(found), begun)


def _sort_entry(
    entry: os.DirEntry[str],
    path: str,
    files: dict[str, Stamp],
    folders: list[str],
    found: list[Diagnostic],
) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # it was deleted after the folder was listed
        return
    if not _is_text(entry.name):
        found.append(bad_name_diagnostic(path))
        return
    if stat.S_ISREG(status.st_mode):
        files[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    elif stat.S_ISLNK(status.st_mode):
        found.append(link_diagnostic(path))
    elif not stat.S_ISDIR(status.st_mode):
        found.append(not_a_file_diagnostic(path, "a device or pipe"))
    elif kind_of_path(path) is not None:
        found.append(not_a_file_diagnostic(path, "a folder"))
    else:
        folders.append(path)


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def bad_name_diagnostic(path: str) -> Diagnostic:
    """Return the diagnostic of a name that is not text in UTF-8."""
    shown = printable(path)
    return Diagnostic(
        path=shown,
        rule="names-are-text",
        message=f"the name '{shown}' must be text in UTF-8",
        help="rename it; small letters a to z, digits and hyphens are read everywhere",
    )


def link_diagnostic(path: str) -> Diagnostic:
    """Return the diagnostic of a symbolic link."""
    return Diagnostic(
        path=path,
        rule="no-symbolic-links",
        message=f"'{printable(path)}' must be a file or folder of its own, not a symbolic link",
        help="put the file itself here; links are never followed",
    )


def not_a_file_diagnostic(path: str, what: str) -> Diagnostic:
    """Return the diagnostic of something that is not a file, but has the name of one."""
    return Diagnostic(
        path=path,
        rule="records-are-files",
        message=f"'{printable(path)}' must be a file, and it is {what}",
        help="give the folder a name without '.yml' or '.md', or move it out of 'content'",
    )


def unreadable_diagnostic(path: str, error: OSError) -> Diagnostic:
    """Return the diagnostic of a file or folder that the system does not let us read."""
    reason = (error.strerror or "unknown reason").lower()
    return Diagnostic(
        path=path,
        rule="cannot-read",
        message=f"'{printable(path)}' must be readable, and the system says: {reason}",
        help="check the file's permissions",
    )
