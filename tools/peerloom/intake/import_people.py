"""Importing a sheet of sign-ups: the stages, from its columns to participants' records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.intake.answer_readings import list_answers
from peerloom.intake.answer_times import AnswerTimes, read_answer_times
from peerloom.intake.cluster_rows import RowIdentity, decisions_by_rows, identify_row
from peerloom.intake.grid import Grid
from peerloom.intake.identify_people import PersonRows, SheetPeople, group_by_person
from peerloom.intake.merge_sign_up import merge_sheet_sign_up
from peerloom.intake.read_answers import SKILL_FIELDS, RowAnswers, field_for_key, read_answers
from peerloom.intake.read_form import Form, read_form
from peerloom.intake.reading import PersonDecision, Reading
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.required_columns import require_name_and_role
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult
from peerloom.intake.save_reading import changed_readings
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.skill_vocabulary import (
    SkillVocabulary,
    vocabulary_entry,
    vocabulary_snippet,
)
from peerloom.intake.take_back import Orphan, digest_sheet, find_orphans, origin_key, origin_of_row
from peerloom.intake.values.skills import split_skills
from peerloom.intake.wishes_for_people import add_wishes_for_people
from peerloom.intake.wordings import PEOPLE_FIELDS
from peerloom.records import Program

_PROGRAM_PATH = "content/program.yml"
_Outcome = Literal["new", "updated", "unchanged", "refused"]


def plan_participants(
    grid: Grid, read_text: ReadText, program: Program, options: ImportOptions
) -> ImportResult:
    """Return what a sheet of sign-ups would change. Raises `UnusableSheet`."""
    form = read_form(grid, PEOPLE_FIELDS, program, options, "sign_ups")
    require_name_and_role(form, options)
    times = read_answer_times(form, form.rows, program, options)
    vocabulary = _make_vocabulary(form.rows, program, options)
    answered_rows = _read_all_answers(form, times, program, options, vocabulary)
    usable = [a for a in answered_rows if a.role is not None and not a.refusals]
    identities = [identify_row(answers) for answers in usable]
    decisions = _all_decisions(form, identities, options)
    sheet = group_by_person(identities, program, options.cohort, decisions, times.moments)
    wish_notes = add_wishes_for_people(sheet)
    orphans = _find_orphans(form, sheet, read_text, program, options)
    reading = _make_reading(form, times, answered_rows, sheet, orphans)
    records = _merge_all(sheet.people, read_text, options, digest_sheet(form.rows))
    accepted = (*decisions, *(question.as_decision() for question in sheet.questions))
    readings = changed_readings(form, reading, accepted, program, options, read_text)
    is_kept = reading.is_certain or options.accepts_guesses
    notes = [
        *form.notes,
        *_mail_notes(form),
        *times.notes,
        *(note for answers in answered_rows for note in answers.notes),
        *sheet.notes,
        *wish_notes,
        *records.notes,
        *(_orphan_note(orphan) for orphan in orphans if orphan.is_sure),
    ]
    changes = {**records.changes, **(readings if is_kept else {})}
    changes |= _added_skills(changes.get(_PROGRAM_PATH), read_text, program, vocabulary)
    return ImportResult(
        changes=changes,
        rows=records.rows,
        notes=tuple(notes),
        new_skills=vocabulary.new_skills,
        skills_snippet=vocabulary_snippet(vocabulary.new_entries()),
        new=records.counts["new"],
        updated=records.counts["updated"],
        unchanged=records.counts["unchanged"],
        taken_back=tuple(orphan.path for orphan in orphans),
        reading=reading,
        reading_changes=readings,
        person_rows=tuple(tuple(r.number for r in person.rows) for person in sheet.people),
        left_out_rows=sum(answers.is_left_out for answers in answered_rows),
        other_rows=form.skipped_rows(),
    )


def _make_vocabulary(
    rows: Iterable[SheetRow], program: Program, options: ImportOptions
) -> SkillVocabulary:
    """Return the program's skills, with those that only the sheet names if that was asked for."""
    vocabulary = SkillVocabulary(program.settings.skills)
    if not options.add_skills:
        return vocabulary
    for row in rows:
        for name in SKILL_FIELDS:
            skills = split_skills(row[name], vocabulary)
            new = [skill for skill in skills if vocabulary.find_skill(skill).value is None]
            vocabulary.count_new_skills(new)
    return SkillVocabulary((*program.settings.skills, *vocabulary.new_entries()))


def _read_all_answers(
    form: Form,
    times: AnswerTimes,
    program: Program,
    options: ImportOptions,
    vocabulary: SkillVocabulary,
) -> list[RowAnswers]:
    zone = ZoneInfo(program.settings.time_zone)
    return [
        read_answers(
            row,
            options,
            vocabulary,
            answered_on=times.day_of(row, zone),
            languages=program.settings.languages,
        )
        for row in form.rows
    ]


def _all_decisions(
    form: Form, identities: Sequence[RowIdentity], options: ImportOptions
) -> list[PersonDecision]:
    """Return what was decided about people, now and earlier; the newest decision comes first."""
    return [
        *decisions_by_rows(identities, options.same_person, are_same=True),
        *decisions_by_rows(identities, options.different_people, are_same=False),
        *form.known.decisions,
    ]


