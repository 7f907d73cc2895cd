"""What the tests of sheets share."""

from pathlib import Path

import pytest

from sheet_program import NewProgram, make_program


@pytest.fixture
def program(tmp_path: Path) -> NewProgram:
    return make_program(tmp_path)
