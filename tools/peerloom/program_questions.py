"""The program's own questions: which records keep their answers, and what an answer may be."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peerloom.model import OwnAnswer, ProgramQuestion, QuestionKind, QuestionRecord
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _

# Longest answers, in characters; a list of choices has at most a hundred, as `choices` has.
LONGEST_LINE = 500
LONGEST_TEXT = 10_000
# Kinds whose answers are one of a few, so that they can be counted and compared.
CLOSED_KINDS: frozenset[QuestionKind] = frozenset({"choice", "several_choices", "scale"})

_RECORD_KINDS: Mapping[QuestionRecord, str] = {
    "sign_up": "participant",
    "check_in": "check-in",
    "closing": "pair",
}


def kind_with_answers(question: ProgramQuestion) -> str:
    """The kind of the records that keep the answers to a question."""
    return _RECORD_KINDS[question.record]


def keeps_answers(kind: str) -> bool:
    """Whether records of a kind can hold answers to questions of the program's own."""
    return kind in _RECORD_KINDS.values()


def questions_about(questions: Iterable[ProgramQuestion], kind: str) -> tuple[ProgramQuestion, ...]:
    """The questions whose answers records of a kind keep; of several with one id, the first."""
    by_id: dict[str, ProgramQuestion] = {}
    for question in questions:
        if kind_with_answers(question) == kind:
            by_id.setdefault(question.id, question)
    return tuple(by_id.values())


def answers_schema(questions: Iterable[ProgramQuestion]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answers to some questions, as `properties` by their ids.

    It allows other keys: what was answered stays when a question is renamed or taken away.
    """
    return {"properties": {question.id: _answer_schema(question) for question in questions}}


def _answer_schema(question: ProgramQuestion) -> dict[str, Any]:
    about = {"description": question.label, "x-audience": question.audience}
    return {**about, **_SCHEMAS[question.kind](question)}


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _one_choice(question: ProgramQuestion) -> dict[str, Any]:
    # A rule says so where there are no choices; until then any line will do.
    return {"enum": list(question.choices)} if question.choices else _text(LONGEST_LINE)


def _several_choices(question: ProgramQuestion) -> dict[str, Any]:
    items = _one_choice(question)
    return {"type": "array", "items": items, "minItems": 1, "maxItems": 100, "uniqueItems": True}


def _step(question: ProgramQuestion) -> dict[str, Any]:
    scale = question.scale
    if scale is None:
        return {"type": "integer"}
    return {"type": "integer", "minimum": scale.lowest, "maximum": scale.highest}


_DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SCHEMAS: Mapping[QuestionKind, Callable[[ProgramQuestion], dict[str, Any]]] = {
    "text": lambda _: _text(LONGEST_LINE),
    "long_text": lambda _: _text(LONGEST_TEXT),
    "choice": _one_choice,
    "several_choices": _several_choices,
    "number": lambda _: {"type": "number"},
    "scale": _step,
    "date": lambda _: dict(_DATE),
}


def answers_as_json(answers: Mapping[str, OwnAnswer]) -> dict[str, Any]:
    """Answers as a file holds them: a list where the record has a tuple."""
    return {
        id_: list(answer) if isinstance(answer, tuple) else answer
        for id_, answer in answers.items()
    }


def answer_in_words(question: ProgramQuestion, answer: OwnAnswer) -> str:
    """An answer as people read it: several choices with commas, a step with its scale."""
    if isinstance(answer, tuple):
        return list_words(answer)
    if question.kind == "scale" and question.scale:
        return f"{answer} ({describe_scale(question)})"
    return str(answer)


def describe_scale(question: ProgramQuestion) -> str:
    """A question's scale in words: `1 to 5`, with the words at its two ends where it has them."""
    scale = question.scale
    if scale is None:
        return ""
    if not scale.labels:
        return _("{lowest} to {highest}").format(lowest=scale.lowest, highest=scale.highest)
    low, high = scale.labels
    return f"{scale.lowest} {low}, {scale.highest} {high}"


def worded_answers(
    questions: Iterable[ProgramQuestion], answers: Mapping[str, OwnAnswer]
) -> list[tuple[str, str]]:
    """Each answer in words under its question's label, in the order of the questions.

    An answer whose question is gone comes last, under the id that it has.
    """
    by_id = {question.id: question for question in questions}
    known = [
        (question.label, answer_in_words(question, answers[id_]))
        for id_, question in by_id.items()
        if id_ in answers
    ]
    gone = [
        (id_, list_words(answer) if isinstance(answer, tuple) else str(answer))
        for id_, answer in answers.items()
        if id_ not in by_id
    ]
    return known + gone
