"""Reading a sheet as one of a form: its table, what each column is taken as, and what is kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.encodings import encoding_label
from peerloom.intake.grid import Grid
from peerloom.intake.known_readings import KnownReading, find_known_reading
from peerloom.intake.name_columns import find_answer, match_mapping
from peerloom.intake.read_columns import read_columns
from peerloom.intake.reading import ColumnReading, Reading, RowCounts
from peerloom.intake.result import ImportNote, ImportOptions
from peerloom.intake.sheet_rows import SheetRow, name_topic, read_rows
from peerloom.intake.table import Table, find_table
from peerloom.intake.wordings import SKILL_COLUMN, HeaderWordings
from peerloom.model import SheetSubject
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A sheet, read as far as its columns and rows go.

    `answers` holds, by the label of a column, what answers are to be taken as because a coordinator
    said so now.
    """

    subject: SheetSubject
    grid: Grid
    table: Table
    columns: tuple[ColumnReading, ...]
    known: KnownReading
    answers: Mapping[str, Mapping[str, str]]
    rows: tuple[SheetRow, ...]
    notes: tuple[ImportNote, ...]
    hidden: int

    def column_for(self, field: str) -> ColumnReading | None:
        """Return the first column that is taken as a field."""
        return next((c for c in self.columns if c.is_taken and c.field == field), None)

    def skipped_rows(self) -> RowCounts:
        """Return how many rows below the headers hold no sign-up, by what they are."""
        skipped = self.table.skipped
        return RowCounts(
            hidden=self.hidden,
            headers_again=skipped["headers again"],
            totals=skipped["totals"],
            empty=skipped["empty"],
        )

    def reading(self) -> Reading:
        """Return how the sheet is read, so far as its columns and its file go."""
        is_csv = bool(self.grid.encoding)
        guesses = list(_file_guesses(self))
        return Reading(
            columns=self.columns,
            encoding=encoding_label(self.grid.encoding) if is_csv else "",
            worksheet=self.grid.worksheet,
            remembered=self.known.path,
            other_guesses=tuple(guesses),
        )


def _file_guesses(form: Form) -> list[str]:
    """Return what was guessed about the file itself."""
    guesses: list[str] = []
    if form.grid.hidden_rows and not form.hidden and form.known.hidden_rows != "taken":
        count = len(form.grid.hidden_rows)
        why = "by a filter" if form.grid.is_filtered else "in the workbook"
        rows = "1 row that is" if count == 1 else f"{count} rows that are"
        verb = "is" if count == 1 else "are"
        guesses.append(f"{rows} hidden {why} {verb} taken (--hidden-rows left_out)")
    return guesses


def read_form(
    grid: Grid,
    fields: HeaderWordings,
    program: Program,
    options: ImportOptions,
    subject: SheetSubject,
) -> Form:
    """Read a sheet's columns and rows. Raises `UnusableSheet`."""
    table = find_table(grid, fields)
    known = find_known_reading(program, [column.label for column in table.columns], subject)
    table, hidden = _leave_out_hidden(table, grid, options.hidden_rows or known.hidden_rows)
    mapping = match_mapping(options.columns, table.columns, fields)
    columns = read_columns(table, fields, mapping, known.columns)
    answers: dict[str, dict[str, str]] = {}
    for option in options.answers:
        label, answer = find_answer(option, table.columns)
        answers.setdefault(label, {})[answer] = option.meaning
    meanings = _meanings_by_field(columns, known, answers)
    rows, row_notes = read_rows(table, columns, grid.formulas, meanings)
    if options.hidden_rows:
        grid = replace(grid, hidden_rows=frozenset())
    return Form(
        subject=subject,
        grid=grid,
        table=table,
        columns=columns,
        known=known,
        answers=answers,
        rows=rows,
        notes=(
            *grid.notes,
            *_notes_above(table),
            *_hidden_columns(table, grid),
            *_unused_answers(table, columns, answers),
            *row_notes,
        ),
        hidden=hidden,
    )


def _leave_out_hidden(table: Table, grid: Grid, decided: str | None) -> tuple[Table, int]:
    if decided != "left_out" or not grid.hidden_rows:
        return table, 0
    seen = tuple(row for row in table.rows if row.number not in grid.hidden_rows)
    return replace(table, rows=seen, skipped=Counter(table.skipped)), len(table.rows) - len(seen)


def _meanings_by_field(
    columns: tuple[ColumnReading, ...],
    known: KnownReading,
    answers: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """Return what answers are taken as, by field and folded answer."""
    meanings: dict[str, dict[str, str]] = {}
    for column in columns:
        if not column.is_taken:
            continue
        name = name_topic(column.label) if column.field == SKILL_COLUMN else str(column.field)
        of_field = meanings.setdefault(name, {})
        remembered = known.columns.get(fold_text(column.label))
        of_field |= remembered.answers if remembered else {}
        said = answers.get(column.label, {})
        of_field |= {fold_text(answer): meaning for answer, meaning in said.items()}
    return meanings


def _unused_answers(
    table: Table,
    columns: tuple[ColumnReading, ...],
    answers: Mapping[str, Mapping[str, str]],
) -> list[ImportNote]:
    """Return what to say of answers whose meaning was told, and which no row that is read has."""
    notes = []
    for column in columns:
        cells = [
            fold_text("".join(row.cells[column.place : column.place + 1])) for row in table.rows
        ]
        for answer in answers.get(column.label, {}):
            message = help_ = ""
            if not column.is_taken:
                message = f"nothing is taken from this column, so neither is {quoted(answer)}"
                help_ = "say with --map what the column is"
            elif not any(fold_text(answer) in cell for cell in cells):
                message = f"nobody answered {quoted(answer)}, whose meaning you said"
            if message:
                note = ImportNote(kind="remark", column=column.label, message=message, help=help_)
                notes.append(note)
    return notes


def _hidden_columns(table: Table, grid: Grid) -> list[ImportNote]:
    message = "this column is hidden in the workbook, and is read like the others"
    return [
        ImportNote(kind="remark", column=column.label, message=message)
        for column in table.columns
        if column.place in grid.hidden_columns
    ]


def _notes_above(table: Table) -> list[ImportNote]:
    message = "what stands above the headers is left out"
    return [ImportNote(kind="remark", row=number, message=message) for number in table.above]
