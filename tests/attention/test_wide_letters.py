"""The gravest entry is on the screen, whatever is written and however wide its letters are."""

from datetime import date
from unicodedata import east_asian_width

import pytest

import folder
from peerloom.attention import attention_as_text
from peerloom.program import load
from peerloom.records import Program
from peerloom.signals import Signal
from peerloom.signals.attention import group_signals

TODAY = date(2026, 3, 1)
COHORTS = [f"{'cohort-' * 10}{number}" for number in range(7)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    files = dict(folder.MINIMAL)
    for id_ in COHORTS:
        text = f"id: {id_}\nname: {'漢' * 60}\nstarts: 2026-01-12\nends: 2026-06-28\n"
        files[f"content/cohorts/{id_}.yml"] = text
    return load(folder.write(tmp_path_factory.mktemp("program"), files)).program


def make_signal(id_: str, cohort: str, pair: str | None) -> Signal:
    return Signal(
        id=id_,
        urgency=3,
        cohort=cohort,
        pair=pair,
        people=(),
        since=TODAY,
        said_on=TODAY,
        why=f"{id_} 漢字かな{'漢字かな' * 100}",
        next_step="talk with each of them alone and offer another match; nobody is to blame",
    )


def count_rows(text: str) -> int:
    """How many rows of 80 columns a terminal takes for a text."""
    widths = [
        sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
        for line in text.splitlines()
    ]
    return sum(max(-(-width // 80), 1) for width in widths)


@pytest.mark.parametrize("pairs", [1, 3, 500])
@pytest.mark.parametrize("cohorts", [0, 5])
def test_the_gravest_entry_has_room_beside_long_and_wide_words_about_cohorts(
    pairs: int, cohorts: int, program: Program
) -> None:
    found = [make_signal("support", "spring", "gravest")]
    found += [make_signal("gap", "spring", f"pair-{number}") for number in range(1, pairs)]
    found += [make_signal("undecided", id_, None) for id_ in COHORTS[:cohorts]]
    text = attention_as_text(program, group_signals(program, TODAY, found), is_whole=False)
    assert "gravest (spring): support" in text
    assert count_rows(text) <= 23


def test_a_reason_in_wide_letters_takes_no_more_rows_than_another(program: Program) -> None:
    found = [make_signal("gap", "spring", f"pair-{number}") for number in range(20)]
    text = attention_as_text(program, group_signals(program, TODAY, found), is_whole=False)
    assert text.count("pair-") == 4