def _make_reading(
    form: Form,
    times: AnswerTimes,
    answered_rows: Sequence[RowAnswers],
    sheet: SheetPeople,
    orphans: Iterable[Orphan],
) -> Reading:
    reading = form.reading()
    without_login = None
    if form.column_for("github"):
        without_login = sum("github" not in person.values for person in sheet.people)
    return replace(
        reading,
        answers=list_answers(answered_rows),
        questions=sheet.questions,
        other_guesses=(
            *reading.other_guesses,
            *filter(None, [times.guess]),
            *_orphan_guesses(orphans),
        ),
        date_order=times.order,
        time_zone=times.time_zone,
        people=len(sheet.people),
        without_login=without_login,
        joined=sheet.joined,
    )


def _find_orphans(
    form: Form,
    sheet: SheetPeople,
    read_text: ReadText,
    program: Program,
    options: ImportOptions,
) -> list[Orphan]:
    found = {row.number: person.id for person in sheet.people for row in person.rows}
    return list(find_orphans(program, options.cohort, form.rows, found, read_text))


def _orphan_note(orphan: Orphan) -> ImportNote:
    message = f"{orphan.path}, which an earlier import made of this row, is taken back"
    help_ = "nobody has edited it since, and the row is somebody else's"
    return ImportNote(kind="remark", row=orphan.row, message=message, help=help_)


def _orphan_guesses(orphans: Iterable[Orphan]) -> list[str]:
    """Return what is to be accepted about records whose row is known by its number alone."""
    unsure = [f"{o.path} (row {o.row})" for o in orphans if not o.is_sure]
    if not unsure:
        return []
    why = "made of rows that are somebody else's now, and not edited since"
    return [f"taken back, as {why}: {', '.join(unsure)}"]


def _mail_notes(form: Form) -> Iterator[ImportNote]:
    column = form.column_for("mail")
    if column:
        message = "mail addresses help to tell people apart, and are not kept"
        yield ImportNote(kind="remark", column=column.label, message=message)


class _Records:
    """The records of a sheet's people that change, and what is to be said about them."""

    def __init__(self) -> None:
        self.changes: Changes = {}
        self.rows: dict[str, tuple[int, ...]] = {}
        self.notes: list[ImportNote] = []
        self.counts: Counter[_Outcome] = Counter()


def _merge_all(
    people: Iterable[PersonRows], read_text: ReadText, options: ImportOptions, sheet: str
) -> _Records:
    records = _Records()
    for person in people:
        path = _participant_path(person.id)
        text, notes, outcome = _merge_into_record(person, read_text(path), options, sheet)
        records.notes += notes
        records.counts[outcome] += 1
        if text is not None:
            records.changes[path] = text
            records.rows[path] = tuple(row.number for row in person.rows)
    return records


def _participant_path(id_: str) -> str:
    return f"content/participants/{id_}.yml"


def _merge_into_record(
    person: PersonRows, text: str | None, options: ImportOptions, sheet: str
) -> tuple[str | None, list[ImportNote], _Outcome]:
    """Return the new text of a person's record if it changes, notes, and what became of it.

    `sheet` is the digest of the sheet, which a new record keeps.
    """
    record = parse_record(text) or {"id": person.id}
    merged = merge_sheet_sign_up(record, person.sign_up(options.cohort))
    problems = list(_problem_notes(person, merged.values))
    notes = [*_kept_notes(person, merged.kept_keys), *problems]
    if merged.newer_keys:
        notes.append(_older_note(person, merged.newer_keys))
    if problems:
        return None, notes, "refused"
    if text is None:
        origin = {origin_key(options.cohort): origin_of_row(person.rows[-1], sheet).as_text()}
        imported = dict(sorted({**merged.values["imported"], **origin}.items()))
        values = {**merged.values, "imported": imported}
        return new_record_text("participant", values), notes, "new"
    removed = dict.fromkeys(record.keys() - merged.values.keys())
    new_text = edit_record_text(text, {**merged.values, **removed})
    return (None, notes, "unchanged") if new_text == text else (new_text, notes, "updated")


def _kept_notes(person: PersonRows, keys: Iterable[str]) -> Iterator[ImportNote]:
    path = _participant_path(person.id)
    for key in keys:
        message = f"{quoted(key)} was changed by hand in {path}, and stays as it is"
        help_ = "if the sheet is right, correct that file"
        yield person.rows[-1].note("kept", field_for_key(key), message, help_)


def _older_note(person: PersonRows, keys: Iterable[str]) -> ImportNote:
    listed = ", ".join(map(quoted, keys))
    message = f"these answers are older than those in {_participant_path(person.id)}"
    help_ = f"{listed} stay as they are there; what was missing is added"
    return ImportNote(kind="kept", row=person.rows[-1].number, message=message, help=help_)


def _problem_notes(person: PersonRows, record: Mapping[str, Any]) -> Iterator[ImportNote]:
    if schema.is_valid("participant", record):
        return
    for problem in schema.problems("participant", record):
        key = str(problem.keys[0]) if problem.keys else "name"
        for row in person.rows:
            yield row.note("refused", field_for_key(key), problem.message, problem.help)


def _added_skills(
    text: str | None, read_text: ReadText, program: Program, vocabulary: SkillVocabulary
) -> Changes:
    """Return the changed program file if skills were to be added to the vocabulary."""
    text = text or read_text(_PROGRAM_PATH) or ""
    known_skills = program.settings.skills
    if len(vocabulary.skills) == len(known_skills):
        return {}
    entries = parse_record(text).get("skills") or []
    added = map(vocabulary_entry, vocabulary.skills[len(known_skills) :])
    return {_PROGRAM_PATH: edit_record_text(text, {"skills": [*entries, *added]})}
