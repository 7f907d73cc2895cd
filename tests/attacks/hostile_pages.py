"""Pages and texts that hide something which acts: nothing of it is alive once it is HTML.

Elements, attributes and addresses are put together at random and wrapped in what Markdown
offers to hide them: fences, references, quotes, lists, code inside HTML, unclosed tags,
characters that nobody sees, attribute lists, entities. Each is rendered as a page that somebody
wrote and as a module of the training; some are put into every text field of the shipped program.
"""

import contextlib
import html
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import markdown
from markupsafe import Markup
from mkdocs.structure.pages import _ExtractTitleTreeprocessor
from mkdocs.utils import meta

from attacks.attack import Attack, Outcome
from peerloom.model import Page, TrainingModule
from peerloom.pages import mark_pages, render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.sanitizing import NAME
from peerloom.sanitizing.page_marks import new_token
from peerloom.web_addresses import LINK_REL

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
ELSEWHERE = "http://127.0.0.1:9/x.png"

# What a program may enable: what MkDocs has by itself, and all that people are known to add.
PLAIN = ("toc", "tables", "fenced_code")
USUAL = (*PLAIN, "admonition", "attr_list", "def_list", "md_in_html", "footnotes", "abbr")
ALL = (
    *("toc", "tables", "admonition", "attr_list", "def_list", "md_in_html", "footnotes", "abbr"),
    *("pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed", "pymdownx.tasklist"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.betterem", "pymdownx.keys"),
    *("pymdownx.mark", "pymdownx.caret", "pymdownx.tilde", "pymdownx.magiclink", "smarty"),
    *("pymdownx.critic", "pymdownx.blocks.html", "nl2br", "sane_lists", "pymdownx.arithmatex"),
    *("pymdownx.snippets",),
)
EXTENSIONS = (PLAIN, USUAL, ALL)

_ELEMENTS = (
    *("script", "img", "svg", "iframe", "object", "embed", "form", "input", "button", "meta"),
    *("link", "base", "style", "math", "video", "audio", "source", "table", "td", "div", "span"),
    *("details", "select", "textarea", "template", "noscript", "frameset", "marquee", "body"),
    *("image", "isindex", "keygen", "applet", "p", "a", "h1", "label", "foreignObject", "xmp"),
    *("dialog", "portal", "title", "plaintext", "custom-element", "SCRIPT", "sVg", "script/x"),
)
_ATTRIBUTES = (
    *('onerror="alert(1)"', "onload=alert(1)", 'onmouseover="alert(1)"', "ontoggle=alert(1) open"),
    *('autofocus tabindex="0" onfocus="alert(1)"', 'style="background:url(%s)"', 'src="%s"'),
    *('href="%s"', 'srcset="%s 2x"', 'background="%s"', 'poster="%s"', 'formaction="%s"'),
    *('action="%s"', 'data="%s"', 'srcdoc="<script>alert(1)</script>"', 'xlink:href="%s"'),
    *('http-equiv="refresh" content="0;url=%s"', 'id="__config"', 'id="__search"', "id=__palette"),
    *('data-md-component="search"', 'data-md-toggle="search"', 'class="md-overlay"', "ping=%s"),
    *('title="<" onclick="alert(1)"', 'title=">" onclick="alert(1)"', "onclick\n=\nalert(1)"),
    *('type="image" src="%s"', 'type="password" name="p"', 'class="mermaid"', 'name="body"'),
    *('contenteditable oninput="alert(1)"', 'lang="&quot; onclick=alert(1) x=&quot;"', "is=x-y"),
)
_ADDRESSES = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
    ),
    *("&#106;avascript:alert(1)", "javascript&colon;alert(1)", "&#x6A&#x61vascript:alert(1)"),
    *("vbscript:x", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg/>"),
    *(ELSEWHERE, "//127.0.0.1:9/y.png", "\\\\127.0.0.1:9\\z.png", "/\t/127.0.0.1:9/t.png"),
    *("https:127.0.0.1:9/q.png", " javascript:alert(1)", "\u00a0javascript:alert(1)", "blob:x"),
    *("jav\\ascript:alert(1)", "file:///etc/passwd", "javascript\u200b:alert(1)", "x.svg"),
)
# Sites, some of which an address hides; `find_host` says which may be linked to.
_SITES = (
    *("https://a.example/", "https://b.example", "https://bank.example@c.example/", "//d.example"),
    *("https:\\\\e.example", "http://f.example", "mailto:a@g.example", "https://h.ex%61mple"),
    *("https://пример.example/x", "https://2130706433/", "HTTPS://I.example/?a=1&b=2#(j.example)"),
)
_INVISIBLE = ("\u00a0", "\u200b", "\u2003", "\u3000", "\x0c", "\u2028", "\ufeff", "\u00ad", "\t")


