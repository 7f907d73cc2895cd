"""The site map: where every page is, for rendering, links, the menu, rules and reviews.

A kind of page is one row of `PAGE_KINDS`, a module of the same name in `peerloom.pages` with a
function `render_page`, and, where it has one, a template of the same name.
"""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peerloom.audience import includes, select_shown_records
from peerloom.model import (
    Audience,
    CheckIn,
    Circle,
    Cohort,
    Event,
    Page,
    Pair,
    Participant,
    Record,
    Resource,
    TrainingModule,
)
from peerloom.records import Program
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One kind of page, of which a site has one, or one for each of several records.

    `path` is where the page is in the site's folder, and `menu` the titles that lead to it from
    the top of the menu; both may name keys of the page's record, such as `{record.id}`. A last
    title of None leaves the page's own heading to the engine, and an empty `menu` leaves the
    page out of the menu. Sites for an audience below `audience` do not have the page.
    `list_records` yields the records that have such a page, in the order of the menu. `shows`
    are the types of records whose changes somebody would look for on this page.
    """

    name: str
    path: str
    menu: tuple[str | None, ...] = ()
    audience: Audience = "public"
    list_records: Callable[[Program], Iterable[Any]] | None = None
    shows: tuple[type, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One page of a site: its kind, its path, and the record it is about, if it is about one."""

    kind: PageKind
    path: str
    record: Any = None


def sort_modules(program: Program) -> list[TrainingModule]:
    """Return the training modules by their `order`; those without one come last, by id."""
    modules = program.training.values()
    return sorted(modules, key=lambda m: (m.order is None, m.order or 0, m.id))


def _list_cohorts(program: Program) -> list[Cohort]:
    return sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)


def _list_people(program: Program) -> Iterable[Participant]:
    return program.participants.values()


def _list_pairs(program: Program) -> Iterable[Pair]:
    return (pair for pair in program.pairs.values() if pair.cohort in program.cohorts)


def _list_circles(program: Program) -> Iterable[Circle]:
    return (circle for circle in program.circles.values() if circle.cohort in program.cohorts)


def _list_written_pages(program: Program) -> list[Page]:
    return sorted(program.pages.values(), key=lambda page: page.path)


# In the order of the menu. A written page takes the place of any other page at its path.
PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind(name="home", path="index.md", menu=(mark("Home"),)),
    PageKind(
        name="attention",
        path="attention.md",
        menu=(mark("Who needs you"),),
        audience="coordinators",
    ),
    PageKind(name="join", path="join.md", menu=(mark("Join"),)),
    PageKind(
        name="cohort",
        path="cohorts/{record.id}/index.md",
        menu=(mark("Cohorts"), "{record.name}", mark("Overview")),
        list_records=_list_cohorts,
        shows=(Cohort,),
    ),
    PageKind(
        name="cohort_report",
        path="cohorts/{record.id}/report.md",
        menu=(mark("Cohorts"), "{record.name}", mark("Report")),
        list_records=_list_cohorts,
    ),
    PageKind(name="people", path="people/index.md", menu=(mark("People"),)),
    PageKind(
        name="person",
        path="people/{record.id}.md",
        list_records=_list_people,
        shows=(Participant,),
    ),
    PageKind(
        name="pair",
        path="pairs/{record.cohort}/{record.id}.md",
        list_records=_list_pairs,
        shows=(Pair, CheckIn),
    ),
    PageKind(
        name="circle",
        path="circles/{record.cohort}/{record.id}.md",
        list_records=_list_circles,
        shows=(Circle,),
    ),
    PageKind(name="calendar", path="calendar.md", menu=(mark("Calendar"),), shows=(Event,)),
    PageKind(name="training", path="training/index.md", menu=(mark("Training"), mark("Overview"))),
    PageKind(
        name="module",
        path="training/{record.id}.md",
        menu=(mark("Training"), "{record.title}"),
        list_records=sort_modules,
        shows=(TrainingModule,),
    ),
    PageKind(name="resources", path="resources.md", menu=(mark("Resources"),), shows=(Resource,)),
    PageKind(name="privacy", path="privacy.md", menu=(mark("Guides"), mark("Who sees what"))),
    PageKind(
        name="written",
        path="{record.path}",
        menu=(mark("Guides"), None),
        list_records=_list_written_pages,
        shows=(Page,),
    ),
    PageKind(
        name="records_reference",
        path="reference/records.md",
        menu=(mark("Reference"), mark("Records")),
    ),
    PageKind(
        name="rules_reference", path="reference/rules.md", menu=(mark("Reference"), mark("Rules"))
    ),
    PageKind(
        name="signals_reference",
        path="reference/signals.md",
        menu=(mark("Reference"), mark("Signals")),
    ),
)
_KINDS_BY_NAME = {kind.name: kind for kind in PAGE_KINDS}


