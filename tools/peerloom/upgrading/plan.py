"""What an upgrade would do to a program, from its first file to its last."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peerloom.diagnostic import Diagnostic
from peerloom.github_names import WORKFLOWS_FOLDER
from peerloom.kinds import PROGRAM_FILE
from peerloom.made_files import made_file_texts, normalize_text, plan_renewal
from peerloom.program import Loaded, Snapshot, examine_snapshot
from peerloom.records import Program
from peerloom.toolbox.written_files import (
    BESIDE,
    WRITTEN_FILE,
    encode_files,
    pack_written_files,
)
from peerloom.upgrading.first_made_files import is_first_made_file
from peerloom.upgrading.migrations import Migrated, Migration, migrations_from
from peerloom.upgrading.reading import UpgradeInput, as_texts
from peerloom.upgrading.renewal import (
    MachineryFiles,
    MergeTexts,
    Renewal,
    choose_base,
    plan_renewals,
)

# A file of the toolbox, as a workflow names it.
_TOOLBOX_FILE = re.compile(rb"\.peerloom/[\w.-]*\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationStep:
    """A migration that a program needs, and what it does there."""

    migration: Migration
    migrated: Migrated


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePlan:
    """What an upgrade does: `changes` has the new content of each file, None where it is deleted.

    `new_errors` is what `peerloom check` will find wrong, and did not before. `left_out` has the
    workflows that cannot be changed where this runs, and `unfit` those of them that could not run
    without being changed.
    """

    start: str
    installed: str
    renewals: tuple[Renewal, ...]
    steps: tuple[MigrationStep, ...]
    changes: Mapping[str, bytes | None]
    new_errors: tuple[Diagnostic, ...] = ()
    left_out: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


def plan_upgrade(given: UpgradeInput, merge: MergeTexts) -> UpgradePlan:
    """Return what an upgrade does: migrations first, then the files that Peerloom makes."""
    steps, migrated = _migrate_all(given)
    before = _examine(given.content, given.today)
    after = _examine({**given.content, **migrated}, given.today)
    renewals = tuple(_plan_all_renewals(given, after.program, merge))
    left_out = () if given.may_change_workflows else tuple(_list_changed_workflows(renewals))
    done = tuple(renewal for renewal in renewals if renewal.path not in left_out)
    changes = _encode(migrated) | _list_machinery_changes(given.machinery, done)
    changes[WRITTEN_FILE] = _pack_written_files(given, after.program, done, left_out)
    current = {**given.content, **given.made, **given.machinery.current}
    changes = {path: text for path, text in changes.items() if current.get(path) != text}
    if changes.keys() == {WRITTEN_FILE} <= current.keys():
        changes = {}  # somebody has merged what lay beside, and nothing else is to be done
    return UpgradePlan(
        start=given.start,
        installed=given.installed,
        renewals=done,
        steps=steps,
        changes=changes,
        new_errors=tuple(_list_new_errors(before.diagnostics, after.diagnostics)),
        left_out=left_out,
        unfit=tuple(path for path in left_out if not _fits_toolbox(given.machinery, path)),
    )


def _migrate_all(given: UpgradeInput) -> tuple[tuple[MigrationStep, ...], dict[str, str | None]]:
    """Return the migrations that do something here, and the texts that they lead to together."""
    texts = as_texts(given.content)
    changes: dict[str, str | None] = {}
    steps = []
    for migration in migrations_from(given.start):
        migrated = migration.migrate(texts, given.fact_days)
        if migrated.changes or migrated.left:
            steps.append(MigrationStep(migration=migration, migrated=migrated))
        for path, text in migrated.changes.items():
            changes[path] = text
            if text is None:
                del texts[path]
            else:
                texts[path] = text
    return tuple(steps), changes


def _examine(content: Mapping[str, bytes | str | None], today: date) -> Loaded:
    files = _encode({path: text for path, text in content.items() if path.startswith("content/")})
    return examine_snapshot(
        Snapshot({p: data for p, data in files.items() if data is not None}), today
    )


def _encode(texts: Mapping[str, bytes | str | None]) -> dict[str, bytes | None]:
    return {path: t.encode() if isinstance(t, str) else t for path, t in texts.items()}


def _list_new_errors(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield the errors that were not there before, wherever in their files they are now."""
    known = {(d.path, d.rule, d.message) for d in before}
    for each in after:
        if each.severity == "error" and (each.path, each.rule, each.message) not in known:
            yield each


