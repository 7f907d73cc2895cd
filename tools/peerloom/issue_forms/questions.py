"""The questions of the two forms, as far as a program may ask them."""

from peerloom.issue_forms.check_in_questions import check_in_candidates
from peerloom.issue_forms.own_questions import own_form_questions
from peerloom.issue_forms.question import FormKind, FormQuestion, may_ask
from peerloom.issue_forms.sign_up_questions import sign_up_candidates
from peerloom.issue_forms.withdrawal_question import withdrawal_question
from peerloom.model import QuestionRecord
from peerloom.records import Program


def form_questions(kind: FormKind, program: Program) -> tuple[FormQuestion, ...]:
    """Return the questions of a form in their order."""
    if kind == "withdraw":
        return (withdrawal_question(),)
    record: QuestionRecord
    if kind == "check-in":
        record, record_kind, candidates = "check_in", "check-in", check_in_candidates(program)
    else:
        record, record_kind, candidates = "sign_up", "participant", sign_up_candidates(program)
    asked = [question for key, question in candidates if may_ask(program, record_kind, key)]
    own = list(own_form_questions(program, record, asked))
    # What they agree to is asked last, when they know what there is to see.
    last = [question for question in asked if question.id in ("agreed", "show")]
    return (*(question for question in asked if question not in last), *own, *last)
