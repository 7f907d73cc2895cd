"""A program to the Markdown of its site: one pure function, and what goes with it."""

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from peerloom import source
from peerloom.audience import visible
from peerloom.markdown import escaped
from peerloom.model import Audience, Page
from peerloom.pages.attention import attention_pages
from peerloom.pages.circles import circle_pages
from peerloom.pages.cohorts import cohort_pages
from peerloom.pages.library import library_pages
from peerloom.pages.overview import overview_pages
from peerloom.pages.pairs import pair_pages
from peerloom.pages.people import people_pages
from peerloom.pages.reference import records_reference
from peerloom.pages.reference_rules import rules_reference
from peerloom.pages.rendering import Site
from peerloom.pages.reports import report_pages
from peerloom.records import Program
from peerloom.sanitizing.marks import marked

_SECTIONS = (
    overview_pages,
    cohort_pages,
    people_pages,
    pair_pages,
    circle_pages,
    library_pages,
    report_pages,
    attention_pages,
)


def pages(
    program: Program, today: date, audience: Audience, only: frozenset[str] | None = None
) -> dict[str, str]:
    """Every page of the site, or `only` some, Markdown by its path in the site's folder.

    A page written by hand takes the place of a made one at the same path. Nothing that the
    audience may not see is in any of them.
    """
    seen = visible(program, audience)
    site = Site(seen, program, today, audience, _paths(seen, audience), only)
    made = {path: text for section in _SECTIONS for path, text in section(site)}
    made["reference/records.md"] = records_reference()
    made["reference/rules.md"] = rules_reference()
    made = {path: _named(text) for path, text in made.items()}
    written = {path: _written(path, page) for path, page in program.pages.items()}
    everything = sorted((made | written).items())
    return {path: text for path, text in everything if site.makes(path)}


def marked_pages(program: Program, made: Mapping[str, str], token: str) -> dict[str, str]:
    """The pages for an engine, each with the mark that says whether people wrote its text.

    A module's page is mostly its text, so that all of it counts as people's.
    """
    theirs = {*program.pages, *(f"training/{id_}.md" for id_ in program.training)}
    return {
        path: marked_page(text, None if path in theirs else token) for path, text in made.items()
    }


def marked_page(text: str, token: str | None) -> str:
    """A page with its mark, below the front matter that `pages` has given it."""
    head = match[0] if (match := _FRONT_MATTER.match(text)) else ""
    return head + marked(text.removeprefix(head), token)


# Only as `pages` writes it; a page that people wrote never begins with three hyphens.
_FRONT_MATTER = re.compile(r"---\ntitle: .*?\n---\n\n", re.DOTALL)


def _written(path: str, page: Page) -> str:
    """A page as somebody wrote it, in which no engine finds front matter of theirs."""
    text = _with_title(page.title, page.text)
    if "<" in html.unescape(text) or text.startswith("---"):
        return _titled(text, _heading(text) or _name(path))
    return text


def _heading(text: str) -> str:
    match = _HEADING.search(text)
    if match is None:
        return ""
    seen = re.sub(r"\s*\{[^{}]*\}\s*$", "", match[1] or match[2] or match[3])
    return re.sub(r"[`*]|</?[a-zA-Z][^<>]*>", "", html.unescape(seen)).strip()


def _name(path: str) -> str:
    """What a page without a heading is called, from its path."""
    at = PurePosixPath(path)
    stem = at.parent.name if at.stem == "index" else at.stem
    return (stem or "Home").replace("-", " ").replace("_", " ").capitalize()


def _titled(text: str, title: str) -> str:
    return f"---\n{source.dump({'title': escaped(title)})}---\n\n{text}"


def _with_title(title: str | None, text: str) -> str:
    has_one = text.lstrip().startswith("# ")
    return f"# {escaped(title)}\n\n{text}" if title and not has_one else text


_HEADING = re.compile(
    r"^#(?!#)[ \t]*(.+)|^<h1[^<>]*>\s*(.+)|^(.+)\n=+[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def _named(text: str) -> str:
    """The page, with a title that its theme can print as it is where its heading has a `<`.

    A theme makes its title from the heading and takes the references out of it again:
    `&lt;script>` would be a script.
    """
    match = _HEADING.search(text)
    seen = html.unescape(match[1] or match[2] or match[3]) if match else ""
    if "<" not in seen:
        return text
    return _titled(text, seen.replace("`", ""))


def _paths(seen: Program, audience: Audience) -> frozenset[str]:
    """Where there will be a page, so that no other links to one that is not there."""
    found = {"index.md", "join.md", "calendar.md", "resources.md", "people/index.md"}
    found |= {"training/index.md", "reference/records.md", "reference/rules.md"}
    found |= {f"people/{id_}.md" for id_ in seen.participants}
    found |= {f"cohorts/{id_}/{name}.md" for id_ in seen.cohorts for name in ("index", "report")}
    found |= {f"pairs/{c}/{id_}.md" for c, id_ in seen.pairs if c in seen.cohorts}
    found |= {f"circles/{c}/{id_}.md" for c, id_ in seen.circles if c in seen.cohorts}
    found |= {f"training/{id_}.md" for id_ in seen.training}
    found |= set(seen.pages)
    if audience == "coordinators":
        found.add("attention.md")
    return frozenset(found)


def assets() -> dict[str, bytes]:
    """Our own files that go with the pages."""
    sheet = files("peerloom").joinpath("assets", "peerloom.css")
    return {"assets/peerloom.css": sheet.read_bytes()}


def navigation(program: Program, paths: Iterable[str]) -> list[Any]:
    """The site's menu: overviews and written pages, not every person and pair."""
    there = set(paths)
    cohorts = sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)
    menu: list[Any] = [
        {"Home": "index.md"},
        {"Who needs you": "attention.md"},
        {"Join": "join.md"},
        {
            "Cohorts": [
                {
                    _in_menu(c.name): [
                        {"Overview": f"cohorts/{c.id}/index.md"},
                        {"Report": f"cohorts/{c.id}/report.md"},
                    ]
                }
                for c in cohorts
            ]
        },
        {"People": "people/index.md"},
        {"Calendar": "calendar.md"},
        {
            "Training": [
                {"Overview": "training/index.md"},
                *({_in_menu(m.title): f"training/{m.id}.md"} for m in _in_order(program)),
            ]
        },
        {"Resources": "resources.md"},
        {"Guides": sorted(p for p in program.pages if p not in _made_names())},
        {"Reference": [{"Records": "reference/records.md"}, {"Rules": "reference/rules.md"}]},
    ]
    return [entry for entry in menu if _leads_somewhere(next(iter(entry.values())), there)]


def _in_menu(title: str) -> str:
    """A title for the menu, where themes print what they get."""
    return html.escape(title, quote=False)


def _in_order(program: Program) -> list[Any]:
    return sorted(program.training.values(), key=lambda m: (m.order is None, m.order or 0, m.id))


def _made_names() -> frozenset[str]:
    return frozenset({"index.md", "join.md", "calendar.md", "resources.md"})


def _leads_somewhere(target: Any, there: set[str]) -> bool:
    return bool(target) if isinstance(target, list) else target in there
