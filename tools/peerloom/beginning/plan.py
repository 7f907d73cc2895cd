"""What the beginning of pairs and circles changes, and which of them cannot begin."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from peerloom import bounded_reading, source
from peerloom.beginning.reasons import PairOrCircle, find_reasons
from peerloom.beginning.renaming import (
    Renaming,
    find_check_in_in_the_way,
    move_check_ins,
    move_follow_up,
    plan_renamings,
)
from peerloom.changes import Changes
from peerloom.diagnostic import Diagnostic
from peerloom.intake.record_text import edit_record_text, parse_record
from peerloom.kinds import record_path
from peerloom.model import Cohort, Pair
from peerloom.program import check, check_changes
from peerloom.records import Program


@dataclass(slots=True)
class ChangedFiles:
    """The texts of files and the paths of those that go; `owners` has the record's path of each."""

    changes: Changes = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def deleted(self) -> tuple[str, ...]:
        """The paths at which nothing is afterwards."""
        return tuple(sorted(self.left - self.changes.keys()))

    def add(self, owner: str, old: str, new: str, text: str) -> None:
        """Note the text of a file that may get another path."""
        self.changes[new] = text
        self.owners[new] = owner
        if new != old:
            self.left.add(old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What begins in a cohort on a day, and the files that this changes.

    `records` are the pairs and circles that begin, as they will be, and `running` those that had
    begun before. `refused` says of each that cannot begin why, by its path. `renamings` are by the
    ids that pairs had. `elsewhere` is what 'peerloom check' would find wrong in other files.
    """

    cohort: Cohort
    day: date
    records: tuple[PairOrCircle, ...]
    running: tuple[PairOrCircle, ...]
    refused: Mapping[str, tuple[str, ...]]
    renamings: Mapping[str, Renaming]
    files: ChangedFiles
    elsewhere: tuple[Diagnostic, ...]


def plan_beginning(
    root: Path, program: Program, cohort: Cohort, chosen: list[PairOrCircle], day: date, today: date
) -> Beginning:
    """Return what the chosen pairs and circles of a cohort change by beginning on a day.

    What has a reason of its own against it, or an error by the rules in one of its files
    afterwards, is refused and left out; the rest is looked at again without it. Of the chosen, the
    mentor is written, too, who may be another than the file says.
    """
    refused: dict[str, tuple[str, ...]] = {}
    for record, sentence in find_reasons(program, chosen, day):
        _refuse(refused, program.path(record), sentence)
    attempt = _attempt_beginning(root, program, chosen, refused, day, today)
    while attempt.refusals:
        for path, sentence in attempt.refusals:
            _refuse(refused, path, sentence)
        attempt = _attempt_beginning(root, program, chosen, refused, day, today)
    known = {_key(d) for d in check(root, today).diagnostics}
    begun = (record for record in attempt.records if record.status == "proposed")
    return Beginning(
        cohort=cohort,
        day=day,
        records=tuple(_begun_record(record, attempt.renamings, day) for record in begun),
        running=tuple(record for record in attempt.records if record.status != "proposed"),
        refused=refused,
        renamings=attempt.renamings,
        files=attempt.files,
        elsewhere=tuple(d for d in attempt.errors if _key(d) not in known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What the beginning of some records would change, and why some of them cannot begin.

    `refusals` have the paths of these records. `errors` are what the rules would find anywhere.
    """

    records: list[PairOrCircle]
    renamings: Mapping[str, Renaming]
    files: ChangedFiles
    errors: list[Diagnostic]
    refusals: list[tuple[str, str]]


def _attempt_beginning(
    root: Path,
    program: Program,
    chosen: list[PairOrCircle],
    refused: Mapping[str, tuple[str, ...]],
    day: date,
    today: date,
) -> _Attempt:
    records = [record for record in chosen if program.path(record) not in refused]
    renamings = plan_renamings(program, (r for r in records if isinstance(r, Pair)))
    refusals = list(_find_blocked_renamings(program, renamings))
    files, errors = ChangedFiles(), []
    if not refusals:
        files = _list_changed_files(root, program, records, renamings, day)
        errors = _find_errors(root, files, today)
        refusals = [
            (files.owners[diagnostic.path], _as_sentence(diagnostic))
            for diagnostic in errors
            if diagnostic.path in files.owners
        ]
    return _Attempt(
        records=records, renamings=renamings, files=files, errors=errors, refusals=refusals
    )


def _find_blocked_renamings(
    program: Program, renamings: Mapping[str, Renaming]
) -> Iterator[tuple[str, str]]:
    for renaming in renamings.values():
        path = find_check_in_in_the_way(program, renaming.pair, renaming.new_id)
        if path is not None:
            sentence = f"a check-in would move to {path}, where one is already: keep one of the two"
            yield program.path(renaming.pair), sentence


def _refuse(refused: dict[str, tuple[str, ...]], path: str, sentence: str) -> None:
    refused[path] = (*refused.get(path, ()), sentence)


def _key(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.path, diagnostic.rule, diagnostic.message


def _as_sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}; {diagnostic.help}" if diagnostic.help else diagnostic.message


def _find_errors(root: Path, files: ChangedFiles, today: date) -> list[Diagnostic]:
    if not files.changes:
        return []
    after = check_changes(root, files.changes, today, files.deleted)
    return [diagnostic for diagnostic in after.diagnostics if diagnostic.severity == "error"]


def _begun_record(
    record: PairOrCircle, renamings: Mapping[str, Renaming], day: date
) -> PairOrCircle:
    if isinstance(record, Pair):
        id_ = renamings[record.id].new_id if record.id in renamings else record.id
        return replace(record, id=id_, status="active", started_on=day)
    return replace(record, status="active", started_on=day)


def _list_changed_files(
    root: Path,
    program: Program,
    records: Iterable[PairOrCircle],
    renamings: Mapping[str, Renaming],
    day: date,
) -> ChangedFiles:
    """Return the files of these records as they are when those proposed have begun.

    The text around what changes stays as people wrote it.
    """

    def read(path: str) -> str:
        return bounded_reading.read_at_most(root / path, source.MAX_BYTES).decode()

    files = ChangedFiles()
    for record in records:
        path, new_path = program.path(record), record_path(record)
        values = _list_started_values(record, day)
        if isinstance(record, Pair):
            renaming = renamings.get(record.id)
            new = record if renaming is None else replace(record, id=renaming.new_id)
            new_path = record_path(new)
            values |= {} if renaming is None else renaming.values_in(parse_record(read(path)))
            for moved in move_check_ins(program, record, new.id, read):
                files.add(path, *moved)
            for moved in move_follow_up(program, record, new.id, read):
                files.add(path, *moved)
        if values:
            files.add(path, path, new_path, edit_record_text(read(path), values))
    return files


def _list_started_values(record: PairOrCircle, day: date) -> dict[str, Any]:
    """Return the keys of a proposed record that change when it begins; none of any other."""
    if record.status != "proposed":
        return {}
    mentor = record.mentor if isinstance(record, Pair) else None
    values = {"status": "active", "started_on": day.isoformat()}
    return values | ({"mentor": mentor} if mentor else {})
