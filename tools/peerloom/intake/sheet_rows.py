"""A sheet's rows, each with its answers by field."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import clean_text, fold_text, single_line
from peerloom.intake.fitting import role_in_question
from peerloom.intake.grid import GridRow
from peerloom.intake.header_words import bracketed_option
from peerloom.intake.reading import ColumnReading
from peerloom.intake.result import ImportNote, NoteKind
from peerloom.intake.table import Table
from peerloom.intake.values.ticks import find_topic_kind, read_level, read_tick
from peerloom.intake.wordings import PAIR_FIELDS, PEOPLE_FIELDS, SKILL_COLUMN, UNWANTED

# Fields whose divided questions have a topic in brackets that is an answer where it is ticked.
_FIELDS_OF_TOPICS = frozenset({"skills_offered", "skills_wanted", "interests", "languages"})
# Fields for which people write whole texts; the schema says how long these may be.
_LONG_TEXTS = frozenset({"about", "goal", "goal_title", "region"})
# Fields of every sheet; a question of the program's own says itself how long its answers may be.
_KNOWN_FIELDS = frozenset({*PEOPLE_FIELDS, *PAIR_FIELDS, SKILL_COLUMN})
# No answer to any other question is as long; reading one could take long.
_LONGEST_ANSWER = 2000
_LONGEST_NAME = 5000
_OTHER = frozenset({"other", "others", "andere", "sonstiges", "otro", "otros", "autre", "outro"})

# The meanings of answers by field and folded answer: `-` for none.
Meanings = Mapping[str, Mapping[str, str]]


def name_topic(label: str) -> str:
    """Return the field of one topic's column: a 1 may be a tick in one, a rating in another."""
    return f"{SKILL_COLUMN} {label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row's answers by field; `headers` gives the header that each field stood under.

    `parts` holds the answers to divided questions, each with what it is about: the days of
    `availability`, the topics of `skill`, the roles of `role`. `topic_headers` gives the header of
    each topic's column, and `rated_topics` those whose columns hold ratings. `meanings` are the
    coordinators'. `cells` are all cells of the row as they came.
    """

    number: int
    answers: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    topic_headers: Mapping[str, str] = field(default_factory=dict)
    rated_topics: frozenset[str] = frozenset()
    meanings: Meanings = field(default_factory=dict)
    cells: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        """Return the answer to a field, and an empty text where there is none."""
        return self.answers.get(name, "")

    def replace_answer(self, name: str, answer: str) -> str:
        """Return what coordinators said that an answer, or one of several, is to be taken as."""
        meaning = self.meanings.get(name, {}).get(fold_text(answer), answer)
        return "" if meaning == UNWANTED else meaning

    def is_left_out(self, name: str) -> bool:
        """Whether coordinators said that the whole answer to a field is to be left out."""
        meanings = self.meanings.get(name, {})
        answers = [self.answers.get(name, ""), *(text for _, text in self.parts.get(name, ()))]
        answers = [answer for answer in map(fold_text, answers) if answer]
        return bool(answers) and all(meanings.get(answer) == UNWANTED for answer in answers)

    def note(
        self,
        kind: NoteKind,
        name: str,
        message: str,
        help_: str = "",
        *,
        answer: str = "",
        meaning: str = "",
        choices: tuple[str, ...] = (),
    ) -> ImportNote:
        """Return a note about one of the answers."""
        return ImportNote(
            kind=kind,
            row=self.number,
            column=self.headers.get(name),
            message=message,
            help=help_,
            answer=answer,
            meaning=meaning,
            choices=choices,
        )


def read_rows(
    table: Table,
    columns: Sequence[ColumnReading],
    formulas: frozenset[tuple[int, int]],
    meanings: Meanings,
) -> tuple[tuple[SheetRow, ...], tuple[ImportNote, ...]]:
    """Return the rows by field, and notes about rows and cells that could not be read."""
    reader = _RowReader(table, columns, formulas, meanings)
    rows = [reader.read(row) for row in table.rows]
    return tuple(row for row in rows if row is not None), tuple(reader.notes)


class _RowReader:
    """Reads rows one by one, and collects notes about their cells."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[ColumnReading],
        formulas: frozenset[tuple[int, int]],
        meanings: Meanings,
    ) -> None:
        self.notes: list[ImportNote] = []
        self._taken = [column for column in columns if column.is_taken]
        self._width = max((column.place for column in table.columns), default=-1) + 1
        self._formulas = formulas
        self._meanings = meanings
        self._headers: dict[str, str] = {}
        counts = Counter(str(column.field) for column in self._taken)
        self._divided = {name for name, n in counts.items() if n > 1} - _KNOWN_FIELDS
        for column in self._taken:
            self._headers.setdefault(str(column.field), column.label)
        topics = [column for column in self._taken if column.field == SKILL_COLUMN]
        self._topic_headers = {column.option: column.label for column in topics}
        self._rated_topics = frozenset(
            column.option
            for column in topics
            if find_topic_kind(_list_cells(table, column), column.option).ratings
        )

    def read(self, row: GridRow) -> SheetRow | None:
        """Return a row's answers by field, or None if the row is refused."""
        if any(row.cells[self._width :]):
            message = f"the row must have at most {self._width} cells, as the headers have"
            help_ = "a comma or line break inside an answer needs quotes around that answer"
            self.notes.append(
                ImportNote(kind="refused", row=row.number, message=message, help=help_)
            )
            return None
        answers: dict[str, list[str]] = {}
        parts: dict[str, list[tuple[str, str]]] = {}
        refused = len(self.notes)
        headers: dict[str, str] = {}
        for column in self._taken:
            text = self._read_cell(row, column)
            if _is_unclear_tick(column, text):
                message = f"{quoted(single_line(text))} must be a tick, a level such as expert,"
                self._note("left_out", row, column, f"{message} or empty")
                continue
            # An empty cell says something beside another one: that this role is not wished for.
            if text or (column.field == "role" and role_in_question(column.label)):
                is_divided = column.field in self._divided
                if is_divided and read_tick(text, bracketed_option(column.label)).value is None:
                    headers.setdefault(str(column.field), column.label)
                _add_answer(column, text, answers, parts, is_divided=is_divided)
        if any(note.kind == "refused" for note in self.notes[refused:]):
            return None
        return SheetRow(
            number=row.number,
            answers={name: "\n".join(texts) for name, texts in answers.items()},
            headers=self._headers | headers,
            parts={name: tuple(those) for name, those in parts.items()},
            topic_headers=self._topic_headers,
            rated_topics=self._rated_topics,
            meanings=self._meanings,
            cells=row.cells,
        )

    def _read_cell(self, row: GridRow, column: ColumnReading) -> str:
        if (row.number, column.place) in self._formulas:
            message = "an answer must be what somebody wrote, and this is a formula"
            help_ = "in the spreadsheet, copy the column and paste it back as values"
            self._note("refused", row, column, message, help_)
        cell = row.cells[column.place] if column.place < len(row.cells) else ""
        text, had_hidden = clean_text(cell)
        if had_hidden:
            self._note("remark", row, column, "characters that cannot be seen are left out")
        longest = _LONGEST_NAME if column.field == "name" else _LONGEST_ANSWER
        may_be_long = column.field in _LONG_TEXTS or column.field not in _KNOWN_FIELDS
        if not may_be_long and len(text) > longest:
            message = f"an answer to this question must have at most {longest:,} characters"
            self._note("left_out", row, column, f"{message}, and this one has {len(text):,}")
            return ""
        return text

    def _note(
        self, kind: NoteKind, row: GridRow, column: ColumnReading, message: str, help_: str = ""
    ) -> None:
        self.notes.append(
            ImportNote(kind=kind, row=row.number, column=column.label, message=message, help=help_)
        )


