"""The result of an import as text for a coordinator."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from peerloom.diagnostic import quoted
from peerloom.intake.result import ImportNote, ImportResult, NoteKind
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import count_noun, join_words, list_words
from peerloom.text.translation import ngettext

_HEADINGS: dict[NoteKind, str] = {
    "stopped": "nothing could be imported",
    "refused": "rows not imported",
    "left_out": "values left out",
    "kept": "kept as it is",
    "guessed": "read as",
    "asked": "values left out, as they can be read in several ways",
    "remark": "good to know",
}
_MAX_ROWS_LISTED = 12
# How many different notes of each kind, and new skills, are listed if not all of them are wanted.
_MAX_NOTES: dict[NoteKind, int] = {"refused": 10, "left_out": 5, "kept": 5}
_MAX_NOTES_OF_OTHERS = 3
_MAX_SKILLS_LISTED = 5


def summarize_import(result: ImportResult) -> str:
    """Return one line: `48 people: 40 new, 8 updated; 3 rows not imported`."""
    if result.is_stopped:
        return "nothing was imported"
    counts = [("new", result.new), ("updated", result.updated), ("unchanged", result.unchanged)]
    parts = list_words(f"{count:,} {word}" for word, count in counts if count)
    total = sum(count for _, count in counts)
    records = f"{total:,} {_subject_noun(result.subject, total)}" + (f": {parts}" if parts else "")
    if result.taken_back:
        records += f"; {len(result.taken_back):,} taken back"
    if not result.refused_rows:
        return records
    return f"{records}; {count_noun(result.refused_rows, 'row')} not imported"


def _subject_noun(subject: str, count: int) -> str:
    if count != 1:
        return subject
    return {"people": "person", "pairs": "pair"}.get(subject, "pair or circle")


def format_notes(result: ImportResult, *, has_details: bool = False) -> str:
    """Return all notes under a heading for each kind, equal ones together; new skills last.

    Without `has_details` long lists are counted. What is only guessed or asked for yet stands among
    the questions about the sheet, not here.
    """
    lines: list[str] = []
    for kind, heading in _HEADINGS.items():
        notes = [note for note in result.notes if note.kind == kind]
        if notes and (has_details or kind not in ("guessed", "asked")):
            listed = list(_format_similar_notes(notes))
            limit = len(listed) if has_details else _MAX_NOTES.get(kind, _MAX_NOTES_OF_OTHERS)
            lines += ["", f"{heading}:", *(line for note in listed[:limit] for line in note)]
            more = len(listed) - limit
            lines += [f"  and {more:,} more; --details shows all"] if more > 0 else []
    lines += _format_new_skills(result, has_details=has_details)
    return "".join(f"{line}\n" for line in lines[1:])


def _format_new_skills(result: ImportResult, *, has_details: bool) -> list[str]:
    if not result.new_skills:
        return []
    if not has_details:
        listed = result.new_skills[:_MAX_SKILLS_LISTED]
        words = list_words(f"{quoted(skill.text)} ({skill.people})" for skill in listed)
        more = len(result.new_skills) - len(listed)
        rest = f", and {more:,} more" if more > 0 else ""
        help_ = "kept in people's own words; --add-skills adds all, --details shows what to paste"
        return ["", f"not in the vocabulary of skills: {words}{rest}", f"    help: {help_}"]
    lines = ["", "not in the vocabulary of skills, by how many people said it:"]
    lines += [f"  {skill.people:>4}  {printable(skill.text)}" for skill in result.new_skills]
    if result.skills_snippet:
        lines += ["", "to add those that matter, put them under 'skills' in content/program.yml:"]
        lines += [printable(line) for line in result.skills_snippet.splitlines()]
    return lines


def _note_key(note: ImportNote) -> tuple[str, str, str]:
    """Return what two notes have in common if they are printed as one."""
    return note.column or "", note.message, note.help


def _format_similar_notes(notes: Iterable[ImportNote]) -> Iterator[list[str]]:
    """Yield the lines for notes that differ only in their row, ordered by the first row of each."""
    first_rows: dict[tuple[str, str, str], int] = {}
    for note in notes:
        row = note.row or 0
        first_rows[_note_key(note)] = min(first_rows.get(_note_key(note), row), row)
    ordered = sorted(notes, key=lambda n: (first_rows[_note_key(n)], _note_key(n), n.row or 0))
    for (column, message, help_), group in groupby(ordered, key=_note_key):
        position = _format_position([n.row for n in group if n.row is not None], column)
        lines = [f"  {position}{printable(message)}"]
        yield [*lines, f"    help: {printable(help_)}"] if help_ else lines


def _format_position(rows: list[int], column: str) -> str:
    """Return `rows 2, 5 and 9, column 'Name': `, or nothing where neither is known."""
    parts = []
    if rows:
        shown = [str(row) for row in dict.fromkeys(rows)]
        more = len(shown) - _MAX_ROWS_LISTED
        if more > 0:
            shown = [*shown[:_MAX_ROWS_LISTED], f"{more} more"]
        rows_are = ngettext("row {numbers}", "rows {numbers}", len(shown))
        parts.append(rows_are.format(numbers=join_words(shown)))
    if column:
        parts.append(f"column {quoted(column)}")
    return list_words(parts) + ": " if parts else ""
