"""Pages and training modules written in Markdown: no active content and no dead links."""

import posixpath
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import islice, product
from urllib.parse import unquote

from peerloom.as_of import program_as_of
from peerloom.audience import select_shown_records
from peerloom.diagnostic import quoted
from peerloom.model import Audience, Page, TrainingModule
from peerloom.records import Program
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.sanitizing.removal import Removal
from peerloom.site_map import PAGE_KINDS, is_page_path, list_site_pages, page_path
from peerloom.source import line_and_column

# Every repetition is bounded or stops at a character that begins the next match: a page of
# 64 KiB is searched in one pass, whatever is in it.
_INLINE_LINK = re.compile(
    r"\]\(\s{0,9}(?:<([^<>\n]{1,2000})>|((?:[^()\s<>]|\([^()\s<>]{0,200}\)){1,2000}))"
)
# A link in HTML, to which engines do nothing: one to a page's Markdown leads nowhere.
_HTML_LINK = re.compile(
    r"<(?:a|img)\b[^<>]{0,500}?\s(?:href|src)\s{0,9}=\s{0,9}[\"']?([^\"'<>\s]{1,2000})",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]{0,9}<?(\S{1,2000})", re.MULTILINE)
# Only what every Markdown engine takes for code: a backslash makes a backquote a character.
_INLINE_CODE = re.compile(r"(?<![\\`])`[^`\n]+`(?!`)")
_FENCE = re.compile(r"(`{3,}|~{3,})[ ]*(?:\{[^}\n]*\}|[\w#.+-]*)[ ]*\r?\n?")
# Browsers take a backslash for a slash, and so '/\\' for the beginning of another host's address.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,40}:|[/\\]{2}", re.IGNORECASE)
_MAX_SEARCHED = 60
# More than these in one page are reported once these are corrected.
_MAX_REMOVALS = 50


def links_between_pages_work(
    program: Program, today: date, audience: Audience
) -> Iterator[Finding]:
    """A link from one page of the site to another leads to a page that its readers can see."""
    pages: frozenset[str] | None = None
    for record, path in list_written_texts(program):
        yield from _find_html_links(record)
        for link, offset in find_links(record.text):
            resolved = resolve_link(path, link)
            if resolved is None or resolved[0] == path:
                continue
            if pages is None:  # listing them takes time, and many programs have no such link
                pages = list_paths(program, today, audience)
            page = resolved[0]
            if page not in pages and _becomes_link(record.text, link):
                target = unquote(unescape(link).partition("#")[0].partition("?")[0])
                # The message must not tell whether the record is hidden or does not exist.
                readers = _READERS[audience]
                message = f"the link to {quoted(target)} must lead to a page that {readers} can see"
                where = line_and_column(record.text, offset)
                help_ = _suggest_page(page, pages)
                yield Finding(where=record, text_at=where, message=message, help=help_)


_READERS = {"public": "everybody", "members": "every member", "coordinators": "a coordinator"}


def _suggest_page(page: str, pages: frozenset[str]) -> str:
    """Return what to do about a link to a page that the site does not have."""
    above = {kind.path: kind.audience for kind in PAGE_KINDS if kind.audience != "public"}
    if page in above:
        return (
            f"only the site for {above[page]} has this page; for a program that builds no "
            f"other, run 'peerloom check --audience {above[page]}'"
        )
    return suggest_nearest(page, pages, "correct the link: it starts from this page's own folder")


def find_links(text: str) -> Iterator[tuple[str, int]]:
    """Yield the target of each link in Markdown and its offset; footnotes are not links."""
    text = _blank_code(text)
    for match in _INLINE_LINK.finditer(text):
        group = 1 if match[1] else 2
        yield match[group], match.start(group)
    for match in _DEFINITION.finditer(text):
        if not match[1].startswith("^"):
            yield match[2].removesuffix(">"), match.start(2)


def find_html_links(text: str) -> Iterator[tuple[str, int]]:
    """Yield the target of each link in HTML and its offset."""
    for match in _HTML_LINK.finditer(_blank_code(text)):
        yield match[1], match.start(1)


def _becomes_link(text: str, target: str) -> bool:
    from peerloom.sanitizing.link_targets import becomes_link  # noqa: PLC0415 - slow to import, and needed only for a dead link

    return becomes_link(text, target)


def _find_html_links(record: Page | TrainingModule) -> Iterator[Finding]:
    """Yield the links in HTML to pages' Markdown."""
    for link, offset in find_html_links(record.text):
        target = link.partition("#")[0].partition("?")[0]
        is_to_page = is_page_path(target) and not _SCHEME.match(target)
        if is_to_page and _becomes_link(record.text, link):
            yield Finding(
                where=record,
                text_at=line_and_column(record.text, offset),
                message=f"the link to {quoted(target)} must be Markdown to lead to that page",
                help=f"write it as [its words]({target}) or ![what it shows]({target})",
            )


def resolve_link(path: str, link: str) -> tuple[str, str] | None:
    """Return the page to which a link on a page of the site leads, and the anchor on it, if any.

    A link to an anchor alone leads to its own page. The answer is None for another site.
    """
    link = unescape(link)
    before, _, anchor = link.partition("#")
    target = unquote(before.partition("?")[0])
    if _SCHEME.match(link):
        return None
    page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
    return page, unquote(anchor)


