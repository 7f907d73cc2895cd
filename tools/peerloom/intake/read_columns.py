"""Stage 1: which column of a sheet holds which field, how sure that is, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text, single_line
from peerloom.intake.fitting import (
    fits_known_header,
    fits_likely_header,
    holds_only_ticks,
    holds_ratings,
    look_like_names,
    role_in_question,
    share_that_fits,
)
from peerloom.intake.header_words import bracketed_option, plain_header
from peerloom.intake.headers import interpret_header
from peerloom.intake.known_readings import KnownColumn
from peerloom.intake.reading import ColumnCertainty, ColumnReading
from peerloom.intake.table import SheetColumn, Table
from peerloom.intake.wordings import (
    FIELDS_OF_SEVERAL_COLUMNS,
    PEOPLE_FIELDS,
    SKILL_COLUMN,
    UNWANTED,
    HeaderWordings,
)

_SAMPLES = 2
_QUESTION_ABOUT_ONESELF = re.compile(
    r"^(?:do|are|have|did|will|would|can|is|may|i|ich|hast|bist)\b|\?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A column that may hold a field; `rank` orders the wordings of a known header."""

    column: ColumnReading
    answers: tuple[str | None, ...]
    rank: int
    is_decided: bool

    @property
    def is_filled(self) -> bool:
        return any(self.answers)


def read_columns(
    table: Table,
    fields: HeaderWordings,
    mapping: Mapping[str, str],
    known: Mapping[str, KnownColumn],
) -> tuple[ColumnReading, ...]:
    """Return what each column of a sheet is taken as.

    `mapping` gives fields by the label of a column, from this command, and `known` what an earlier
    reading said; both go before what is recognized.
    """
    answers = {column.place: table.answers_in(column.place) for column in table.columns}
    candidates = [
        _read_column(table, column, answers[column.place], fields, mapping, known)
        for column in table.columns
    ]
    by_field: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        if candidate.column.is_taken and candidate.column.field:
            by_field.setdefault(candidate.column.field, []).append(candidate)
    chosen = {
        column.place: column
        for field, those in by_field.items()
        for column in _choose_columns(field, those)
    }
    columns = [chosen.get(c.column.place, c.column) for c in candidates]
    if "role" in fields:
        columns = _guess_unnamed_columns(table, columns, answers)
    return tuple(columns)


def _read_column(
    table: Table,
    column: SheetColumn,
    answers: Sequence[str],
    fields: HeaderWordings,
    mapping: Mapping[str, str],
    known: Mapping[str, KnownColumn],
) -> _Candidate:
    reading = ColumnReading(
        place=column.place,
        label=column.label,
        field=None,
        certainty="left out",
        why="",
        option=_option_in_header(column),
        samples=tuple(map(single_line, islice(dict.fromkeys(answers), _SAMPLES))),
    )
    rank, is_decided = 0, True
    remembered = known.get(fold_text(column.label))
    if column.label in mapping:
        reading = _decided_column(reading, mapping[column.label], "you said so")
    elif remembered and remembered.field in (*fields, UNWANTED, SKILL_COLUMN):
        reading = _decided_column(reading, remembered.field, remembered.why)
        reading = replace(reading, option=remembered.option or reading.option)
    else:
        is_decided = False
        reading, rank = _judge_column(reading, column, answers, fields)
        if remembered and not reading.is_taken:
            why = f"{quoted(remembered.field)}, {remembered.why}, is no field any more"
            reading = replace(reading, why=why)
    cells = tuple(
        row.cells[column.place] or None if column.place < len(row.cells) else None
        for row in table.rows
    )
    return _Candidate(column=reading, answers=cells, rank=rank, is_decided=is_decided)


def _option_in_header(column: SheetColumn) -> str:
    return bracketed_option(column.header) or column.header


def _decided_column(reading: ColumnReading, field: str, why: str) -> ColumnReading:
    if field == UNWANTED:
        return replace(reading, why=why)
    return replace(reading, field=field, certainty="certain", why=why)


def _judge_column(
    reading: ColumnReading, column: SheetColumn, answers: Sequence[str], fields: HeaderWordings
) -> tuple[ColumnReading, int]:
    """Return what a header and the answers under it say, and the rank of the header's wording."""
    meaning = interpret_header(column.header, fields)
    field = meaning.field
    if field is None or not column.header:
        return replace(reading, why=meaning.why if column.header else "it has no header"), 0
    asked = role_in_question(column.header) if field == "role" else None
    is_divided = bool(meaning.option) and field in FIELDS_OF_SEVERAL_COLUMNS
    if is_divided and field != "availability" and holds_ratings(answers, meaning.option):
        return replace(reading, why="it rates its topic, and which numbers mean yes is not said"), 0
    if field == "id" and answers and all(answer.isdigit() for answer in answers):
        return replace(reading, why="the numbers of rows are not used as people's ids"), 0
    is_known = meaning.certainty == "known"
    fits = fits_known_header if is_known else fits_likely_header
    if is_divided or "role" not in fields or fits(field, answers, asked):
        certainty: ColumnCertainty = "certain" if is_known else "guessed"
        return replace(reading, field=field, certainty=certainty, why=meaning.why), meaning.rank
    why = f"its answers do not fit {quoted(field)}" if answers else "it is empty"
    return replace(reading, why=why), 0


