"""Loads the records of a program's folder, with diagnostics for files that cannot be used."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerloom import schema
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import (
    KIND_BY_NAME,
    KINDS,
    PROGRAM_FILE,
    kind_of_path,
    kind_of_record,
    record_path,
)
from peerloom.model import CheckIn, Pair, Participant, Record, Settings
from peerloom.program import cache, reading
from peerloom.program.reading import File
from peerloom.program.tree import Files, Folder, Snapshot, Tree
from peerloom.program_questions import questions_about
from peerloom.records import Program, make_collection, make_record
from peerloom.schema import Questions
from peerloom.text.escaping.terminal import printable

# Replaces the settings of a `program.yml` that cannot be read, so that the rest can be checked.
_UNKNOWN_SETTINGS = Settings(
    name="", repository="", visibility="private", time_zone="UTC", languages=()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A program, the diagnostics of its single files, and the number of files."""

    program: Program
    diagnostics: tuple[Diagnostic, ...]
    files: int

    @property
    def is_clean(self) -> bool:
        """Whether every record could be loaded."""
        return not self.diagnostics


def load(root: Path) -> Loaded:
    """Return the records in the folder `root`. Never raises because of what is in the files."""
    folder = Folder(root)
    return load_tree(folder, folder.list_files())


def load_tree(folder: Files, tree: Tree) -> Loaded:
    """Return the records of a folder or snapshot whose files have been listed."""
    files = [File(path, kind) for path in tree.files if (kind := kind_of_path(path)) is not None]
    with _without_garbage_collection():
        placed = _records_by_path(folder, tree, files)
    questions = _questions_by_kind(placed.get(PROGRAM_FILE))
    placed = {path: r for path, r in placed.items() if _has_valid_answers(r, questions)}
    broken = [file for file in files if file.path not in placed]
    diagnostics = [
        *tree.found,
        *(
            d
            for file in broken
            for d in reading.find_file_problems(folder, file, questions.get(file.kind, ()))
        ),
    ]
    if PROGRAM_FILE not in tree.files:
        diagnostics.append(_missing_program(folder))
        broken.append(File(PROGRAM_FILE, "program"))
    program = _make_program(placed, tree, broken)
    return Loaded(program=program, diagnostics=tuple(sorted(diagnostics)), files=len(tree.files))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause garbage collection: tens of thousands of new values, and none of them in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _questions_by_kind(settings: Record | None) -> dict[str, Questions]:
    """The program's own questions by the kind of the records that keep the answers."""
    if not isinstance(settings, Settings) or not settings.questions:
        return {}
    about = {kind.name: questions_about(settings.questions, kind.name) for kind in KINDS}
    return {name: questions for name, questions in about.items() if questions}


def _has_valid_answers(record: Record, questions: dict[str, Questions]) -> bool:
    """Whether a record has no answer, or each is what its question asks for."""
    if not questions or not isinstance(record, Participant | Pair | CheckIn):
        return True
    about = questions.get(kind_of_record(record).name, ())
    return schema.are_valid_answers(record.answers, about)


def _records_by_path(folder: Files, tree: Tree, files: list[File]) -> dict[str, Record]:
    """Return the record of each file without problems, by path, from the cache if unchanged."""
    known, is_more_kept = _records_known_before(folder, tree)
    unread = [file for file in files if file.path not in known]
    newly_read = {
        file.path: _make_record_of_file(file, value)
        for file, value in zip(unread, reading.read_values(folder, unread), strict=True)
        if value is not None
    }
    both = known | newly_read
    # In the order of the tree, whether they come from the cache or were read.
    placed = {file.path: both[file.path] for file in files if file.path in both}
    if isinstance(folder, Snapshot):
        folder.read_before.update({path: (folder.files[path], placed[path]) for path in placed})
    elif (newly_read or is_more_kept) and not (folder.overlay or folder.removed):
        cache.keep_records(folder.root, tree, placed)
    return placed


def _records_known_before(folder: Files, tree: Tree) -> tuple[dict[str, Record], bool]:
    """Return the records of unchanged files from an earlier run, and whether others are cached."""
    if isinstance(folder, Folder):
        return cache.read_kept_records(folder.root, tree)
    known = {
        path: record
        for path, (data, record) in folder.read_before.items()
        if folder.files.get(path) is data and path in tree.files
    }
    return known, False


def _make_record_of_file(file: File, value: dict[str, Any]) -> Record:
    kind = KIND_BY_NAME[file.kind]
    if kind.is_markdown:
        value = kind.key_in_path(file.path) | value
    return make_record(file.kind, value)


def _missing_program(folder: Files) -> Diagnostic:
    name = folder.root.resolve().name if isinstance(folder, Folder) else "this commit"
    return Diagnostic(
        path=PROGRAM_FILE,
        rule="missing-program",
        message=f"'{printable(name)}' must hold a program, and has no '{PROGRAM_FILE}'",
        help="go to the program's folder or name it with '-C'; 'peerloom init DIR' starts one",
    )


def _make_program(placed: dict[str, Record], tree: Tree, broken: Iterable[File]) -> Program:
    """Return the program of all records, which are known by their keys.

    If two files have the same keys, the one whose path matches its keys is used.
    """
    moved = {path: record for path, record in placed.items() if record_path(record) != path}
    settled = {path: record for path, record in placed.items() if path not in moved}
    for path, record in moved.items():
        if record_path(record) not in tree.files:
            settled.setdefault(path, record)
    by_class: dict[type[Record], list[Record]] = {kind.record_class: [] for kind in KINDS}
    for record in settled.values():
        by_class[type(record)].append(record)
    collections = {
        kind.collection: make_collection(kind, by_class[kind.record_class])
        for kind in KINDS
        if kind.keys
    }
    settings: list[Any] = by_class[Settings]
    return Program(
        settings=settings[0] if settings else _UNKNOWN_SETTINGS,
        moved=moved,
        tree=tuple(tree.files),
        broken=frozenset(file.path for file in broken),
        **collections,
    )
