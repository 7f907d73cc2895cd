"""Reading the body of an issue that a form made.

GitHub writes each question's label as a heading and the answer below it. An answer may contain
lines that look like headings, so the form's questions must come once each and in their order: a
body with more or other headings is refused rather than guessed at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import clean_text
from peerloom.issue_forms.question import FORM_KINDS, FormKind, FormQuestion
from peerloom.issue_forms.questions import form_questions
from peerloom.records import Program
from peerloom.text.numbers import whole_number
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

# What GitHub writes where a question was not answered, for text and for menus.
_NO_ANSWER = ("", "_No response_", "None")
# GitHub puts the answers of some text areas into a fence, which is not part of the answer.
_FENCE = re.compile(r"\A(`{3,}|~{3,})[a-z]*\n(.*)\n\1\Z", re.DOTALL)
_OTHER_HEADINGS = mark(
    "the headings of this issue must be the form's questions, each once and in their order; "
    "open a new one with the form, or put the headings back as they were"
)


class UnreadableBody(Exception):  # noqa: N818 - it reads as the sentence it is
    """The body is not one that the form makes; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """Answers by the id of their question; a question that was left out is not in it."""

    by_question: Mapping[str, str]

    def __getitem__(self, question: str) -> str:
        """Return the answer to a question, and an empty text where there is none."""
        return self.by_question.get(question, "")


def detect_form(body: str, program: Program) -> FormKind | None:
    """Return which form made an issue, by its first heading, or None if no form did."""
    first_line = _with_line_feeds(body).lstrip().partition("\n")[0]
    for kind in FORM_KINDS:
        if first_line == _question_heading(form_questions(kind, program)[0]):
            return kind
    return None


def read_issue_body(body: str, questions: tuple[FormQuestion, ...]) -> FormAnswers:
    """Return the answers to a form's questions. Raises `UnreadableBody`."""
    lines = _with_line_feeds(body).strip().split("\n")
    starts = [_heading_line(question, lines) for question in questions]
    if starts != sorted(starts) or starts[0] != 0:
        raise UnreadableBody(_(_OTHER_HEADINGS))
    answers: dict[str, str] = {}
    for question, start, end in zip(questions, starts, [*starts[1:], len(lines)], strict=True):
        answer = _read_answer(question, "\n".join(lines[start + 1 : end]).strip())
        if answer:
            answers[question.id] = answer
    return FormAnswers(answers)


def _with_line_feeds(body: str) -> str:
    return re.sub("\r\n?", "\n", body)


def _question_heading(question: FormQuestion) -> str:
    return f"### {question.label}"


def _heading_line(question: FormQuestion, lines: list[str]) -> int:
    """Return the index of the line with a question's heading, of which there must be one."""
    indexes = [n for n, line in enumerate(lines) if line.rstrip() == _question_heading(question)]
    if len(indexes) > 1:
        message = ngettext(
            "the line {line} must appear once, and appears {number} time; "
            "write that answer in other words",
            "the line {line} must appear once, and appears {number} times; "
            "write that answer in other words",
            len(indexes),
        )
        line = quoted(_question_heading(question))
        raise UnreadableBody(message.format(line=line, number=whole_number(len(indexes))))
    if not indexes:
        raise UnreadableBody(_(_OTHER_HEADINGS))
    return indexes[0]


def _read_answer(question: FormQuestion, answer: str) -> str:
    """Return what an answer means: for a menu, the meaning of each choice on a line of its own."""
    if answer in _NO_ANSWER:
        return ""
    fenced = _FENCE.match(answer)
    text = clean_text(fenced[2] if fenced else answer)[0]
    match question.format:
        case "checkboxes":
            choices = re.findall(r"^- \[[xX]\] (.+)$", text, re.MULTILINE)
        case "several choices":
            choices = [choice.strip() for choice in text.split(",")]
        case "one choice":
            choices = [text]
        case _:
            return text
    return "\n".join(_choice_meaning(question, choice) for choice in choices)


def _choice_meaning(question: FormQuestion, choice: str) -> str:
    """Return what a choice means; anything else stays, to be refused where it is read."""
    return (question.choices or {}).get(choice, choice)
