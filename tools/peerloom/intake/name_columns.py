"""Finding the columns that a coordinator names on the command line."""

from collections.abc import Mapping, Sequence

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.grid import column_letters
from peerloom.intake.result import AnswerOption, UnusableSheet
from peerloom.intake.table import SheetColumn
from peerloom.intake.wordings import SKILL_COLUMN, UNWANTED, HeaderWordings
from peerloom.text.phrases import list_words


def match_mapping(
    mapping: Mapping[str, str], columns: Sequence[SheetColumn], fields: HeaderWordings
) -> dict[str, str]:
    """Return the field of each column that `mapping` names, by the column's label.

    It may name a column by its header, by any part of it that no other column has, or by its
    letter: `column C`. Raises `UnusableSheet` for a column or field that does not exist.
    """
    named: dict[str, str] = {}
    for column, field in mapping.items():
        if field not in (UNWANTED, SKILL_COLUMN) and field not in fields:
            help_ = did_you_mean(field, fields) or f"the fields are: {list_words(fields)}"
            raise UnusableSheet(f"{quoted(field)} must be a field of a sheet", help_)
        named[find_column(column, columns, "--map").label] = field
    return named


def find_answer(option: AnswerOption, columns: Sequence[SheetColumn]) -> tuple[str, str]:
    """Return the label of the column and the answer that `--answer` names.

    Both may hold a colon, so the text is divided at the first one before which a column is named.
    Raises `UnusableSheet` where there is none.
    """
    parts = f"{option.column}: {option.answer}".split(":")
    for n in range(1, len(parts)):
        column, answer = ":".join(parts[:n]).strip(), ":".join(parts[n:]).strip()
        exact = [
            c for c in columns if fold_text(column) in (fold_text(c.label), fold_text(c.header))
        ]
        if len(exact) == 1 and answer:
            return exact[0].label, answer
    return find_column(option.column, columns, "--answer").label, option.answer


def find_column(text: str, columns: Sequence[SheetColumn], option: str) -> SheetColumn:
    """Return the column that a text names. Raises `UnusableSheet` where that is not one column."""
    wanted = fold_text(text)
    by_letter = [c for c in columns if wanted == f"column {column_letters(c.place)}".lower()]
    exact = [c for c in columns if wanted in (fold_text(c.label), fold_text(c.header))]
    within = [c for c in columns if wanted and wanted in fold_text(c.label)]
    found = by_letter or exact or within
    if len(found) == 1:
        return found[0]
    labels = [c.label for c in columns]
    if not found:
        message = f"there must be a column {quoted(text)}, as '{option}' says"
        help_ = did_you_mean(text, labels) or f"the columns are: {list_words(labels)}"
    else:
        message = f"{quoted(text)} must name one column, and {len(found)} have it in their header"
        help_ = f"write more of it: {' or '.join(quoted(c.label) for c in found[:5])}"
    raise UnusableSheet(message, help_)
