"""Which column of a sheet is which field, and each row's answers by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.headers import SAID, recognized
from peerloom.intake.notes import CannotTake, Kind, Note
from peerloom.intake.sheets import Grid, Row
from peerloom.intake.texts import clean, folded

LEFT_OUT = "-"
_HEADERS_WITHIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: what it answers by field, and the header that each answer stood under."""

    row: int
    answers: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The answer; empty where there is none."""
        return self.answers.get(name, "")

    def note(self, kind: Kind, name: str, message: str, help_: str = "") -> Note:
        """A note about one of the answers."""
        column = self.columns.get(name)
        return Note(kind=kind, row=self.row, column=column, message=message, help=help_)


def entries(
    grid: Grid,
    known: Mapping[str, tuple[str, ...]],
    said: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """The rows under the headers by field, and what there is to say about the columns.

    `said` and `remembered` give fields by header and go before what is recognized; a column
    that is said to be missing, or a field that is none, stops. Raises `CannotTake`.
    """
    head = _head(grid.rows, known)
    headers = [" ".join(cell.split()) for cell in grid.rows[head].cells]
    _refuse_unusable(headers, grid.rows[head].number)
    mapping = {**_given(remembered, headers, known), **_given(said, headers, known, must=True)}
    places, unused = _places(headers, known, mapping)
    notes = [*grid.notes, *_about_columns(unused, grid.rows[:head])]
    rows = grid.rows[head + 1 :]
    if not rows:
        message = "the sheet must have rows of answers, and has only its headers"
        raise CannotTake(message, "is it the right file?")
    taken: list[Entry] = []
    for row in rows:
        entry, found = _entry(row, headers, places, grid)
        notes += found
        if entry is not None:
            taken.append(entry)
    return tuple(taken), tuple(notes)


def _head(rows: tuple[Row, ...], known: Mapping[str, tuple[str, ...]]) -> int:
    """Which row holds the headers: titles and remarks may stand above them."""
    for index, row in enumerate(rows[:_HEADERS_WITHIN]):
        found = {r[0] for cell in row.cells if cell and (r := recognized(cell, known))}
        if len(found) > 1:
            return index
    return 0


def _refuse_unusable(headers: list[str], row: int) -> None:
    named = [header for header in headers if header]
    if len(named) < 2:
        message = "the sheet must have at least two columns, and has one"
        raise CannotTake(message, "is it a CSV, and is each column in its own cell?", row)
    seen: dict[str, int] = {}
    for place, header in enumerate(headers):
        first = seen.setdefault(folded(header), place)
        if header and first != place:
            message = f"header {quoted(header)} must be there once, and is over columns "
            message += f"{_letters(first)} and {_letters(place)}"
            raise CannotTake(message, "rename or delete one of the two columns", row)


def _letters(place: int) -> str:
    """`A`, `B`, … `Z`, `AA`, as a spreadsheet names its columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _given(
    mapping: Mapping[str, str], headers: list[str], known: Iterable[str], *, must: bool = False
) -> dict[str, str]:
    """The fields of those headers that are there."""
    by_header = {folded(header): header for header in headers if header}
    found: dict[str, str] = {}
    for column, name in mapping.items():
        if must and name != LEFT_OUT and name not in known:
            near = did_you_mean(name, known) or f"the fields are: {', '.join(known)}"
            raise CannotTake(f"{quoted(name)} must be a field, to take a column as", near)
        if folded(column) in by_header:
            found[by_header[folded(column)]] = name
        elif must:
            near = did_you_mean(column, by_header.values())
            help_ = near or f"the columns are: {', '.join(by_header.values())}"
            raise CannotTake(f"there must be a column {quoted(column)}, as '--map' says", help_)
    return {header: name for header, name in found.items() if name == LEFT_OUT or name in known}


def _places(
    headers: list[str], known: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]
) -> tuple[dict[str, list[int]], list[str]]:
    """The places of each field's columns, and headers that are no field's.

    Several columns are one field's only where somebody said so.
    """
    claims: dict[str, list[tuple[int, int]]] = {}
    unused: list[str] = []
    for place, header in enumerate(headers):
        if not header or mapping.get(header) == LEFT_OUT:
            continue
        said = mapping.get(header)
        claim = (said, SAID) if said else recognized(header, known)
        if claim is None:
            unused.append(header)
        else:
            claims.setdefault(claim[0], []).append((claim[1], place))
    places: dict[str, list[int]] = {}
    for name, those in claims.items():
        best = min(those)
        places[name] = [p for sure, p in those if sure == SAID] or [best[1]]
        unused += [headers[p] for _, p in those if p not in places[name]]
    return places, unused


def _about_columns(unused: list[str], above: tuple[Row, ...]) -> Iterator[Note]:
    if above:
        message = "what stands above the headers is left out"
        for row in above:
            yield Note(kind="remark", row=row.number, message=message)
    if unused:
        listed = ", ".join(quoted(header) for header in unused)
        yield Note(
            kind="remark",
            message=f"columns that are not taken: {listed}",
            help="'--map \"COLUMN=FIELD\"' takes one, and '=-' says that it is not wanted",
        )


def _entry(
    row: Row, headers: list[str], places: Mapping[str, list[int]], grid: Grid
) -> tuple[Entry | None, list[Note]]:
    if any(row.cells[len(headers) :]):
        message = f"the row must have at most {len(headers)} cells, as the headers have"
        help_ = "a comma or line break inside an answer needs quotes around that answer"
        return None, [Note(kind="refused", row=row.number, message=message, help=help_)]
    notes: list[Note] = []
    answers: dict[str, str] = {}
    for name, those in places.items():
        texts = []
        for place in those:
            if (row.number, place) in grid.formulas:
                notes.append(_formula(row.number, headers[place]))
            text, had_hidden = clean(row.cells[place] if place < len(row.cells) else "")
            if had_hidden:
                notes.append(_hidden(row.number, headers[place]))
            if text:
                texts.append(text)
        if texts:
            answers[name] = "\n".join(texts)
    columns = {name: headers[those[0]] for name, those in places.items()}
    if any(note.kind == "refused" for note in notes):
        return None, notes
    return Entry(row=row.number, answers=answers, columns=columns), notes


def _formula(row: int, column: str) -> Note:
    message = "an answer must be what somebody wrote, and this is a formula"
    help_ = "in the spreadsheet, copy the column and paste it back as values"
    return Note(kind="refused", row=row, column=column, message=message, help=help_)


def _hidden(row: int, column: str) -> Note:
    message = "characters that cannot be seen are left out"
    return Note(kind="remark", row=row, column=column, message=message)
