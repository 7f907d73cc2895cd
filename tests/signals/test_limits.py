"""The limits of signals that a program can set in `content/program.yml`."""

from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.program import check, load
from peerloom.schema import load_schema
from peerloom.signals import SIGNALS, find_signals
from peerloom.signals.reference import signals_reference
from peerloom.text.numbers import plain_number

TODAY = date(2026, 2, 12)
PROGRAM = folder.MINIMAL["content/program.yml"]
CHECK_IN = """\
cohort: spring
pair: ada-grace
due: 2026-01-26
participant: ada
answered_on: 2026-01-26
received_on: 2026-01-26
received_by: github
met: false
"""
FILES = folder.MINIMAL | {"content/check-ins/spring/ada-grace/2026-01-26-ada.yml": CHECK_IN}


def limits_in_schema() -> dict[str, dict]:
    signals = load_schema("program")["properties"]["signals"]["properties"]
    return {id_: signal["properties"] for id_, signal in signals.items()}


def test_a_program_can_set_exactly_the_limits_that_signals_have() -> None:
    in_list = {signal.id: {*signal.limits} for signal in SIGNALS if signal.limits}
    assert {id_: {*limits} for id_, limits in limits_in_schema().items()} == in_list


@pytest.mark.parametrize("signal", [s for s in SIGNALS if s.limits], ids=lambda signal: signal.id)
def test_the_description_of_a_limit_names_what_holds_unless_a_program_says_otherwise(
    signal,
) -> None:
    for name, limit in signal.limits.items():
        field = limits_in_schema()[signal.id][name]
        assert field["description"].endswith(f"; {plain_number(limit)} unless it says otherwise.")
        assert field["examples"] == [limit]
        assert field["minimum"] <= limit <= field["maximum"]


@pytest.mark.parametrize(
    ("limits", "urgencies"),
    [("", [2]), ("offer_days: 29", [3]), ("message_days: 30", [1])],
)
def test_a_limit_of_the_program_changes_when_a_signal_fires(
    limits: str, urgencies: list[int], tmp_path: Path
) -> None:
    own = f"signals:\n  no-meeting:\n    {limits}\n" if limits else ""
    root = folder.write(tmp_path, FILES | {"content/program.yml": PROGRAM + own})
    assert folder.errors(root, TODAY) == []
    found = [s for s in find_signals(load(root).program, TODAY) if s.id == "no-meeting"]
    assert [signal.urgency for signal in found] == urgencies


def test_a_higher_limit_of_the_program_keeps_a_signal_quiet(tmp_path: Path) -> None:
    own = "signals:\n  no-meeting: {nudge_days: 31, message_days: 40, offer_days: 50}\n"
    root = folder.write(tmp_path, FILES | {"content/program.yml": PROGRAM + own})
    assert [s.id for s in find_signals(load(root).program, TODAY)] == []


@pytest.mark.parametrize(
    "limits", ["gapp: {long: 2}", "gap: {longer: 2}", "gap: {long: wide}", "missed: {number: 0}"]
)
def test_a_limit_that_does_not_exist_or_cannot_hold_is_an_error_on_its_line(
    limits: str, tmp_path: Path
) -> None:
    text = PROGRAM + f"signals:\n  {limits}\n"
    root = folder.write(tmp_path, FILES | {"content/program.yml": text})
    (error,) = [d for d in check(root, TODAY).diagnostics if d.severity == "error"]
    assert (error.path, error.line) == ("content/program.yml", len(text.splitlines()))


def test_the_reference_page_has_a_section_on_pairs_on_circles_and_on_cohorts() -> None:
    page = signals_reference()
    heads = ("## About a pair", "## About a circle", "## About a cohort")
    sections = [page.partition(head)[2].partition("\n## ")[0] for head in heads]
    for scope, section in zip(("pair", "circle", "cohort"), sections, strict=True):
        for signal in SIGNALS:
            assert (f"| `{signal.id}` |" in section) is (signal.scope == scope)
