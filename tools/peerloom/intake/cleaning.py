"""Cleaning the text of a cell, and splitting a cell that holds several answers."""

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
# The characters that the reader of records refuses: control characters except the line feed,
# characters that reorder text, byte order marks, and halves of surrogate pairs.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean_text(text: str) -> tuple[str, bool]:
    """Return `text` without invisible characters, and whether it had any.

    Line endings become line feeds, runs of spaces one space, and runs of empty lines one.
    """
    with_line_feeds = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    visible = _HIDDEN.sub("", _ESCAPE_SEQUENCE.sub("", with_line_feeds))
    lines = [single_line(line) for line in visible.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip(), visible != with_line_feeds


def single_line(text: str) -> str:
    """Return `text` with every run of spaces and line breaks as one space."""
    return " ".join(text.split())


def fold_text(text: str) -> str:
    """Return `text` in the form in which two texts are compared.

    Case, full-width letters (NFKC) and doubled spaces make no difference; accents do.
    """
    return single_line(unicodedata.normalize("NFKC", text).casefold())


def split_answers(text: str) -> list[str]:
    """Return the different answers in one cell, without bullets and trailing punctuation.

    They are separated by semicolons or line breaks; only where there are none, by commas, and
    not by a comma inside brackets.
    """
    pieces = re.split(r"[;\n]", text)
    if len([piece for piece in pieces if piece.strip()]) < 2:
        pieces = _split_at_commas(text.replace(";", ""))
    by_folded_text: dict[str, str] = {}
    for piece in pieces:
        answer = re.sub(r"^[-•*·–]\s+", "", piece.strip()).strip(" .,")
        if answer:
            by_folded_text.setdefault(fold_text(answer), answer)
    return list(by_folded_text.values())


def _split_at_commas(text: str) -> list[str]:
    """Split at commas outside of brackets, or at all commas where brackets do not match."""
    pieces, depth = [""], 0
    for character in text:
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces if depth == 0 else text.split(",")
