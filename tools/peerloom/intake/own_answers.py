"""Answers to the program's own questions, in whatever words they stand in a sheet or a form."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import fold_text, single_line, split_answers
from peerloom.intake.headers import plain_header
from peerloom.intake.result import ImportNote, ParsedAnswer
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.timestamps import read_single_day
from peerloom.intake.wordings import HeaderWordings
from peerloom.model import ProgramQuestion, QuestionKind
from peerloom.program_questions import LONGEST_LINE, LONGEST_TEXT, describe_scale

_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,6})?")
# A comma before three digits parts thousands in some languages and begins a fraction in others.
_UNCLEAR_NUMBER = re.compile(r"[-+]?[0-9]{1,3}[.,][0-9]{3}")
_STEP = re.compile(r"([-+−]?[0-9]{1,3})(?![0-9.,])")


def own_question_headers(questions: Iterable[ProgramQuestion]) -> HeaderWordings:
    """The program's own questions as fields of a sheet: under its id, each question's label."""
    return {question.id: (plain_header(question.label),) for question in questions}


def read_own_answers(
    row: SheetRow, questions: Iterable[ProgramQuestion]
) -> tuple[dict[str, Any], list[ImportNote]]:
    """Return what a row answers to the questions by their ids, and notes about what is unclear."""
    answers: dict[str, Any] = {}
    notes: list[ImportNote] = []
    for question in questions:
        text = row.replace_answer(question.id, row[question.id])
        if not text or (not question.choices and is_filler(text)):
            continue
        parsed = parse_own_answer(question, text)
        if parsed.kind:
            notes.append(row.note(parsed.kind, question.id, parsed.message, parsed.help))
        if parsed.value not in (None, []):
            answers[question.id] = parsed.value
    return answers, notes


def parse_own_answer(question: ProgramQuestion, text: str) -> ParsedAnswer:
    """Return what a text answers to a question: a value that its schema allows, or none."""
    return _PARSERS[question.kind](question, text)


def _parse_line(_: ProgramQuestion, text: str) -> ParsedAnswer:
    return _fit_length(single_line(text), LONGEST_LINE)


def _parse_text(_: ProgramQuestion, text: str) -> ParsedAnswer:
    return _fit_length(text.strip(), LONGEST_TEXT)


def _fit_length(text: str, longest: int) -> ParsedAnswer:
    if len(text) <= longest:
        return ParsedAnswer(text or None)
    message = f"the answer must have at most {longest} characters, and has {len(text)}"
    return ParsedAnswer(None, "left_out", message, "shorten it")


def _parse_choice(question: ProgramQuestion, text: str) -> ParsedAnswer:
    if not question.choices:
        return _parse_line(question, text)
    choice = _folded_choices(question).get(fold_text(text))
    return ParsedAnswer(choice) if choice else _no_choice(question, text)


def _folded_choices(question: ProgramQuestion) -> dict[str, str]:
    return {fold_text(choice): choice for choice in question.choices}


def _no_choice(question: ProgramQuestion, text: str) -> ParsedAnswer:
    listed = f"the choices are: {'; '.join(question.choices)}"
    help_ = did_you_mean(single_line(text), question.choices) or listed
    message = f"{quoted(single_line(text))} must be one of the choices"
    return ParsedAnswer(None, "left_out", message, help_)


def _parse_choices(question: ProgramQuestion, text: str) -> ParsedAnswer:
    """Return the choices that are named: a choice may itself hold a comma or a semicolon."""
    if not question.choices:
        return ParsedAnswer(list(split_answers(text)) or None)
    known = _folded_choices(question)
    found: dict[str, None] = {}
    unknown: list[str] = []
    for line in filter(None, map(str.strip, re.split(r"[\n;]", text))):
        pieces = line.split(",")
        while pieces:
            choice, taken = _longest_choice(pieces, known)
            if choice:
                found[choice] = None
            elif pieces[0].strip():
                unknown.append(pieces[0])
            pieces = pieces[taken:]
    chosen = list(found) or None
    if unknown:
        return _no_choice(question, ", ".join(unknown))._replace(value=chosen)
    return ParsedAnswer(chosen)


def _longest_choice(pieces: list[str], known: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the choice that most of the first pieces make together, and of how many it is."""
    for count in range(len(pieces), 0, -1):
        choice = known.get(fold_text(",".join(pieces[:count])))
        if choice:
            return choice, count
    return None, 1


def _parse_number(_: ProgramQuestion, text: str) -> ParsedAnswer:
    line = single_line(text)
    if _NUMBER.fullmatch(line) is None or _UNCLEAR_NUMBER.fullmatch(line):
        message = f"{quoted(line)} must be one number"
        return ParsedAnswer(None, "left_out", message, "write it as 12 or 2.5")
    number = float(line.replace(",", "."))
    return ParsedAnswer(int(number) if number.is_integer() else number)


def _parse_step(question: ProgramQuestion, text: str) -> ParsedAnswer:
    """Return the step of a scale: its number, or the words at one of the two ends."""
    scale, line = question.scale, single_line(text)
    step = _STEP.match(line)
    if scale is None:
        return (
            ParsedAnswer(int(line)) if step and step[0] == line else _parse_number(question, text)
        )
    ends = dict(zip(map(fold_text, scale.labels), (scale.lowest, scale.highest), strict=False))
    number = int(step[1].replace("−", "-")) if step else ends.get(fold_text(line))
    if number is None or not scale.lowest <= number <= scale.highest:
        message = f"{quoted(line)} must be a number from {scale.lowest} to {scale.highest}"
        return ParsedAnswer(None, "left_out", message, describe_scale(question))
    return ParsedAnswer(number)


def _parse_day(_: ProgramQuestion, text: str) -> ParsedAnswer:
    day = read_single_day(text)
    if day is None:
        message = f"{quoted(single_line(text))} must be a date"
        return ParsedAnswer(None, "left_out", message, "write it as 2026-02-09")
    return ParsedAnswer(day.isoformat())


_PARSERS: Mapping[QuestionKind, Callable[[ProgramQuestion, str], ParsedAnswer]] = {
    "text": _parse_line,
    "long_text": _parse_text,
    "choice": _parse_choice,
    "several_choices": _parse_choices,
    "number": _parse_number,
    "scale": _parse_step,
    "date": _parse_day,
}
