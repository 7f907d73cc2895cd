"""Text that people wrote, made literal for Markdown and for HTML at once."""

import re
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote

from markupsafe import Markup

from peerloom.web_addresses import LINK_REL, split_address

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
    """An address that can stand in a Markdown link, or None if no link may lead there.

    That is decided by `web_addresses.find_host`.
    """
    parts = split_address(url)
    if parts is None:
        return None
    host, rest = parts
    return f"https://{host}{quote(rest, safe=_LINK_SAFE, errors='replace')}"


def outside_link(text: str, url: str) -> Markup:
    """A link to another site with its host after it, as HTML that can stand in Markdown.

    An address to which no link may lead is shown after the text instead.
    """
    shown = escape_markdown(text)
    target = link_destination(url)
    parts = split_address(url)
    if target is None or parts is None:
        return Markup(f"{shown} ({escape_markdown(url)})")  # noqa: S704 - escaped above
    address = _ACTING_IN_TAGS.sub(lambda match: f"&#{ord(match[0])};", target)
    host = escape_markdown(parts[0].partition(":")[0])
    return Markup(f'<a href="{address}" rel="{LINK_REL}">{shown}</a> ({host})')  # noqa: S704 - escaped above


# HTML would take the first for a reference. Extensions for keys and formulas look for the others
# before Markdown looks for HTML.
_ACTING_IN_TAGS = re.compile(r"[&+$]")


class Markdown(Markup):
    """Markdown that we made: whatever is put in a place of it is escaped as people's text.

    What is `Markup` already goes in as it is, as with its own kind.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """A value as Markdown that shows it as it was written."""
        return cls(s if isinstance(s, Markup) else escape_markdown(str(s)))
