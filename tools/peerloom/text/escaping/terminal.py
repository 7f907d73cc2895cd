"""Text as a terminal may show it, which acts on control characters: none is left in it."""

import re
import unicodedata

# What a JSON text holds outside ASCII and would not be seen, or act; inside strings alone.
_UNSEEN = re.compile(r"[^\x20-\x7e\n]")


def printable(text: str) -> str:
    """`text` with every control, format and unassigned character written as an escape."""
    return "".join(c if c == " " or _is_printable(c) else _escape(c) for c in text)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def for_terminal(text: str) -> str:
    """Lines of text in which every control and format character is written as an escape."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").split("\n"))


def json_for_either(text: str) -> str:
    """A text in JSON that is equal when read, and in which nothing acts on a terminal or in a log.

    In its strings alone, and no command begins a line: that is a bracket, a quote or a number.
    """
    return _UNSEEN.sub(_escaped, text).replace("##[", "#\\u0023[")


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
