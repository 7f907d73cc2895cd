"""Somebody's record after they withdrew something by form."""

from peerloom.diagnostic import quoted
from peerloom.intake.withdrawal_text import (
    find_withdrawal,
    has_nothing_to_withdraw,
    withdrawn_record_text,
)
from peerloom.issue_forms.result import FilledForm
from peerloom.issue_forms.withdrawal_question import WITHDRAWAL_QUESTION
from peerloom.kinds import record_path
from peerloom.model import CONSENT_PARTS
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _

_PARTS = ("everything", *CONSENT_PARTS)


def withdrawal_record_text(form: FilledForm) -> str | None:
    """The text of the sender's record with what they withdraw.

    None where they have no record, or nothing to withdraw; a problem says so.
    """
    person = form.program.participants.get(form.sender.participant or "")
    text = form.read_text(record_path(person)) if person else None
    if person is None or text is None:
        message = _("your account belongs to no record here, so there is nothing to withdraw")
        form.feedback.add_problem("", message, _("if you take part, tell a coordinator"))
        return None
    part = form.answers[WITHDRAWAL_QUESTION]
    if part not in _PARTS:
        message = _("{value} must be one of the choices of the menu").format(value=quoted(part))
        form.feedback.add_problem(WITHDRAWAL_QUESTION, message)
        return None
    if has_nothing_to_withdraw(person.consent, part):
        message = _("you have agreed to nothing yet: only coordinators see you")
        form.feedback.add_problem(WITHDRAWAL_QUESTION, message)
        return None
    withdrawn_on = find_withdrawal(person.consent, part)
    if withdrawn_on:
        day = full_date(withdrawn_on)
        message = _("you withdrew this on {day}, and it holds").format(day=day)
        form.feedback.add_problem(WITHDRAWAL_QUESTION, message)
        return None
    return withdrawn_record_text(text, part, form.received_on)
