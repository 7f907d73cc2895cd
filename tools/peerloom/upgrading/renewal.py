"""What becomes of each file that Peerloom makes: renewed, merged, or left as somebody has it.

Nothing that a person wrote is ever replaced. What cannot be merged stays, and the new text lies
beside it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Literal

from peerloom import source
from peerloom.toolbox import FOLDER as TOOLBOX
from peerloom.toolbox.written_files import WrittenFiles

Manner = Literal["add", "renew", "merge", "delete", "beside", "keep", "own", "missing", "moved"]

# Merges a person's text with what is new since the base, or returns None where the two conflict:
# the person's text, the base, the new text.
MergeTexts = Callable[[bytes, bytes, bytes], bytes | None]

_LIKE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What becomes of one file.

    `text` is the new content to put at `path`, None where nothing is written there. `beside` is the
    text that somebody has to merge, and `moved_to` where the file is now.
    """

    path: str
    manner: Manner
    text: bytes | None = None
    beside: bytes | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineryFiles:
    """All versions of the files that Peerloom makes, by path.

    `current` is what the program has, also in the folders around; `written` what the version before
    wrote, and `new` what the installed one writes. `beside` has the texts that lie there from an
    earlier upgrade, because somebody has to merge them.
    """

    current: Mapping[str, bytes]
    written: WrittenFiles
    new: Mapping[str, bytes]
    beside: frozenset[str] = frozenset()


def plan_renewals(files: MachineryFiles, merge: MergeTexts) -> Iterator[Renewal]:
    """Yield what becomes of each file that the version before wrote, or the installed one writes.

    A file that needs no change, and of which there is nothing to tell, is left out.
    """
    for path in sorted({*files.new, *files.written.texts}):
        current, new = files.current.get(path), files.new.get(path)
        base = choose_base(files, path)
        if path.startswith(f"{TOOLBOX}/"):
            renewal = _renew_own_file(path, current, new)
        elif new is None:
            renewal = _plan_removal(path, current, base)
        elif current is None:
            renewal = _plan_addition(files, path, base, new)
        else:
            renewal = _plan_update(path, current, base, new, merge)
        if renewal is not None:
            yield renewal


def choose_base(files: MachineryFiles, path: str) -> bytes | None:
    """Return what was written last into a file and merged, or None if that is not known."""
    is_unmerged = path in files.beside
    return (files.written.unmerged if is_unmerged else files.written.texts).get(path)


def _renew_own_file(path: str, current: bytes | None, new: bytes | None) -> Renewal | None:
    """The toolbox is nobody's to edit, so that it is renewed whatever it holds."""
    if new is None:
        return Renewal(path=path, manner="delete") if current is not None else None
    if current == new:
        return None
    return Renewal(path=path, manner="add" if current is None else "renew", text=new)


def _plan_removal(path: str, current: bytes | None, base: bytes | None) -> Renewal | None:
    if current is None:
        return None
    return Renewal(path=path, manner="delete" if _is_same(current, base) else "keep")


def _plan_addition(
    files: MachineryFiles, path: str, base: bytes | None, new: bytes
) -> Renewal | None:
    if base is None:
        return Renewal(path=path, manner="add", text=new)
    moved_to = _find_moved(files, path, base)
    if moved_to:
        return Renewal(path=path, manner="moved", moved_to=moved_to)
    return Renewal(path=path, manner="missing")


def _plan_update(
    path: str, current: bytes, base: bytes | None, new: bytes, merge: MergeTexts
) -> Renewal | None:
    if _is_same(current, new) or (base is not None and _is_same(base, new)):
        return None
    if base is not None and _is_same(current, base):
        return Renewal(path=path, manner="renew", text=new)
    merged = None if base is None else _merge_lines(current, base, new, merge)
    if merged is None or (_can_be_read(path, new) and not _can_be_read(path, merged)):
        return Renewal(path=path, manner="beside", beside=new)
    return Renewal(path=path, manner="merge", text=merged) if merged != current else None


def _merge_lines(current: bytes, base: bytes, new: bytes, merge: MergeTexts) -> bytes | None:
    """Merge with the line ends of the program's file, whatever the others have."""
    merged = merge(*map(_with_plain_ends, (current, base, new)))
    has_windows_ends = b"\r\n" in current
    return merged.replace(b"\n", b"\r\n") if merged and has_windows_ends else merged


def _can_be_read(path: str, text: bytes) -> bool:
    """Whether a merged text is still what its name promises; a merge knows only lines."""
    suffix = PurePosixPath(path).suffix
    if suffix in (".yml", ".yaml"):
        return not source.parse(text).flaws
    if suffix == ".json":
        try:
            json.loads(text)
        except ValueError:
            return False
    return True


def _find_moved(files: MachineryFiles, path: str, base: bytes) -> str | None:
    """Return where a missing file is now: the file most like it that Peerloom did not write."""
    folder = path.partition("/")[0]
    others = {
        other: _likeness(base, text)
        for other, text in files.current.items()
        if other not in files.written.texts
        and other not in files.new
        and other.partition("/")[0] == folder
    }
    best = max(others, key=lambda other: (others[other], other), default=None)
    return best if best is not None and others[best] >= _LIKE_ENOUGH else None


def _likeness(one: bytes, other: bytes) -> float:
    """Return how many of the lines of two texts are the same in order, from 0 to 1."""
    lines, others = (_with_plain_ends(text).split(b"\n") for text in (one, other))
    return SequenceMatcher(None, lines, others, autojunk=False).ratio()


def _is_same(one: bytes, other: bytes | None) -> bool:
    return other is not None and _with_plain_ends(one) == _with_plain_ends(other)


def _with_plain_ends(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n")
