"""A program's folder to its records, and to what is wrong with the files that are none."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from peerloom import records
from peerloom.diagnostic import Diagnostic, printable
from peerloom.model import (
    CheckIn,
    Circle,
    Cohort,
    Event,
    Page,
    Pair,
    Participant,
    Resource,
    Response,
    Settings,
    Survey,
    TrainingModule,
)
from peerloom.program import cache, reading
from peerloom.program.reading import File
from peerloom.program.tree import Files, Folder, Snapshot, Tree, kind_of
from peerloom.records import Program, Record

# What stands in for a `program.yml` that cannot be read, so that the rest can be checked.
_UNKNOWN = Settings(name="", repository="", visibility="private", time_zone="UTC", languages=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A program, what is wrong with single files, and how many files there are."""

    program: Program
    diagnostics: tuple[Diagnostic, ...]
    files: int

    @property
    def is_clean(self) -> bool:
        """Whether every file could be taken."""
        return not self.diagnostics


def load(root: Path) -> Loaded:
    """The records in the folder `root`; never raises for what is in it."""
    folder = Folder(root)
    return load_tree(folder, folder.tree())


def load_tree(folder: Files, tree: Tree) -> Loaded:
    """As `load`, for a folder whose files are known."""
    files = [File(path, kind) for path in tree.files if (kind := kind_of(path)) is not None]
    with _without_garbage_collection():
        placed = _placed(folder, tree, files)
    broken = [file for file in files if file.path not in placed]
    diagnostics = [*tree.found, *(d for file in broken for d in reading.problems(folder, file))]
    if "content/program.yml" not in tree.files:
        diagnostics.append(_missing_program(folder))
        broken.append(File("content/program.yml", "program"))
    program = _program(placed, tree, broken)
    return Loaded(program=program, diagnostics=tuple(sorted(diagnostics)), files=len(tree.files))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Tens of thousands of new values, none of them in a cycle, need no collector's visits."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _placed(folder: Files, tree: Tree, files: list[File]) -> dict[str, Record]:
    """The record of each file that is clean, known from before where it has not changed since."""
    known, is_more_kept = _known(folder, tree)
    unread = [file for file in files if file.path not in known]
    read = {
        file.path: _record(file, value)
        for file, value in zip(unread, reading.values(folder, unread), strict=True)
        if value is not None
    }
    both = known | read
    # In the order of the tree, whichever way they came.
    placed = {file.path: both[file.path] for file in files if file.path in both}
    if isinstance(folder, Snapshot):
        folder.read_before.update({path: (folder.files[path], placed[path]) for path in placed})
    elif (read or is_more_kept) and not folder.overlay:
        cache.keep_records(folder.root, tree, placed)
    return placed


def _known(folder: Files, tree: Tree) -> tuple[dict[str, Record], bool]:
    """What is known of files from before, and whether more is kept than of these."""
    if isinstance(folder, Folder):
        return cache.kept_records(folder.root, tree)
    known = {
        path: record
        for path, (data, record) in folder.read_before.items()
        if folder.files.get(path) is data and path in tree.files
    }
    return known, False


def _record(file: File, value: dict[str, Any]) -> Record:
    if file.kind == "training":
        value = {"id": PurePosixPath(file.path).stem, **value}
    elif file.kind == "page":
        value = {"path": file.path.removeprefix("content/pages/"), **value}
    return records.of_kind(file.kind, value)


def _missing_program(folder: Files) -> Diagnostic:
    there = folder.root.resolve().name if isinstance(folder, Folder) else "this commit"
    name = printable(there)
    return Diagnostic(
        path="content/program.yml",
        rule="missing-program",
        message=f"'{name}' must hold a program, and has no 'content/program.yml'",
        help="go to the program's folder or name it with '-C'; 'peerloom init DIR' starts one",
    )


def _program(placed: dict[str, Record], tree: Tree, broken: Iterable[File]) -> Program:
    """Records under their own keys. Where two claim the same keys, the one in place has them."""
    moved = {at: record for at, record in placed.items() if records.path(record) != at}
    settled = {at: record for at, record in placed.items() if at not in moved}
    for at, record in moved.items():
        if records.path(record) not in tree.files:
            settled.setdefault(at, record)
    by_class: dict[type[Any], list[Any]] = {kind: [] for kind in records.CLASSES.values()}
    for record in settled.values():
        by_class[type(record)].append(record)
    by_id: Callable[[type[Any]], dict[str, Any]] = lambda kind: {  # noqa: E731
        record.id: record for record in sorted(by_class[kind], key=lambda r: str(r.id))
    }
    by_cohort: Callable[[type[Any]], dict[tuple[str, str], Any]] = lambda kind: {  # noqa: E731
        (record.cohort, record.id): record
        for record in sorted(by_class[kind], key=lambda r: (r.cohort, r.id))
    }
    settings = by_class[Settings]
    return Program(
        settings=settings[0] if settings else _UNKNOWN,
        cohorts=by_id(Cohort),
        participants=by_id(Participant),
        pairs=by_cohort(Pair),
        circles=by_cohort(Circle),
        check_ins=tuple(sorted(by_class[CheckIn], key=_check_in_order)),
        surveys=by_id(Survey),
        responses=tuple(sorted(by_class[Response], key=records.path)),
        events=by_id(Event),
        resources=by_id(Resource),
        training=by_id(TrainingModule),
        pages={page.path: page for page in by_class[Page]},
        moved=moved,
        tree=tuple(tree.files),
        broken=frozenset(file.path for file in broken),
    )


def _check_in_order(answer: CheckIn) -> tuple[str, str, Any, str]:
    return answer.cohort, answer.pair, answer.due, answer.participant
