"""Stage 1: which column of a sheet holds which field, and each row's answers by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import clean_text, fold_text, single_line
from peerloom.intake.grid import Grid, GridRow
from peerloom.intake.headers import Certainty, HeaderWords, recognize_header
from peerloom.intake.result import ImportNote, NoteKind, UnusableSheet
from peerloom.text.phrases import list_words

# What `--map` gives instead of a field for a column that is not wanted.
UNWANTED = "-"
# The headers are one of the first five rows: titles and remarks may stand above them.
_HEADERS_WITHIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """How the columns of a sheet were understood.

    `headers` are the cells of the row at index `header_index` of the grid; `columns` gives the
    columns of each field, counted from 0; `unused` lists the headers that are no field's.
    """

    header_index: int
    headers: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    unused: tuple[str, ...] = ()

    def header_by_field(self) -> dict[str, str]:
        """Return the header of each field, for several columns that of the first."""
        return {name: self.headers[places[0]] for name, places in self.columns.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row's answers by field; `headers` gives the header that each field stood under."""

    number: int
    answers: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return the answer to a field, and an empty text where there is none."""
        return self.answers.get(name, "")

    def note(self, kind: NoteKind, name: str, message: str, help_: str = "") -> ImportNote:
        """Return a note about one of the answers."""
        header = self.headers.get(name)
        return ImportNote(kind=kind, row=self.number, column=header, message=message, help=help_)


def read_sheet(
    grid: Grid, fields: HeaderWords, mapping: Mapping[str, str], remembered: Mapping[str, str]
) -> tuple[tuple[SheetRow, ...], tuple[ImportNote, ...]]:
    """Return the rows of a sheet by field, and notes about its columns and cells.

    The arguments are those of `read_columns`. Raises `UnusableSheet`.
    """
    reading = read_columns(grid, fields, mapping, remembered)
    rows, row_notes = read_rows(grid, reading)
    return rows, (*grid.notes, *_column_notes(grid, reading), *row_notes)


def read_columns(
    grid: Grid, fields: HeaderWords, mapping: Mapping[str, str], remembered: Mapping[str, str]
) -> SheetReading:
    """Find the headers of a sheet and the field that each asks for.

    `mapping` and `remembered` give fields by header, from this command and from earlier ones, and
    go before what is recognized. Raises `UnusableSheet` for headers that cannot be told apart,
    and for a column or field in `mapping` that does not exist.
    """
    header_index = _find_header_row(grid.rows, fields)
    row = grid.rows[header_index]
    headers = tuple(single_line(cell) for cell in row.cells)
    _refuse_ambiguous_headers(headers, row.number)
    _refuse_wrong_mapping(mapping, headers, fields)
    mapped = {
        **_mapped_fields(remembered, headers, fields),
        **_mapped_fields(mapping, headers, fields),
    }
    columns, unused = _assign_columns(headers, fields, mapped)
    return SheetReading(
        header_index=header_index, headers=headers, columns=columns, unused=tuple(unused)
    )


def read_rows(
    grid: Grid, reading: SheetReading
) -> tuple[tuple[SheetRow, ...], tuple[ImportNote, ...]]:
    """Return the rows below the headers by field, and notes about cells that were not read.

    Raises `UnusableSheet` if there are none.
    """
    grid_rows = grid.rows[reading.header_index + 1 :]
    if not grid_rows:
        message = "the sheet must have rows of answers, and has only its headers"
        raise UnusableSheet(message, "is it the right file?")
    rows: list[SheetRow] = []
    notes: list[ImportNote] = []
    for grid_row in grid_rows:
        row, row_notes = _read_row(grid_row, reading, grid)
        notes += row_notes
        if row is not None:
            rows.append(row)
    return tuple(rows), tuple(notes)


def _find_header_row(rows: tuple[GridRow, ...], fields: HeaderWords) -> int:
    """Return the index of the first row in which two fields are recognized, or else 0."""
    for index, row in enumerate(rows[:_HEADERS_WITHIN]):
        recognized = (recognize_header(cell, fields) for cell in row.cells if cell)
        if len({match[0] for match in recognized if match}) > 1:
            return index
    return 0


def _refuse_ambiguous_headers(headers: tuple[str, ...], row: int) -> None:
    if len([header for header in headers if header]) < 2:
        message = "the sheet must have at least two columns, and has one"
        raise UnusableSheet(message, "is it a CSV, and is each column in its own cell?", row)
    first_columns: dict[str, int] = {}
    for column, header in enumerate(headers):
        first = first_columns.setdefault(fold_text(header), column)
        if header and first != column:
            message = f"header {quoted(header)} must be there once, and is over columns "
            message += f"{_column_letters(first)} and {_column_letters(column)}"
            raise UnusableSheet(message, "rename or delete one of the two columns", row)


def _column_letters(column: int) -> str:
    """Return `A`, `B`, … `Z`, `AA` for 0, 1, … 25, 26, as a spreadsheet names its columns."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _refuse_wrong_mapping(
    mapping: Mapping[str, str], headers: Iterable[str], fields: HeaderWords
) -> None:
    by_folded_text = {fold_text(header): header for header in headers if header}
    for column, name in mapping.items():
        if name != UNWANTED and name not in fields:
            help_ = did_you_mean(name, fields) or f"the fields are: {list_words(fields)}"
            raise UnusableSheet(f"{quoted(name)} must be a field of a sheet", help_)
        if fold_text(column) not in by_folded_text:
            listed = list_words(by_folded_text.values())
            help_ = did_you_mean(column, by_folded_text.values()) or f"the columns are: {listed}"
            message = f"there must be a column {quoted(column)}, as '--map' says"
            raise UnusableSheet(message, help_)