def try_pages(tries: int, seed: int) -> Outcome:
    """Renders so many hostile pages and modules; one in twenty-five goes into records instead."""
    chance = random.Random(seed)
    failures = []
    in_records = 0
    for number in range(tries):
        text = hostile(chance)
        if number % 25 == 24:
            in_records += 1
            found = _alive_in_records(text)
        else:
            found = list(_alive_in_pages(text, chance.choice(EXTENSIONS)))
        if found:
            failures.append(f"try {number} of seed {seed}: {found[0]}: {text!r}")
    note = f"{in_records:,} of them in every text field of the shipped program"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def hostile(chance: random.Random) -> str:
    """A page of one to three things that would act, each wrapped once or more."""
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        part = chance.choice(
            (_tag, _tag, _link, _link_to_site, _attributes_of_markdown, _metadata, _include)
        )(chance)
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            part = chance.choice(_WRAPPERS)(part, chance)
        parts.append(part)
    head = chance.choice(("# A\n\n", "", "", "x\n\n"))
    return head + chance.choice(("\n\n", "\n", " ")).join(parts)


def _address(chance: random.Random) -> str:
    return chance.choice(_ADDRESSES)


def _tag(chance: random.Random) -> str:
    element = chance.choice(_ELEMENTS)
    chosen = chance.sample(_ATTRIBUTES, chance.choice((0, 1, 1, 2)))
    said = "".join(f" {part.replace('%s', _address(chance))}" for part in chosen)
    inside = chance.choice(("x", "alert(1)", "", "<!--", "`x`", "*x*"))
    ending = chance.choice((f"</{element}>", "", "/>", f"</{element}", "</p>"))
    opening = chance.choice(("<", "<", "<", "&lt;", "\\<", "<\u00a0", "&#60;"))
    closing = chance.choice((">", ">", ">", "", "\n>", "/>", "&gt;"))
    return f"{opening}{element}{said}{closing}{inside}{ending}"


def _link(chance: random.Random) -> str:
    at, mark = _address(chance), chance.choice(("", "!"))
    return chance.choice(
        (
            f"{mark}[x]({at})",
            f"{mark}[x](<{at}>)",
            f"{mark}[x]({' ' * chance.choice((1, 16, 300))}{at})",
            f'{mark}[x]({at} "t")',
            f"{mark}[x\ny]({at})",
            f"{mark}[x][zz]\n\n[zz]: {at}",
            f"{mark}[zz]\n\n[zz]:\n    {at}\n    'title'",
            f"{mark}[x][zz]\n\n> [zz]: {at}",
            f"{mark}[x][zz]\n\n- a\n\n    [zz]: <{at}>",
            f"<{at}>",
            f"[![x]({at})]({at})",
            f"*[x]: {at}\n\nx",
            f"[^1]\n\n[^1]: [x]({at})",
            at,
        )
    )


