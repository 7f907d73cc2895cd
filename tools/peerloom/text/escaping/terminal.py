"""Text as a terminal may show it, which acts on control characters: none is left in it."""

import re
import unicodedata

# Every character of a JSON text but printable ASCII and line breaks; it can only be in a string.
_UNSEEN = re.compile(r"[^\x20-\x7e\n]")


def printable(text: str) -> str:
    """`text` with every control, format and unassigned character written as an escape."""
    return "".join(c if c == " " or _is_printable(c) else _escape(c) for c in text)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def for_terminal(text: str) -> str:
    """Return text in which every control and format character but line breaks is escaped."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").split("\n"))


def json_for_display(text: str) -> str:
    """Return JSON of the same value in which nothing acts on a terminal or in a log.

    Only strings need escapes, and no line can begin with a command: JSON's lines begin with a
    bracket, a quote or a number.
    """
    return _UNSEEN.sub(_escaped, text).replace("##[", "#\\u0023[")


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
