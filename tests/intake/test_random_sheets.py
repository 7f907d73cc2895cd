"""Sheets written from known people in random layouts are read back, and never wrongly."""

import pytest

from random_sheets.reading_cells import count_outcomes, write_and_read


@pytest.fixture(scope="module")
def cells():
    return [cell for seed in range(150) for cell in write_and_read(seed)]


def test_no_answer_is_taken_wrongly(cells):
    wrong = [(c.field, c.text, c.meant, c.read) for c in cells if c.outcome.startswith("wrong")]
    assert wrong == []


def test_nearly_every_answer_in_known_words_is_taken_unasked(cells):
    outcomes = count_outcomes(cells)
    assert outcomes["right"] >= 0.9 * outcomes.total()
    assert outcomes["right"] + outcomes["guessed"] >= 0.98 * outcomes.total()
