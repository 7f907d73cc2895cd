"""What an import is asked to do, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from peerloom.changes import Changes
from peerloom.intake.reading import Reading, RowCounts
from peerloom.model import Audience, DateOrderWord, HiddenRows, Role

# stopped: the sheet is not imported at all. refused: a row is not. left_out: a value is not.
# kept: a person's own edit stays. guessed: an answer has one likely meaning, which a coordinator
# accepts. asked: an answer has no meaning until a coordinator gives it one.
NoteKind = Literal["stopped", "refused", "left_out", "kept", "guessed", "asked", "remark"]


# What a coordinator has to choose before a file can be read at all.
AskedFor = Literal["worksheet", "encoding"]


class AnswerOption(NamedTuple):
    """What an answer in a column is to be taken as, as `--answer` says it."""

    column: str
    answer: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the coordinator asked for.

    `columns` gives fields by column, as `--map` does, and `answers` meanings by column and answer.
    `role` holds for rows that name no role, `show` for people who were asked elsewhere who may see
    them. `same_person` and `different_people` hold numbers of rows. `accepts_guesses` says that
    whatever the sheet's reading guesses is right.
    """

    cohort: str
    today: date
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[AnswerOption, ...] = ()
    role: Role | None = None
    show: Audience | None = None
    add_skills: bool = False
    as_circles: bool = False
    accepts_guesses: bool = False
    sheet_name: str = "sheet"
    encoding: str | None = None
    worksheet: str | None = None
    date_order: DateOrderWord | None = None
    hidden_rows: HiddenRows | None = None
    same_person: tuple[frozenset[int], ...] = ()
    different_people: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """Something the coordinator should know; `row` counts from 1 as a spreadsheet does.

    A note about an answer that was guessed or is asked for holds the `answer`, the likely `meaning`
    and other meanings in the words of its field. One that stops the import only because a worksheet
    or an encoding has to be chosen says so in `asks_for`, and holds the `choices`.
    """

    kind: NoteKind
    message: str
    help: str = ""
    row: int | None = None
    column: str | None = None
    answer: str = ""
    meaning: str = ""
    choices: tuple[str, ...] = ()
    asks_for: AskedFor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSkill:
    """Words for a skill that are not in the vocabulary, and how many people used them."""

    text: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What a sheet would change, and what the coordinator should know about it.

    `rows` gives the rows from which each changed path comes. `new`, `updated` and `unchanged`
    count records. `taken_back` are records that an earlier, wrong version of the sheet made.
    `reading` says how the sheet was read, and `reading_changes` holds only what is to be remembered
    of that. `person_rows` are the rows of each person or pair, and `other_rows` count those rows
    below the headers that hold no answers.
    """

    subject: Literal["people", "pairs", "pairs and circles"] = "people"
    changes: Changes = field(default_factory=dict)
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    notes: tuple[ImportNote, ...] = ()
    new_skills: tuple[NewSkill, ...] = ()
    skills_snippet: str = ""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    taken_back: tuple[str, ...] = ()
    reading: Reading | None = None
    reading_changes: Changes = field(default_factory=dict)
    person_rows: tuple[tuple[int, ...], ...] = ()
    left_out_rows: int = 0
    other_rows: RowCounts = field(default_factory=RowCounts)

    @property
    def needs_acceptance(self) -> bool:
        """Whether something was guessed or is asked for, so that nothing is written unasked."""
        return self.reading is not None and not self.reading.is_certain

    @property
    def is_stopped(self) -> bool:
        """Whether the sheet as a whole could not be imported; then nothing changes."""
        return any(note.kind == "stopped" for note in self.notes)

    @property
    def refused_rows(self) -> int:
        """How many rows were not imported."""
        return len(self._refused())

    @property
    def is_incomplete(self) -> bool:
        """Whether a row was not imported, or one of the pairs in a row was not."""
        is_pair_lost = self.subject != "people" and any(n.kind == "left_out" for n in self.notes)
        return bool(self._refused()) or is_pair_lost

    def _refused(self) -> set[int]:
        return {note.row for note in self.notes if note.kind == "refused" and note.row}

    def count_rows(self) -> RowCounts:
        """Return what became of each row below the headers."""
        refused = self._refused()
        usable = [[row for row in rows if row not in refused] for rows in self.person_rows]
        taken = sum(bool(rows) for rows in usable)
        return replace(
            self.other_rows,
            taken=taken,
            joined=sum(map(len, usable)) - taken,
            refused=len(refused),
            left_out=self.left_out_rows,
        )


class UnusableSheet(Exception):  # noqa: N818 - it reads as the sentence it is
    """The sheet as a whole cannot be imported. It never leaves this package.

    `choices` are the worksheets or encodings of which one has to be chosen, if that is all that is
    missing.
    """

    def __init__(
        self,
        message: str,
        help_: str,
        row: int | None = None,
        choices: tuple[str, ...] = (),
        asks_for: AskedFor | None = None,
        reading: Reading | None = None,
    ) -> None:
        super().__init__(message)
        self.reading = reading
        self.note = ImportNote(
            kind="stopped",
            message=message,
            help=help_,
            row=row,
            choices=choices,
            asks_for=asks_for,
        )


class ParsedAnswer(NamedTuple):
    """What an answer means, with a note for the coordinator unless that is plain."""

    value: Any
    kind: NoteKind | None = None
    message: str = ""
    help: str = ""
