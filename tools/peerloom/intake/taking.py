"""A whole sheet to changes that the rules allow: what they refuse is named and left out."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from peerloom import bounded
from peerloom.diagnostic import Diagnostic
from peerloom.intake.forms import grid
from peerloom.intake.notes import CannotTake, Intake, Note, Options, Read
from peerloom.intake.pairs import take_pairs
from peerloom.intake.people import take_people
from peerloom.program import check_changes
from peerloom.records import Program
from peerloom.source import MOST_BYTES


def people(data: bytes, root: Path, program: Program, options: Options) -> Intake:
    """What a sheet of sign-ups, the bytes of a CSV or XLSX, changes in the program in `root`."""
    try:
        return _allowed(take_people(grid(data), _reader(root), program, options), root, options)
    except CannotTake as reason:
        return Intake(notes=(reason.note,))


def pairs(data: bytes, root: Path, program: Program, options: Options) -> Intake:
    """What a list of matches, the bytes of a CSV or XLSX, changes in the program in `root`."""
    try:
        return _allowed(take_pairs(grid(data), _reader(root), program, options), root, options)
    except CannotTake as reason:
        return Intake(notes=(reason.note,))


def _reader(root: Path) -> Read:
    def read(path: str) -> str | None:
        file = root / path
        if not file.is_file():
            return None
        return bounded.read(file, MOST_BYTES).decode().replace("\r\n", "\n")

    return read


def _allowed(intake: Intake, root: Path, options: Options) -> Intake:
    """Without the records that `peerloom check` would call wrong."""
    while intake.changes:
        found = check_changes(root, intake.changes, options.today).diagnostics
        errors = [d for d in found if _is_refused(d) and d.path in intake.rows]
        if not errors:
            return replace(intake, notes=(*intake.notes, *_warned(found, intake)))
        wrong = {d.path for d in errors}
        intake = replace(
            intake,
            changes={path: text for path, text in intake.changes.items() if path not in wrong},
            rows={path: rows for path, rows in intake.rows.items() if path not in wrong},
            notes=(*intake.notes, *_refused(errors, intake)),
            new=intake.new - sum(not (root / path).exists() for path in wrong),
            updated=intake.updated - sum((root / path).exists() for path in wrong),
        )
    return intake


def _is_refused(found: Diagnostic) -> bool:
    """Whether a finding keeps a row out: no new pair is made of two of whom one excluded one."""
    return found.severity == "error" or found.rule == "nobody-pairs-with-somebody-excluded"


def _refused(errors: Iterable[Diagnostic], intake: Intake) -> Iterable[Note]:
    for error in errors:
        for row in intake.rows[error.path]:
            yield Note(kind="refused", row=row, message=error.message, help=error.help)


def _warned(found: Iterable[Diagnostic], intake: Intake) -> Iterable[Note]:
    """Warnings about what is taken, in words that fit a sheet where there are such."""
    for warning in found:
        if warning.severity == "warning" and warning.path in intake.rows:
            message, help_ = _OF_A_SHEET.get(warning.rule, (warning.message, warning.help))
            row = intake.rows[warning.path][0]
            yield Note(kind="remark", row=row, message=message, help=help_)


_OF_A_SHEET = {
    "everybody-said-what-may-be-shown": (
        "nobody said who may see this person, so only coordinators will",
        "ask, and put the answers in a column, or say --show where all agreed",
    )
}
