"""Importing a sheet of sign-ups: the four stages, from its columns to participants' records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.intake.grid import Grid
from peerloom.intake.headers import PEOPLE_FIELDS
from peerloom.intake.identify_people import PersonRows, group_by_person
from peerloom.intake.merge_sign_up import application_values, merge_sheet_sign_up
from peerloom.intake.own_answers import own_question_headers
from peerloom.intake.parsing import parse_date
from peerloom.intake.read_answers import SKILL_FIELDS, field_for_key, read_answers
from peerloom.intake.read_columns import SheetRow, read_sheet
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult, UnusableSheet
from peerloom.intake.skill_vocabulary import (
    SkillVocabulary,
    vocabulary_entry,
    vocabulary_snippet,
)
from peerloom.program_questions import questions_about
from peerloom.records import Program

_PROGRAM_PATH = "content/program.yml"
_Outcome = Literal["new", "updated", "unchanged", "refused"]


def plan_participants(
    grid: Grid, read_text: ReadText, program: Program, options: ImportOptions
) -> ImportResult:
    """Return what a sheet of sign-ups would change. Raises `UnusableSheet`."""
    questions = questions_about(program.settings.questions, "participant")
    fields = {**own_question_headers(questions), **PEOPLE_FIELDS}
    rows, notes = read_sheet(grid, fields, options.columns, program.settings.import_columns)
    _require_name_and_role_columns(rows, options)
    vocabulary = SkillVocabulary(program.settings.skills)
    if options.add_skills:
        _count_new_skills(rows, vocabulary)
        vocabulary = SkillVocabulary((*program.settings.skills, *vocabulary.new_entries()))
    answered_rows = [
        read_answers(row, options, vocabulary, questions)
        for row in _in_order_answered(rows, options)
    ]
    people, people_notes = group_by_person(answered_rows, program, options)
    result_notes = [*notes, *_mail_notes(rows), *people_notes]
    changes: Changes = {}
    changed_rows: dict[str, tuple[int, ...]] = {}
    counts: Counter[_Outcome] = Counter()
    for person in people:
        path = _participant_path(person.id)
        text, record_notes, outcome = _merge_into_record(
            person, read_text(path), options, _new_part(person, program, options)
        )
        result_notes += record_notes
        counts[outcome] += 1
        if text is not None:
            changes[path] = text
            changed_rows[path] = tuple(row.number for row in person.rows)
    changes |= _program_changes(read_text, program, options, vocabulary)
    return ImportResult(
        changes=changes,
        rows=changed_rows,
        notes=tuple(result_notes),
        new_skills=vocabulary.new_skills,
        skills_snippet=vocabulary_snippet(vocabulary.new_entries()),
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
    )


def _require_name_and_role_columns(rows: tuple[SheetRow, ...], options: ImportOptions) -> None:
    """Refuse a sheet without names or roles; one whose rows were all refused says enough."""
    if not rows:
        return
    fields = rows[0].headers.keys()
    if not {"name", "first_name", "last_name"} & fields:
        message = "the sheet must have a column with people's names"
        raise UnusableSheet(message, 'say which it is: --map "COLUMN=name"')
    if "role" not in fields and options.role is None:
        message = "the sheet must say who wants to be a mentor and who a mentee"
        help_ = 'name that column with --map "COLUMN=role", or say --role mentee for all rows'
        raise UnusableSheet(message, help_)


def _mail_notes(rows: tuple[SheetRow, ...]) -> Iterator[ImportNote]:
    if rows and "mail" in rows[0].headers:
        message = "mail addresses help to tell people apart, and are not kept"
        yield ImportNote(kind="remark", column=rows[0].headers["mail"], message=message)


def _count_new_skills(rows: Iterable[SheetRow], vocabulary: SkillVocabulary) -> None:
    for row in rows:
        for name in SKILL_FIELDS:
            skills = vocabulary.split_skills(row[name])
            new = [skill for skill in skills if vocabulary.find_skill(skill).value is None]
            vocabulary.count_new_skills(new)


def _in_order_answered(rows: Iterable[SheetRow], options: ImportOptions) -> list[SheetRow]:
    """Return the rows by the day of the answer, where the sheet has it, so that later ones win."""
    return sorted(rows, key=lambda row: (parse_date(row["answered"]) or options.today, row.number))


def _participant_path(id_: str) -> str:
    return f"content/participants/{id_}.yml"


def _new_part(person: PersonRows, program: Program, options: ImportOptions) -> dict[str, Any]:
    """Return what a new part in the cohort says: that they applied on the day of the answer."""
    days = [parse_date(row["answered"]) or options.today for row in person.rows]
    return application_values(program.cohorts[options.cohort], min(*days, options.today))


def _merge_into_record(
    person: PersonRows, text: str | None, options: ImportOptions, new_part: Mapping[str, Any]
) -> tuple[str | None, list[ImportNote], _Outcome]:
    """Return the new text of a person's record if it changes, notes, and what became of it."""
    record = parse_record(text) or {"id": person.id}
    sign_up = replace(person.sign_up(options.cohort), new_part=new_part)
    merged = merge_sheet_sign_up(record, sign_up)
    problems = list(_problem_notes(person, merged.values))
    notes = [*_kept_notes(person, merged.kept_keys), *problems]
    if problems:
        return None, notes, "refused"
    if text is None:
        return new_record_text("participant", merged.values), notes, "new"
    removed = dict.fromkeys(record.keys() - merged.values.keys())
    new_text = edit_record_text(text, {**merged.values, **removed})
    return (None, notes, "unchanged") if new_text == text else (new_text, notes, "updated")


def _kept_notes(person: PersonRows, keys: Iterable[str]) -> Iterator[ImportNote]:
    path = _participant_path(person.id)
    for key in keys:
        message = f"{quoted(key)} was changed by hand in {path}, and stays as it is"
        help_ = "if the sheet is right, correct that file"
        yield person.rows[-1].note("kept", field_for_key(key), message, help_)


def _problem_notes(person: PersonRows, record: Mapping[str, Any]) -> Iterator[ImportNote]:
    if schema.is_valid("participant", record):
        return
    for problem in schema.find_problems("participant", record):
        key = str(problem.keys[0]) if problem.keys else "name"
        for row in person.rows:
            yield row.note("refused", field_for_key(key), problem.message, problem.help)


def _program_changes(
    read_text: ReadText, program: Program, options: ImportOptions, vocabulary: SkillVocabulary
) -> Changes:
    """Return the changed program file: mapped columns are remembered, and skills added if asked."""
    before = text = read_text(_PROGRAM_PATH) or ""
    remembered = program.settings.import_columns
    if any(remembered.get(column) != name for column, name in options.columns.items()):
        columns = {**remembered, **options.columns}
        text = edit_record_text(text, {"import_columns": columns})
    known_skills = program.settings.skills
    if len(vocabulary.skills) > len(known_skills):
        entries = parse_record(text).get("skills") or []
        added = map(vocabulary_entry, vocabulary.skills[len(known_skills) :])
        text = edit_record_text(text, {"skills": [*entries, *added]})
    return {_PROGRAM_PATH: text} if text != before else {}
