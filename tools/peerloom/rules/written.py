"""Pages and modules written in Markdown: nothing in them runs, no link in them is dead."""

import html
import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from peerloom.diagnostic import quoted
from peerloom.model import Page, TrainingModule
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.rules.wording import line_and_column, nearest

# Every repetition is bounded or stops at a character that begins the next match: a page of
# 256 KiB is searched in one pass, whatever is in it.
_INLINE_LINK = re.compile(r"\]\(\s{0,9}<?([^)\s>]{1,2000})")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]{0,9}<?(\S{1,2000})", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"\b(?:href|src|action|formaction|data)\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\s\"'>]{1,2000})",
    re.IGNORECASE,
)
_AUTOMATIC_LINK = re.compile(r"<([A-Za-z&#][^\s<>]{1,2000})>")
_IMAGE_BY_NAME = re.compile(r"!\[([^\[\]\n]{0,200})\](?:\[([^\[\]\n]{0,200})\])?(?!\()")
# Only what every Markdown engine takes for code: a backslash makes a backquote a character.
_INLINE_CODE = re.compile(r"(?<![\\`])`[^`\n]+`(?!`)")
_FENCE = re.compile(r"(`{3,}|~{3,})[ ]*(?:\{[^}\n]*\}|[\w#.+-]*)[ ]*\r?\n?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,40}:|//", re.IGNORECASE)
_RUNS = ("javascript:", "vbscript:", "data:text", "data:application", "data:image/svg")
_ACTIVE = re.compile(
    r"<\s{0,9}(?:script|i?frame|frameset|object|embed|applet|form|link|meta|base|style|svg|math"
    r"|video|audio|source|track)\b"
    r"|(?:<[a-z]|\{)[^<{]{0,2000}?[\s\"'/{:](?:on[a-z]{2,30}|style|srcdoc|srcset)\s{0,9}=",
    re.IGNORECASE,
)
_REMOTE_IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\(\s{0,9}<?(?:https?:)?//|<\s{0,9}img\b", re.IGNORECASE
)


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
    """A written page holds no script, no frame, and no picture from another host."""
    for record, _folder in _written(program):
        text = _without_code(record.text)
        for part, offset in sorted(set(_active(text)), key=lambda found: found[1]):
            message = f"{quoted(part)} must not be in a page: it could run in readers' browsers"
            help_ = "write it in Markdown; between backquotes it is shown and does nothing"
            where = line_and_column(text, offset)
            yield Finding(where=record, text_at=where, message=message, help=help_)
        for offset in _remote_images(text):
            message = "a picture must lie in content/pages, not on another host"
            help_ = "save the picture beside the page and write ![what it shows](picture.png)"
            where = line_and_column(text, offset)
            yield Finding(where=record, text_at=where, message=message, help=help_)


def _active(text: str) -> Iterator[tuple[str, int]]:
    for match in _ACTIVE.finditer(text):
        yield match[0], match.start()
    targets = [*_links(text)]
    for pattern in (_ATTRIBUTE, _AUTOMATIC_LINK):
        targets += [(match[1], match.start(1)) for match in pattern.finditer(text)]
    for target, offset in targets:
        # A browser reads entities, and leaves out what cannot be seen.
        plain = re.sub(r"[\x00-\x20]+", "", html.unescape(target)).lower()
        if plain.startswith(_RUNS):
            yield target, offset


def _remote_images(text: str) -> Iterator[int]:
    for match in _REMOTE_IMAGE.finditer(text):
        yield match.start()
    remote = {
        match[1].casefold()
        for match in _DEFINITION.finditer(text)
        if re.match(r"(?:https?:)?//", match[2], re.IGNORECASE)
    }
    for match in _IMAGE_BY_NAME.finditer(text):
        if (match[2] or match[1]).casefold() in remote:
            yield match.start()
