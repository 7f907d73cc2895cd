"""GitHub issue forms, for people without a fork: their files, and the records made from answers."""

from peerloom.issue_forms.form_files import (
    FORM_RULES,
    find_outdated_forms,
    form_file_texts,
    has_forms,
    may_overwrite,
)
from peerloom.issue_forms.issue_body import detect_form
from peerloom.issue_forms.links import MAX_URL_LENGTH, check_in_form_link, sign_up_form_link
from peerloom.issue_forms.question import FormKind
from peerloom.issue_forms.replies import REPLY_MARK, acceptance_reply, refusal_reply
from peerloom.issue_forms.result import FormMessage, FormResult, Sender
from peerloom.issue_forms.submission import Submission, read_submission

__all__ = [
    "FORM_RULES",
    "MAX_URL_LENGTH",
    "REPLY_MARK",
    "FormKind",
    "FormMessage",
    "FormResult",
    "Sender",
    "Submission",
    "acceptance_reply",
    "check_in_form_link",
    "detect_form",
    "find_outdated_forms",
    "form_file_texts",
    "has_forms",
    "may_overwrite",
    "read_submission",
    "refusal_reply",
    "sign_up_form_link",
]
