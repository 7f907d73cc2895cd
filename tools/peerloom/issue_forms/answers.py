"""The body of an issue that a form made, read by the order of the form's own questions.

GitHub writes each label as a heading and the answer under it. An answer may hold a heading too:
what looks like another question's, or comes twice, is refused rather than guessed at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import clean_text
from peerloom.issue_forms.questions import Question, check_in, sign_up
from peerloom.records import Program

Kind = Literal["check-in", "sign-up"]
KINDS: tuple[Kind, ...] = ("check-in", "sign-up")

_EMPTY = "_No response_"
_FENCE = re.compile(r"\A(`{3,}|~{3,})[a-z]*\n(.*)\n\1\Z", re.DOTALL)


class CannotRead(Exception):  # noqa: N818 - it reads as the sentence it is
    """The body is not one that the form makes; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by the id of their question; one that was left out is not in it."""

    by_id: Mapping[str, str]

    def __getitem__(self, id_: str) -> str:
        """The answer; empty where there is none."""
        return self.by_id.get(id_, "")


def questions(kind: Kind, program: Program) -> tuple[Question, ...]:
    """The questions of a form."""
    return check_in(program) if kind == "check-in" else sign_up(program)


def kind_of(body: str, program: Program) -> Kind | None:
    """Which form made an issue, by its first heading; nothing where none did."""
    first = _plain(body).lstrip().partition("\n")[0]
    for kind in KINDS:
        if first == _heading(questions(kind, program)[0]):
            return kind
    return None


def answers(body: str, asked: tuple[Question, ...]) -> Answers:
    """The answers to a form's questions. Raises `CannotRead`."""
    lines = _plain(body).strip().split("\n")
    places = [_place(question, lines) for question in asked]
    if places != sorted(places) or places[0] != 0:
        raise CannotRead(_OTHER_FORM)
    found: dict[str, str] = {}
    for question, start, end in zip(asked, places, [*places[1:], len(lines)], strict=True):
        answer = "\n".join(lines[start + 1 : end]).strip()
        chosen = _chosen(question, answer)
        if chosen:
            found[question.id] = chosen
    return Answers(found)


_OTHER_FORM = (
    "this issue must have the form's questions, each once and in their order, and has others; "
    "open a new one with the form, or put the headings back as they were"
)


def _plain(body: str) -> str:
    return re.sub("\r\n?", "\n", body)


def _heading(question: Question) -> str:
    return f"### {question.label}"


def _place(question: Question, lines: list[str]) -> int:
    places = [n for n, line in enumerate(lines) if line.rstrip() == _heading(question)]
    if len(places) > 1:
        message = f"the line {quoted(_heading(question))} must be there once, and is there "
        raise CannotRead(f"{message}{len(places)} times; write that answer in other words")
    if not places:
        raise CannotRead(_OTHER_FORM)
    return places[0]


def _chosen(question: Question, answer: str) -> str:
    """What an answer says: of a menu, what each choice means, a line each."""
    if answer in ("", _EMPTY, "None"):
        return ""
    fenced = _FENCE.match(answer)
    text, _ = clean_text(fenced[2] if fenced else answer)
    if question.how == "agreed":
        ticked = re.findall(r"^- \[[xX]\] (.+)$", text, re.MULTILINE)
        return "\n".join(_meant(question, choice) for choice in ticked)
    if question.how == "several of":
        return "\n".join(_meant(question, choice.strip()) for choice in text.split(","))
    return _meant(question, text) if question.how == "one of" else text


def _meant(question: Question, choice: str) -> str:
    """What a choice means; what is none stands as it is, for whoever reads it to refuse."""
    return (question.choices or {}).get(choice, choice)