def _link_to_site(chance: random.Random) -> str:
    site, words = chance.choice(_SITES), chance.choice(("x", "bank.example", "*x*", "![x](y.png)"))
    return chance.choice(
        (
            f"[{words}]({site})",
            f"[{words}](<{site}>)",
            f"[{words}]({site}) (bank.example)",
            f'<a href="{site}">{words}</a>',
            f"<a target=_blank rel=opener href='{site}'>{words}</a> (bank.example)",
            f"<{site}>",
            site,
        )
    )


def _attributes_of_markdown(chance: random.Random) -> str:
    said = chance.choice(_ATTRIBUTES).replace("%s", _address(chance))
    return chance.choice(
        (
            f"x\n{{: {said} }}",
            f"# x {{: {said} }}",
            f"[x](y.md){{: {said} }}",
            f"![x](y.png){{ {said} }}",
            f"``` {{ .x {said} }}\nhover\n```",
            f"```{{.python {said}}}\nx\n```",
            f"- x\n{{: {said} }}",
            f"| a |\n|---|\n| b {{: {said} }} |",
            f'!!! note "x" {{: {said} }}\n    y',
            f'=== "<b {said}>"\n    y',
            f"## x {{: data-toc-label='<img {said}>' }}",
            f"/// html | div[{said}]\nx\n///",
        )
    )


# What only a file of the program that is no page holds.
_RECORD = "coordinator_ids:"


def _include(chance: random.Random) -> str:
    """Lines by which PyMdown's snippets take in a file, which they look for in the folder here."""
    record = chance.choice(("content/program.yml", "content/pages/../program.yml"))
    record = chance.choice((record, f"./{record}", f"{record}:1:40"))
    return chance.choice((f'\n--8<-- "{record}"\n', f"\n--8<--\n{record}\n--8<--\n"))


def _metadata(chance: random.Random) -> str:
    said = chance.choice(("</title><script>alert(1)</script>", '"><img src=x onerror=alert(1)>'))
    return chance.choice(
        (
            f"---\ntitle: {said!r}\n---\n",
            f"description: {said}\ntemplate: x.html\n\n",
            f"Title: {said}\n\n# x",
            f"# {html.escape(said)}",
            f'<h1 markdown="1">a\n{html.escape(said)}</h1>',
            f"{html.escape(said)}\n=====",
            f"# ![{html.escape(said)}](x.png)",
            f"```\n# ok\n```\n\n# {html.escape(said)}",
        )
    )


def _indented(text: str, before: str) -> str:
    return "".join(f"{before}{line}\n" for line in text.split("\n"))


_WRAPPERS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, c: _indented(text, "> "),
    lambda text, c: "- " + _indented(text, "    ").lstrip(),
    lambda text, c: "1. x\n\n" + _indented(text, "    "),
    lambda text, c: f"```\n{text}\n```{c.choice(_INVISIBLE)}",
    lambda text, c: f"```{c.choice(_INVISIBLE)}\n{text}\n```",
    lambda text, c: f"~~~ x\n{text}\n```",
    lambda text, c: f"{c.choice(_INVISIBLE)}```\n{text}\n```",
    lambda text, c: f"`{text}`",
    lambda text, c: f"``{text}`",
    lambda text, c: f"\\`{text}`",
    lambda text, c: f"<div>\n`{text}`\n</div>",
    lambda text, c: f'<div markdown="{c.choice(("1", "span", "block"))}">\n{text}\n</div>',
    lambda text, c: f"<div>{text}",
    lambda text, c: f"<p title='{text}'>x</p>",
    lambda text, c: f'<div title="{"a" * c.choice((1, 2100))}" {text}',
    lambda text, c: f"<!-- {text} -->",
    lambda text, c: f"<!-- x --!> {text}",
    lambda text, c: f"<![CDATA[ {text} ]]>",
    lambda text, c: f"<?php {text} ?>",
    lambda text, c: f"<{c.choice(('svg', 'math', 'style', 'title', 'xmp', 'textarea'))}>{text}",
    lambda text, c: f"<svg><style>{text}</style></svg>",
    lambda text, c: f"<math><mtext><table><mglyph><style>{text}</style>",
    lambda text, c: f"| a | b |\n|---|---|\n| {text} | c |",
    lambda text, c: f'??? note "x"\n\n{_indented(text, "    ")}',
    lambda text, c: f'=== "A"\n\n{_indented(text, "    ")}',
    lambda text, c: f"x\n:   {text}",
    lambda text, c: f"x[^n]\n\n[^n]: {text}",
    lambda text, c: f"*{text}*",
    lambda text, c: f"[{text}](x.md)",
    lambda text, c: text.replace("<", c.choice(("<", "&lt;", "<<", "<\x00", "\\<")), 1),
    lambda text, c: text.replace(" ", c.choice(("\n", "/", *_INVISIBLE)), 1),
    lambda text, c: text.replace("\n", "\r\n"),
)

