"""Text that people wrote, in a comment on GitHub: it is read, and nothing in it acts."""

import re

from peerloom.text.escaping.markdown import escape_markdown
from peerloom.text.escaping.terminal import printable

# Seen by nobody, and enough that GitHub takes what is on its two sides for no word.
_GAP = "\u200b"
# What GitHub acts on even where Markdown has escaped it: it looks at the text once more.
_MENTION = re.compile(r"@(?=\w)")
_COMMENT = re.compile(r"<(?=!--)")  # a copy of our own hidden line, in code, would be found
_NUMBER = re.compile(r"(#|\bGH-)(?=\d)", re.IGNORECASE)
_CLOSING = re.compile(r"\b([cfr])(?=(?:lose[sd]?|ix(?:e[sd])?|esolve[sd]?)\b)", re.IGNORECASE)


def disarm_text(text: str) -> str:
    """A text in which no mention, no number of an issue and no closing word is one."""
    for pattern in (_MENTION, _COMMENT, _NUMBER, _CLOSING):
        text = pattern.sub(lambda match: match[0] + _GAP, text)
    return text


def escape_comment(text: str) -> str:
    """A text on one line of Markdown, escaped and disarmed."""
    return escape_markdown(disarm_text(text))


def format_code(text: str) -> str:
    """A name of a file or a commit as code, in which nothing acts; long ones lose their middle."""
    shown = disarm_text(printable(text)).replace("`", "'")
    if len(shown) > 200:
        shown = f"{shown[:100]}…{shown[-99:]}"
    return f"`{shown}`"


def format_code_block(lines: tuple[str, ...]) -> str:
    """Lines as a block of code, which none of them can end."""
    shown = [disarm_text(printable(line)) for line in lines]
    longest = max((len(run) for line in shown for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *shown, fence])
