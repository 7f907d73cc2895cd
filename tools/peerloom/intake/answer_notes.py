"""Taking what single answers of a row mean, with notes of what a coordinator should know."""

from collections.abc import Callable, Mapping
from typing import Any

from peerloom.intake.result import ImportNote, NoteKind
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.answer import AnswerValue, Certainty
from peerloom.intake.wordings import UNWANTED

_NOTE_KINDS: Mapping[Certainty, NoteKind] = {
    "certain": "remark",
    "guess": "guessed",
    "ask": "asked",
    "left_out": "left_out",
}


class AnswerNotes:
    """A row as its answers are read, and the notes on the way."""

    def __init__(self, row: SheetRow) -> None:
        self.row = row
        self.notes: list[ImportNote] = []

    def add(self, kind: NoteKind, name: str, message: str, help_: str = "") -> None:
        """Add a note about the answer to a field."""
        self.notes.append(self.row.note(kind, name, message, help_))

    def take(self, name: str, text: str, read: AnswerValue[Any], *, meaning: str = "") -> Any:
        """Return what an answer means, and note what a coordinator should know or decide.

        `meaning` is that in the words of the field, where the value alone does not say it.
        """
        if read.message:
            self.notes.append(
                self.row.note(
                    _NOTE_KINDS[read.certainty],
                    name,
                    read.message,
                    answer=text if read.certainty in ("guess", "ask") else "",
                    meaning=meaning or (str(read.value) if read.certainty == "guess" else ""),
                    choices=tuple(_name_choice(choice) for choice in read.choices),
                )
            )
        return read.value

    def read(self, name: str, reader: Callable[[str], AnswerValue[Any]]) -> Any:
        """Return what the answer to a field means, as `reader` reads it; None for no answer."""
        text = self.row.replace_answer(name, self.row[name])
        return self.take(name, self.row[name], reader(text)) if text else None


def _name_choice(choice: Any) -> str:
    return UNWANTED if choice is None else str(choice)