def _mapped_fields(
    mapping: Mapping[str, str], headers: Iterable[str], fields: HeaderWords
) -> dict[str, str]:
    """Return the field, or `UNWANTED`, of those headers of the sheet that `mapping` names."""
    by_folded_text = {fold_text(header): header for header in headers if header}
    return {
        by_folded_text[fold_text(column)]: name
        for column, name in mapping.items()
        if fold_text(column) in by_folded_text and (name == UNWANTED or name in fields)
    }


def _assign_columns(
    headers: Sequence[str], fields: HeaderWords, mapped: Mapping[str, str]
) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """Return the columns of each field, and the headers that are no field's.

    Of several columns for one field the surest is used, and all of them only where a coordinator
    mapped them.
    """
    candidates: dict[str, list[tuple[Certainty, int]]] = {}
    unused: list[str] = []
    for column, header in enumerate(headers):
        if not header or mapped.get(header) == UNWANTED:
            continue
        name = mapped.get(header)
        match = (name, Certainty.MAPPED) if name else recognize_header(header, fields)
        if match is None:
            unused.append(header)
        else:
            candidates.setdefault(match[0], []).append((match[1], column))
    columns: dict[str, tuple[int, ...]] = {}
    for name, those in candidates.items():
        mapped_columns = tuple(c for certainty, c in those if certainty == Certainty.MAPPED)
        columns[name] = mapped_columns or (min(those)[1],)
        unused += [headers[c] for _, c in those if c not in columns[name]]
    return columns, unused


def _column_notes(grid: Grid, reading: SheetReading) -> Iterator[ImportNote]:
    for row in grid.rows[: reading.header_index]:
        message = "what stands above the headers is left out"
        yield ImportNote(kind="remark", row=row.number, message=message)
    if reading.unused:
        listed = list_words(quoted(header) for header in reading.unused)
        yield ImportNote(
            kind="remark",
            message=f"columns that are not imported: {listed}",
            help="'--map \"COLUMN=FIELD\"' imports one, and '=-' says that it is not wanted",
        )


def _read_row(
    row: GridRow, reading: SheetReading, grid: Grid
) -> tuple[SheetRow | None, list[ImportNote]]:
    """Return a row's answers by field, or None if it is refused, and notes about its cells."""
    if any(row.cells[len(reading.headers) :]):
        message = f"the row must have at most {len(reading.headers)} cells, as the headers have"
        help_ = "a comma or line break inside an answer needs quotes around that answer"
        note = ImportNote(kind="refused", row=row.number, message=message, help=help_)
        return None, [note]
    notes: list[ImportNote] = []
    answers: dict[str, str] = {}
    for name, columns in reading.columns.items():
        texts = []
        for column in columns:
            if (row.number, column) in grid.formulas:
                notes.append(_formula_note(row.number, reading.headers[column]))
            cell = row.cells[column] if column < len(row.cells) else ""
            text, had_hidden = clean_text(cell)
            if had_hidden:
                notes.append(_hidden_note(row.number, reading.headers[column]))
            if text:
                texts.append(text)
        if texts:
            answers[name] = "\n".join(texts)
    if any(note.kind == "refused" for note in notes):
        return None, notes
    sheet_row = SheetRow(number=row.number, answers=answers, headers=reading.header_by_field())
    return sheet_row, notes


def _formula_note(row: int, column: str) -> ImportNote:
    message = "an answer must be what somebody wrote, and this is a formula"
    help_ = "in the spreadsheet, copy the column and paste it back as values"
    return ImportNote(kind="refused", row=row, column=column, message=message, help=help_)


def _hidden_note(row: int, column: str) -> ImportNote:
    message = "characters that cannot be seen are left out"
    return ImportNote(kind="remark", row=row, column=column, message=message)
