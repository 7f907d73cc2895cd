"""What a pull request would change, as values: the base's files, and each path that differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from peerloom.diagnostic import Diagnostic
from peerloom.filenames import find_odd_paths, fold_path, folders_above
from peerloom.kinds import kind_of_path
from peerloom.program import Snapshot, bad_name_diagnostic, link_diagnostic
from peerloom.review.repository import Difference, Entry, Repository

# How a path is changed. All but the first two are ways around what a record's inside says.
Manner = Literal["new", "edit", "delete", "rename", "mode", "link", "submodule", "odd name"]

# GitHub lists no more files of a pull request than this.
MOST_CHANGES = 3_000
_MOST_BYTES = 64 * 1024 * 1024
_PLAIN = "100644"


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
        return _is_content(self.path) or _is_content(self.moved_from or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pull request: what there is, what would be, and the changes between.

    `behind` are paths that the base changed too since the two parted: how they will be
    merged is not known. Where it `is_too_large`, nothing of the head was read, and `after` is as
    `before`.
    """

    base: str
    head: str
    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    behind: frozenset[str] = frozenset()
    is_too_large: bool = False


def proposal(repository: Repository, base_ref: str, head_ref: str) -> Proposal:
    """The pull request that would merge one ref into another. Raises `CannotRead`.

    It changes what differs between the head and the commit where both parted; a path that
    is already the same at the base is no change.
    """
    base, head = repository.commit(base_ref), repository.commit(head_ref)
    parted = repository.meeting_points(base, head)
    there = repository.files(base)
    differences = sorted(
        (d for d in repository.differences(parted[0], head) if _is_change(d, there)),
        key=lambda d: d.path,
    )
    before = _snapshot(repository, there)
    is_too_large = _is_too_large(repository, differences)
    wanted = [] if is_too_large else differences
    new = _contents(repository, {d.path: d.new for d in wanted if d.new})
    manners = _manners(differences[:MOST_CHANGES], there)
    return Proposal(
        base=base,
        head=head,
        before=before,
        after=_changed(before, wanted, new),
        changes=tuple(_change(d, manner, before.files, new) for d, manner in manners),
        behind=_behind(repository, parted, base, wanted, there),
        is_too_large=is_too_large,
    )


def commits_with_answers(repository: Repository, found: Proposal) -> tuple[str, ...]:
    """The head, and those commits before it that hold the same check-ins. Raises `CannotRead`."""
    answers = [c.path for c in found.changes if c.after and kind_of_path(c.path) == "check-in"]
    return repository.commits_with(found.base, found.head, answers)


def draft(repository: Repository, base_ref: str) -> Proposal:
    """A pull request that changes nothing yet: its head is its base. Raises `CannotRead`."""
    base = repository.commit(base_ref)
    before = _snapshot(repository, repository.files(base))
    return Proposal(base=base, head=base, before=before, after=before, changes=())


def with_texts(drafted: Proposal, texts: Mapping[str, str]) -> Proposal:
    """A draft that would bring these texts to these paths; no commit holds them yet."""
    there = drafted.before.files
    new = {path: text.encode() for path, text in sorted(texts.items())}
    odd = find_odd_paths(there.keys() | new, new)
    changes = tuple(
        Change(
            path=path,
            manner="odd name" if path in odd else "edit" if path in there else "new",
            before=there.get(path),
            after=data,
        )
        for path, data in new.items()
    )
    after = replace(drafted.before, files={**there, **new})
    return replace(drafted, after=after, changes=changes)


def _is_change(difference: Difference, there: Mapping[str, Entry]) -> bool:
    return there.get(difference.path) != difference.new or difference.moved_from in there


def _is_too_large(repository: Repository, differences: list[Difference]) -> bool:
    if len(differences) > MOST_CHANGES:
        return True
    records = {d.new.id for d in differences if d.new and kind_of_path(d.path) and _is_file(d.new)}
    return sum(repository.sizes(records).values()) > _MOST_BYTES


def _is_file(entry: Entry) -> bool:
    return not entry.is_link and not entry.is_submodule


def _is_content(path: str) -> bool:
    return fold_path(path.partition("/")[0]) == "content"


