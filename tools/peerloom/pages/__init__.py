"""Turns a program into the Markdown of its site, by one pure function."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from importlib.resources import files

from peerloom.audience import visible_program
from peerloom.model import Audience
from peerloom.pages.rendering import Here, Site
from peerloom.pages.written import add_safe_title
from peerloom.records import Program
from peerloom.sanitizing.page_marks import add_mark
from peerloom.site_map import PAGE_KINDS, SitePage, list_site_pages, page_path


def _import_renderer(kind: str) -> Callable[..., str]:
    """The function that renders a kind of page, from the module of the same name."""
    module = import_module(f"peerloom.pages.{kind}")
    renderer: Callable[..., str] = module.render_page
    return renderer


def _import_addition(kind: str) -> Callable[[Here], str] | None:
    """The function that renders what stands below people's own words, if the kind has any."""
    addition: Callable[[Here], str] | None = getattr(
        import_module(f"peerloom.pages.{kind}"), "render_addition", None
    )
    return addition


# All are imported at once, so that a missing module is noticed by the first command or test.
_RENDERERS = {kind.name: _import_renderer(kind.name) for kind in PAGE_KINDS}
_ADDITIONS = {kind.name: _import_addition(kind.name) for kind in PAGE_KINDS}
_WRITTEN = _RENDERERS["written"]

# Matches only what `written` makes; a page that people wrote never begins with three hyphens.
FRONT_MATTER = re.compile(r"---\ntitle: .*?\n---\n\n", re.DOTALL)


def render_pages(
    program: Program, today: date, audience: Audience, only: frozenset[str] | None = None
) -> dict[str, str]:
    """Every page of the site, or `only` some, as Markdown by its path in the site's folder.

    A written page replaces a generated one at the same path, except for what it has to say in any
    case, which stands below. Nothing that the
    audience may not see is in any of them.
    """
    seen = visible_program(program, audience)
    site = Site(seen, program, today, audience, list_site_pages(seen, audience))
    return {
        path: _render(site, page)
        for path, page in sorted(site.pages.items())
        if only is None or path in only
    }


def _render(site: Site, page: SitePage) -> str:
    here = Here(site, page)
    written = site.seen.pages.get(page.path)
    if written is not None:
        return _WRITTEN(here, written) + _render_addition(here)
    renderer = _RENDERERS[page.kind.name]
    return add_safe_title(renderer(here) if page.record is None else renderer(here, page.record))


def _render_addition(here: Here) -> str:
    """What stands below a page that people wrote at the path of this kind; mostly nothing."""
    addition = _ADDITIONS.get(here.page.kind.name)
    return "" if addition is None else f"\n\n{addition(here)}"


def mark_pages(program: Program, rendered: Mapping[str, str], token: str) -> dict[str, str]:
    """The pages for an engine, each with the mark that says whether people wrote its text.

    A module's page is mostly its text, so all of it counts as written by people.
    """
    by_people = {*program.pages, *(page_path("module", m) for m in program.training.values())}
    return {
        path: _mark_page(text, None if path in by_people else token)
        for path, text in rendered.items()
    }


def _mark_page(text: str, token: str | None) -> str:
    """A page with its mark, below the front matter that it may have been given."""
    head = match[0] if (match := FRONT_MATTER.match(text)) else ""
    return head + add_mark(text.removeprefix(head), token)


def read_assets() -> dict[str, bytes]:
    """Peerloom's own files that go with the pages, by their paths in the site."""
    sheet = files("peerloom").joinpath("assets", "peerloom.css")
    return {"assets/peerloom.css": sheet.read_bytes()}
