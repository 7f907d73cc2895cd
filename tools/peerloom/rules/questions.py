"""The program's own questions can be asked and answered, and answers are to questions."""

import re
from collections.abc import Iterator
from datetime import date

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.kinds import PROGRAM_FILE
from peerloom.model import CheckIn, Pair, Participant, ProgramQuestion
from peerloom.program_questions import CLOSED_KINDS, kind_with_answers, questions_about
from peerloom.records import Program
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.escaping.terminal import printable

# Fields of sheets that are no keys of a participant's record.
_SHEET_FIELDS = frozenset(
    {"mail", "answered", "first-name", "last-name", "goal", "goal-title", "mentor", "mentee"}
)
# What GitHub writes into an issue where a question of a form was not answered.
_NO_ANSWER = frozenset({"none", "_no response_"})
# What a person sees differently than it is written: a tag, or a call to a GitHub account.
_ACTS = re.compile(r"<[a-z!/?]|(?<![\w@])@\w|^#|^- ", re.IGNORECASE)
# Joiners shape the letters of several languages; they are no control characters to be afraid of.
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def program_questions_offer_their_answers(program: Program, _: date) -> Iterator[Finding]:
    """A question with choices has two or more, a scale goes from low to high, others have none."""
    for index, question in enumerate(program.settings.questions):
        for key, message, help_ in _wrong_offers(question):
            keys: Keys = ("questions", index, key) if key else ("questions", index)
            yield Finding(where=program.settings, keys=keys, message=message, help=help_)


def _wrong_offers(question: ProgramQuestion) -> Iterator[tuple[str, str, str]]:
    """The key that is wrong or empty where one is missing, what must hold and what to do."""
    name = f"question {quoted(question.id)}"
    has_choices = question.kind in ("choice", "several_choices")
    if has_choices and len(question.choices) < 2:
        key = "choices" if question.choices else ""
        yield key, f"{name} must have two 'choices' or more", "list them under 'choices'"
    if question.choices and not has_choices:
        message = f"{name} must have no 'choices': its kind is {question.kind}"
        yield "choices", message, "delete them, or make the kind 'choice'"
    scale = question.scale
    if question.kind == "scale" and scale is None:
        yield "", f"{name} must have a 'scale'", "write 'lowest: 1' and 'highest: 5' under 'scale'"
    if scale is not None and question.kind != "scale":
        message = f"{name} must have no 'scale': its kind is {question.kind}"
        yield "scale", message, "delete it, or make the kind 'scale'"
    if scale is not None and scale.lowest >= scale.highest:
        message = f"the scale of {quoted(question.id)} must go from a lower to a higher number"
        yield "scale", message, "write the lower number as 'lowest'"


def program_questions_are_told_apart(program: Program, _: date) -> Iterator[Finding]:
    """No two questions have one id, nor one label for one record, and none is called as a field."""
    ids: set[str] = set()
    labels: set[tuple[str, str]] = set()
    for index, question in enumerate(program.settings.questions):
        id_, label = question.id, (question.record, _folded(question.label))
        key, message = "id", ""
        if id_ in ids:
            message = f"the id {quoted(id_)} must be one question's"
        elif id_ in _field_names(kind_with_answers(question)):
            message = f"the id {quoted(id_)} must not be that of a field that is there already"
        elif label in labels:
            key, message = "label", f"the label {quoted(question.label)} must be one question's"
        if message:
            keys: Keys = ("questions", index, key)
            help_ = "give it another one; answers are kept by the id"
            yield Finding(where=program.settings, keys=keys, message=message, help=help_)
        ids.add(id_)
        labels.add(label)


def _field_names(kind: str) -> frozenset[str]:
    names = {field.path[-1].replace("_", "-") for field in schema.list_fields(kind)}
    return _SHEET_FIELDS | names


def _folded(text: str) -> str:
    return " ".join(text.replace(",", " ").casefold().split())


