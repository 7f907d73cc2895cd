"""Pages and modules written in Markdown: nothing in them runs, no link in them is dead."""

import posixpath
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import islice, product
from urllib.parse import unquote

from peerloom.diagnostic import quoted
from peerloom.model import Page, TrainingModule
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.rules.wording import line_and_column, nearest
from peerloom.sanitizing.loss import Loss

# Every repetition is bounded or stops at a character that begins the next match: a page of
# 64 KiB is searched in one pass, whatever is in it.
_INLINE_LINK = re.compile(r"\]\(\s{0,9}<?([^)\s>]{1,2000})")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]{0,9}<?(\S{1,2000})", re.MULTILINE)
# Only what every Markdown engine takes for code: a backslash makes a backquote a character.
_INLINE_CODE = re.compile(r"(?<![\\`])`[^`\n]+`(?!`)")
_FENCE = re.compile(r"(`{3,}|~{3,})[ ]*(?:\{[^}\n]*\}|[\w#.+-]*)[ ]*\r?\n?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,40}:|//", re.IGNORECASE)
_LONGEST_LOOKED_FOR = 60
# Of one page; who mends these sees the next.
_MOST_LOSSES = 50


def links_between_pages_lead_somewhere(program: Program, _: date) -> Iterator[Finding]:
    """A link from one page of the site to another leads to a page that is there."""
    there = _pages(program)
    for record, folder in _written(program):
        for link, offset in _links(_without_code(record.text)):
            target = unquote(link.partition("#")[0].partition("?")[0])
            if not target or _SCHEME.match(target):
                continue
            at = posixpath.normpath(posixpath.join(folder, target))
            if at not in there:
                message = f"the link to {quoted(target)} must lead to a page that is there"
                help_ = nearest(at, there, "mend the link: it is read from this page's own folder")
                where = line_and_column(record.text, offset)
                yield Finding(where=record, text_at=where, message=message, help=help_)


def _links(text: str) -> Iterator[tuple[str, int]]:
    """Targets of Markdown's links and where they stand; footnotes are none."""
    for match in _INLINE_LINK.finditer(text):
        yield match[1], match.start(1)
    for match in _DEFINITION.finditer(text):
        if not match[1].startswith("^"):
            yield match[2].removesuffix(">"), match.start(2)


def _without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""
    lines = text.splitlines(keepends=True)
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            ends.setdefault(line.strip(), []).append(number)
    inside = -1
    for number, line in enumerate(lines):
        if number > inside and (fence := _FENCE.fullmatch(line)):
            inside = _next(ends.get(fence[1], []), number)
        if number <= inside:
            lines[number] = _blank(line)
    return _INLINE_CODE.sub(lambda match: _blank(match[0]), "".join(lines))


def _next(numbers: list[int], after: int) -> int:
    """The first of the ascending numbers after another, else one less than that other."""
    at = bisect_right(numbers, after)
    return numbers[at] if at < len(numbers) else after - 1


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _written(program: Program) -> Iterator[tuple[Page | TrainingModule, str]]:
    for page in program.pages.values():
        yield page, posixpath.dirname(page.path)
    for module in program.training.values():
        yield module, "training"


def _pages(program: Program) -> frozenset[str]:
    """Every path that the site may have: written, attached or made from records."""
    made = ["index.md", "join.md", "calendar.md", "resources.md", "people/index.md"]
    made += ["training/index.md", "reference/records.md", "reference/rules.md"]
    made += [f"people/{id_}.md" for id_ in program.participants]
    for id_ in program.cohorts:
        made += [f"cohorts/{id_}/index.md", f"cohorts/{id_}/report.md"]
    made += [f"pairs/{cohort}/{id_}.md" for cohort, id_ in program.pairs]
    made += [f"circles/{cohort}/{id_}.md" for cohort, id_ in program.circles]
    made += [f"training/{id_}.md" for id_ in program.training]
    lying = [p.removeprefix("content/pages/") for p in program.tree if "/pages/" in p]
    return frozenset(made) | frozenset(lying) | frozenset(program.pages)


def pages_run_nothing(program: Program, _: date) -> Iterator[Finding]:
    """A written page holds no script, frame or form, and no picture from another host."""
    for record, _folder in _written(program):
        for loss, offset in _losses(record.text):
            message, help_ = _said(loss)
            where = line_and_column(record.text, offset)
            yield Finding(where=record, text_at=where, message=message, help=help_)


def _losses(text: str) -> Iterator[tuple[Loss, int]]:
    """What a site would leave out of a page, and where in its Markdown that probably stands."""
    from peerloom.sanitizing.judging import page_losses  # noqa: PLC0415 - most checks need it not

    texts = (_without_code(text), text, _without_references(text))
    seen: Counter[str] = Counter()
    for loss in islice(page_losses(text), _MOST_LOSSES):
        yield loss, next((at for at in _places(loss, texts, seen)), 0)


def _without_references(text: str) -> str:
    """The text as it is read where it says `&#60;`, every line as long as it was."""
    lines = text.split("\n")
    return "\n".join(unescape(line).replace("\n", " ").ljust(len(line)) for line in lines)


def _places(loss: Loss, texts: tuple[str, ...], seen: Counter[str]) -> Iterator[int]:
    """Where a loss may be written; of several alike, first the one that was not yet found."""
    for pattern, text in product(_written_as(loss), texts):
        found = [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)]
        if found:
            seen[pattern] += 1
            yield found[min(seen[pattern], len(found)) - 1]


def _written_as(loss: Loss) -> Iterator[str]:
    """Patterns by which it may be found, the best first."""
    if loss.attribute is not None:
        if len(loss.value) > 1:
            yield re.escape(loss.value[:_LONGEST_LOOKED_FOR])
        yield rf"\b{re.escape(loss.attribute)}\b"
    yield rf"<\s*{re.escape(loss.tag)}\b"


_WRITE_MARKDOWN = "write it in Markdown; between backquotes it is shown and does nothing"


def _said(loss: Loss) -> tuple[str, str]:
    """What must hold and what to do, where a page holds something that a site leaves out."""
    value = quoted(loss.value)
    match loss.attribute:
        case None:
            what = quoted(f"<{loss.tag}>")
            message = f"{what} must not be in a page: it could act in readers' browsers"
            return message, _WRITE_MARKDOWN
        case "src":
            return (
                f"the picture {value} must lie in content/pages, not on another host",
                "save the picture beside the page and write ![what it shows](picture.png)",
            )
        case "href":
            return (
                f"the link to {value} must begin with https:, http: or mailto:, or lead to a page",
                _WRITE_MARKDOWN,
            )
        case "id" | "for" | "name":
            message = f"the name {value} must be another: the site's own names begin with '__'"
            return message, "choose a name of letters, digits and hyphens"
        case "class":
            message = f"the class {value} must not be in a page: it is one of the theme's own"
            return message, "leave it out"
    attribute = quoted(loss.attribute)
    message = f"the attribute {attribute} must not be in a page: it could act in readers' browsers"
    return message, f"leave {attribute} out; {_WRITE_MARKDOWN}"
