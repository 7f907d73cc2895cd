"""Years of experience."""

import re
from datetime import date

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
from peerloom.intake.values.capacity import looks_like_date
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.number_words import find_numbers
from peerloom.intake.values.wording import plain_words, unify_dashes, without_accents

MAX_YEARS = 80
_YEARS = r"(?:years?|yrs?|y|jahren?|anos?|ans?|annees?|anni|jaar)"
_UNIT = re.compile(rf"\b{_YEARS}\b")
_MONTHS = re.compile(r"\b(?:months?|monaten?|meses|mes|mois|mesi|maanden?|weeks?|days?)\b")
_SINCE = re.compile(r"\b(?:since|from|seit|desde|depuis|dal|sinds)\b\D{0,12}((?:19|20)\d\d)\b")
_LESS = re.compile(
    r"<|\b(?:less than|under|below|fewer than|weniger als|unter|menos de|moins de)\b"
)
_MORE = re.compile(
    r"\b(?:more than|over|above|at least|mehr als|uber|mas de|mais de|plus de|or more|und mehr|"
    r"o mas|ou mais|ou plus)\b|\d\s*\+|>"
)
_PLAIN = re.compile(
    rf"(?:(?:about|around|approximately|approx|ca|circa|roughly|etwa|almost|nearly|over|more than|"
    rf"at least|uber|mehr als|mas de|mais de|plus de|i have|seit) )*\w+(?: {_YEARS})?"
    r"(?: (?:or more|und mehr|o mas|ou mais|ou plus))?"
    r"(?: of)?(?: (?:work|professional|working|industry|research|teaching))*(?: experience)?"
)


def read_experience_years(text: str | date, today: date) -> AnswerValue[int]:
    """Return whole years of experience from `5`, `5+`, `ten years`, `3-5` or `since 2015`.

    Of a range or an open end, a guess: the lower number. A year is counted up to `today`.
    """
    if isinstance(text, date) or looks_like_date(unify_dashes(single_line(text))):
        message = f"{quoted(str(text))} must be a number of years, and a spreadsheet made a date"
        return leave_out(f"{message} of it")
    if is_filler(text, "number"):
        return NO_ANSWER
    shown, plain = quoted(single_line(text)), unify_dashes(without_accents(text))
    plain = re.sub(r"^(\d+)[.,]0+$", r"\1", plain)
    since = _SINCE.search(plain)
    years = today.year - int(since[1]) if since else -1
    if 0 <= years <= MAX_YEARS:
        return guessed_value(years, f"{shown} is read as {years} years")
    return _read_number_of_years(shown, plain)


def _read_number_of_years(shown: str, plain: str) -> AnswerValue[int]:
    """Return the years in an answer that names them, and not the year in which they began."""
    numbers = find_numbers(plain)
    if plain.startswith("-") or not numbers or max(numbers) > MAX_YEARS or min(numbers) < 0:
        return leave_out(f"{shown} must be a number of years from 0 to {MAX_YEARS}")
    if max(numbers) == 0 and not re.search(r"\d|\bzero\b", plain):
        return ask_meaning(f"{shown} must be a number of years, 0 for none", (0, None))
    if _MONTHS.search(plain) or _LESS.search(plain):
        return ask_meaning(f"{shown} must be a whole number of years")
    return _choose_years(shown, plain, numbers)


def _choose_years(shown: str, plain: str, numbers: list[float]) -> AnswerValue[int]:
    lowest = int(min(numbers))
    words = plain_words(plain)
    if len(numbers) == 1 and (numbers[0].is_integer() and _PLAIN.fullmatch(words)):
        if _MORE.search(plain):
            return certain_value(lowest, f"{shown} is taken as {lowest} years, the least it says")
        return certain_value(lowest)
    if len(numbers) == 1 and _UNIT.search(plain):
        return guessed_value(lowest, f"{shown} is read as {lowest} years")
    is_range = re.fullmatch(rf"\w+ (?:(?:to|or|bis|a|ou|o) )?\w+(?: {_YEARS})?", words)
    if len(numbers) == 2 and is_range and numbers[0] < numbers[1]:
        return AnswerValue(
            value=lowest,
            certainty="guess",
            message=f"{shown} is read as {lowest} years",
            choices=tuple(int(number) for number in numbers),
        )
    return ask_meaning(f"{shown} must be one number of years", tuple(int(n) for n in numbers))