def _plan_all_renewals(
    given: UpgradeInput, program: Program, merge: MergeTexts
) -> Iterator[Renewal]:
    made = encode_files(made_file_texts(program))
    renewals = (*plan_renewals(given.machinery, merge), *_renew_made_files(given, program))
    for renewal in renewals:
        if renewal.manner == "missing" and given.restores:
            text = {**given.machinery.new, **made}[renewal.path]
            yield Renewal(path=renewal.path, manner="add", text=text)
        else:
            yield renewal


def _renew_made_files(given: UpgradeInput, program: Program) -> Iterator[Renewal]:
    """Yield the files that are made differently from the program now.

    They have no text of a version: what a person wrote or changed stays, as `peerloom renew` leaves
    it, but for what version 0.1.0 made, which had no mark yet.
    """

    def read_text(path: str) -> str | None:
        return normalize_text(given.made[path]) if path in given.made else None

    if PROGRAM_FILE in program.broken:
        return
    renewed = plan_renewal(program, read_text)
    texts = encode_files(made_file_texts(program))
    for path in (*renewed.changes, *renewed.changed_by_hand, *renewed.written_by_people):
        current = read_text(path)
        if current is None and path in given.made_before:
            yield Renewal(path=path, manner="missing")
        elif current is None:
            yield Renewal(path=path, manner="add", text=texts[path])
        elif path in renewed.changes or is_first_made_file(current):
            yield Renewal(path=path, manner="renew", text=texts[path])
        else:
            yield Renewal(path=path, manner="own")


def _list_changed_workflows(renewals: Iterable[Renewal]) -> Iterator[str]:
    """Yield the workflows that would change, which GitHub allows no workflow to do."""
    for renewal in renewals:
        changes = renewal.text is not None or renewal.manner == "delete"
        if changes and renewal.path.startswith(f"{WORKFLOWS_FOLDER}/"):
            yield renewal.path


def _fits_toolbox(files: MachineryFiles, path: str) -> bool:
    """Whether a workflow, as it is, installs only what the new toolbox holds."""
    current = files.current.get(path, b"")
    named = {match[0].decode("ascii") for match in _TOOLBOX_FILE.finditer(current)}
    return bool(named) and named <= files.new.keys()


def _list_machinery_changes(
    files: MachineryFiles, renewals: Iterable[Renewal]
) -> dict[str, bytes | None]:
    """Return the new content of each file that Peerloom makes, and of those beside."""
    changes: dict[str, bytes | None] = dict.fromkeys(f"{BESIDE}/{path}" for path in files.beside)
    for renewal in renewals:
        if renewal.manner == "delete" or renewal.text is not None:
            changes[renewal.path] = renewal.text
        if renewal.beside is not None:
            changes[f"{BESIDE}/{renewal.path}"] = renewal.beside
    return changes


def _pack_written_files(
    given: UpgradeInput,
    program: Program,
    renewals: Iterable[Renewal],
    left_out: Iterable[str],
) -> bytes:
    """Return the archive of what is written now, the base of the next merge.

    For a workflow that is left out, it keeps what was written before.
    """
    files = given.machinery
    written = {**files.new, **encode_files(made_file_texts(program))}
    for path in left_out:
        written.pop(path, None)
        written |= _find_base(files, path)
    unmerged: dict[str, bytes] = {}
    for renewal in renewals:
        if renewal.beside is not None:
            unmerged |= _find_base(files, renewal.path)
    return pack_written_files(written, unmerged)


def _find_base(files: MachineryFiles, path: str) -> dict[str, bytes]:
    base = choose_base(files, path)
    return {} if base is None else {path: base}
