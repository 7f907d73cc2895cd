"""What is wrong with a program's site before it is built, whichever engine builds it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from peerloom.as_of import program_as_of
from peerloom.diagnostic import Diagnostic, quoted
from peerloom.model import Audience
from peerloom.program import check_links, place_findings
from peerloom.records import Program
from peerloom.rules.anchors import AnchorLink, list_anchor_links
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.rules.written_pages import list_paths
from peerloom.site_settings import (
    find_settings_problems,
    list_menu_pages,
    makes_usual_anchors,
    read_settings,
)
from peerloom.source import line_and_column


def find_site_problems(
    root: Path, program: Program, today: date, audience: Audience
) -> tuple[Diagnostic, ...]:
    """Return what is wrong in `mkdocs.yml`, and the links that lead to no part of their page.

    They are what `peerloom check` finds beside the rules.
    """
    found = [
        *find_settings_problems(root, program.settings),
        *_find_menu_problems(root, program, today, audience),
        *_find_anchor_problems(root, program, today, audience),
    ]
    return tuple(sorted(found))


def find_dead_links(
    root: Path, program: Program, today: date, audience: Audience
) -> tuple[Diagnostic, ...]:
    """Return the links in pages that people wrote that lead nowhere in an audience's site.

    MkDocs would stop at most of them as well, and Zensical at none.
    """
    found = [
        *check_links(root, program, today, audience),
        *_find_menu_problems(root, program, today, audience),
        *_find_anchor_problems(root, program, today, audience),
    ]
    return tuple(sorted(found))


def _find_menu_problems(
    root: Path, program: Program, today: date, audience: Audience
) -> Iterator[Diagnostic]:
    """Yield the entries of a menu of one's own that lead to no page."""
    document = read_settings(root)
    named = list_menu_pages(document) if document is not None else []
    if not named:
        return
    known = list_paths(program, today, audience)
    for path, node in named:
        if "://" not in path and not path.startswith("/") and path.partition("#")[0] not in known:
            line, column = node.start_mark.line + 1, node.start_mark.column + 1
            yield Diagnostic(
                path="mkdocs.yml",
                line=line,
                column=column,
                rule="site-menu-leads-to-pages",
                message=f"{quoted(path)} in 'nav' must be a page that readers of the site can see",
                help=suggest_nearest(
                    path, known, "correct it, or delete 'nav': without it, the menu has every page"
                ),
            )


def _find_anchor_problems(
    root: Path, program: Program, today: date, audience: Audience
) -> Iterator[Diagnostic]:
    links = list(list_anchor_links(program))
    document = read_settings(root) if links else None
    if not links or (document is not None and not makes_usual_anchors(document)):
        return
    from peerloom.pages.anchors import read_anchors  # noqa: PLC0415 - slow to import

    of_day = program_as_of(program, today)
    anchors = read_anchors(of_day, today, audience, frozenset(link.page for link in links))
    findings = _find_dead_anchors(links, anchors)
    for finding, path, line, column in place_findings(root, program, findings):
        yield Diagnostic(
            path=path,
            line=line,
            column=column,
            rule="links-lead-to-anchors",
            message=finding.message,
            help=finding.help,
        )


def _find_dead_anchors(
    links: list[AnchorLink], anchors: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """Yield each link to an anchor that is not among the `anchors` of its page.

    A link to a page without anchors in the mapping breaks another rule.
    """
    from peerloom.sanitizing.link_targets import becomes_link  # noqa: PLC0415 - slow to import

    for link in links:
        known = anchors.get(link.page)
        if known is None or link.anchor in known:
            continue
        if becomes_link(link.record.text, link.written):
            help_ = "write it as the page's own address shows it: small letters, with hyphens"
            yield Finding(
                where=link.record,
                text_at=line_and_column(link.record.text, link.offset),
                message=f"{quoted('#' + link.anchor)} must be a heading or a name on that page",
                help=suggest_nearest(link.anchor, known, help_),
            )
