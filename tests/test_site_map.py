"""The map of pages: everything that names a page agrees with it, and nothing is half added."""

import importlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import folder
from peerloom import pages, site_map
from peerloom.audience import visible_program
from peerloom.cli.command import peerloom
from peerloom.model import AUDIENCES, Page
from peerloom.pages import render_pages
from peerloom.pages.rendering import Here, Site
from peerloom.program import load
from peerloom.records import Program
from peerloom.rules.written_pages import links_between_pages_work
from peerloom.site_map import (
    PAGE_KINDS,
    PageKind,
    build_menu,
    find_page_showing,
    list_site_pages,
)

ROOT = Path(__file__).parents[1]
PACKAGE = Path(site_map.__file__).parent
TODAY = date(2026, 11, 24)
# The report and the list of who needs a coordinator belong to their packages; the others are parts
# of the page named first.
_TEMPLATES_OF_OTHERS = {"report", "attention_list", "pair-why", "what-others-see"} | {
    file.name.removesuffix(".md.j2") for file in PACKAGE.glob("templates/report_*.md.j2")
}


@pytest.fixture(scope="module")
def program() -> Program:
    return load(ROOT).program


@pytest.fixture(scope="module")
def rendered(program: Program) -> dict[str, dict[str, str]]:
    return {audience: render_pages(program, TODAY, audience) for audience in AUDIENCES}


def test_every_kind_of_page_has_a_module_and_every_module_and_template_a_kind() -> None:
    names = [kind.name for kind in PAGE_KINDS]
    modules = {
        file.stem
        for file in (PACKAGE / "pages").glob("*.py")
        if "def render_page(" in file.read_text(encoding="utf-8")
    }
    templates = {file.name.removesuffix(".md.j2") for file in PACKAGE.glob("templates/*.md.j2")}
    assert len(names) == len(set(names))
    assert modules == set(names)
    assert templates - _TEMPLATES_OF_OTHERS <= set(names)
    filled = {n for n in names if "fill_template(" in (PACKAGE / f"pages/{n}.py").read_text()}
    assert filled == templates - _TEMPLATES_OF_OTHERS


def test_a_kind_of_page_without_a_module_ends_everything_that_makes_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half_added = PageKind(name="lighthouses", path="lighthouses.md", menu=("Lighthouses",))
    with monkeypatch.context() as patch:
        patch.setattr(site_map, "PAGE_KINDS", (*PAGE_KINDS, half_added))
        with pytest.raises(ModuleNotFoundError, match=r"peerloom\.pages\.lighthouses"):
            importlib.reload(pages)
    importlib.reload(pages)


def test_a_link_to_a_kind_of_page_that_is_not_in_the_map_is_an_error(program: Program) -> None:
    found = list_site_pages(program, "public")
    here = Here(Site(program, program, TODAY, "public", found), found["index.md"])
    with pytest.raises(KeyError, match="lighthouses"):
        here.link_to("Lighthouses", "lighthouses")


