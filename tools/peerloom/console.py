"""Text as a terminal or a workflow's log may show it: nothing that people wrote acts there.

A terminal acts on control characters. GitHub's runner acts on a line that begins with `::`,
blanks before it or not, and on `##[` wherever it stands in a line.
"""

import re

from peerloom.diagnostic import printable

# What a JSON text holds outside ASCII and would not be seen, or act; inside strings alone.
_UNSEEN = re.compile(r"[^\x20-\x7e\n]")


def for_terminal(text: str) -> str:
    """Lines of text in which every control and format character is written as an escape."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").split("\n"))


def for_log(text: str) -> str:
    """The same for a workflow's log: no line is a command."""
    lines = for_terminal(text).replace("##[", "# #[").split("\n")
    return "\n".join(re.sub("^( *):(?=:)", r"\1: ", line) for line in lines)


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
