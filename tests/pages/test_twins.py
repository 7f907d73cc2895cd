"""Pages are the same whatever is hidden, so that all versions of a site tell nothing of it.

The means in reports differ, and are attacked in `tests/report/test_subtraction.py`.
"""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from attacks.subtraction.twins import make_twin
from peerloom.as_of import program_as_of
from peerloom.model import Audience
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program

ROOT = Path(__file__).parents[2]
# While a pair pauses, and after one that had begun in spring has ended early.
PAUSE, AFTER_ENDING = date(2026, 11, 24), date(2026, 5, 2)


@cache
def load_shipped() -> Program:
    return load(ROOT).program


def render_without_reports(program: Program, day: date, audience: Audience) -> dict[str, str]:
    pages = render_pages(program_as_of(program, day), day, audience)
    return {path: page for path, page in pages.items() if not path.endswith("/report.md")}


@pytest.mark.parametrize(
    ("day", "audience"), [(PAUSE, "public"), (PAUSE, "members"), (AFTER_ENDING, "public")]
)
def test_no_page_differs_between_a_program_and_its_twin(day: date, audience: Audience) -> None:
    program = load_shipped()
    one = render_without_reports(program, day, audience)
    other = render_without_reports(make_twin(program, audience), day, audience)
    assert len(one) > 20
    assert one == other