def page_path(kind: str, record: Any = None) -> str:
    """Return the path of the page of a kind, about a record if the kind has a page for each."""
    return _KINDS_BY_NAME[kind].path.format(record=record)


def is_page_path(path: str) -> bool:
    """Whether a path, or the target of a link, is that of a page before an engine builds it."""
    return path.endswith(".md")


def built_path(kind: str, record: Any, *, has_folders: bool) -> str:
    """Return the path at which an engine puts the page of a kind about a record.

    With `has_folders`, which is `use_directory_urls` of MkDocs, each page has a folder of its own.
    """
    path = page_path(kind, record).removesuffix(".md")
    return f"{path}/index.html" if has_folders else f"{path}.html"


def list_site_pages(shown: Program, audience: Audience) -> dict[str, SitePage]:
    """Return every page of an audience's site by its path, in the order of the menu.

    `shown` has only records that the audience may see. A page that somebody wrote at the path of
    another kind replaces its text, and has the other's place in the menu.
    """
    found: dict[str, SitePage] = {}
    for kind in PAGE_KINDS:
        if includes(audience, kind.audience):
            for record in [None] if kind.list_records is None else kind.list_records(shown):
                path = kind.path.format(record=record)
                found.setdefault(path, SitePage(kind=kind, path=path, record=record))
    return found


def find_page_showing(program: Program, record: Record) -> str | None:
    """Return the path of the page on which somebody would look for what a record says, if any.

    What a check-in says is on the page of its pair.
    """
    kind = next((kind for kind in PAGE_KINDS if isinstance(record, kind.shows)), None)
    if isinstance(record, CheckIn):
        pair = program.pairs.get((record.cohort, record.pair))
        return page_path("pair", pair) if pair else None
    return kind.path.format(record=record) if kind else None


def build_menu(program: Program, audience: Audience) -> list[Any]:
    """Return the menu of an audience's site: nested titles and paths, as `nav` in `mkdocs.yml`."""
    menu: list[Any] = []
    sections: dict[tuple[str, ...], list[Any]] = {}
    for page in list_site_pages(select_shown_records(program, audience), audience).values():
        if page.kind.menu:
            *outer, title = page.kind.menu
            section = _open_section(menu, sections, page, [each for each in outer if each])
            section.append(page.path if title is None else {_fill_title(title, page): page.path})
    return menu


def _open_section(
    menu: list[Any], sections: dict[tuple[str, ...], list[Any]], page: SitePage, titles: list[str]
) -> list[Any]:
    """Return the section of the menu under these titles, made if it is new.

    Two cohorts with the same name have a section each: a title with a record's name in it is
    identified by the record's id.
    """
    section = menu
    key: tuple[str, ...] = ()
    for title in titles:
        shown = _fill_title(title, page)
        key = (*key, f"{title} {page.record.id}" if "{record." in title else title)
        if key not in sections:
            sections[key] = []
            section.append({shown: sections[key]})
        section = sections[key]
    return section


def _fill_title(title: str, page: SitePage) -> str:
    """Return a title for the menu, escaped because themes print it as it is."""
    shown = title.format(record=page.record) if "{record." in title else _(title)
    return html.escape(shown, quote=False)