_ACTIVE = frozenset(
    (
        *("script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "form"),
        *("button", "select", "textarea", "meta", "link", "base", "math", "video", "audio"),
        *("source", "track", "template", "noscript", "dialog", "portal", "foreignobject"),
        *("title", "body", "html", "head", "marquee", "plaintext", "xmp", "animate", "set", "use"),
    )
)
_ACTING = re.compile(
    r"on|style$|srcset|srcdoc|formaction|action$|background|poster|ping|data-md|autofocus"
    r"|http-equiv|contenteditable|accesskey|tabindex|xlink|data$|is$|popover|slot"
)
_ELSEWHERE = re.compile(r"[a-z]+:|//", re.IGNORECASE)
_PLAIN_HOST = re.compile(r"https://[\w.-]*[^\W\d][\w.-]*(:[0-9]+)?([/?#]|$)", re.IGNORECASE)
_FIELD_NAMES = re.compile(r"__(tabbed_\d+(_\d+)?|codelineno-[\w-]+|span-[\w-]+)")


class _Living(HTMLParser):
    """Notes everything that would act, read as tolerantly as a browser reads."""

    def __init__(self, *, is_ours: bool) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_ours = is_ours
        self._open_links: list[str] = []
        self._words = ""
        self._host_wanted = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._require_host()
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and not self._is_ours:  # ours lead to documentation, too
            self._begin_link(said.get("href", ""), said.get("rel"))
        is_drawing = self._is_ours and tag in ("svg", "title")  # our own charts
        if (tag in _ACTIVE or tag == "svg") and not is_drawing:
            self.found.append(f"<{tag}>")
        if tag == "input" and said.get("type") not in ("checkbox", "radio"):
            self.found.append(f"a field {said}")
        for name, value in said.items():
            if _ACTING.match(name):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src") and not _is_harmless(name, value):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("id", "name", "for") and _is_the_themes(value):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name == "class" and re.search(r"(^|\s)(md-(?!button|tag|typeset__)|mermaid)", value):
                self.found.append(f"<{tag} {name}={value!r}>")

    def _begin_link(self, address: str, rel: str | None) -> None:
        self._open_links.append(address)
        self._words = ""
        if _ELSEWHERE.match(address) and rel != LINK_REL:
            self.found.append(f"a link to {address!r} with rel={rel!r}")

    def handle_data(self, data: str) -> None:
        self._words += data
        if self._host_wanted and data.startswith(f" ({self._host_wanted})"):
            self._host_wanted = ""
        self._require_host()

    def handle_endtag(self, tag: str) -> None:
        self._require_host()
        address = self._open_links.pop() if tag == "a" and self._open_links else ""
        if address.startswith("https://") and self._words.strip(" /") not in address:
            host = urlsplit(address).hostname or ""
            self._host_wanted = host if host.isascii() else host.encode("idna").decode()

    def _require_host(self) -> None:
        if self._host_wanted:
            self.found.append(f"a link that does not show its host {self._host_wanted!r}")
            self._host_wanted = ""

    def close(self) -> None:
        super().close()
        self._require_host()


def _is_the_themes(name: str) -> bool:
    return name.strip().startswith("__") and _FIELD_NAMES.fullmatch(name) is None


def _is_harmless(name: str, url: str) -> bool:
    plain = re.sub(r"[\x00-\x20\xa0\u200b]", "", url).replace("\\", "/").lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
    if name == "src":
        return scheme is None and not plain.startswith("//")
    return (scheme is None and not plain.startswith("//")) or _PLAIN_HOST.match(url) is not None


def alive(text: str, *, is_ours: bool = False) -> list[str]:
    """What would act in this HTML."""
    reader = _Living(is_ours=is_ours)
    reader.feed(text)
    reader.close()
    return reader.found


@cache
def make_parser(extensions: tuple[str, ...]) -> markdown.Markdown:
    """A parser with extensions that a site may enable, which cleans pages as that of a site."""
    return markdown.Markdown(
        extensions=[*extensions, NAME],
        extension_configs={
            NAME: {"token": _TOKEN},
            **({"pymdownx.tabbed": {"alternate_style": True}} if extensions == ALL else {}),
        },
    )


_TOKEN = new_token()


def _rendered(page: str, extensions: tuple[str, ...]) -> Iterator[str]:
    """What an engine makes of a page: its HTML, its title, and what its menu says."""
    said, about = meta.get_data(page)
    with contextlib.chdir(ROOT):  # from where snippets are looked for
        parser = make_parser(extensions).reset()
    heading = _ExtractTitleTreeprocessor()
    heading._register(parser)
    yield parser.convert(said)
    yield from (f"<title>{value}" for key, value in about.items() if key != "title")
    # Themes print a title from the front matter as it is, and unescape one from a heading.
    title = about.get("title") or Markup(heading.title or "").striptags()
    yield f"<p>{title}</p>"
    for entry in getattr(parser, "toc_tokens", []):
        yield f"<p>{entry['name']}</p>"


def _alive_in_pages(text: str, extensions: tuple[str, ...]) -> Iterator[str]:
    program = replace(
        _nobody(),
        pages={"a.md": Page(path="a.md", text=text)},
        training={"m": TrainingModule(id="m", title="M", minutes=5, roles=("mentor",), text=text)},
    )
    wanted = frozenset({"a.md", "training/m.md"})
    made = render_pages(program, TODAY, "coordinators", wanted)
    for path, page in mark_pages(program, made, _TOKEN).items():
        for part in _rendered(page, extensions):
            yield from (f"{path}: {found}" for found in alive(part))
            if _RECORD in part:
                yield f"{path}: a record"
            if _TOKEN in part:
                yield f"{path}: the token"


@cache
def _nobody() -> Program:
    shipped = load(ROOT).program
    return Program(settings=shipped.settings)


@cache
def _shipped() -> Program:
    return load(ROOT).program


def _alive_in_records(text: str) -> list[str]:
    program = _spoiled(_shipped(), text)
    made = {
        path: page
        for path, page in render_pages(program, TODAY, "coordinators").items()
        if not path.startswith("reference/")
    }
    return [
        f"{path}: {found}"
        for path, page in mark_pages(program, made, _TOKEN).items()
        for part in _rendered(page, USUAL)
        for found in alive(part, is_ours=path not in program.pages)
    ]


def _spoiled(program: Program, text: str) -> Program:
    """The program with a text in the place of every other text that somebody wrote freely."""
    changes = {
        field.name: _replaced(getattr(program, field.name), text)
        for field in fields(program)
        if field.name not in ("tree", "broken", "moved")
    }
    return replace(program, **changes)


def _replaced(value: Any, text: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: _replaced(getattr(value, field.name), text)
            for field in fields(value)
            if field.name not in ("time_zone", "path")
        }
        return replace(value, **changes)
    if isinstance(value, dict):
        return {key: _replaced(inner, text) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_replaced(inner, text) for inner in value)
    return text if isinstance(value, str) and " " in value else value


ATTACK = Attack(name="hostile-pages", command="fuzz", run=try_pages, few=100)
