"""Turning an issue that a form made into the record that it asks for, or into what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peerloom import records, schema, source
from peerloom.audience import includes, repository_readers
from peerloom.intake.record_text import ReadText, parse_record
from peerloom.issue_forms.check_in_record import check_in_text
from peerloom.issue_forms.issue_body import FormAnswers, UnreadableBody, read_issue_body
from peerloom.issue_forms.question import FormKind, FormQuestion
from peerloom.issue_forms.questions import form_questions
from peerloom.issue_forms.result import (
    FilledForm,
    FormFeedback,
    FormMessage,
    FormResult,
    Sender,
)
from peerloom.issue_forms.sign_up_record import sign_up_text
from peerloom.issue_forms.withdrawal_record import withdrawal_record_text
from peerloom.kinds import record_path
from peerloom.program.reading import flaw_audience
from peerloom.program_questions import questions_about
from peerloom.records import Program
from peerloom.text.translation import gettext as _

_RECORD_KINDS: dict[FormKind, str] = {
    "check-in": "check-in",
    "sign-up": "participant",
    "withdraw": "participant",
}
_RECORD_TEXTS: dict[FormKind, Callable[[FilledForm], str | None]] = {
    "check-in": check_in_text,
    "sign-up": sign_up_text,
    "withdraw": withdrawal_record_text,
}
# The questions that fill keys of a record with another name.
_QUESTIONS_BY_KEY = {
    "also_offers": "skills_offered_more",
    "also_wants": "skills_wanted_more",
    "goals": "goal",
    "consent": "show",
    "cohorts": "cohort",
    "due": "which",
    "cohort": "which",
    "pair": "which",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An issue that a form made: its body, its sender, and the day on which GitHub received it."""

    kind: FormKind
    body: str
    received_on: date
    sender: Sender


def read_submission(submission: Submission, program: Program, read_text: ReadText) -> FormResult:
    """Return the record that a submission makes or changes, or what is wrong with it.

    `read_text` returns the current text of a file, so that an existing record is edited.
    """
    kind = submission.kind
    questions = form_questions(kind, program)
    try:
        answers = read_issue_body(submission.body, questions)
    except UnreadableBody as unreadable:
        return FormResult(kind=kind, problems=(FormMessage("", str(unreadable)),))
    feedback = FormFeedback({question.id: question.label for question in questions})
    _require_answers(questions, answers, feedback)
    form = FilledForm(
        answers=answers,
        sender=submission.sender,
        received_on=submission.received_on,
        program=program,
        read_text=read_text,
        feedback=feedback,
    )
    text = None if feedback.problems else _RECORD_TEXTS[kind](form)
    if text is not None:
        _check_record(_RECORD_KINDS[kind], text, program, feedback)
    remarks = tuple(feedback.remarks)
    if text is None or feedback.problems:
        return FormResult(kind=kind, problems=tuple(feedback.problems), remarks=remarks)
    path = record_path(records.make_record(_RECORD_KINDS[kind], parse_record(text)))
    changes = {} if read_text(path) == text else {path: text}
    return FormResult(kind=kind, changes=changes, remarks=remarks)


def _require_answers(
    questions: tuple[FormQuestion, ...], answers: FormAnswers, feedback: FormFeedback
) -> None:
    for question in questions:
        if question.is_required and not answers[question.id]:
            feedback.add_problem(question.id, _("this must be answered"))


def _check_record(record_kind: str, text: str, program: Program, feedback: FormFeedback) -> None:
    """Add what a record's schema refuses to the feedback, as far as readers of the issue may see.

    The record may already hold values that not every reader of the issue may see; a message that
    would quote one says only which kind of problem it is.
    """
    audience = repository_readers(program)
    parsed = source.parse(text.encode())
    for flaw in parsed.flaws:
        if includes(audience, flaw_audience(record_kind, flaw.rule)):
            feedback.add_problem("", flaw.message, flaw.help)
        else:
            feedback.add_problem("", source.YAML_RULES[flaw.rule])
    if parsed.flaws:
        return
    questions = questions_about(program.settings.questions, record_kind)
    for problem in schema.find_problems(record_kind, parsed.value, questions):
        question = _question_for_keys(problem.keys)
        if includes(audience, problem.audience):
            feedback.add_problem(question, problem.message, problem.help)
        else:
            feedback.add_problem(question, problem.outline)


def _question_for_keys(keys: source.Keys) -> str:
    """Return the id of the question whose answer stands at these keys of a record."""
    key = str(keys[0]) if keys else ""
    if key == "answers" and len(keys) > 1:
        return f"answer-{keys[1]}"
    return _QUESTIONS_BY_KEY.get(key, key)
