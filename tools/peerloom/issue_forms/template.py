"""The files of the forms, as GitHub reads them, and whether those that are there are current."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peerloom import bounded, source
from peerloom.changes import Changes
from peerloom.diagnostic import Diagnostic
from peerloom.issue_forms.answers import Kind, questions
from peerloom.issue_forms.questions import Question, is_public
from peerloom.records import Program

_FOLDER = ".github/ISSUE_TEMPLATE"
# By it a form is known for ours; one that somebody wrote is left to them.
_HEAD = "# Made by 'peerloom forms' from the schemas and content/program.yml; not to be edited.\n"

RULES = {"issue-forms-are-current": "An issue form asks what the records and the program say now."}

_TITLES: dict[Kind, tuple[str, str, str]] = {
    "check-in": ("Check-in", "Two minutes: how it goes with your pair.", "Check-in"),
    "sign-up": ("Sign up", "Take part in a cohort, as mentor, mentee or both.", "Sign-up"),
}


def files(program: Program) -> Changes:
    """The texts of the forms, by path."""
    kinds: tuple[Kind, ...] = ("check-in", "sign-up") if program.cohorts else ("check-in",)
    return {
        f"{_FOLDER}/{kind}.yml": _HEAD + source.dump(_form(kind, program), for_others=True)
        for kind in kinds
    }


def may_write(file: Path) -> bool:
    """Whether there is no form at a path, or one that was made here."""
    return not file.exists() or _text(file).startswith(_HEAD)


def _text(file: Path) -> str:
    """What a file says; nothing where it cannot be read, or is larger than a form of ours."""
    try:
        text = bounded.read(file, source.MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
    return text.replace("\r\n", "\n")


def are_there(root: Path) -> bool:
    """Whether a program's folder has issue forms at all."""
    return (root / _FOLDER).is_dir()


def stale(root: Path, program: Program) -> Iterator[Diagnostic]:
    """The forms of ours that ask what is no more asked, or do not ask what is."""
    for path, text in files(program).items():
        there = _text(root / path)
        if there.startswith(_HEAD) and there != text:
            yield Diagnostic(
                path=path,
                rule="issue-forms-are-current",
                message="the form must ask what the records and the program say now",
                help="run 'peerloom forms', which writes it anew",
            )


def _form(kind: Kind, program: Program) -> dict[str, Any]:
    name, description, title = _TITLES[kind]
    body = [_markdown(_intro(kind, program)), *map(_element, questions(kind, program))]
    return {
        "name": name,
        "description": description,
        "title": title,
        "labels": [kind],
        "body": body,
    }


def _intro(kind: Kind, program: Program) -> str:
    who = "Everybody" if is_public(program) else "Every member of the program"
    contact = program.settings.contact
    alone = f"What only coordinators should know goes to them alone: {contact}" if contact else ""
    after = {
        "check-in": "Leave out what you like.",
        "sign-up": "Your record is made from this, and a coordinator looks at it.",
    }
    return f"{who} can read what you write here. {after[kind]} {alone}".rstrip()


def _markdown(text: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": text}}


def _element(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.help:
        attributes["description"] = question.help
    choices = list(question.choices or ())
    if question.how in ("one of", "several of"):
        attributes["options"] = choices
        if question.how == "several of":
            attributes["multiple"] = True
    elif question.how == "agreed":
        attributes["options"] = [{"label": choice, "required": True} for choice in choices]
    elif question.example:
        attributes["placeholder"] = question.example
    types = {"line": "input", "text": "textarea", "agreed": "checkboxes"}
    element: dict[str, Any] = {
        "type": types.get(question.how, "dropdown"),
        "id": question.id,
        "attributes": attributes,
    }
    if question.how != "agreed":
        element["validations"] = {"required": question.is_required}
    return element
