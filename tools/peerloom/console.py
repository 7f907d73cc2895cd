"""Makes text safe to print, so that nothing that people wrote acts on a terminal or a runner.

A terminal acts on control characters. GitHub's runner acts on a line that begins with `::`, also
after blanks, and on `##[` anywhere in a line.
"""

import re

from peerloom.diagnostic import printable

# Every character of a JSON text but printable ASCII and line breaks; it can only be in a string.
_UNSEEN = re.compile(r"[^\x20-\x7e\n]")


def for_terminal(text: str) -> str:
    """Return text in which every control and format character but line breaks is escaped."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").split("\n"))


def for_log(text: str) -> str:
    """Return the same for a workflow's log, where no line may be a command of the runner."""
    lines = for_terminal(text).replace("##[", "# #[").split("\n")
    return "\n".join(re.sub("^( *):(?=:)", r"\1: ", line) for line in lines)


def json_for_display(text: str) -> str:
    """Return JSON of the same value in which nothing acts on a terminal or in a log.

    Only strings need escapes, and no line can begin with a command: JSON's lines begin with a
    bracket, a quote or a number.
    """
    return _UNSEEN.sub(_escape_in_json, text).replace("##[", "#\\u0023[")


def _escape_in_json(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
