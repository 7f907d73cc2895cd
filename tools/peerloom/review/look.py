"""How the pages that a change touches will look, as a few lines of text."""

import html
import re
from collections.abc import Iterable, Iterator
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

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE = re.compile(r"<(svg|style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
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
        if (lines := _new_lines(old.get(path, ""), new.get(path, "")))
    )


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


def _new_lines(old: str, new: str) -> tuple[str, ...]:
    before, after = _text(old), _text(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    lines: list[str] = []
    for what, _, _, start, end in matcher.get_opcodes():
        if what in ("insert", "replace"):
            heading = [line for line in _heading(after, start) if line not in lines]
            lines += [*heading, *after[start:end]]
    rest = len(lines) - _MOST_LINES
    more = (f"… and {rest} lines more",) if rest > 0 else ()
    return (*lines[:_MOST_LINES], *more)


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
