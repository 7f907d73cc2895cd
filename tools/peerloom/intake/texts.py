"""Cells as people filled them in to clean texts and lists of answers."""

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
# What the reader of records refuses: controls but the line break, what reorders text,
# separators that only look like line breaks, and halves of characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> tuple[str, bool]:
    """A cell without what cannot be seen, and whether anything of that kind was in it."""
    plain = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    shown = _HIDDEN.sub("", _ESCAPE_SEQUENCE.sub("", plain))
    lines = [" ".join(line.split()) for line in shown.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip(), shown != plain


def one_line(text: str) -> str:
    """A text with every run of spaces and line breaks as one space."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """A text as it is compared: without case, width or doubled spaces. Accents stay."""
    return one_line(unicodedata.normalize("NFKC", text).casefold())


def answers(text: str) -> list[str]:
    """Several answers in one cell: by `;` or line, else by `,` outside of brackets; each once."""
    pieces = re.split(r"[;\n]", text)
    if len([p for p in pieces if p.strip()]) < 2:
        pieces = _by_commas(text.replace(";", ""))
    found: dict[str, str] = {}
    for piece in pieces:
        answer = re.sub(r"^[-•*·–]\s+", "", piece.strip()).strip(" .,")
        if answer:
            found.setdefault(folded(answer), answer)
    return list(found.values())


def _by_commas(text: str) -> list[str]:
    pieces, depth = [""], 0
    for character in text:
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces if depth == 0 else text.split(",")
