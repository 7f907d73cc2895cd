"""Keeping what was accepted or corrected about a form's sheets in `content/readings`."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from peerloom.changes import Changes
from peerloom.intake.cleaning import fold_text
from peerloom.intake.header_words import bracketed_option
from peerloom.intake.read_form import Form
from peerloom.intake.reading import AnswerReading, ColumnReading, PersonDecision, Reading
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.result import ImportOptions
from peerloom.intake.wordings import UNWANTED
from peerloom.kinds import KIND_BY_NAME
from peerloom.records import Program
from peerloom.slugs import slug

_PROGRAM_PATH = "content/program.yml"
_EARLIER_SHEETS = "earlier-sheets"
_MAX_ID_LENGTH = 50
# Longer answers are kept in no reading: they are texts, and no choice that comes again.
_MAX_ANSWER_LENGTH = 100
# What the schema of readings allows; a longer header or list is asked for again.
_MAX_HEADER_LENGTH = 1000
_MAX_ANSWERS = 300
_MAX_DECISIONS = 1000
# A mail address or a telephone number, which no file of a program holds.
_PERSONAL = re.compile(r"\S@\S|\d(?:[ ()/-]?\d){6}")


def changed_readings(
    form: Form,
    reading: Reading,
    decisions: Iterable[PersonDecision],
    program: Program,
    options: ImportOptions,
    read_text: ReadText,
) -> Changes:
    """Return the files that keep what was accepted or corrected, if anything was.

    What earlier versions kept in the program's settings goes into a reading of its own.
    """
    changes = _carry_over_settings(program, read_text)
    if _is_worth_keeping(reading, options):
        values = _reading_values(form, reading, tuple(decisions), options)
        path = form.known.path or _free_path(program, options.sheet_name)
        text = read_text(path)
        if text is None:
            id_ = path.rpartition("/")[2].removesuffix(".yml")
            changes[path] = new_record_text("reading", {"id": id_, **values})
        elif _differs(parse_record(text), values):
            changes[path] = edit_record_text(text, values)
    return changes


def _is_worth_keeping(reading: Reading, options: ImportOptions) -> bool:
    said = (
        *(options.columns, options.answers, options.same_person, options.different_people),
        *(options.encoding, options.worksheet, options.date_order, options.hidden_rows),
    )
    return any(said) or not reading.is_certain


def _differs(record: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return any(record.get(key) != value for key, value in values.items())


def _reading_values(
    form: Form, reading: Reading, decisions: tuple[PersonDecision, ...], options: ImportOptions
) -> dict[str, Any]:
    columns = [
        _column_values(form, column, reading.answers)
        for column in reading.columns
        if len(column.label) <= _MAX_HEADER_LENGTH
    ]
    in_sheet = {fold_text(column.label) for column in reading.columns}
    record = form.known.record
    columns += [
        _without_nothing(
            {"header": c.header, "field": c.field, "option": c.option, "answers": dict(c.answers)}
        )
        for c in (record.columns if record else ())
        if fold_text(c.header) not in in_sheet
    ]
    values: dict[str, Any] = {"columns": columns}
    if form.subject == "pairs":
        values["lists"] = form.subject
    values["encoding"] = options.encoding
    values["worksheet"] = options.worksheet and form.grid.worksheet
    values["date_order"] = options.date_order or reading.date_order.replace(" ", "_")
    values["hidden_rows"] = options.hidden_rows or ("taken" if form.grid.hidden_rows else None)
    values["people"] = [
        {"words": sorted(decision.people), "same_person": decision.are_same}
        for decision in decisions[:_MAX_DECISIONS]
    ]
    return _without_nothing(values)


def _column_values(
    form: Form, column: ColumnReading, answers: Iterable[AnswerReading]
) -> dict[str, Any]:
    """Return a column as a reading keeps it, with what its answers are taken as."""
    known = form.known.columns.get(fold_text(column.label))
    record = form.known.record
    kept = (
        next((c for c in record.columns if fold_text(c.header) == fold_text(column.label)), None)
        if record
        else None
    )
    meanings = dict(kept.answers) if kept else {}
    meanings |= {
        answer.answer: answer.meaning
        for answer in answers
        if answer.column == column.label
        and (answer.certainty != "certain" or column.field in ("role", "show"))
        and not (answer.certainty == "open" and column.field == "role")
        and len(answer.answer) <= _MAX_ANSWER_LENGTH
        and not _PERSONAL.search(answer.answer)
    }
    meanings |= form.answers.get(column.label, {})
    option = known.option if known else ""
    if not option and column.field in ("skill", "availability") and column.is_taken:
        option = (
            ""
            if bracketed_option(column.label) or column.option == column.label
            else (column.option)
        )
    return _without_nothing(
        {
            "header": column.label,
            "field": column.field if column.is_taken else UNWANTED,
            "option": option,
            "answers": dict(islice(meanings.items(), _MAX_ANSWERS)),
        }
    )


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _free_path(program: Program, sheet_name: str) -> str:
    """Return the path for a new reading, named for the sheet's file."""
    wished = slug(sheet_name, _MAX_ID_LENGTH) or "sheet"
    id_, number = wished, 1
    while id_ in program.readings or id_ == _EARLIER_SHEETS:
        number += 1
        id_ = f"{wished}-{number}"
    return KIND_BY_NAME["reading"].path_for(id_)


def _carry_over_settings(program: Program, read_text: ReadText) -> Changes:
    """Return the program's file without its columns of sheets, and the reading that has them."""
    columns = program.settings.import_columns
    text = read_text(_PROGRAM_PATH)
    if not columns or text is None:
        return {}
    path = KIND_BY_NAME["reading"].path_for(_EARLIER_SHEETS)
    before = parse_record(read_text(path)) or {"id": _EARLIER_SHEETS, "every_form": True}
    kept = before.get("columns") or []
    listed = {column["header"] for column in kept}
    added = [
        {"header": header, "field": field}
        for header, field in columns.items()
        if header not in listed
    ]
    return {
        _PROGRAM_PATH: edit_record_text(text, {"import_columns": None}),
        path: new_record_text("reading", {**before, "columns": [*kept, *added]}),
    }
