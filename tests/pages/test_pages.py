"""Pages: what people wrote stays what they wrote, and every link leads somewhere."""

import dataclasses
import html
import posixpath
import re
from datetime import date
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.site_map import build_menu
from peerloom.text.escaping.markdown import escape_markdown, escape_paragraphs

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc"]

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ settings.name }} {% raw %}",
    "![x](http://example.org/pixel.png)",
    "[x](javascript:alert(1))",
    "[x][1]\n\n[1]: http://example.org",
    "@everyone and @admin",
    "::error file=x::owned",
    "\x1b[31mred\x1b[0m",
    "```\ncode\n```",
    "| a | b |\n|--|--|\n| c | d |",
    "# heading\n\n- list\n\n1. one\n\n> quote",
    "!!! danger\n    box",
    "*star* _under_ `tick` ~~gone~~ ^up^",
    "{: .class #id onclick=x }",
    "&lt;b&gt; &amp; &#60;",
    "https://example.org www.example.org a@example.org",
    "Term\n: definition",
    "    indented code",
    "---\ntitle: x\n---",
    ":smile: :fontawesome-solid-skull:",
    "العربية ‎mixed‎ עברית 漢字 😀",
    "x" * 4000,
]


def _rendered(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def _seen(page: str) -> str:
    """What a reader sees of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def _visible(text: str) -> str:
    return " ".join(
        re.sub("[\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", "", text).split()
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "frame", ["{}", "# {}", "- {}", "| a | b |\n|--|--|\n| {} | c |", "> {}", "**{}**"]
)
def test_a_hostile_text_is_read_as_it_was_written(text: str, frame: str) -> None:
    page = _rendered(frame.format(escape_markdown(text)))
    assert _visible(text) in _seen(page)
    tags = set(re.findall(r"<(\w+)", page)) - {"p", "h1", "ul", "li", "blockquote", "strong"}
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td"}


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_as_it_was_written(text: str) -> None:
    clean = escape_markdown(text)
    page = _rendered(f"- before {clean} after")
    assert set(re.findall(r"<(\w+)", page)) <= {"ul", "li"}
    assert _seen(page).replace(" ", "") == f"before{_seen_alone(clean)}after"


def _seen_alone(clean: str) -> str:
    return "".join(html.unescape(clean).split())


def test_a_long_text_keeps_its_paragraphs() -> None:
    assert escape_paragraphs("one\ntwo\n\n  \n# three") == "one two\n\n&#35; three"


@pytest.fixture(scope="module")
def program() -> Program:
    return load(ROOT).program


@pytest.mark.parametrize("audience", ["public", "members", "coordinators"])
def test_every_link_leads_to_a_page(program: Program, audience: Any) -> None:
    made = render_pages(program, TODAY, audience)
    for path, text in made.items():
        for target in re.findall(r"\]\((?!https:)([^)#]+\.md)", text):
            at = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert at in made, (path, target)
    for target in re.findall(r"[\w./-]+\.md", str(build_menu(program, audience))):
        assert target in made


def test_the_same_program_gives_the_same_pages(program: Program) -> None:
    again = load(ROOT).program
    assert render_pages(program, TODAY, "members") == render_pages(again, TODAY, "members")


def test_hostile_records_make_harmless_pages(program: Program) -> None:
    hostile = " ".join(HOSTILE[:20])

    def spoiled(record: Any) -> Any:
        free = ("name", "title", "about", "summary", "region", "pronouns", "topic", "next_steps")
        changes = {f: hostile for f in free if isinstance(getattr(record, f, None), str)}
        if hasattr(record, "goals"):
            changes["goals"] = tuple(
                dataclasses.replace(
                    g, **({"title": hostile} if hasattr(g, "title") else {"note": hostile})
                )
                for g in record.goals
            )
        return dataclasses.replace(record, **changes)

    spoiled_program = dataclasses.replace(
        program,
        participants={k: spoiled(v) for k, v in program.participants.items()},
        pairs={k: spoiled(v) for k, v in program.pairs.items()},
        circles={k: spoiled(v) for k, v in program.circles.items()},
        events={k: spoiled(v) for k, v in program.events.items()},
        check_ins=tuple(spoiled(c) for c in program.check_ins),
    )
    for path, text in render_pages(spoiled_program, TODAY, "coordinators").items():
        page = _rendered(text)
        assert "<script" not in page, path
        assert "<img" not in page, path
        assert 'href="javascript' not in page, path
        assert "\x1b" not in text, path
        assert not re.search(r"(?m)^::", text), path


def test_what_is_empty_says_what_will_be_there_and_who_makes_it_happen() -> None:
    settings = dataclasses.replace(load(ROOT).program.settings)
    made = render_pages(Program(settings=settings), TODAY, "coordinators")
    assert (
        "The dates of the next one will appear here once the coordinators have set them."
        in made["index.md"]
    )
    assert (
        "Participants appear here once they have signed up and agreed to be shown."
        in made["people/index.md"]
    )
    assert "Coordinators add them as Markdown files" in made["training/index.md"]
    assert "Nobody needs you today." in made["attention.md"]
