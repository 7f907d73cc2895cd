"""Answers to the program's own questions, in whatever words they stand in a sheet or a form."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import fold_text, single_line, split_answers
from peerloom.intake.header_words import header_with_brackets, plain_header
from peerloom.intake.result import ImportNote, ParsedAnswer
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.timestamps import read_single_day
from peerloom.intake.values.yes_no import decide_yes_no
from peerloom.intake.wordings import UNWANTED, HeaderWordings
from peerloom.model import ProgramQuestion, QuestionKind
from peerloom.program_questions import LONGEST_LINE, LONGEST_TEXT, describe_scale
from peerloom.text.phrases import list_words

_NO_MEANINGS: Mapping[str, str] = MappingProxyType({})
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,6})?")
# A comma before three digits parts thousands in some languages and begins a fraction in others.
_UNCLEAR_NUMBER = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")
# A step, and words behind it: `5 (plenty)`. A second number would leave open which is meant.
_STEP = re.compile(r"([-+−]?[0-9]{1,3})(?:[^\w.,][^0-9]*)?")
# What stands between several choices, and may itself be a part of one.
_BETWEEN_CHOICES = re.compile(r"([,;\n])")
_BULLETS = re.compile(r"^\s*[-•*·–]\s+", re.MULTILINE)


def own_question_headers(questions: Sequence[ProgramQuestion]) -> HeaderWordings:
    """The program's own questions as fields of a sheet: under its id, each question's wordings.

    These are its id, its label, and the label with the id behind it, as issue forms write it. What
    two labels have in common, such as *Energy* of *Energy (before)* and *Energy (after)*, is
    neither question's wording.
    """
    wordings = {question.id: _question_wordings(question) for question in questions}
    counts = Counter(wording for each in wordings.values() for wording in each)
    return {
        id_: tuple(wording for wording in each if wording and counts[wording] == 1)
        for id_, each in wordings.items()
    }


def _question_wordings(question: ProgramQuestion) -> dict[str, None]:
    labels = (question.label, f"{question.label} ({question.id})", question.id)
    exact = map(fold_text, labels)
    return dict.fromkeys([*exact, header_with_brackets(labels[0]), plain_header(labels[0])])


def read_own_answers(
    row: SheetRow, questions: Iterable[ProgramQuestion]
) -> tuple[dict[str, Any], list[ImportNote]]:
    """Return what a row answers to the questions by their ids, and notes about what is unclear."""
    answers: dict[str, Any] = {}
    notes: list[ImportNote] = []
    for question in questions:
        text = row.replace_answer(question.id, row[question.id])
        if not text:
            continue
        parsed = parse_own_answer(question, text, row.meanings.get(question.id, _NO_MEANINGS))
        if _says_nothing(question, text, parsed):
            continue
        if parsed.kind:
            notes.append(row.note(parsed.kind, question.id, parsed.message, parsed.help))
        if parsed.value is not None:
            answers[question.id] = parsed.value
    return answers, notes


def _says_nothing(question: ProgramQuestion, text: str, parsed: ParsedAnswer) -> bool:
    """Whether a text is such as `n/a`. `No` and `None` are answers to some questions."""
    if question.kind in ("number", "date"):
        return parsed.value is None and is_filler(text)
    may_be_text = question.kind in ("text", "long_text")
    return (may_be_text or parsed.value is None) and is_filler(text, "closed")


def parse_own_answer(
    question: ProgramQuestion, text: str, meanings: Mapping[str, str] = _NO_MEANINGS
) -> ParsedAnswer:
    """Return what a text answers to a question: a value that its schema allows, or none.

    `meanings` says what each of several choices is to be taken as, by its folded text.
    """
    if question.kind == "several_choices":
        return _parse_choices(question, text, meanings)
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
    choice = _fold_choices(question.choices).get(fold_text(text)) or _plain_yes_or_no(
        question, text
    )
    return ParsedAnswer(choice) if choice else _no_choice(question, text)


def _plain_yes_or_no(question: ProgramQuestion, text: str) -> str | None:
    """Return the choice that is a plain yes or no, if one word such as `TRUE` or `ja` means it."""
    decided = decide_yes_no(text)
    words = [word for word in question.choices if decide_yes_no(word) is decided is not None]
    one_word = len(words) == 1 and len(words[0].split()) == len(text.split()) == 1
    return words[0] if one_word else None


@lru_cache(maxsize=256)
def _fold_choices(choices: tuple[str, ...]) -> Mapping[str, str]:
    """Return choices by their folded text; thousands of rows ask for the same ones."""
    return MappingProxyType({fold_text(choice): choice for choice in choices})


def _no_choice(question: ProgramQuestion, *texts: str) -> ParsedAnswer:
    words = list(map(single_line, texts))
    help_ = did_you_mean(words[0], question.choices) if len(words) == 1 else ""
    help_ = help_ or f"the choices are: {'; '.join(question.choices)}"
    must = "must be" if len(words) == 1 else "must each be"
    message = f"{list_words(map(quoted, words))} {must} one of the choices"
    return ParsedAnswer(None, "left_out", message, help_)


def _parse_choices(
    question: ProgramQuestion, text: str, meanings: Mapping[str, str]
) -> ParsedAnswer:
    """Return the choices that are named: a choice may itself hold a comma or a semicolon."""
    if not question.choices:
        return ParsedAnswer(list(split_answers(text)) or None)
    choices = _fold_choices(question.choices)
    known = {**choices, **{word: choices.get(fold_text(m), m) for word, m in meanings.items()}}
    named = [words for words in _split_choices(text, known) if known.get(words) != UNWANTED]
    found = dict.fromkeys(known.get(words, words) for words in named)
    chosen = [choice for choice in found if choice in question.choices]
    unknown = [w for w in found if w not in question.choices and not is_filler(w, "closed")]
    if unknown:
        return _no_choice(question, *unknown)._replace(value=chosen or None)
    return ParsedAnswer(chosen or None)


def _split_choices(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the known words, folded, that most pieces of a text make together, and all others."""
    longest = max(len(_BETWEEN_CHOICES.split(words)) for words in known)
    pieces = _BETWEEN_CHOICES.split(_BULLETS.sub("", text))
    start = 0
    while start < len(pieces):
        ends = range(min(start + longest, len(pieces)), start, -2)
        joined = ((end, fold_text("".join(pieces[start:end]))) for end in ends)
        end, words = next(
            ((end, words) for end, words in joined if words in known),
            (start + 1, single_line(pieces[start])),
        )
        if words:
            yield words
        start = end + 1


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
    if scale is None:
        parsed = _parse_number(question, text)
        return parsed if isinstance(parsed.value, int) else parsed._replace(value=None)
    ends = dict(zip(map(fold_text, scale.labels), (scale.lowest, scale.highest), strict=False))
    step = _STEP.fullmatch(re.sub(rf" ?(?:/|(?:out )?of) ?{scale.highest}$", "", line))
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
    "number": _parse_number,
    "scale": _parse_step,
    "date": _parse_day,
}