def _choose_columns(field: str, candidates: Sequence[_Candidate]) -> list[ColumnReading]:
    """Return the columns of one field: those taken, and those left out beside them.

    Columns of which each row fills at most one are parts of one question, as forms with sections
    for mentors and mentees write them; all of them are taken. Else the first one is, as a guess.
    """
    if field in ("mentor", "mentee"):
        candidates, others = _best_names_for_people(candidates)
        left_out = _left_beside(others, candidates[0].column)
        return [*(c.column for c in candidates), *left_out]
    decided = [c for c in candidates if c.is_decided]
    rest = [c for c in candidates if not c.is_decided]
    if field in FIELDS_OF_SEVERAL_COLUMNS:
        return [c.column for c in candidates]
    if field == "role" and len({role_in_question(c.column.label) for c in candidates} - {None}) > 1:
        return [c.column for c in candidates]
    if field not in PEOPLE_FIELDS and _tick_different_options(candidates):
        return [c.column for c in candidates]
    if decided:
        return [*(c.column for c in decided), *_left_beside(rest, decided[0].column)]
    filled = [c for c in rest if c.is_filled] or rest[:1]
    empty = [c for c in rest if c not in filled]
    certain = [c for c in filled if c.column.certainty == "certain"]
    best = sorted(certain or filled, key=lambda c: (c.rank, c.column.place))
    others = [c for c in filled if c not in best]
    if _are_parts_of_one_question(best):
        taken = [c.column for c in best]
    else:
        taken, doubles = [best[0].column], best[1:]
        if not all(_say_the_same(best[0], other) for other in doubles):
            why = f"{len(best)} columns ask for it"
            taken = [replace(best[0].column, certainty="guessed", why=why)]
        others += doubles
    return [*taken, *_left_beside([*others, *empty], taken[0])]


def _best_names_for_people(
    candidates: Sequence[_Candidate],
) -> tuple[list[_Candidate], list[_Candidate]]:
    """Return the columns that name people best, and the others: ids, else names, else addresses."""

    def kind_of(candidate: _Candidate) -> int:
        words = plain_header(candidate.column.label)
        signs = (r"\bids?\b", r"", r"\b(?:e )?mails?\b|\bemails?\b", r"\b(?:github|login)\b")
        return next(n for n in (0, 2, 3, 1) if re.search(signs[n], words))

    filled = [c for c in candidates if c.is_filled] or list(candidates)
    best = min(map(kind_of, filled))
    taken = [c for c in filled if kind_of(c) == best or c.is_decided]
    return taken, [c for c in candidates if c not in taken]


def _tick_different_options(candidates: Sequence[_Candidate]) -> bool:
    """Whether columns are one question with a column for each of several choices in brackets."""
    options = [bracketed_option(c.column.label) for c in candidates]
    if len(options) < 2 or not all(options) or len(set(options)) < len(options):
        return False
    answers = [[a for a in c.answers if a] for c in candidates]
    return any(a and holds_only_ticks(a, o) for a, o in zip(answers, options, strict=True))


def _are_parts_of_one_question(candidates: Sequence[_Candidate]) -> bool:
    rows = zip(*(c.answers for c in candidates), strict=True)
    return all(sum(answer is not None for answer in row) < 2 for row in rows)


def _say_the_same(first: _Candidate, second: _Candidate) -> bool:
    """Whether the second column says nothing that the first does not."""
    pairs = zip(first.answers, second.answers, strict=True)
    return all(b is None or (a and fold_text(a) == fold_text(b)) for a, b in pairs)


def _left_beside(candidates: Iterable[_Candidate], taken: ColumnReading) -> list[ColumnReading]:
    why = f"{quoted(taken.label)} is taken for it"
    return [replace(c.column, field=None, certainty="left out", why=why) for c in candidates]


def _guess_unnamed_columns(
    table: Table, columns: list[ColumnReading], all_answers: Mapping[int, Sequence[str]]
) -> list[ColumnReading]:
    """Return the columns with guesses by their answers alone: names, a role, ticks under topics."""
    has_role = any(column.field == "role" for column in columns)
    has_name = any(column.field in ("name", "first_name", "last_name") for column in columns)
    by_place = {column.place: column for column in table.columns}
    guessed = []
    for reading in columns:
        header = by_place[reading.place].header
        answers = all_answers[reading.place]
        if reading.is_taken or reading.why != "no field of a record" or not answers:
            guessed.append(reading)
        elif not has_name and look_like_names(answers):
            has_name = True
            why = "its answers look like names"
            guessed.append(replace(reading, field="name", certainty="guessed", why=why))
        elif not has_role and share_that_fits("role", answers) >= 0.9:
            has_role = True
            why = "its answers are wishes for a role"
            guessed.append(replace(reading, field="role", certainty="guessed", why=why))
        elif holds_only_ticks(answers, header) and not _QUESTION_ABOUT_ONESELF.search(header):
            why = "ticks under a topic"
            guessed.append(replace(reading, field=SKILL_COLUMN, certainty="guessed", why=why))
        else:
            guessed.append(reading)
    return guessed
