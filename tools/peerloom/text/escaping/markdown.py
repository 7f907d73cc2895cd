"""Text that people wrote, made literal for Markdown and for HTML at once."""

import re
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote, urlsplit

from markupsafe import Markup

# Spaces and line ends. No-break and ideographic spaces are not among them: they are seen.
_SPACES = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_BLANK_LINES = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")

# What is not seen but acts: control characters, direction overrides and a byte-order mark.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")

# The second part means something only where it stands so, and a text full of references is
# hard to read for somebody who opens the Markdown file itself.
_MEANT = re.compile(
    r"""
      [&<>"'`*_\[\]{}\#+|\\~@=$^]
    | (?<!\w)- | -(?!\w)                 # lists, rules, underlined headings, table rows
    | (?<=\d)[.)](?!\d)                  # numbered lists
    | (?<=[wW]{3})\.                     # www.example.org
    | (?<!\w): | :(?!\ )                 # https://, :emoji:, ::commands::, definitions
    | !(?=!) | (?<=!)! | \?(?=\?) | (?<=\?)\?   # boxes: !!! and ???
    | (?<!\S)%|%(?!\s)                   # templates
    """,
    re.VERBOSE,
)
_LINK_SAFE = ":/?#@!$&+,;=%~.-"


@lru_cache(maxsize=1 << 16)
def escape_markdown(text: str) -> str:
    """A text on one line that looks as it was written, wherever in a page it is put.

    Whatever could mean something to Markdown, HTML, a template or a terminal becomes a
    numeric character reference or, if it cannot be seen, goes.
    """
    if text.isascii() and text.isalnum():
        return text
    line = _SPACES.sub(" ", _UNSEEN.sub("", _HALF_CHARACTERS.sub("\ufffd", text))).strip(" ")
    return _MEANT.sub(lambda match: f"&#{ord(match[0])};", line)


def escape_paragraphs(text: str) -> str:
    """A longer text: paragraphs are parted by blank lines, each is escaped."""
    parts = (escape_markdown(part) for part in _BLANK_LINES.split(text))
    return "\n\n".join(part for part in parts if part)


def link_destination(url: str) -> str | None:
    """An address that can stand in a Markdown link, or None if it is not on the web."""
    try:
        scheme = urlsplit(url.strip()).scheme
    except ValueError:
        return None
    return quote(url.strip(), safe=_LINK_SAFE, errors="replace") if scheme in _WEB else None


_WEB = frozenset({"http", "https"})


class Markdown(Markup):
    """Markdown that we made: whatever is put in a place of it is escaped as people's text.

    What is `Markup` already goes in as it is, as with its own kind.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """A value as Markdown that shows it as it was written."""
        return cls(s if isinstance(s, Markup) else escape_markdown(str(s)))
