"""How the pages that a change touches will look, as a few lines of text.

What people wrote in Markdown is shown as it was written, so that nothing in it stays hidden.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from peerloom.model import Audience, Page, TrainingModule
from peerloom.records import Program
from peerloom.review.pull_request import Change
from peerloom.site_map import find_page_showing

_MOST_PAGES = 3
_MOST_LINES = 24
_MOST_LETTERS = 160
# Lines beyond these are not compared one by one, only counted.
_MOST_COMPARED = 400

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePreview:
    """A page of the site that would be new or change, with its new lines."""

    path: str
    lines: tuple[str, ...]
    is_new: bool


def preview_pages(
    before: Program, after: Program, changes: Iterable[Change], today: date, audience: Audience
) -> tuple[PagePreview, ...]:
    """The pages on which a reader would look for a change, with the lines that are new there.

    At most three pages, by path; a page on which nothing changes is left out.
    """
    # Most commands review nothing, and need not wait until all that makes pages is imported.
    from peerloom.pages import render_pages  # noqa: PLC0415

    wanted = sorted(_find_changed_pages(after, changes))[:_MOST_PAGES]
    old = render_pages(before, today, audience, frozenset(wanted))
    new = render_pages(after, today, audience, frozenset(wanted))
    return tuple(
        PagePreview(path=path, lines=lines, is_new=path not in old)
        for path in wanted
        if (lines := _find_new_lines(_list_lines(path, before, old), _list_lines(path, after, new)))
    )


def _find_changed_pages(program: Program, changes: Iterable[Change]) -> set[str]:
    changed = {change.path for change in changes}
    records = (record for record in program.records() if program.path(record) in changed)
    return {page for record in records if (page := find_page_showing(program, record))}


def _list_lines(path: str, program: Program, rendered: Mapping[str, str]) -> list[str]:
    """The lines of a page: of a written text its Markdown, of all others what people read."""
    written: list[Page | TrainingModule] = [*program.pages.values(), *program.training.values()]
    for record in written:
        if find_page_showing(program, record) == path:
            text = f"# {record.title}\n{record.text}" if record.title else record.text
            return [_shorten(line) for line in text.splitlines() if line.strip()]
    return _read_lines(rendered.get(path, ""))


def _find_new_lines(before: list[str], after: list[str]) -> tuple[str, ...]:
    same_at_start = _count_equal_lines(before, after)
    same_at_end = _count_equal_lines(before[same_at_start:][::-1], after[same_at_start:][::-1])
    end = len(after) - same_at_end
    old = before[same_at_start : len(before) - same_at_end][:_MOST_COMPARED]
    new = after[same_at_start:end][:_MOST_COMPARED]
    lines: list[str] = []
    for what, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what in ("insert", "replace"):
            heading = [
                line for line in _find_heading(after, same_at_start + first) if line not in lines
            ]
            lines += [*heading, *new[first:last]]
    rest = len(lines) - _MOST_LINES + (end - same_at_start - len(new))
    more = (f"… and {rest} more lines",) if rest > 0 else ()
    return (*lines[:_MOST_LINES], *more)


def _count_equal_lines(one: list[str], other: list[str]) -> int:
    """How many lines at the beginning of the two are equal."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((index for index, (a, b) in pairs if a != b), shorter)


def _find_heading(lines: list[str], index: int) -> list[str]:
    """The heading above a line, in a list; an empty list where the line is one itself."""
    if lines[index].startswith("#"):
        return []
    return [line for line in lines[:index] if line.startswith("#")][-1:]


def _read_lines(page: str) -> list[str]:
    """The lines of a page as people read them: without charts, tags and addresses."""
    text = _PICTURE.sub("", _FRONT_MATTER.sub("", page))
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    lines = (html.unescape(line).strip() for line in text.splitlines())
    return [_shorten(line) for line in lines if line.strip("|:- ")]


def _shorten(line: str) -> str:
    return line if len(line) <= _MOST_LETTERS else line[: _MOST_LETTERS - 1] + "…"
