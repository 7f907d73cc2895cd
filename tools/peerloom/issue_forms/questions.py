"""The questions of the two forms, as far as a program may ask them."""

from peerloom.issue_forms.check_in_questions import check_in_candidates
from peerloom.issue_forms.question import FormKind, FormQuestion, may_ask
from peerloom.issue_forms.sign_up_questions import sign_up_candidates
from peerloom.records import Program


def form_questions(kind: FormKind, program: Program) -> tuple[FormQuestion, ...]:
    """Return the questions of a form in their order."""
    if kind == "check-in":
        record_kind, candidates = "check-in", check_in_candidates(program)
    else:
        record_kind, candidates = "participant", sign_up_candidates(program)
    return tuple(question for key, question in candidates if may_ask(program, record_kind, key))
