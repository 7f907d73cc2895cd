"""The page "Who needs you": a screen of entries, and the rest folded."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import folder
from attention.made_signals import make_signal
from peerloom.model import Circle
from peerloom.pages import attention as attention_page
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.signals import Signal
from peerloom.signals.attention import group_signals

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Forty pairs and a circle in one cohort."""
    made = load(folder.write(tmp_path_factory.mktemp("program"), folder.MINIMAL)).program
    pair = made.pairs["spring", "ada-grace"]
    circle = Circle(
        id="table", cohort="spring", kind="supervision", name="The table", status="active"
    )
    pairs = {("spring", f"p-{n:02}"): replace(pair, id=f"p-{n:02}") for n in range(40)}
    return replace(made, pairs=pairs, circles={("spring", "table"): circle})


def signal(id_: str, urgency: int, pair: str | None = None, **changes: Any) -> Signal:
    return make_signal(id_, urgency, pair, date(2026, 2, 20), **changes)


@pytest.fixture
def page(program: Program, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Renders the page for some signals."""

    def render(*found: Signal) -> str:
        attention = group_signals(program, TODAY, found)
        monkeypatch.setattr(attention_page, "find_attention", lambda *_: attention)
        pages = render_pages(program, TODAY, "coordinators", frozenset({"attention.md"}))
        return pages["attention.md"]

    return render


def test_a_pair_has_one_box_with_its_gravest_reason_and_folds_the_others(page: Any) -> None:
    text = page(signal("gap", 1, "p-01"), signal("support", 3, "p-01"), signal("x", 2, "p-01"))
    assert text.count('<div class="pl-entry') == 1
    before, _, folded = text.partition("<summary>2 more reasons</summary>")
    assert "### [Ada Example and Grace Example](pairs/spring/p-01.md)\n" in before
    assert "9 days ago: the reason support.\n" in before
    assert before.count("**Next:** do support.\n") == 1
    assert folded.index("the reason x") < folded.index("the reason gap")
    assert "**Next:**" not in folded
    assert "do gap" not in text


def test_a_pair_with_one_reason_has_nothing_to_unfold(page: Any) -> None:
    assert "<details" not in page(signal("gap", 1, "p-01"))


def test_the_first_eight_are_open_and_the_rest_are_folded_with_a_line_each(page: Any) -> None:
    today = [signal("support", 3, f"p-{n:02}") for n in range(3)]
    week = [signal("silent", 2, f"p-{n:02}") for n in range(3, 20)]
    watch = [signal("gap", 1, f"p-{n:02}") for n in range(20, 33)]
    text = page(*watch, *week, *today)
    assert "33 pairs need you: 3 today, 17 this week and 13 to watch. For coordinators" in text
    assert text.count('<div class="pl-entry') == 8
    assert re.findall(r"<summary>(.*)</summary>", text) == ["12 more", "13 entries"]
    listed = text.partition("## Quiet")[0]
    assert sorted(re.findall(r"pairs/spring/(p-\d\d)\.md", listed)) == [
        f"p-{n:02}" for n in range(33)
    ]
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == [
        *("Today", "This week", "To watch"),
        "Quiet",
    ]


def test_a_folded_line_says_how_many_more_reasons_there_are(page: Any) -> None:
    found = [signal("support", 3, f"p-{n:02}") for n in range(8)]
    last = [signal("gap", 1, "p-30"), signal("rating", 1, "p-30"), signal("silent", 2, "p-30")]
    text = page(*found, *last)
    assert "(pairs/spring/p-30.md): the reason silent. (2 more reasons)\n" in text


def test_of_thousands_a_hundred_of_each_urgency_are_listed_and_the_rest_is_counted(
    page: Any, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = program.pairs["spring", "p-00"]
    for number in range(2_000):
        key = ("spring", f"q-{number}")
        monkeypatch.setitem(program.pairs, key, replace(pair, id=f"q-{number}"))
    text = page(*(signal("x", 1 + n % 2, f"q-{n}") for n in range(2_000)))
    assert re.findall(r"<summary>(.*)</summary>", text) == ["992 more", "1,000 entries"]
    assert "\n892 more are listed by `peerloom attention --all`.\n" in text
    assert "\n900 more are listed by `peerloom attention --all`.\n" in text
    assert len(re.findall(r"pairs/spring/q-\d+\.md", text)) == 8 + 200
    assert len(text) < 65_536


def test_circles_people_and_cohorts_are_linked(page: Any) -> None:
    text = page(
        signal("circle-no-meeting", 2, circle="table"),
        signal("over-capacity", 1, people=("ada",)),
        signal("survey", 1),
    )
    assert "### [The table](circles/spring/table.md)\n" in text
    assert "### [Ada Example](people/ada.md)\n" in text
    apart = text.partition("## About a cohort\n")[2]
    assert "### [Spring](cohorts/spring/index.md)\n" in apart
    assert "the reason survey" in apart
    assert "1 circle and 1 person need you: 1 this week and 1 to watch." in text


def test_of_many_matters_of_cohorts_the_first_are_open(page: Any) -> None:
    text = page(signal("gap", 1, "p-00"), *(signal("x", 2, why=f"matter {n}") for n in range(11)))
    assert text.count('<div class="pl-entry') == 1 + 8
    assert re.findall(r"<summary>(.*)</summary>", text) == ["3 more"]
    assert text.count("matter ") == 11


def test_quiet_pairs_are_counted_and_the_first_are_named(page: Any) -> None:
    (line,) = [x for x in page(signal("gap", 1, "p-00")).splitlines() if x.startswith("- [Spring]")]
    assert line.startswith("- [Spring](cohorts/spring/index.md): 39 of 40 open pairs. [Ada Example")
    assert re.findall(r"(p-\d\d)\.md", line) == [f"p-{n:02}" for n in range(1, 13)]
    assert line.endswith(", 27 more.")


def test_a_cohort_where_nothing_is_quiet_is_not_among_what_is_quiet(page: Any) -> None:
    text = page(*(signal("gap", 1, f"p-{n:02}") for n in range(40)))
    assert "## Quiet" not in text


def test_what_people_wrote_does_nothing_on_the_page(page: Any) -> None:
    hostile = "</details></div><script>x</script>\n\n# Heading\n\n- [a](javascript:b)"
    text = page(signal("support", 3, "p-00", why=hostile), signal("gap", 1, "p-00", why=hostile))
    assert not any(part in text for part in ("<script", "\n# Heading", "](javascript"))
    assert text.count("</details>") == text.count("<details") == 1
