"""What a version of Peerloom wrote into a program, kept as the base of the next merge.

The archive `.peerloom/written.zip` holds each file as it was written, below `files/`. Where
somebody still has to merge a file, what the version before wrote is there too, below `unmerged/`.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain
from pathlib import Path

from packaging.version import Version

from peerloom import bounded_reading
from peerloom.toolbox.toolbox_files import FOLDER
from peerloom.toolbox.wheel import describe_entry

WRITTEN_FILE = f"{FOLDER}/written.zip"
# Where the new text of a file lies that somebody has to merge; nothing runs there.
BESIDE = f"{FOLDER}/new"
_MAX_BYTES = 8 << 20


class DamagedArchive(Exception):  # noqa: N818 - it reads as the sentence it is
    """The archive of what was written cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFiles:
    """The texts that a version wrote, by path.

    `unmerged` has what an earlier version wrote, for the files that were left to somebody to merge.
    """

    texts: Mapping[str, bytes] = field(default_factory=dict)
    unmerged: Mapping[str, bytes] = field(default_factory=dict)


def encode_files(contents: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the bytes of each file."""
    return {path: c.encode() if isinstance(c, str) else c for path, c in contents.items()}


def pack_written_files(
    texts: Mapping[str, str | bytes], unmerged: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the archive of what is written now; the same files always give the same bytes.

    The toolbox itself is left out: nobody changes it, and no version has to be merged with it.
    Nothing is compressed, because Git does that, and keeps only what differs between two versions.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for folder, group in (("files", encode_files(texts)), ("unmerged", unmerged or {})):
            merged = {path: data for path, data in group.items() if not _is_in_toolbox(path)}
            for path, data in sorted(merged.items()):
                archive.writestr(describe_entry(f"{folder}/{path}"), data)
    return packed.getvalue()


def _is_in_toolbox(path: str) -> bool:
    return path.startswith(f"{FOLDER}/")


def unpack_written_files(archive: bytes) -> WrittenFiles:
    """Return what an archive holds. Raises `DamagedArchive`."""
    groups: dict[str, dict[str, bytes]] = {"files": {}, "unmerged": {}}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            if sum(entry.file_size for entry in entries) > _MAX_BYTES:
                raise DamagedArchive
            for entry in entries:
                folder, _, path = entry.filename.partition("/")
                groups[folder][path] = opened.read(entry)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DamagedArchive from error
    except (EOFError, OSError) as error:
        raise DamagedArchive from error
    return WrittenFiles(texts=groups["files"], unmerged=groups["unmerged"])


def written_by_version(version: str, root: Path) -> WrittenFiles:
    """Return what a version wrote into the program in `root`, before programs kept that themselves.

    Version 0.1.0 wrote other files each time that it was changed, as it was never released. Of all
    that it ever wrote at once, this is what has most files in common with the program, and of
    several such the newest. What was made from the
    program, such as issue forms, is named, and has no text.
    """
    name = f"{Version(version).base_version}.json.gz"
    known = files("peerloom.toolbox").joinpath("written", name)
    if not known.is_file():
        return WrittenFiles()
    data = json.loads(gzip.decompress(known.read_bytes()))
    texts = [text.encode() for text in data["texts"]]
    candidates = [{path: texts[n] for path, n in each.items()} for each in data["written"]]
    current = {path: _read_with_plain_ends(root / path) for path in {*chain(*candidates)}}
    return WrittenFiles(
        texts=max(reversed(candidates), key=lambda each: _count_same(each, current))
    )


def _count_same(texts: Mapping[str, bytes], current: Mapping[str, bytes | None]) -> int:
    same = sum(current[path] == text for path, text in texts.items())
    return same - sum(path not in texts and text is not None for path, text in current.items())


def _read_with_plain_ends(file: Path) -> bytes | None:
    try:
        return bounded_reading.read_at_most(file, _MAX_BYTES).replace(b"\r\n", b"\n")
    except OSError:
        return None
