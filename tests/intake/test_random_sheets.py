"""Sheets written from known people in random layouts are read back, and never wrongly."""

from collections import Counter

import pytest
from click.testing import CliRunner

from peerloom.cli.command import peerloom
from random_sheets import reading_cells
from random_sheets.layouts import write_sheet
from random_sheets.program import make_program
from random_sheets.reading_sheets import count_outcomes, count_questions, read_sheet_back

# Whichever of them runs reads all sheets.
pytestmark = pytest.mark.xdist_group("random-sheets")
CELLS = range(100)
SHEETS = range(120)


@pytest.fixture(scope="module")
def cells():
    return [cell for seed in CELLS for cell in reading_cells.write_and_read(seed)]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    root = tmp_path_factory.mktemp("random") / "program"
    program = make_program(root)
    return [read_sheet_back(write_sheet(seed), root, program) for seed in SHEETS]


def test_no_cell_is_taken_wrongly(cells):
    wrong = [(c.field, c.text, c.meant, c.read) for c in cells if c.outcome.startswith("wrong")]
    assert wrong == []


def test_nearly_every_cell_in_known_words_is_taken_unasked(cells):
    outcomes = reading_cells.count_outcomes(cells)
    assert outcomes["right"] >= 0.9 * outcomes.total()
    assert outcomes["right"] + outcomes["guessed"] >= 0.98 * outcomes.total()


def test_no_answer_of_a_sheet_is_taken_wrongly_or_lost_in_silence(sheets):
    bad = ("wrong", "wrongly guessed", "lost")
    assert [a for answers, _ in sheets for a in answers if a.outcome in bad] == []


def test_nearly_every_answer_of_a_sheet_is_taken_unasked_or_once_accepted(sheets):
    outcomes = sum((count_outcomes(answers) for answers, _ in sheets), Counter())
    assert outcomes["right"] >= 0.9 * outcomes.total()
    assert outcomes["right"] + outcomes["guessed"] >= 0.98 * outcomes.total()


def test_no_sheet_asks_more_than_five_questions(sheets):
    assert max(count_questions(result) for _, result in sheets) <= 5


def test_every_row_of_a_sheet_is_counted(sheets):
    for _, result in sheets:
        counts = result.count_rows()
        assert counts.total >= counts.taken == len(result.person_rows)


@pytest.mark.parametrize("seed", [1, 7, 8, 21])
def test_a_sheet_that_was_accepted_goes_in_again_without_a_question(seed, tmp_path):
    root = tmp_path / "program"
    make_program(root)
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(write_sheet(seed).data)
    command = ["-C", str(root), "import", str(sheet), "--cohort", "spring", "--today", "2027-03-15"]
    first = CliRunner().invoke(peerloom, [*command, "--accept"])
    assert first.exit_code in (0, 1), first.output
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    second = CliRunner().invoke(peerloom, command)
    assert "is this right?" not in second.output
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before