def _list_cells(table: Table, column: ColumnReading) -> list[str]:
    """Return the different texts in a column."""
    return list(
        dict.fromkeys(
            row.cells[column.place] for row in table.rows if column.place < len(row.cells)
        )
    )


def _add_answer(
    column: ColumnReading,
    text: str,
    answers: dict[str, list[str]],
    parts: dict[str, list[tuple[str, str]]],
    *,
    is_divided: bool,
) -> None:
    """Add a cell's text to the answers of its field, or to the parts of a divided question.

    A question of the program's own `is_divided` if it has several columns.
    """
    name = str(column.field)
    topic = bracketed_option(column.label)
    if name in (SKILL_COLUMN, "availability"):
        parts.setdefault(name, []).append((column.option, text))
        if name == "availability":
            answers.setdefault(name, []).append(text)
    elif name == "role" and (asked := role_in_question(column.label)):
        parts.setdefault(name, []).append((asked, text))
    elif name in _FIELDS_OF_TOPICS and topic:
        said = _answer_under_topic(topic, text)
        answers.setdefault(name, []).extend([said] if said else [])
    elif is_divided and topic and (ticked := read_tick(text, topic).value) is not None:
        answers.setdefault(name, []).extend([topic] if ticked else [])
    else:
        answers.setdefault(name, []).append(text)


def _is_unclear_tick(column: ColumnReading, text: str) -> bool:
    """Whether a cell under a skill says neither yes nor no, nor how well: `maybe`, `a bit`."""
    topic = bracketed_option(column.label)
    if column.field not in ("skills_offered", "skills_wanted") or not topic or _is_other(topic):
        return False
    read = read_tick(text, topic)
    return read.certainty == "ask" and not read_level(text)


def _is_other(topic: str) -> bool:
    return fold_text(topic).split(" (")[0] in _OTHER


def _answer_under_topic(topic: str, text: str) -> str:
    """Return what a cell under a topic says: the topic, if it is ticked, with its level if any.

    Under a topic such as *Other* it is the text itself.
    """
    ticked, level = read_tick(text, topic).value, read_level(text)
    if _is_other(topic):
        return "" if ticked is not None else text
    if level:
        return f"{topic} ({level})"
    return topic if ticked else "" if ticked is False else f"{topic} ({text})"