def test_a_page_that_is_added_is_made_and_in_the_menu_and_may_be_linked_to(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = PageKind(name="lighthouses", path="lighthouses.md", menu=("Lighthouses",))
    monkeypatch.setattr(site_map, "PAGE_KINDS", (*PAGE_KINDS, added))
    monkeypatch.setitem(pages._RENDERERS, "lighthouses", lambda _: "# Lighthouses\n")
    assert render_pages(program, TODAY, "public")["lighthouses.md"] == "# Lighthouses\n"
    assert {"Lighthouses": "lighthouses.md"} in build_menu(program, "public")
    linking = _with_links(program, ["lighthouses.md"])
    assert not list(links_between_pages_work(linking, TODAY, "public"))


def test_only_the_map_knows_where_pages_are() -> None:
    files = [*PACKAGE.glob("templates/*.md.j2"), *PACKAGE.glob("pages/*.py")]
    files += [PACKAGE / "rules/written_pages.py", PACKAGE / "review/page_preview.py"]
    for file in files:
        without_links = re.sub(r"\]\([^)]*\)", "", file.read_text(encoding="utf-8"))
        assert not re.search(r"""\.md["'}]""", without_links), file.name


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_with_a_place_in_the_menu_is_there_once(
    program: Program, rendered: Any, audience: Any
) -> None:
    in_menu = re.findall(r"[\w./-]+\.md", str(build_menu(program, audience)))
    assert len(in_menu) == len(set(in_menu))
    expected = {
        path
        for path in rendered[audience]
        if not re.match(r"(people/(?!index)|pairs/|circles/)", path)
    }
    assert set(in_menu) == expected


def test_two_cohorts_of_one_name_have_a_section_each(program: Program) -> None:
    cohorts = {id_: replace(c, name="A <cohort>") for id_, c in program.cohorts.items()}
    menu = build_menu(replace(program, cohorts=cohorts), "public")
    sections = next(entry["Cohorts"] for entry in menu if "Cohorts" in entry)
    assert [list(section) for section in sections] == [["A &lt;cohort&gt;"]] * len(cohorts)
    assert all(len(section["A &lt;cohort&gt;"]) == 2 for section in sections)


def test_a_written_page_keeps_the_place_of_the_page_it_replaces(program: Program) -> None:
    written = {"people/index.md": Page(path="people/index.md", text="Come in.\n", title=None)}
    replaced = replace(program, pages=written)
    assert render_pages(replaced, TODAY, "public")["people/index.md"] == "Come in.\n"
    menu = build_menu(replaced, "public")
    assert {"People": "people/index.md"} in menu
    (guides,) = [entry["Guides"] for entry in menu if "Guides" in entry]
    assert guides == [{"Who sees what": "privacy.md"}]


@pytest.mark.parametrize(
    ("path", "heading"),
    [("join.md", "What others will see"), ("privacy.md", "Who can read what we keep")],
)
def test_what_must_be_said_stands_below_words_of_the_programs_own(
    program: Program, path: str, heading: str
) -> None:
    replaced = replace(program, pages={path: Page(path=path, text="Come in.\n", title=None)})
    own, _, below = render_pages(replaced, TODAY, "public")[path].partition("\n\n")
    assert own.strip() == "Come in."
    assert f"\n## {heading}\n" in f"\n{below}"
    alone = render_pages(replace(program, pages={}), TODAY, "public")[path]
    assert f"\n## {heading}\n" in alone


def test_a_record_is_shown_on_a_page_that_the_site_has(program: Program) -> None:
    found = list_site_pages(program, "coordinators")
    without_page = {"Settings", "FollowUp", "Survey", "Response", "SavedReading"}
    without_page |= {"PublishedFigures"}
    for record in program.records():
        path = find_page_showing(program, record)
        assert (path is None) == (type(record).__name__ in without_page)
        assert path is None or path in found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_written_link_is_dead_where_the_built_site_has_no_such_page(
    program: Program, rendered: Any, audience: Any
) -> None:
    everywhere = {path for made in rendered.values() for path in made}
    # The map of the whole program has also people, pairs and circles that nobody may see.
    targets = sorted(everywhere | set(list_site_pages(program, "coordinators")) | {"gone.md"})
    linking = _with_links(program, targets)
    dead = [targets[f.text_at[0] - 1] for f in _find_dead_links(linking, audience)]
    assert dead == [t for t in targets if t not in rendered[audience]]
    assert "gone.md" in dead
    assert ("attention.md" in dead) == (audience != "coordinators")


def test_a_dead_link_does_not_tell_whether_somebody_is_hidden(program: Program) -> None:
    hidden = set(program.participants) - set(visible_program(program, "public").participants)
    for id_ in sorted(hidden):
        linking = _with_links(program, [f"people/{id_}.md"])
        (there,) = _find_dead_links(linking, "public")
        people = {key: p for key, p in linking.participants.items() if key != id_}
        (gone,) = _find_dead_links(replace(linking, participants=people), "public")
        assert (there.message, there.help) == (gone.message, gone.help)
    assert hidden


def test_check_takes_the_site_whose_links_it_checks(tmp_path: Path) -> None:
    about = {"content/pages/about.md": "# About\n\n[Who needs us](attention.md)\n"}
    root = folder.write(tmp_path, folder.MINIMAL | about)
    command = ["-C", str(root), "check", "--today", "2026-03-01"]
    refused = CliRunner().invoke(peerloom, command)
    assert refused.exit_code == 1
    assert "must lead to a page that every member can see" in refused.stdout
    assert "--audience coordinators" in refused.stdout
    passed = CliRunner().invoke(peerloom, [*command, "--audience", "coordinators"])
    assert (passed.exit_code, passed.stdout) == (0, "6 files checked, nothing to fix\n")


def _with_links(program: Program, targets: list[str]) -> Program:
    """The program with one page more, on whose lines there is a link to each target."""
    text = "".join(f"[a page]({target})\n" for target in targets)
    page = Page(path="links.md", text=text, title=None)
    return replace(program, pages=program.pages | {"links.md": page})


def _find_dead_links(program: Program, audience: Any) -> list[Any]:
    found = links_between_pages_work(program, TODAY, audience)
    return [f for f in found if getattr(f.where, "path", "") == "links.md"]
