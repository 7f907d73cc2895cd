"""What an import is asked to do, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from peerloom.changes import Changes
from peerloom.model import Audience, Role

# stopped: the sheet is not imported at all. refused: a row is not. left_out: a value is not.
# kept: a person's own edit stays. guessed: an answer was understood by likeness.
NoteKind = Literal["stopped", "refused", "left_out", "kept", "guessed", "remark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the coordinator asked for.

    `columns` gives fields by header, as `--map` does. `role` holds for rows that name no role,
    `show` for people who were asked elsewhere who may see them.
    """

    cohort: str
    today: date
    columns: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    show: Audience | None = None
    add_skills: bool = False
    as_circles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """Something the coordinator should know; `row` counts from 1 as a spreadsheet does."""

    kind: NoteKind
    message: str
    help: str = ""
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSkill:
    """Words for a skill that are not in the vocabulary, and how many people used them."""

    text: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What a sheet would change, and what the coordinator should know about it.

    `rows` gives the rows from which each changed path comes. `new`, `updated` and `unchanged`
    count records.
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

    @property
    def is_stopped(self) -> bool:
        """Whether the sheet as a whole could not be imported; then nothing changes."""
        return any(note.kind == "stopped" for note in self.notes)

    @property
    def refused_rows(self) -> int:
        """How many rows were not imported."""
        return len({note.row for note in self.notes if note.kind == "refused"})


class UnusableSheet(Exception):  # noqa: N818 - it reads as the sentence it is
    """The sheet as a whole cannot be imported. It never leaves this package."""

    def __init__(self, message: str, help_: str, row: int | None = None) -> None:
        super().__init__(message)
        self.note = ImportNote(kind="stopped", message=message, help=help_, row=row)


class ParsedAnswer(NamedTuple):
    """What an answer means, with a note for the coordinator unless that is plain."""

    value: Any
    kind: NoteKind | None = None
    message: str = ""
    help: str = ""
