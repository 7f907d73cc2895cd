"""The files of the forms in GitHub's format."""

from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.github_names import FORM_LABELS, TWICE_A_DAY_LABEL
from peerloom.issue_forms.question import (
    FORM_KINDS,
    FormKind,
    FormQuestion,
    are_forms_read_at_once,
    issues_are_public,
)
from peerloom.issue_forms.questions import form_questions
from peerloom.records import Program
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_FOLDER = ".github/ISSUE_TEMPLATE"

# Name, description and title of the issue.
_TITLES: dict[FormKind, tuple[str, str, str]] = {
    "check-in": (
        mark("Check-in"),
        mark("Two minutes: how your pair is doing."),
        mark("Check-in"),
    ),
    "sign-up": (
        mark("Sign up"),
        mark("Take part in a cohort, as mentor, mentee or both."),
        mark("Sign-up"),
    ),
    "withdraw": (
        mark("Withdraw"),
        mark("Take back what you agreed to, or a part of it."),
        mark("Withdrawal"),
    ),
}


def form_file_texts(program: Program) -> Changes:
    """Return the texts of the forms by path; nobody can sign up where there is no cohort."""
    kinds = FORM_KINDS if program.cohorts else FORM_KINDS[:1]
    return {f"{_FOLDER}/{kind}.yml": source.dump(_form_values(kind, program)) for kind in kinds}


def _form_values(kind: FormKind, program: Program) -> dict[str, Any]:
    """Return a form as GitHub's schema for issue forms has it."""
    name, description, title = map(_, _TITLES[kind])
    body = [
        _markdown_element(_introduction_text(kind, program)),
        *map(_question_element, form_questions(kind, program)),
    ]
    return {
        "name": name,
        "description": description,
        "title": title,
        "labels": _form_labels(kind, program),
        "body": body,
    }


def _form_labels(kind: FormKind, program: Program) -> list[str]:
    """Return the labels that GitHub puts on an issue, by which a workflow knows when to read it."""
    is_left_to_schedule = not are_forms_read_at_once(program)
    return [FORM_LABELS[kind], *([TWICE_A_DAY_LABEL] if is_left_to_schedule else [])]


def _introduction_text(kind: FormKind, program: Program) -> str:
    readers = (
        _("Everybody can read what you write here.")
        if issues_are_public(program)
        else _("Every member of the program can read what you write here.")
    )
    next_step = {
        "check-in": _("Leave out what you like."),
        "sign-up": _("Your record is made from this, and a coordinator looks at it."),
        "withdraw": _("Your record is changed so, and the next build of the site honors it."),
    }
    private = _("Tell coordinators alone what only they should know: {contact}")
    contact = program.settings.contact
    told = [private.format(contact=contact)] if contact else []
    slow = [] if are_forms_read_at_once(program) else [_("What is sent is read twice a day.")]
    return " ".join([readers, next_step[kind], *slow, *told])


def _markdown_element(text: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": text}}


def _question_element(question: FormQuestion) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.help:
        attributes["description"] = question.help
    choices = list(question.choices or ())
    if question.format in ("one choice", "several choices"):
        attributes["options"] = choices
        if question.format == "several choices":
            attributes["multiple"] = True
    elif question.format == "checkboxes":
        attributes["options"] = [
            {"label": choice, "required": question.is_required} for choice in choices
        ]
    elif question.example:
        attributes["placeholder"] = question.example
    types = {"line": "input", "text": "textarea", "checkboxes": "checkboxes"}
    element: dict[str, Any] = {
        "type": types.get(question.format, "dropdown"),
        "id": question.id,
        "attributes": attributes,
    }
    if question.format != "checkboxes":  # there, each choice says whether it is required
        element["validations"] = {"required": question.is_required}
    return element
