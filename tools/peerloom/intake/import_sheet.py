"""Importing a whole sheet: records that `peerloom check` would refuse are named and left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from peerloom.diagnostic import Diagnostic
from peerloom.intake.file_type import read_grid
from peerloom.intake.grid import Grid
from peerloom.intake.import_pairs import plan_pairs
from peerloom.intake.import_people import plan_participants
from peerloom.intake.record_text import ReadText, text_reader
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult, UnusableSheet
from peerloom.program import check_changes
from peerloom.records import Program

_Plan = Callable[[Grid, ReadText, Program, ImportOptions], ImportResult]

# Warnings whose words fit a record rather than a sheet, and what to say instead.
_SHEET_WARNINGS = {
    "consent-is-recorded": (
        "nobody said who may see this person, so only coordinators will",
        "ask, and put the answers in a column, or say --show where all agreed",
    )
}


def import_people(
    data: bytes, root: Path, program: Program, options: ImportOptions
) -> ImportResult:
    """Return what a sheet of sign-ups, a CSV or XLSX file, changes in the program at `root`."""
    return _import_sheet(plan_participants, data, root, program, options)


def import_pairs(data: bytes, root: Path, program: Program, options: ImportOptions) -> ImportResult:
    """Return what a list of matches, a CSV or XLSX file, changes in the program at `root`."""
    return _import_sheet(plan_pairs, data, root, program, options)


def _import_sheet(
    plan: _Plan, data: bytes, root: Path, program: Program, options: ImportOptions
) -> ImportResult:
    try:
        result = plan(read_grid(data), text_reader(root), program, options)
        return _without_refused_records(result, root, options)
    except UnusableSheet as unusable:
        return ImportResult(notes=(unusable.note,))


def _without_refused_records(
    result: ImportResult, root: Path, options: ImportOptions
) -> ImportResult:
    """Return the result without the records that `peerloom check` would refuse.

    Leaving one out can make another wrong, such as a pair whose mentor is missing, so the rest is
    checked again until nothing is refused.
    """
    while result.changes:
        diagnostics = check_changes(root, result.changes, options.today).diagnostics
        refused = [d for d in diagnostics if _is_refusal(d) and d.path in result.rows]
        if not refused:
            return replace(result, notes=(*result.notes, *_warning_notes(diagnostics, result)))
        paths = {diagnostic.path for diagnostic in refused}
        was_new = sum(not (root / path).exists() for path in paths)
        result = replace(
            result,
            changes={path: text for path, text in result.changes.items() if path not in paths},
            rows={path: rows for path, rows in result.rows.items() if path not in paths},
            notes=(*result.notes, *_refusal_notes(refused, result)),
            new=result.new - was_new,
            updated=result.updated - (len(paths) - was_new),
        )
    return result


def _is_refusal(diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic keeps a record out.

    Somebody excluded is only a warning in a record, as a pair may be older than the exclusion; an
    import makes no new pair of that kind.
    """
    return diagnostic.severity == "error" or diagnostic.rule == "excluded-people-are-not-paired"


def _refusal_notes(refused: Sequence[Diagnostic], result: ImportResult) -> Iterator[ImportNote]:
    for diagnostic in refused:
        for row in result.rows[diagnostic.path]:
            yield ImportNote(
                kind="refused", row=row, message=diagnostic.message, help=diagnostic.help
            )


def _warning_notes(diagnostics: Sequence[Diagnostic], result: ImportResult) -> Iterator[ImportNote]:
    for warning in diagnostics:
        if warning.severity == "warning" and warning.path in result.rows:
            message, help_ = _SHEET_WARNINGS.get(warning.rule, (warning.message, warning.help))
            row = result.rows[warning.path][0]
            yield ImportNote(kind="remark", row=row, message=message, help=help_)
