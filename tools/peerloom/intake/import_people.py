"""Importing a sheet of sign-ups: the stages, from its columns to participants' records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from peerloom.changes import Changes
from peerloom.intake.answer_readings import list_answers
from peerloom.intake.answer_times import AnswerTimes, read_answer_times
from peerloom.intake.cluster_rows import RowIdentity, decisions_by_rows, identify_row
from peerloom.intake.grid import Grid
from peerloom.intake.identify_people import PersonRows, SheetPeople, group_by_person
from peerloom.intake.merge_people import merge_people
from peerloom.intake.own_answers import own_question_headers
from peerloom.intake.read_answers import SKILL_FIELDS, RowAnswers, read_answers
from peerloom.intake.read_form import Form, read_form
from peerloom.intake.reading import PersonDecision, Reading
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    parse_record,
)
from peerloom.intake.required_columns import require_name_and_role
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult, UnusableSheet
from peerloom.intake.save_reading import changed_readings
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.skill_vocabulary import (
    SkillVocabulary,
    vocabulary_entry,
    vocabulary_snippet,
)
from peerloom.intake.take_back import Orphan, digest_sheet, find_orphans
from peerloom.intake.values.skills import says_what_is_not_so, split_skills
from peerloom.intake.wishes_for_people import add_wishes_for_people
from peerloom.intake.wordings import PEOPLE_FIELDS
from peerloom.program_questions import questions_about
from peerloom.records import Program
from peerloom.text.phrases import list_words

_PROGRAM_PATH = "content/program.yml"


def plan_participants(
    grid: Grid, read_text: ReadText, program: Program, options: ImportOptions
) -> ImportResult:
    """Return what a sheet of sign-ups would change. Raises `UnusableSheet`."""
    own_questions = questions_about(program.settings.questions, "participant")
    fields = {**own_question_headers(own_questions), **PEOPLE_FIELDS}
    form = read_form(grid, fields, program, options, "sign_ups")
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
    records = merge_people(
        sheet.people,
        read_text,
        program.cohorts[options.cohort],
        _find_applied_days(sheet.people, times, program, options),
        digest_sheet(form.rows),
    )
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
            vocabulary.count_new_skills(s for s in new if not says_what_is_not_so(s))
    return SkillVocabulary((*program.settings.skills, *vocabulary.new_entries()))


def _read_all_answers(
    form: Form,
    times: AnswerTimes,
    program: Program,
    options: ImportOptions,
    vocabulary: SkillVocabulary,
) -> list[RowAnswers]:
    zone = ZoneInfo(program.settings.time_zone)
    questions = questions_about(program.settings.questions, "participant")
    return [
        read_answers(
            row,
            options,
            vocabulary,
            answered_on=times.day_of(row, zone),
            languages=program.settings.languages,
            questions=questions,
        )
        for row in form.rows
    ]


def _find_applied_days(
    people: Iterable[PersonRows], times: AnswerTimes, program: Program, options: ImportOptions
) -> dict[str, date]:
    """Return the day of each person's first answer, by their ids; today where it is not known."""
    zone = ZoneInfo(program.settings.time_zone)
    return {
        person.id: min(times.day_of(row, zone) or options.today for row in person.rows)
        for person in people
    }


def _all_decisions(
    form: Form, identities: Sequence[RowIdentity], options: ImportOptions
) -> list[PersonDecision]:
    """Return what was decided about people, now and earlier; the newest decision comes first.

    Raises `UnusableSheet` where a decision names a row that holds nobody.
    """
    numbers = {identity.number for identity in identities}
    for group in (*options.same_person, *options.different_people):
        missing = sorted(group - numbers)
        if missing:
            message = f"row {missing[0]} must be the row of somebody who can be imported"
            help_ = "see the numbers of rows after --same-person and --different-people"
            raise UnusableSheet(message, help_, reading=form.reading())
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
    return [f"taken back, as {why}: {list_words(unsure)}"]


def _mail_notes(form: Form) -> Iterator[ImportNote]:
    column = form.column_for("mail")
    if column:
        message = "mail addresses help to tell people apart, and are not kept"
        yield ImportNote(kind="remark", column=column.label, message=message)


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
