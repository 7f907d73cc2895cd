"""What a pull request would change, as values: the base's files, and each path that differs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from peerloom.filenames import find_odd_paths, fold_path
from peerloom.program import Snapshot

# How a path is changed. In all but the first two, the content of a record does not tell it all.
Manner = Literal["new", "edit", "delete", "rename", "mode", "link", "submodule", "odd name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One path, and its bytes at the base and at the head where they are those of a record."""

    path: str
    manner: Manner
    before: bytes | None = None
    after: bytes | None = None
    moved_from: str | None = None

    @property
    def is_content(self) -> bool:
        """Whether it lies in the program's folder, or in what could be taken for it."""
        return is_in_content(self.path) or is_in_content(self.moved_from or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """What is there, what would be there after a merge, and the changes between the two.

    `conflicting_paths` are those that the base changed too since the two parted: how they will be
    merged is unknown. Where it `is_too_large`, nothing of the head was read, and `after` is the
    same as `before`.
    """

    base: str
    head: str
    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    conflicting_paths: frozenset[str] = frozenset()
    is_too_large: bool = False


def with_texts(unchanged: PullRequest, texts: Mapping[str, str]) -> PullRequest:
    """A pull request that would bring these texts to these paths; no commit holds them yet.

    `unchanged` is one that changes nothing: its head is its base.
    """
    files = unchanged.before.files
    new = {path: text.encode() for path, text in sorted(texts.items())}
    odd = find_odd_paths(files.keys() | new, new)
    changes = tuple(
        Change(
            path=path,
            manner="odd name" if path in odd else "edit" if path in files else "new",
            before=files.get(path),
            after=data,
        )
        for path, data in new.items()
    )
    after = replace(unchanged.before, files={**files, **new})
    return replace(unchanged, after=after, changes=changes)


def is_in_content(path: str) -> bool:
    """Whether a path begins with `content`, however some computer may spell or fold that."""
    return fold_path(path.partition("/")[0]) == "content"
