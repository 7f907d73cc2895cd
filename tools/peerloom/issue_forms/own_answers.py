"""What a filled-in form answers to the program's own questions."""

from typing import Any

from peerloom.intake.own_answers import parse_own_answer
from peerloom.issue_forms.own_questions import form_question_id, questions_to_ask
from peerloom.issue_forms.result import FilledForm
from peerloom.model import QuestionRecord


def read_own_form_answers(form: FilledForm, record: QuestionRecord) -> dict[str, Any]:
    """Return the answers to the program's own questions by their ids, and add what is wrong."""
    answers: dict[str, Any] = {}
    for question in questions_to_ask(form.program, record):
        text = form.answers[form_question_id(question)]
        if not text:
            continue
        parsed = parse_own_answer(question, text)
        if parsed.kind:
            form.feedback.add_problem(form_question_id(question), parsed.message, parsed.help)
        if parsed.value is not None:
            answers[question.id] = parsed.value
    return answers
