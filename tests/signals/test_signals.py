"""Every signal, held to its cases: `tests/signals/<signal>/{fires,quiet}.case`.

A case lists files after `==> path` lines; they are laid over the small program of
`folder.MINIMAL`, and `==> day` names the day. What this signal must find then stands after
`==> expect`: nothing, where it must be quiet.
"""

import json
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from click.testing import CliRunner

import folder
from peerloom import signals
from peerloom.cli.command import peerloom
from peerloom.program import check, load
from peerloom.signals import SIGNALS, find_attention, find_pair_signals, find_signals
from peerloom.signals.reference import signals_reference
from peerloom.signals.signal import SignalDefinition, Subject
from peerloom.text.escaping.markdown import escape_markdown

CASES = Path(__file__).parent
FILES = sorted(CASES.glob("*/*.case"))
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "program.json").read_text(encoding="utf-8")
)
# A coordinator who forces a pair on a mentor breaks this rule, and is told by the signal, too.
RULES_BROKEN_BY = {"over-capacity": "mentors-stay-within-capacity"}


def program_of_case(file: Path, tmp_path: Path):
    """The program and the day of a case, and what it expects."""
    files, expected = folder.case(file)
    today = date.fromisoformat(files.pop("day").strip())
    root = folder.write(tmp_path, folder.MINIMAL | files)
    allowed = RULES_BROKEN_BY.get(file.parent.name)
    found = check(root, today).diagnostics
    assert [d for d in found if d.severity == "error" and d.rule != allowed] == []
    return load(root).program, today, expected


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_a_case_has_exactly_what_it_expects(file: Path, tmp_path: Path) -> None:
    program, today, expected = program_of_case(file, tmp_path)
    found = [s for s in find_signals(program, today) if s.id == file.parent.name]
    assert [f"{s.urgency}, since {s.since}: {s.why}" for s in found] == expected
    assert bool(expected) is file.stem.startswith("fires")


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.id)
def test_a_signal_has_a_case_where_it_fires_and_one_where_it_is_quiet(signal) -> None:
    names = {file.stem.partition("-")[0] for file in (CASES / signal.id).glob("*.case")}
    assert names == {"fires", "quiet"}


def test_every_signal_that_is_defined_is_in_the_list() -> None:
    modules = [import_module(f"peerloom.signals.{m.name}") for m in iter_modules(signals.__path__)]
    defined = {
        value.id: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, SignalDefinition)
    }
    assert defined == {signal.id: signal for signal in SIGNALS}


def test_no_case_is_of_a_signal_that_is_not_in_the_list() -> None:
    with_cases = {file.parent.name for file in CASES.rglob("*.case")}
    assert with_cases == {signal.id for signal in SIGNALS}


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.id)
def test_a_signal_is_on_the_reference_page_with_its_threshold_source_and_next_step(signal) -> None:
    page = signals_reference()
    assert signal.sentence.endswith(".")
    for stage in signal.stages:
        assert (
            f"| `{signal.id}` | {escape_markdown(signal.sentence)} | "
            f"{escape_markdown(stage.describe_threshold(signal.limits))} | " in page
        )
        assert (
            f" | {escape_markdown(stage.next_step)} | {escape_markdown(signal.source)} |\n" in page
        )


def test_a_signal_asks_for_the_next_step_that_is_documented_and_says_the_same_of_one_pair(
    tmp_path: Path,
) -> None:
    for number, file in enumerate(FILES):
        program, today, _ = program_of_case(file, tmp_path / str(number))
        (pair,) = [p for p in program.pairs.values() if p.id == "ada-grace"]
        by_id = {signal.id: signal for signal in SIGNALS}
        for found in find_signals(program, today):
            stages = {(stage.urgency, stage.next_step) for stage in by_id[found.id].stages}
            assert (found.urgency, found.next_step) in stages
        own = tuple(s for s in find_signals(program, today) if s.pair == pair.id)
        assert find_pair_signals(program, pair, today) == own


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_a_signal_began_before_it_was_said_last_and_neither_is_to_come(
    file: Path, tmp_path: Path
) -> None:
    program, today, _ = program_of_case(file, tmp_path)
    assert all(s.since <= s.said_on <= today for s in find_signals(program, today))


def test_a_signal_about_a_cohort_has_no_pair_to_ask_for(tmp_path: Path) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    whole = Subject(program=program, cohort=program.cohorts["spring"], today=date(2026, 3, 1))
    with pytest.raises(ValueError, match="must not ask for a pair"):
        _ = whole.history


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_attention_names_the_pair_and_nobody_twice_in_a_line(file: Path, tmp_path: Path) -> None:
    program, today, _ = program_of_case(file, tmp_path)
    command = ["-C", str(tmp_path), "attention", "--today", today.isoformat()]
    lines = CliRunner().invoke(peerloom, command).stdout.splitlines()
    about = [line for line in lines if "spring): " in line or line.startswith("spring: ")]
    attention = find_attention(program, today)
    entries = (*attention.entries, *attention.cohort_entries)
    assert len(about) == len(entries)
    for line, signal in zip(about, [entry.gravest for entry in entries], strict=True):
        assert (signal.pair or signal.circle or signal.cohort) in line.partition(": ")[0]
        assert all(line.count(program.participants[who].name) == 1 for who in signal.people)


def test_the_schema_names_exactly_the_limits_of_the_signals_and_what_they_usually_are() -> None:
    limits = {
        name: {limit: kind["description"] for limit, kind in signal["properties"].items()}
        for name, signal in SCHEMA["properties"]["signals"]["properties"].items()
    }
    assert {name: set(own) for name, own in limits.items()} == {
        signal.id: set(signal.limits) for signal in SIGNALS if signal.limits
    }
    for signal in SIGNALS:
        for name, usual in signal.limits.items():
            assert f"; {usual} unless it says otherwise." in limits[signal.id][name]
