"""Questions of forms, and what a form may ask.

A form asks only for keys of a record that everybody who can read the issue may read as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from peerloom import schema
from peerloom.audience import includes, repository_readers
from peerloom.records import Program

FormKind = Literal["check-in", "sign-up", "withdraw"]
FORM_KINDS: tuple[FormKind, ...] = ("check-in", "sign-up", "withdraw")

AnswerFormat = Literal["line", "text", "one choice", "several choices", "checkboxes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion:
    """One question of a form.

    `id` is the name by which a link fills in the answer; in the sign-up form it is also a field
    of a sheet. `label` is the heading above the answer in the issue, `choices` the possible
    answers, each with what it means.
    """

    id: str
    label: str
    format: AnswerFormat
    help: str
    example: str = ""
    choices: Mapping[str, str] | None = None
    is_required: bool = False


def issues_are_public(program: Program) -> bool:
    """Whether everybody can read an issue of the program's repository."""
    return repository_readers(program) == "public"


def are_forms_read_at_once(program: Program) -> bool:
    """Whether a form is read as soon as it is sent, and not by the schedule twice a day.

    Each reading by itself costs a private repository a minute of what its plan has. Where the
    setting is 0, none is read so, even before the first pairs are active.
    """
    settings = program.settings
    if settings.visibility == "public":
        return True
    active = sum(pair.status == "active" for pair in program.pairs.values())
    return 0 < settings.read_at_once_up_to >= active


def may_ask(program: Program, kind: str, *keys: str) -> bool:
    """Whether everybody who can read an issue may read what a record holds under these keys."""
    return includes(repository_readers(program), schema.audience_of_field(kind, keys))


def allowed_words(kind: str, *keys: str) -> tuple[str, ...]:
    """Return the words that the schema of a kind of record allows under these keys."""
    return next(field.allowed for field in schema.list_fields(kind) if field.path == keys)
