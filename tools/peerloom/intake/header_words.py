"""The words of a column's header: in plain words, and what stands in brackets."""

import re

from peerloom.intake.cleaning import fold_text
from peerloom.intake.values.wording import without_accents

_NUMBERING = re.compile(
    r"^(?:(?:q|question|frage|g\d+q)\s*)?\d{1,3}[a-z]?\s*[.):-]\s+|^q\d+\s*[.:]\s*"
)
# LimeSurvey writes a question's code before it: `fullname. What is your full name?`.
_CODE = re.compile(r"^[a-z]\w{0,19}\.\s+(?=\S)")
# No more of a header is looked at, so that a hostile one cannot take long.
LONGEST_HEADER = 600


def plain_header(header: str) -> str:
    """Return a header in plain words: `2. What's your name? *` is `whats your name`.

    Case, accents, punctuation, numbers of questions and what stands in brackets make no difference.
    """
    return _plain_text(re.sub(r"\(.*?\)|\[.*?\]|<.*?>", " ", _without_number(header)))


def header_with_brackets(header: str) -> str:
    """Return a header in plain words, as `plain_header` does, with those in brackets."""
    return _plain_text(_without_number(header))


def _without_number(header: str) -> str:
    return _CODE.sub("", _NUMBERING.sub("", fold_text(header[:LONGEST_HEADER])))


def _plain_text(text: str) -> str:
    text = re.sub("['’ʼ`´]", "", without_accents(text))
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def bracketed_option(header: str) -> str:
    """Return what stands in square brackets at the end of a header, such as a day or a topic."""
    match = re.search(r"\[([^\[\]]+)\]\s*[?*]?\s*$", header[-LONGEST_HEADER:])
    return match[1].strip() if match else ""


def words_in_brackets(header: str) -> str:
    """Return in plain words what stands in round brackets in a header."""
    inside = " ".join(re.findall(r"\((.*?)\)", header[:LONGEST_HEADER]))
    return plain_header(inside)
