"""Links to other sites in what people wrote: each shows its host, on every page."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from markdown import Markdown

from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.sanitizing import NAME

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://b.example/)", f'<a href="https://b.example/" {REL}>a</a> (b.example)'),
        ("<https://b.example/>", f'<a href="https://b.example/" {REL}>https://b.example/</a>'),
        (
            "[a](https://b.example) (b.example)",
            f'<a href="https://b.example" {REL}>a</a> (b.exampl',
        ),
        ("[b.example](https://c.example)", ">b.example</a> (c.example)"),
        ("[a](https://аpple.example)", f'<a href="https://аpple.example" {REL}>a</a> (xn--pple-'),
        ("<a href='https://b.example' rel='me' target='_blank'>a</a>", f"{REL}>a</a> (b.example)"),
        ("[![a](b.png)](https://b.example)", "</a> (b.example)"),
        ("[a](http://b.example)", "<p><a>a</a></p>"),
        ("[a](//b.example)", "<p><a>a</a></p>"),
        ("[a](mailto:a@b.example)", "<p><a>a</a></p>"),
        ("[a](b.md)", '<p><a href="b.md">a</a></p>'),
    ],
)
def test_a_link_on_a_written_page_is_https_and_shows_its_host(text: str, html: str) -> None:
    assert html in Markdown(extensions=[NAME]).convert(text)


def test_the_host_in_a_heading_is_in_neither_its_address_nor_the_menu() -> None:
    parser = Markdown(extensions=["toc", NAME])
    html = parser.convert("# A [b](https://c.example)")
    assert html.startswith('<h1 id="a-b">') and html.endswith("</a> (c.example)</h1>")
    assert [entry["name"] for entry in parser.toc_tokens] == ["A b"]


def test_every_address_in_a_record_is_a_link_with_its_host() -> None:
    program = _program_of_addresses("https://planted.example/x")
    for audience in ("public", "members", "coordinators"):
        text = "\n".join(render_pages(program, TODAY, audience).values())
        links = re.findall(r"<a href=\"https://planted\.example/x\"([^>]*)>[^<]*</a>(.{18})", text)
        assert len(links) > 10
        assert set(links) == {(f" {REL}", " (planted.example)")}
        assert text.count("planted.example") == 2 * len(links)


def test_no_address_in_a_record_is_a_link_without_https() -> None:
    program = _program_of_addresses("http://planted.example/x")
    text = "\n".join(render_pages(program, TODAY, "coordinators").values())
    assert "(http&#58;//planted.example/x)" in text
    assert "http://planted" not in text


def _program_of_addresses(address: str) -> Program:
    """The shipped program with one address wherever a record can have one."""
    program = load(ROOT).program
    people = {
        id_: replace(person, booking_url=address) for id_, person in program.participants.items()
    }
    return replace(
        program,
        settings=replace(program.settings, contact=address),
        participants=people,
        resources={id_: replace(r, url=address) for id_, r in program.resources.items()},
        events={id_: replace(e, url=address) for id_, e in program.events.items()},
    )
