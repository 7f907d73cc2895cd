"""Makes a pull request of what Git says about two commits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from peerloom.diagnostic import Diagnostic
from peerloom.filenames import find_odd_paths, fold_path, folders_above
from peerloom.kinds import kind_of_path
from peerloom.program import Snapshot, bad_name_diagnostic, link_diagnostic
from peerloom.review.commit_tree import PathDifference, TreeEntry
from peerloom.review.pull_request import Change, Manner, PullRequest, is_in_content

# GitHub lists no more files of a pull request than this.
MOST_CHANGES = 3_000
_MOST_BYTES = 64 * 1024 * 1024
_PLAIN_FILE = "100644"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitComparison:
    """What Git says about a base and a head.

    `tree` is everything in the base by path. `differences` lead from where the two parted to the
    head, sorted by path, and `base_differences` from there to the base. `contents` holds the bytes
    of records by the ids of their objects. `has_many_merge_bases`: their histories met
    more than once.
    """

    base: str
    head: str
    tree: Mapping[str, TreeEntry]
    differences: tuple[PathDifference, ...]
    base_differences: tuple[PathDifference, ...]
    contents: Mapping[str, bytes]
    has_many_merge_bases: bool
    is_too_large: bool


def select_changes(
    differences: Iterable[PathDifference], tree: Mapping[str, TreeEntry]
) -> tuple[PathDifference, ...]:
    """The differences by path, without those that the base already holds."""
    changes = (d for d in differences if tree.get(d.path) != d.new or d.moved_from in tree)
    return tuple(sorted(changes, key=lambda difference: difference.path))


def is_too_large(
    differences: Sequence[PathDifference],
    read_sizes: Callable[[Iterable[str]], Mapping[str, int]],
) -> bool:
    """Whether there are too many changes to be read, or too many bytes of records in them."""
    if len(differences) > MOST_CHANGES:
        return True
    entries = (d.new for d in differences if d.new and kind_of_path(d.path))
    return sum(read_sizes({e.id for e in entries if e.is_file}).values()) > _MOST_BYTES


def list_record_ids(entries: Mapping[str, TreeEntry]) -> list[str]:
    """The ids of the objects that hold records."""
    return [entry.id for path, entry in entries.items() if _is_record(path, entry)]


def make_pull_request(comparison: CommitComparison) -> PullRequest:
    """The pull request that two commits are."""
    before = make_snapshot(comparison.tree, comparison.contents)
    wanted = () if comparison.is_too_large else comparison.differences
    new = _file_contents({d.path: d.new for d in wanted if d.new}, comparison.contents)
    manners = _find_manners(comparison.differences[:MOST_CHANGES], comparison.tree)
    return PullRequest(
        base=comparison.base,
        head=comparison.head,
        before=before,
        after=_apply_changes(before, wanted, new),
        changes=tuple(_make_change(d, manner, before.files, new) for d, manner in manners),
        conflicting_paths=_find_conflicting_paths(comparison, wanted),
        is_too_large=comparison.is_too_large,
    )


def make_snapshot(tree: Mapping[str, TreeEntry], contents: Mapping[str, bytes]) -> Snapshot:
    """The files of the program's folder in a commit, and what in it cannot be read as a file."""
    inside = {path: entry for path, entry in tree.items() if is_in_content(path)}
    diagnostics = [d for path, entry in inside.items() if (d := _diagnose_entry(path, entry))]
    return Snapshot(_file_contents(inside, contents), tuple(diagnostics))


