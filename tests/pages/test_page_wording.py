"""What pages say is in words, true on the day, and printed where nothing else is."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from peerloom.model import AUDIENCES, FreeTime
from peerloom.pages import render_pages
from peerloom.pages.charts import Point, draw_timeline
from peerloom.program import load
from peerloom.records import Program
from peerloom.text.languages import language_name

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Codes without an underscore for which pages have other words.
NO_WORDS = (*WEEKDAYS, "remote", "hybrid")
LANGUAGES = {
    "en": "English",
    "pt-BR": "Portuguese (Brazil)",
    "zh-Hant": "Chinese (Traditional)",
    "mi": "Māori",
    "quz": "Quechua (Peru)",
    "qaa": "qaa",
    "yue": "Cantonese",
    "x-private": "x-private",
}


@pytest.fixture(scope="module")
def program() -> Program:
    """The shipped program, in which everybody is free on each day and speaks each language."""
    loaded = load(ROOT).program
    free = tuple(FreeTime(day=day, starts="18:00", ends="20:00") for day in WEEKDAYS)
    people = {
        id_: replace(person, availability=free, languages=tuple(LANGUAGES))
        for id_, person in loaded.participants.items()
    }
    return replace(loaded, participants=people)


@pytest.fixture(scope="module", params=AUDIENCES)
def made(program: Program, request: Any) -> dict[str, str]:
    return render_pages(program, TODAY, request.param)


def test_no_page_about_somebody_calls_them_you_in_a_heading(made: dict[str, str]) -> None:
    about_people = [p for p in made if re.match(r"(people|pairs|circles|cohorts)/", p)]
    for path in about_people:
        # Titles that people wrote are below the second level; the exception is for coordinators.
        headings = re.findall(r"^## (.*)", made[path], re.MULTILINE)
        addressed = [h for h in headings if re.search(r"\byou(rs?)?\b", h, re.IGNORECASE)]
        assert [h for h in addressed if h != "What needs you"] == [], path
    assert about_people


def test_every_column_of_every_table_has_a_name(made: dict[str, str]) -> None:
    heads = [
        (path, head)
        for path, text in made.items()
        for head in re.findall(r"^(\|.*\|)\n\|[:|-]+\|$", text, re.MULTILINE)
    ]
    assert heads
    for path, head in heads:
        assert all(cell.strip() for cell in head.strip("|").split("|")), (path, head)


def _list_codes() -> Iterator[str]:
    """Every value of a schema that is no word of English as it stands."""
    for file in (ROOT / "schemas").glob("*.json"):
        for values in _find_enums(json.loads(file.read_text(encoding="utf-8"))):
            yield from (v for v in values if isinstance(v, str) and ("_" in v or v in NO_WORDS))


def _find_enums(value: Any) -> Iterator[list[Any]]:
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) and isinstance(value.get("enum"), list):
        yield value["enum"]
    if isinstance(value, dict | list):
        for child in children:
            yield from _find_enums(child)


def test_no_page_shows_a_code_of_a_record(made: dict[str, str]) -> None:
    codes = re.compile(rf"(?<![\w`])({'|'.join(sorted(set(_list_codes())))})(?![\w`])")
    for path, text in made.items():
        if not path.startswith(("reference/", "training/")):
            words = re.sub(r"\]\([^)]*\)|<[^>]*>", "", text)
            assert codes.findall(words) == [], path


def test_people_are_free_on_named_days_and_speak_named_languages(program: Program) -> None:
    made = render_pages(program, TODAY, "coordinators")
    for id_ in program.participants:
        page = html.unescape(made[f"people/{id_}.md"])
        for day in WEEKDAYS:
            assert f"- **Free on {day.capitalize()}**: 18:00 to 20:00" in page
        assert "Portuguese (Brazil)" in page


@pytest.mark.parametrize(("tag", "name"), LANGUAGES.items())
def test_a_language_has_its_name_or_else_its_tag(tag: str, name: str) -> None:
    assert language_name(tag) == name


def _list_text_boxes(chart: str) -> list[tuple[str, float, float, float, float]]:
    """Left, right, top and bottom of each text of a chart, as wide as its widest letters."""
    boxes = []
    pattern = r'<text x="([\d.]+)" y="([\d.]+)" class="(pl-\w+)">([^<]*)</text>'
    for x, y, name, text in re.findall(pattern, chart):
        width = 7.0 * len(text)
        left = float(x) - {"pl-tick": width / 2, "pl-last": width}.get(name, 0.0)
        boxes.append((text, left, left + width, float(y) - 10, float(y) + 3))
    return boxes


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_no_word_of_a_timeline_is_printed_over_another_or_cut_off(rows: int) -> None:
    starts, ends = date(2026, 1, 11), date(2026, 6, 28)
    for shift in range(-3, (ends - starts).days + 4):
        today = starts + timedelta(days=shift)
        names = [("Meetings", [Point(starts, "meeting", "met")]), ("Oluwaseun", []), ("Ada", [])]
        chart = str(draw_timeline("Meetings", names[:rows], starts, ends, today))
        boxes = _list_text_boxes(chart)
        assert len(boxes) == rows + 2 + (starts <= today <= ends)
        for one, other in combinations(boxes, 2):
            apart = (
                one[2] <= other[1] or other[2] <= one[1] or one[4] <= other[3] or other[4] <= one[3]
            )
            assert apart, (today, one, other)
        assert all(left >= 0 and right <= 640 for _, left, right, _, _ in boxes), today


def test_a_check_in_is_due_on_its_day_whatever_day_it_is(program: Program) -> None:
    pair = next(p for p in program.pairs.values() if p.id == "aiko-bilal")
    path = f"pairs/{pair.cohort}/{pair.id}.md"
    without_answers = replace(program, check_ins=())
    due = date(2026, 12, 3)
    states = {}
    for shift in range(-8, 15):
        today = due + timedelta(days=shift)
        text = render_pages(without_answers, today, "members", frozenset({path}))[path]
        rows = [row for row in text.splitlines() if f'datetime="{due}"' in row and row[0] == "|"]
        states[shift] = {row.rstrip(" |").rpartition("| ")[2] for row in rows}
    assert states[-8] == set()
    assert states[-7] == {"due in 7 days"}
    assert states[-5] == {"due in 5 days"}
    assert states[-1] == {"due tomorrow"}
    assert states[0] == {"due today"}
    assert states[1] == {"was due yesterday"}
    assert states[14] == {"no answer"}
    assert all("now" not in word for words in states.values() for word in words)
