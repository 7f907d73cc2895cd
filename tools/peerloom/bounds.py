"""Limits on what makes a page slow to render.

Python-Markdown, which both engines use, searches from every open bracket and every open tag to the
end of the paragraph or page, and compares headings, boxes and fences with each other: the time can
grow with the square of their number. Within these limits it grows in proportion to the page's
length; a benchmark measures the ratio.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from peerloom.source import Flaw, line_and_column

# Chosen well above what people write, and so that no page takes much longer than others of its
# size; benchmarks/rendering.py measures that.
MAX_BYTES = 64 * 1024
MAX_BLOCK_LENGTH = 16_000
MAX_OPEN = 20
MAX_TAGS = 1_500
MAX_ELEMENT_DEPTH = 60
MAX_QUOTE_DEPTH = 12
MAX_LISTS_BEGUN = 12
MAX_INDENT = 100
MAX_SMALL_MARKS = 300
MAX_BLOCK_BACKQUOTES = 1_000
MAX_BLOCK_DEFINITIONS = 60

# What must hold, in Markdown, by the id that a flaw carries.
PAGE_RULES: dict[str, str] = {
    "page-too-large": "A page or a module of the training has at most 64 KiB.",
    "page-too-elaborate": (
        "A page holds no more headings, boxes, fences, tags and open brackets than can be "
        "rendered in good time, and no blank line is more than 16,000 characters away."
    ),
}


class _Bound(NamedTuple):
    """How many lines of a kind, `things` in messages, a page may have."""

    most: int
    things: str
    line: re.Pattern[str]


# What may come first on a line: quotes, and the marks and indents of lists.
_BEFORE = r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t>]+)*"
_BOUNDS = (
    _Bound(300, "headings", re.compile(rf"{_BEFORE}#")),
    _Bound(300, "underlines and rules", re.compile(r"[ \t>]*[-=*_][-=*_ \t]*$")),
    _Bound(150, "boxes and tabs", re.compile(rf"{_BEFORE}(?:!!!|\?\?\?|===|///)")),
    _Bound(200, "fences of code", re.compile(rf"{_BEFORE}(?:```|~~~)")),
    _Bound(150, "abbreviations", re.compile(r"[ \t>]*\*\[")),
    _Bound(400, "footnotes and addresses by name", re.compile(r"[ \t>]*\[[^\]\n]{1,200}\]:")),
    _Bound(10, "tables of contents", re.compile(rf"{_BEFORE}\[TOC\]")),
)
_QUOTES = re.compile(rf"[ \t]*(?:>[ \t]*){{{MAX_QUOTE_DEPTH + 1}}}")
# `+ + + a` is a list in a list in a list; a line of such marks alone is a rule across the page.
_LISTS = re.compile(
    r"(?![ \t>]*(?:(?:- {0,2})+|(?:\* {0,2})+)$)"
    rf"[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t>]+){{{MAX_LISTS_BEGUN + 1}}}"
)
_LONG_FENCE = re.compile(rf"{_BEFORE}(?:`{{21}}|~{{21}})")
_INDENT = re.compile(r"[ \t]*")
# What extensions take for the beginning of subscript or superscript, and then search for its end.
_SMALL_MARKS = re.compile(r"~+|\^+")
_BACKQUOTES = re.compile("`+")
# Without a blank line between them, each definition is parsed inside the one before.
_DEFINITION = re.compile(rf"{_BEFORE}:[ \t]")
_BRACKET = re.compile(r"[\[\]()]")
_TAG = re.compile(r"<(/?)([A-Za-z!?][^\s<>/]*)[^<>]*(>?)")
# The elements of the HTML standard (html.spec.whatwg.org) that others can be inside of, and those
# that it lists as obsolete.
_NESTING = frozenset(
    (
        *("a", "abbr", "acronym", "address", "applet", "article", "aside", "audio", "b", "bdi"),
        *("bdo", "big", "blink", "blockquote", "body", "button", "canvas", "caption", "center"),
        *("cite", "code", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog"),
        *("dir", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure", "font", "footer"),
        *("form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup"),
        *("html", "i", "iframe", "ins", "kbd", "label", "legend", "li", "listing", "main", "map"),
        *("mark", "marquee", "math", "menu", "meter", "nav", "nobr", "noframes", "noscript"),
        *("object", "ol", "optgroup", "option", "output", "p", "picture", "plaintext", "pre"),
        *("progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search"),
        *("section", "select", "slot", "small", "span", "strike", "strong", "style", "sub"),
        *("summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th"),
        *("thead", "time", "title", "tr", "tt", "u", "ul", "var", "video", "xmp"),
    )
)


def find_elaborate_parts(data: bytes) -> tuple[Flaw, ...]:
    """Return what exceeds the limits in a page's Markdown, which must be valid UTF-8.

    Each limit that is exceeded is reported once, at the first line that exceeds it.
    """
    if len(data) > MAX_BYTES:
        message = f"a page of {len(data):,} bytes must have at most {MAX_BYTES:,}"
        return (Flaw(1, 1, "page-too-large", message, "split it into several pages"),)
    text = data.decode().replace("\r\n", "\n")
    lines = text.split("\n")
    return tuple(
        sorted(
            {
                *_find_flaws_of_lines(lines),
                *_find_flaws_of_blocks(lines),
                *_find_flaws_of_tags(text),
                *_find_flaws_of_marks(text),
            }
        )
    )


def _make_flaw(line: int, column: int, message: str, help_: str) -> Flaw:
    return Flaw(line, column, "page-too-elaborate", message, help_)


def _find_flaws_of_lines(lines: list[str]) -> Iterator[Flaw]:
    for bound in _BOUNDS:
        found = [number for number, line in enumerate(lines, 1) if bound.line.match(line)]
        if len(found) > bound.most:
            message = f"a page must have at most {bound.most} {bound.things}"
            yield _make_flaw(found[bound.most], 1, message, "split it into several pages")
    for message, is_beyond in (
        (f"quotes must be nested at most {MAX_QUOTE_DEPTH} deep", _QUOTES.match),
        (f"a line must begin at most {MAX_LISTS_BEGUN} lists", _LISTS.match),
        ("a fence of code must have at most 20 marks", _LONG_FENCE.match),
        (f"a line must be indented by at most {MAX_INDENT} spaces", _is_indented_too_far),
    ):
        line = next((number for number, line in enumerate(lines, 1) if is_beyond(line)), None)
        if line is not None:
            yield _make_flaw(line, 1, message, "write it in a flatter way")


def _is_indented_too_far(line: str) -> bool:
    before = _INDENT.match(line)
    assert before is not None
    return len(before[0]) < len(line) and len(before[0].expandtabs(4)) > MAX_INDENT


def _find_flaws_of_blocks(lines: list[str]) -> Iterator[Flaw]:
    """Find blocks, which end at blank lines, that are too long or leave too much open."""
    beyond: dict[str, Flaw] = {}
    counts = dict.fromkeys(_MAX_IN_A_BLOCK, 0)
    deep = {"[": 0, "(": 0}
    for number, line in enumerate(lines, 1):
        if not line.strip(_BLANKS):
            counts, deep = dict.fromkeys(_MAX_IN_A_BLOCK, 0), {"[": 0, "(": 0}
            continue
        counts["characters"] += len(line) + 1
        counts["backquotes"] += len(_BACKQUOTES.findall(line))
        counts["definitions"] += _DEFINITION.match(line) is not None
        for things, most in _MAX_IN_A_BLOCK.items():
            if counts[things] > most:
                message = f"a blank line must come after at most {most:,} {things}"
                beyond.setdefault(message, _make_flaw(number, 1, message, _PART))
        if column := _find_excess_bracket(line, deep):
            message = f"at most {MAX_OPEN} brackets must be open at once"
            beyond.setdefault(message, _make_flaw(number, column, message, _CLOSE))
    yield from beyond.values()


_MAX_IN_A_BLOCK = {
    "characters": MAX_BLOCK_LENGTH,
    "backquotes": MAX_BLOCK_BACKQUOTES,
    "definitions": MAX_BLOCK_DEFINITIONS,
}
# A line with any other character, such as a no-break space, is no blank line to an engine.
_BLANKS = " \t"
_PART = "put blank lines between paragraphs and lists"
_CLOSE = "close each '[' and '(', or write what is meant as code between blank lines"


def _find_excess_bracket(line: str, deep: dict[str, int]) -> int:
    """Return the column at which one bracket too many is open, or 0 if none is.

    `deep` counts the open brackets of each kind, and goes on to the next line.
    """
    beyond = 0
    for match in _BRACKET.finditer(line):
        if match[0] in deep:
            deep[match[0]] += 1
            beyond = beyond or (match.end() if deep[match[0]] > MAX_OPEN else 0)
        else:
            opened = "[" if match[0] == "]" else "("
            deep[opened] = max(0, deep[opened] - 1)
    return beyond


def _find_flaws_of_tags(text: str) -> Iterator[Flaw]:
    beyond: dict[str, int] = {}
    open_, deep = 0, 0
    for count, match in enumerate(_TAG.finditer(text), 1):
        open_ += not match[3]
        deep = max(0, deep + _depth_change(match))
        if count > MAX_TAGS:
            beyond.setdefault(f"a page must have at most {MAX_TAGS:,} tags", match.start())
        if open_ > MAX_OPEN:
            beyond.setdefault(f"at most {MAX_OPEN} tags must lack their '>'", match.start())
        if deep > MAX_ELEMENT_DEPTH:
            message = f"elements must be at most {MAX_ELEMENT_DEPTH} deep inside each other"
            beyond.setdefault(message, match.start())
    for message, offset in beyond.items():
        yield _make_flaw(
            *line_and_column(text, offset), message, "write it in Markdown, or split the page"
        )


def _find_flaws_of_marks(text: str) -> Iterator[Flaw]:
    beyond = next(islice(_SMALL_MARKS.finditer(text), MAX_SMALL_MARKS, None), None)
    if beyond is not None:
        message = f"a page must have at most {MAX_SMALL_MARKS} '~' and '^'"
        yield _make_flaw(
            *line_and_column(text, beyond.start()), message, "write it another way, or split it"
        )


def _depth_change(tag: re.Match[str]) -> int:
    """Return by how much a tag changes the depth of nested elements: 1, 0 or -1.

    A word in angle brackets that is not an element of HTML, such as `<id>`, does not nest.
    """
    if tag[2].lower() not in _NESTING or tag[0].endswith("/>"):
        return 0
    return -1 if tag[1] else 1