def _file_contents(
    entries: Mapping[str, TreeEntry], contents: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The bytes of files by path; a file that is no record is listed with no bytes."""
    return {
        path: contents[entry.id] if _is_record(path, entry) else b""
        for path, entry in entries.items()
        if _is_content_file(path, entry)
    }


def _is_content_file(path: str, entry: TreeEntry) -> bool:
    return path.startswith("content/") and _diagnose_entry(path, entry) is None


def _is_record(path: str, entry: TreeEntry) -> bool:
    return bool(kind_of_path(path)) and _is_content_file(path, entry)


def _diagnose_entry(path: str, entry: TreeEntry) -> Diagnostic | None:
    """What keeps a path from being read as a file, if anything does."""
    if not path.isascii() and any("\ud800" <= character <= "\udfff" for character in path):
        return bad_name_diagnostic(path)
    return None if entry.is_file else link_diagnostic(path)


def _apply_changes(
    before: Snapshot, differences: Sequence[PathDifference], new: dict[str, bytes]
) -> Snapshot:
    replaced = _list_vacated_paths(differences) | {d.path for d in differences}
    files = {path: data for path, data in before.files.items() if path not in replaced} | new
    diagnostics = [d for d in before.found if d.path not in replaced]
    diagnostics += [
        diagnostic
        for d in differences
        if is_in_content(d.path) and d.new and (diagnostic := _diagnose_entry(d.path, d.new))
    ]
    return Snapshot(files, tuple(diagnostics), before.read_before)


def _list_vacated_paths(differences: Iterable[PathDifference]) -> set[str]:
    """The paths at which nothing is left."""
    return {d.moved_from or d.path for d in differences if d.moved_from or not d.new}


def _find_conflicting_paths(
    comparison: CommitComparison, differences: Iterable[PathDifference]
) -> frozenset[str]:
    """The paths whose merged content is unknown.

    Both sides changed them, or the folder in which they lie was moved away at the base. Where the
    two histories met more than once, it is all of them: Git then merges from a third state.
    """
    touched = _list_touched_paths(differences)
    if comparison.has_many_merge_bases:
        return frozenset(touched)
    elsewhere = comparison.base_differences
    touched_at_base = _list_touched_paths(elsewhere)
    vacated = {folder for d in elsewhere for folder in folders_above(d.moved_from or d.path)}
    vacated -= {folder for path in comparison.tree for folder in folders_above(path)}
    return frozenset(
        path
        for path in touched
        if path in touched_at_base or not vacated.isdisjoint(folders_above(path))
    )


def _list_touched_paths(differences: Iterable[PathDifference]) -> set[str]:
    return {path for d in differences for path in (d.path, d.moved_from) if path}


def _find_manners(
    differences: Sequence[PathDifference], tree: Mapping[str, TreeEntry]
) -> list[tuple[PathDifference, Manner]]:
    new = {d.path for d in differences if d.new}
    odd = find_odd_paths((tree.keys() - _list_vacated_paths(differences)) | new, new)
    return [
        (d, _find_manner(d, tree.get(d.path), d.path in odd or _is_linked_gitmodules(d)))
        for d in differences
    ]


def _is_linked_gitmodules(difference: PathDifference) -> bool:
    """Whether Git refuses to check out a commit with it: its own settings as a link."""
    is_settings = fold_path(difference.path.rpartition("/")[2]) == ".gitmodules"
    return is_settings and difference.new is not None and difference.new.is_link


def _find_manner(difference: PathDifference, old: TreeEntry | None, is_odd: bool) -> Manner:
    new = difference.new
    if new is None:
        return "delete"
    manners: tuple[tuple[Manner, bool], ...] = (
        ("odd name", is_odd),
        ("submodule", new.is_submodule),
        ("link", new.is_link),
        ("rename", difference.moved_from is not None),
        ("mode", new.mode != (old.mode if old else _PLAIN_FILE)),
        ("edit", old is not None),
    )
    return next((manner for manner, holds in manners if holds), "new")


def _make_change(
    difference: PathDifference,
    manner: Manner,
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
) -> Change:
    path = difference.path
    old_path = difference.moved_from or path
    return Change(
        path=path,
        manner=manner,
        before=old.get(old_path) if kind_of_path(old_path) else None,
        after=new.get(path) if kind_of_path(path) else None,
        moved_from=difference.moved_from,
    )