def program_questions_are_plain_lines(program: Program, _: date) -> Iterator[Finding]:
    """A label and each choice is one line that acts on nothing, and choices are told apart."""
    for index, question in enumerate(program.settings.questions):
        texts: list[tuple[Keys, str]] = [(("label",), question.label)]
        texts += [(("choices", place), text) for place, text in enumerate(question.choices)]
        seen: set[str] = set()
        for below, text in texts:
            message, help_ = _flaw_of_line(text)
            if not message and below[0] == "choices":
                message, help_ = _flaw_of_choice(text, seen)
                seen.add(_folded(text))
            if message:
                keys: Keys = ("questions", index, *below)
                yield Finding(where=program.settings, keys=keys, message=message, help=help_)


def _flaw_of_line(text: str) -> tuple[str, str]:
    if text != " ".join(text.split()) or printable(text) != text.translate(_JOINERS):
        help_ = "write it without line breaks, doubled spaces and characters that are not seen"
        return f"{quoted(text)} must be one plain line", help_
    if _ACTS.search(text):
        help_ = "leave out tags such as '<b>', names with '@', and a '#' or '-' at the beginning"
        return f"{quoted(text)} must be words alone", help_
    return "", ""


def _flaw_of_choice(text: str, seen: set[str]) -> tuple[str, str]:
    if text.casefold() in _NO_ANSWER:
        help_ = "GitHub writes that where nothing was chosen; 'None of these' can be told from it"
        return f"{quoted(text)} must not be a choice", help_
    if _folded(text) in seen:
        help_ = "commas and capital letters do not tell choices apart: GitHub parts answers by them"
        return f"{quoted(text)} must differ from the other choices", help_
    return "", ""


def matching_compares_what_can_be_compared(program: Program, _: date) -> Iterator[Finding]:
    """A cohort matches by questions of the sign-up with choices or a scale, each named once."""
    if PROGRAM_FILE in program.broken:
        return
    about_people = questions_about(program.settings.questions, "participant")
    closed = {question.id for question in about_people if question.kind in CLOSED_KINDS}
    for cohort in program.cohorts.values():
        seen: set[str] = set()
        for index, wanted in enumerate(cohort.matching.questions):
            id_ = wanted.question
            keys: Keys = ("matching", "questions", index, "question")
            if id_ not in closed:
                message = f"{quoted(id_)} must be a question with choices or a scale of the sign-up"
                otherwise = f"there are: {', '.join(sorted(closed)) or 'none'}"
                help_ = suggest_nearest(id_, closed, otherwise)
                yield Finding(where=cohort, keys=keys, message=message, help=help_)
            elif id_ in seen:
                message = f"{quoted(id_)} must be listed only once"
                yield Finding(where=cohort, keys=keys, message=message, help="delete one")
            seen.add(id_)


def answers_are_to_questions_that_exist(program: Program, _: date) -> Iterator[Finding]:
    """Each answer is to one of the program's own questions about its kind of record."""
    settings = program.settings
    if PROGRAM_FILE in program.broken:
        return
    kinds: tuple[tuple[str, list[Participant | Pair | CheckIn]], ...] = (
        ("participant", [*program.participants.values()]),
        ("pair", [*program.pairs.values()]),
        ("check-in", [*program.check_ins]),
    )
    for kind, records in kinds:
        known = {question.id for question in questions_about(settings.questions, kind)}
        for record in records:
            for id_ in record.answers.keys() - known:
                message = f"{quoted(id_)} must be one of the program's own questions"
                otherwise = (
                    "the answer is kept, and only coordinators see it; if the question was "
                    "renamed, give it its old id back in 'content/program.yml', with "
                    "'asked: false' if it is over"
                )
                help_ = suggest_nearest(id_, known, otherwise)
                keys: Keys = ("answers", id_)
                yield Finding(where=record, keys=keys, message=message, help=help_, on_key=True)