def _blank_code(text: str) -> str:
    """Return the text with spaces instead of code; every other character keeps its offset."""
    lines = text.splitlines(keepends=True)
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            ends.setdefault(line.strip(), []).append(number)
    inside = -1
    for number, line in enumerate(lines):
        if number > inside and (fence := _FENCE.fullmatch(line)):
            inside = _find_next(ends.get(fence[1], []), number)
        if number <= inside:
            lines[number] = _blank_out(line)
    return _INLINE_CODE.sub(lambda match: _blank_out(match[0]), "".join(lines))


def _find_next(numbers: list[int], after: int) -> int:
    """Return the first of the ascending numbers above `after`, or `after - 1` if none is."""
    index = bisect_right(numbers, after)
    return numbers[index] if index < len(numbers) else after - 1


def _blank_out(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def list_written_texts(program: Program) -> Iterator[tuple[Page | TrainingModule, str]]:
    """Yield every record written in Markdown, with the path of its page in the site."""
    for page in program.pages.values():
        yield page, page_path("written", page)
    for module in program.training.values():
        yield module, page_path("module", module)


def list_paths(program: Program, today: date, audience: Audience) -> frozenset[str]:
    """Every path of an audience's site on a day, with the files that lie beside written pages."""
    there = select_shown_records(program_as_of(program, today), audience)
    pages = list_site_pages(there, audience)
    folder = "content/pages/"
    beside = (path.removeprefix(folder) for path in program.tree if path.startswith(folder))
    return frozenset(pages).union(beside)


def pages_run_no_code(program: Program, _: date) -> Iterator[Finding]:
    """A written page has no script, frame or form, and no picture from another host."""
    for record, _path in list_written_texts(program):
        for removal, offset in find_placed_removals(record.text):
            if removal.is_link_to_other_site:
                continue
            message, help_ = _explain_removal(removal)
            where = line_and_column(record.text, offset)
            yield Finding(where=record, text_at=where, message=message, help=help_)


def find_placed_removals(text: str) -> Iterator[tuple[Removal, int]]:
    """Yield what a site would leave out of a page, with the probable offset in its Markdown.

    Cleaning works on HTML, which has no offsets in the Markdown; so the removal is looked for in
    the text with code blanked, then in the text as it is, then with character references resolved.
    """
    from peerloom.sanitizing.page_removals import find_page_removals  # noqa: PLC0415 - slow to import, and needed only for pages

    texts = (_blank_code(text), text, _resolve_references(text))
    seen: Counter[str] = Counter()
    for removal in islice(find_page_removals(text), _MAX_REMOVALS):
        yield removal, next(_find_places(removal, texts, seen), 0)


def _resolve_references(text: str) -> str:
    """Return the text with `&#60;` and the like resolved, each line padded to its old length."""
    lines = text.split("\n")
    return "\n".join(unescape(line).replace("\n", " ").ljust(len(line)) for line in lines)


def _find_places(removal: Removal, texts: tuple[str, ...], seen: Counter[str]) -> Iterator[int]:
    """Yield offsets at which a removal may be written, the most probable first.

    `seen` counts what was found before: the second of two equal losses is the second match.
    """
    for pattern, text in product(_list_patterns(removal), texts):
        found = [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)]
        if found:
            seen[pattern] += 1
            yield found[min(seen[pattern], len(found)) - 1]


def _list_patterns(removal: Removal) -> Iterator[str]:
    """Yield regular expressions that find a removal in Markdown, the most precise first."""
    if removal.attribute is not None:
        if len(removal.value) > 1:
            yield re.escape(removal.value[:_MAX_SEARCHED])
        yield rf"\b{re.escape(removal.attribute)}\b"
    yield rf"<\s*{re.escape(removal.tag)}\b"


_WRITE_MARKDOWN = "write it in Markdown; between backquotes it is shown and does nothing"


def _explain_removal(removal: Removal) -> tuple[str, str]:
    """Return the message and the help for something in a page that a site leaves out."""
    value = quoted(removal.value)
    match removal.attribute:
        case None:
            what = quoted(f"<{removal.tag}>")
            message = f"{what} must not be in a page: it could act in readers' browsers"
            return message, _WRITE_MARKDOWN
        case "src":
            return (
                f"the picture {value} must lie in content/pages, not on another host",
                "save the picture beside the page and write ![what it shows](picture.png)",
            )
        case "href":
            return (
                f"the link to {value} must begin with https://, or lead to a page",
                _WRITE_MARKDOWN,
            )
        case "id" | "for" | "name":
            message = f"the name {value} must not begin with '__': the site's own names do"
            return message, "choose a name of letters, digits and hyphens"
        case "class":
            message = f"the class {value} must not be in a page: it is one of the theme's own"
            return message, "leave it out"
    attribute = quoted(removal.attribute)
    message = f"the attribute {attribute} must not be in a page: it could act in readers' browsers"
    return message, f"leave {attribute} out; {_WRITE_MARKDOWN}"
