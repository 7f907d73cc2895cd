"""Whatever is done to a program's files, it is checked and shown without a traceback.

The shipped records are spoiled at random, ten at a time; each of the ten is a try. What is
done in a round follows from its number alone, which a failure names: `--round 12` does it again.
"""

import os
import time
import traceback
from datetime import date
from typing import get_args

import pytest

from peerloom.model import Audience
from peerloom.pages import render_pages
from peerloom.program import check, load
from spoiled_program import (
    Files,
    Shipped,
    copy_shipped_program,
    list_unplaced,
    list_unprintable,
)

TODAY = date(2026, 11, 24)
PARTS = 4
AT_ONCE = 10
# A site takes as long to make as five checks.
SHOWN_EVERY = 7
PATIENCE = 20


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    return copy_shipped_program(tmp_path_factory.mktemp("spoiled"))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_bytes_in_a_record_make_a_traceback_or_a_finding_without_a_place(
    shipped: Shipped, part: int, pytestconfig: pytest.Config
) -> None:
    only = pytestconfig.getoption("--round")
    numbers = range(pytestconfig.getoption("--tries") // AT_ONCE) if only is None else [only]
    for number in numbers:
        if number % PARTS == part:
            files = shipped.spoil_records(number, AT_ONCE)
            if wrong := _wrong_with(shipped, files, number):
                pytest.fail(_report(shipped, files, number, wrong), pytrace=False)


def _wrong_with(shipped: Shipped, files: Files, number: int) -> str:
    """Why a program with these files in it is not dealt with as it must be, or nothing."""
    shipped.write(files)
    began = time.monotonic()
    try:
        found = check(shipped.root, TODAY).diagnostics
        wrong = [said for d in found for said in list_unplaced(shipped.root, d)]
        wrong += list_unprintable(found)
        if number % SHOWN_EVERY == 0:
            audience = get_args(Audience)[number // SHOWN_EVERY % 3]
            render_pages(load(shipped.root).program, TODAY, audience)
    except Exception:  # noqa: BLE001 - whatever it is, it is what this test looks for
        return traceback.format_exc()
    finally:
        took = time.monotonic() - began
        shipped.restore(files)
    return "\n".join(wrong) or (f"took {took:.0f} s" if took > PATIENCE else "")


def _report(shipped: Shipped, files: Files, number: int, wrong: str) -> str:
    """The fewest files that show what is wrong, so that it can be repeated by hand."""
    for path, data in files.items():
        if alone := _wrong_with(shipped, {path: data}, number):
            files, wrong = {path: data}, alone
            break
    shown = "".join(f"==> {os.fsencode(path)!r}\n{data!r}\n" for path, data in files.items())
    return f"{wrong}\nin round {number}; to repeat it, add: --round {number}\n{shown}"
