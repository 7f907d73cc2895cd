"""What an import is asked, what it gives back, and how it says it to a coordinator."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from peerloom.changes import Changes
from peerloom.diagnostic import printable, quoted
from peerloom.model import Audience, Role

Kind = Literal["stopped", "refused", "left_out", "kept", "guessed", "remark"]
_HEADINGS: dict[Kind, str] = {
    "stopped": "nothing could be taken",
    "refused": "rows not taken",
    "left_out": "values left out",
    "kept": "changed by hand, and kept",
    "guessed": "taken as",
    "remark": "good to know",
}
_MOST_ROWS_LISTED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a sheet is to be taken. `columns` gives fields by header, as `--map` does.

    `role` holds for rows that say none, `show` for people who were asked for no consent.
    """

    cohort: str
    today: date
    columns: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None
    show: Audience | None = None
    add_skills: bool = False
    as_circles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the coordinator should know; `row` counts from 1 as a spreadsheet does."""

    kind: Kind
    message: str
    help: str = ""
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSkill:
    """Words that are not in the vocabulary, and how many people used them."""

    text: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a sheet would change, and what there is to say about it.

    `rows` says from which rows a path's new text comes; `new`, `updated` and `unchanged` count
    records, `refused` rows.
    """

    what: Literal["people", "pairs", "pairs and circles"] = "people"
    changes: Changes = field(default_factory=dict)
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    new_skills: tuple[NewSkill, ...] = ()
    skills_snippet: str = ""
    new: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def stopped(self) -> bool:
        """Whether the sheet as a whole could not be taken; then nothing changes."""
        return any(note.kind == "stopped" for note in self.notes)

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return len({note.row for note in self.notes if note.kind == "refused"})


class CannotTake(Exception):  # noqa: N818 - it reads as the sentence it is
    """The sheet as a whole cannot be taken. It never leaves this package."""

    def __init__(self, message: str, help_: str, row: int | None = None) -> None:
        super().__init__(message)
        self.note = Note(kind="stopped", message=message, help=help_, row=row)


class Said(NamedTuple):
    """What an answer means, and where that is not plain, a word about it."""

    value: Any
    kind: Kind | None = None
    message: str = ""
    help: str = ""


def summary(intake: Intake) -> str:
    """One line: `48 people: 40 new, 8 updated; 3 rows not taken`."""
    if intake.stopped:
        return "nothing was taken"
    counted = [("new", intake.new), ("updated", intake.updated), ("unchanged", intake.unchanged)]
    parts = ", ".join(f"{n:,} {word}" for word, n in counted if n)
    total = sum(n for _, n in counted)
    rows = f"{intake.refused:,} row{'s' if intake.refused != 1 else ''} not taken"
    head = f"{total:,} {_what(intake.what, total)}" + (f": {parts}" if parts else "")
    return f"{head}; {rows}" if intake.refused else head


def _what(what: str, total: int) -> str:
    return {"people": "person", "pairs": "pair"}.get(what, "pair or circle") if total == 1 else what


def as_text(intake: Intake) -> str:
    """All notes by what they ask of the coordinator, like ones together; new skills last."""
    lines: list[str] = []
    for kind, heading in _HEADINGS.items():
        notes = [note for note in intake.notes if note.kind == kind]
        if notes:
            lines += ["", f"{heading}:", *_grouped(notes)]
    if intake.new_skills:
        lines += ["", "not in the vocabulary of skills, by how many people said it:"]
        lines += [f"  {s.people:>4}  {printable(s.text)}" for s in intake.new_skills[:40]]
        more = len(intake.new_skills) - 40
        lines += [f"        and {more:,} more"] if more > 0 else []
    if intake.skills_snippet:
        lines += ["", "to add those that matter, put them under 'skills' in content/program.yml:"]
        lines += [printable(line) for line in intake.skills_snippet.splitlines()]
    return "".join(f"{line}\n" for line in lines[1:])


def _grouped(notes: Iterable[Note]) -> Iterable[str]:
    alike: Callable[[Note], tuple[str, str, str]] = lambda n: (  # noqa: E731
        n.column or "",
        n.message,
        n.help,
    )
    first: dict[tuple[str, str, str], int] = {}
    for note in notes:
        first[alike(note)] = min(first.get(alike(note), note.row or 0), note.row or 0)
    ordered = sorted(notes, key=lambda n: (first[alike(n)], alike(n), n.row or 0))
    for (column, message, help_), group in groupby(ordered, key=alike):
        where = _where([note.row for note in group if note.row is not None], column)
        yield f"  {where}{printable(message)}"
        if help_:
            yield f"    help: {printable(help_)}"


def _where(rows: list[int], column: str) -> str:
    parts = []
    if rows:
        shown = [str(row) for row in dict.fromkeys(rows)]
        more = len(shown) - _MOST_ROWS_LISTED
        if more > 0:
            shown = [*shown[:_MOST_ROWS_LISTED], f"{more} more"]
        listed = " and ".join(
            [", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown,
        )
        parts.append(f"row{'s' if len(shown) > 1 else ''} {listed}")
    if column:
        parts.append(f"column {quoted(column)}")
    return ", ".join(parts) + ": " if parts else ""
