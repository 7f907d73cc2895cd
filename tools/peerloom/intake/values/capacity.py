"""How many mentees a mentor takes."""

import re
from datetime import date, datetime

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    guessed_value,
    leave_out,
)
from peerloom.intake.values.calendar_names import find_month
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.number_words import find_numbers
from peerloom.intake.values.wording import plain_words, unify_dashes

MAX_CAPACITY = 50


def read_capacity(text: str | date) -> AnswerValue[int]:
    """Return how many mentees somebody takes; of a range such as `1-2`, a guess: the smaller.

    A date, which a spreadsheet makes of `1-2`, and a negative number are left out. None stated is
    no answer.
    """
    if isinstance(text, date):
        return _date_instead(text)
    if is_filler(text, "number"):
        return NO_ANSWER
    plain = re.sub(r"^(\d+)[.,]0+$", r"\1", unify_dashes(single_line(text)))
    return _date_instead(plain) if looks_like_date(plain) else _read_number(plain)


def _read_number(plain: str) -> AnswerValue[int]:
    """Return what an answer with hyphens for all dashes says that is no date."""
    shown, numbers = quoted(plain), find_numbers(plain)
    if numbers == [0] and not re.search(r"\d|\bzero\b", plain, re.IGNORECASE):
        return ask_meaning(f"{shown} must be 0 for a mentor who takes no mentee", (0, None))
    message = f"{shown} must be a number of mentees from 0 to {MAX_CAPACITY}"
    if not numbers:
        return ask_meaning(message)
    if re.match(r"-\s*\d", plain) or max(numbers) > MAX_CAPACITY:
        return leave_out(message)
    return _choose_capacity(shown, plain, numbers)


def _choose_capacity(shown: str, plain: str, numbers: list[float]) -> AnswerValue[int]:
    whole = sorted({int(number) for number in numbers if number == int(number)})
    if len(whole) < len(set(numbers)):
        return leave_out(f"{shown} must be a whole number of mentees")
    words = plain_words(plain)
    if len(whole) == 1 and _says_only_a_number(words):
        return certain_value(whole[0])
    if len(whole) == 2 and _is_range(plain):
        lower, upper = whole
        return AnswerValue(
            value=lower,
            certainty="guess",
            message=f"{shown} is read as {lower}",
            choices=(lower, upper),
        )
    if len(whole) == 1 and len(words.split()) <= 6 and not _LIMITS.search(words):
        return guessed_value(whole[0], f"{shown} is read as {whole[0]}")
    return ask_meaning(f"{shown} must be one number of mentees", tuple(whole))


_LIMITS = re.compile(
    r"\b(?:if|hours?|h|weeks?|months?|years?|days?|not|more than|less|fewer|under|below|"
    r"over|at least|minimum|min|least)\b"
)
_RANGE = re.compile(r"\b(?:to|or|and|bis|oder|und|a|o|ou|y|e|et|tot|of)\b|[-/,–+]")
_NUMBER_ANSWER = re.compile(
    r"(?:(?:up to|max|maximum|at most|just|only|exactly|about|i can take|i could take|i take|"
    r"bis zu|hochstens|maximal|hasta|ate|jusqua|no more than|nur|solo|so|a maximum of) )?"
    r"\w+"
    r"(?: (?:mentees?|people|persons?|person|mentorados?|mentoradas?|personas?|pessoas?|personen|"
    r"personnes?|max|maximum|at most|at a time|only|mentees at a time|please|learners?|students?))*"
)


def _says_only_a_number(words: str) -> bool:
    """Whether plain words are a number with a unit, so that nothing else is lost."""
    return bool(_NUMBER_ANSWER.fullmatch(words)) and len(find_numbers(words)) == 1


def _is_range(plain: str) -> bool:
    return len(_RANGE.findall(plain.casefold())) >= 1 and not _LIMITS.search(plain_words(plain))


def looks_like_date(text: str) -> bool:
    """Whether a cell holds what a spreadsheet makes of `1-2` or `3/4`: a date, or `2-Jan`."""
    plain = text.strip()
    return bool(
        re.match(r"\d{4}-\d{1,2}-\d{1,2}", plain)
        or re.match(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", plain)
        or (
            re.fullmatch(r"\d{1,2}[-. ]{1,2}[^\W\d]{3,9}\.?(?:[- ]\d{2,4})?", plain)
            and _names_a_month(plain)
        )
        or (re.fullmatch(r"[^\W\d]{3,9}\.?[- ]\d{1,4}", plain) and _names_a_month(plain))
    )


def _names_a_month(text: str) -> bool:
    word = re.search(r"[^\W\d]+", text)
    return bool(word and find_month(word[0]))


def _date_instead(day: date | str) -> AnswerValue[int]:
    shown = quoted(str(day.date() if isinstance(day, datetime) else day))
    message = f"{shown} must be a number of mentees, and a spreadsheet made a date of it"
    return leave_out(message)
