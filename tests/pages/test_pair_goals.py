"""What a pair's page shows of its goals: where they stand, and how they came there."""

from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.model import Audience
from peerloom.pages import render_pages
from peerloom.program import load

TODAY = date(2026, 4, 1)
PAIR = "content/pairs/spring/ada-grace.yml"
PAGE = "pairs/spring/ada-grace.md"
PEERS = {
    PAIR: folder.MINIMAL[PAIR].replace("mentor: ada\nmentee: grace\n", "peers: [grace, ada]\n")
}


def _say(due: str, who: str, level: int, note: str = "") -> dict[str, str]:
    said = f"{{goal: first-package, level: {level}{note and f', note: {note}'}}}"
    return {
        f"content/check-ins/spring/ada-grace/{due}-{who}.yml": (
            f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {who}\n"
            f"answered_on: {due}\ngoals: [{said}]\n"
        )
    }


def _page(
    tmp_path: Path, files: dict[str, str], audience: Audience = "members", today: date = TODAY
) -> str:
    root = folder.write(tmp_path, folder.MINIMAL | files)
    page = render_pages(load(root).program, today, audience)[PAGE]
    return page[page.index("## Goals") :].partition("\n## ")[0]


def test_a_table_shows_the_step_for_each_due_date_with_the_mentee_first(tmp_path: Path) -> None:
    said = _say("2026-01-26", "grace", -2) | _say("2026-02-09", "grace", 0)
    page = _page(tmp_path, said | _say("2026-02-09", "ada", 1))
    assert (
        "| Check-in due | [Grace Example](../../people/grace.md) "
        "| [Ada Example](../../people/ada.md) |\n|:--|--:|--:|\n"
        '| <time datetime="2026-01-26" title="2026-01-26">26 Jan</time> | −2 |  |\n'
        '| <time datetime="2026-02-09" title="2026-02-09">9 Feb</time> | 0 | &#43;1 |\n'
    ) in page
    assert "**As expected**: A colleague installed it" in page
    assert "A dot is the word of Grace Example, a square that of Ada Example." in page
    assert page.count('class="pl-dot"') == 2
    assert page.count('class="pl-square"') == 1


def test_two_peers_words_stand_beside_each_other_where_they_differ(tmp_path: Path) -> None:
    said = _say("2026-01-26", "grace", -1, "slowly") | _say("2026-01-26", "ada", 1)
    page = _page(tmp_path, PEERS | said)
    assert (
        "The two see it differently:\n\n"
        "- [Grace Example](../../people/grace.md): **Less than expected**: She alone can install "
        "it\n"
        "- [Ada Example](../../people/ada.md): **More than expected**: It has tests\n"
    ) in page
    assert "pl-reached" not in page


def test_what_two_peers_agree_on_is_said_once(tmp_path: Path) -> None:
    said = _say("2026-01-26", "grace", 1) | _say("2026-02-09", "ada", 1)
    page = _page(tmp_path, PEERS | said)
    assert "differently" not in page
    assert page.count("**More than expected**: It has tests") == 1


def test_one_due_date_is_a_row_and_no_picture_of_a_course(tmp_path: Path) -> None:
    page = _page(tmp_path, _say("2026-01-26", "grace", -1))
    assert "26 Jan</time> | −1 |" in page
    assert "polyline" not in page


def test_a_step_is_shown_from_the_day_on_which_it_is_known(tmp_path: Path) -> None:
    said = _say("2026-01-26", "grace", -1) | _say("2026-02-09", "grace", 0)
    page = _page(tmp_path, said, today=date(2026, 2, 8))
    assert "**Less than expected**" in page
    assert "9 Feb" not in page


def test_a_goal_of_which_nobody_has_spoken_has_neither_table_nor_picture(tmp_path: Path) -> None:
    page = _page(tmp_path, {})
    assert "Nobody has reported progress yet" in page
    assert "Check-in due" not in page


@pytest.mark.parametrize("peers", [{}, PEERS])
def test_the_public_sees_no_step(tmp_path: Path, peers: dict[str, str]) -> None:
    said = _say("2026-01-26", "grace", -1, "slowly") | _say("2026-01-26", "ada", 1)
    page = _page(tmp_path, peers | said, "public")
    assert "Publish a first package" in page
    assert "expected" not in page.replace("if it went as expected", "")
    assert "Check-in due" not in page


def test_what_people_wrote_is_harmless_in_the_picture(tmp_path: Path) -> None:
    title = "<b>|`x`</title><script>"
    pair = {PAIR: folder.MINIMAL[PAIR].replace("Publish a first package", f"'{title}'")}
    said = _say("2026-01-26", "grace", -1) | _say("2026-02-09", "grace", 0)
    page = _page(tmp_path, pair | said)
    assert "<script>" not in page
    assert "<b>" not in page