def _snapshot(repository: Repository, there: Mapping[str, Entry]) -> Snapshot:
    inside = {path: entry for path, entry in there.items() if _is_content(path)}
    found = [what for path, entry in inside.items() if (what := _no_file(path, entry))]
    files = _contents(repository, inside)
    return Snapshot(files, tuple(found))


def _contents(repository: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """The bytes of files by path; of what is no record nothing is read but that it is there."""
    files = {p: e for p, e in entries.items() if not _no_file(p, e) and p.startswith("content/")}
    records = {path: entry.id for path, entry in files.items() if kind_of_path(path)}
    data = repository.contents(records.values())
    return {path: data[records[path]] if path in records else b"" for path in files}


def _no_file(path: str, entry: Entry) -> Diagnostic | None:
    if not path.isascii() and any("\ud800" <= character <= "\udfff" for character in path):
        return bad_name_diagnostic(path)
    return None if _is_file(entry) else link_diagnostic(path)


def _changed(
    before: Snapshot, differences: Iterable[Difference], new: dict[str, bytes]
) -> Snapshot:
    gone = {d.moved_from or d.path for d in differences if d.moved_from or not d.new}
    replaced = {d.path for d in differences}
    files = {path: data for path, data in before.files.items() if path not in gone | replaced}
    files |= new
    found = [d for d in before.found if d.path not in gone | replaced]
    found += [
        what
        for d in differences
        if _is_content(d.path) and d.new and (what := _no_file(d.path, d.new))
    ]
    return Snapshot(files, tuple(found), before.read_before)


def _behind(
    repository: Repository,
    parted: tuple[str, ...],
    base: str,
    differences: Iterable[Difference],
    there: Mapping[str, Entry],
) -> frozenset[str]:
    """Paths whose merged content cannot be told.

    Both sides changed them, or the folder they are for was moved away at the base; and all of
    them where the two histories met more than once, since Git then merges from a third state.
    """
    touched = {path for d in differences for path in (d.path, d.moved_from) if path}
    if len(parted) > 1:
        return frozenset(touched)
    elsewhere = repository.differences(parted[0], base) if parted[0] != base else ()
    also = {path for d in elsewhere for path in (d.path, d.moved_from) if path}
    left = {folder for d in elsewhere for folder in folders_above(d.moved_from or d.path)}
    left -= {folder for path in there for folder in folders_above(path)}
    return frozenset(
        path for path in touched if path in also or not left.isdisjoint(folders_above(path))
    )


def _manners(
    differences: Iterable[Difference], there: Mapping[str, Entry]
) -> list[tuple[Difference, Manner]]:
    gone = {d.moved_from or d.path for d in differences if d.moved_from or not d.new}
    new = {d.path for d in differences if d.new}
    odd = find_odd_paths((there.keys() - gone) | new, new)
    return [
        (d, _manner(d, there.get(d.path), d.path in odd or _is_no_clones(d))) for d in differences
    ]


def _is_no_clones(difference: Difference) -> bool:
    """Whether Git refuses to check out a commit with it: its own settings as a link."""
    is_settings = fold_path(difference.path.rpartition("/")[2]) == ".gitmodules"
    return is_settings and difference.new is not None and difference.new.is_link


def _manner(difference: Difference, old: Entry | None, is_odd: bool) -> Manner:
    new = difference.new
    if new is None:
        return "delete"
    ways: tuple[tuple[Manner, bool], ...] = (
        ("odd name", is_odd),
        ("submodule", new.is_submodule),
        ("link", new.is_link),
        ("rename", difference.moved_from is not None),
        ("mode", new.mode != (old.mode if old else _PLAIN)),
        ("edit", old is not None),
    )
    return next((manner for manner, is_so in ways if is_so), "new")


def _change(
    difference: Difference, manner: Manner, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> Change:
    path = difference.path
    from_ = difference.moved_from or path
    return Change(
        path=path,
        manner=manner,
        before=old.get(from_) if kind_of_path(from_) else None,
        after=new.get(path) if kind_of_path(path) else None,
        moved_from=difference.moved_from,
    )
