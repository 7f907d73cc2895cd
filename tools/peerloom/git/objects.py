"""The contents of files, read as Git's objects by their ids."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from peerloom.git.run import GitError, run_git
from peerloom.source import MAX_BYTES

# GitHub takes no larger file.
_LARGEST_FILE = 100 * 1024 * 1024


def read_sizes(folder: Path, ids: Iterable[str]) -> dict[str, int]:
    """The size in bytes of each file, by the id of its object. Raises `GitError`."""
    lines = run_git(folder, "cat-file", "--batch-check", stdin=_as_lines(sorted(set(ids))))
    sizes = {}
    for line in lines.decode("ascii").splitlines():
        id_, kind, *size = line.split()
        if kind != "blob":
            raise GitError(f"the object {id_} must be here; fetch the whole of both commits")
        sizes[id_] = int(size[0])
    return sizes


def read_contents(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each file; zeros in place of those of a file too large to be a record."""
    sizes = read_sizes(folder, ids)
    small = [id_ for id_, size in sizes.items() if size <= MAX_BYTES]
    contents = dict(_parse_blobs(run_git(folder, "cat-file", "--batch", stdin=_as_lines(small))))
    # A file that is too large is not read, but its size is needed to report it.
    large = sizes.keys() - contents.keys()
    return contents | {id_: bytes(min(sizes[id_], _LARGEST_FILE)) for id_ in large}


def _as_lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{id_}\n" for id_ in ids).encode("ascii")


def _parse_blobs(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Parse `id type size`, a line end, that many bytes, a line end, and so on."""
    position = 0
    while position < len(raw):
        line_end = raw.index(b"\n", position)
        id_, _, size = raw[position:line_end].split()
        start, position = line_end + 1, line_end + int(size) + 2
        yield id_.decode("ascii"), raw[start : position - 1]
