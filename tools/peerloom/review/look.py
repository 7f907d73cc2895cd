"""How the pages that a change touches will look, as a few lines of text.

What people wrote in Markdown is shown as it was written: whatever is in it can be seen.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from peerloom.model import Audience
from peerloom.pages import pages
from peerloom.program import kind_of
from peerloom.records import Program
from peerloom.review.proposal import Change

_MOST_PAGES = 3
_MOST_LINES = 24
_MOST_LETTERS = 160
# What differs beyond this many lines is not compared line by line, only counted.
_MOST_COMPARED = 400

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page of the site that would be new or other, and the lines of it that are."""

    path: str
    lines: tuple[str, ...]
    is_new: bool


def looks(
    before: Program, after: Program, changes: Iterable[Change], today: date, audience: Audience
) -> tuple[Look, ...]:
    """The pages on which one would look for what changes, and which do change."""
    wanted = sorted({page for change in changes for page in _pages_of(change.path)})[:_MOST_PAGES]
    old = pages(before, today, audience, frozenset(wanted))
    new = pages(after, today, audience, frozenset(wanted))
    return tuple(
        Look(path=path, lines=lines, is_new=path not in old)
        for path in wanted
        if (lines := _new_lines(_shown(path, before, old), _shown(path, after, new)))
    )


def _shown(path: str, program: Program, made: Mapping[str, str]) -> list[str]:
    """The lines of a page: as people read them, or as somebody wrote them."""
    module = program.training.get(path.removeprefix("training/").removesuffix(".md"))
    if path in program.pages or (module and path.startswith("training/")):
        page = program.pages.get(path)
        title = page.title if page else module.title if module else None
        text = page.text if page else module.text if module else ""
        return _source(f"# {title}\n{text}" if title else text)
    return _text(made.get(path, ""))


def _source(text: str) -> list[str]:
    return [_short(line) for line in text.splitlines() if line.strip()]


def _pages_of(path: str) -> Iterator[str]:
    """The pages on which somebody would look for a record."""
    *folders, name = path.removeprefix("content/").split("/")
    id_ = name.rpartition(".")[0]
    match kind_of(path):
        case "participant":
            yield f"people/{id_}.md"
        case "check-in":
            yield f"pairs/{folders[1]}/{folders[2]}.md"
        case "pair" | "circle":
            yield f"{folders[0]}/{folders[1]}/{id_}.md"
        case "cohort":
            yield f"cohorts/{id_}/index.md"
        case "event":
            yield "calendar.md"
        case "resource":
            yield "resources.md"
        case "training" | "page":
            yield path.removeprefix("content/pages/").removeprefix("content/")


def _new_lines(before: list[str], after: list[str]) -> tuple[str, ...]:
    alike = _alike(before, after)
    at_end = _alike(before[alike:][::-1], after[alike:][::-1])
    end = len(after) - at_end
    old = before[alike : len(before) - at_end][:_MOST_COMPARED]
    new = after[alike:end][:_MOST_COMPARED]
    lines: list[str] = []
    for what, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what in ("insert", "replace"):
            heading = [line for line in _heading(after, alike + first) if line not in lines]
            lines += [*heading, *new[first:last]]
    rest = len(lines) - _MOST_LINES + (end - alike - len(new))
    more = (f"… and {rest} lines more",) if rest > 0 else ()
    return (*lines[:_MOST_LINES], *more)


def _alike(one: list[str], other: list[str]) -> int:
    """With how many equal lines the two begin."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((index for index, (a, b) in pairs if a != b), shorter)


def _heading(lines: list[str], at: int) -> list[str]:
    """The heading that a line stands under, unless it is one itself."""
    if lines[at].startswith("#"):
        return []
    return [line for line in lines[:at] if line.startswith("#")][-1:]


def _text(page: str) -> list[str]:
    """A page's lines as people read them: without pictures, tags and addresses."""
    text = _PICTURE.sub("", _FRONT_MATTER.sub("", page))
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    lines = (html.unescape(line).strip() for line in text.splitlines())
    return [_short(line) for line in lines if line.strip("|:- ")]


def _short(line: str) -> str:
    return line if len(line) <= _MOST_LETTERS else line[: _MOST_LETTERS - 1] + "…"
