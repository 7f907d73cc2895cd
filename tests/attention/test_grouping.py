"""Who needs a coordinator: one entry each, the gravest first, and what is quiet by name."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

import folder
from attention.made_signals import make_signal
from peerloom.program import load
from peerloom.records import Program
from peerloom.signals import SIGNALS, Signal, find_attention, find_signals
from peerloom.signals.attention import group_signals

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One pair in one cohort, which runs until June."""
    return load(folder.write(tmp_path_factory.mktemp("program"), folder.MINIMAL)).program


def signal(id_: str, urgency: int, pair: str | None = "ada-grace", **changes: Any) -> Signal:
    return make_signal(id_, urgency, pair, date(2026, 2, 1), **changes)


def listed(program: Program, *found: Signal) -> list[tuple[str | None, list[str]]]:
    """The pairs of the entries, each with the ids of its signals."""
    entries = group_signals(program, TODAY, found).entries
    return [(entry.gravest.pair, [s.id for s in entry.signals]) for entry in entries]


def test_a_pair_is_one_entry_with_its_other_reasons_folded_into_it(program: Program) -> None:
    found = [signal("gap", 1), signal("silent", 2), signal("fit", 3), signal("rating", 2, "b")]
    expected = [("ada-grace", ["fit", "silent", "gap"]), ("b", ["rating"])]
    for order in permutations(found):
        assert listed(program, *order) == expected


def test_pairs_of_one_id_in_two_cohorts_are_two_entries(program: Program) -> None:
    assert len(listed(program, signal("gap", 1), signal("gap", 1, cohort="autumn"))) == 2


def test_danger_comes_first_then_help_then_fit_and_then_the_most_urgent(program: Program) -> None:
    found = [
        signal("gap", 1, "watch"),
        signal("silent", 2, "this-week"),
        signal("no-meeting", 3, "today"),
        signal("fit", 1, "fit"),
        signal("support", 3, "help"),
        signal("safety", 3, "danger"),
    ]
    for order in (found, found[::-1]):
        pairs = [pair for pair, _ids in listed(program, *order)]
        assert pairs == ["danger", "help", "fit", "today", "this-week", "watch"]


@pytest.mark.parametrize("id_", ["safety", "support", "excluded", "fit", "gap"])
def test_among_equals_what_was_said_last_comes_first(program: Program, id_: str) -> None:
    days = {"first": 1, "second": 20, "third": 10}
    found = [
        signal(id_, 3, pair, said_on=TODAY - timedelta(days=days[pair]), since=TODAY)
        for pair in ("second", "first", "third")
    ]
    assert [pair for pair, _ids in listed(program, *found)] == ["first", "third", "second"]


def test_a_match_that_is_not_wanted_is_as_grave_as_one_that_does_not_fit(program: Program) -> None:
    newer = signal("excluded", 3, "newer", said_on=TODAY)
    assert [p for p, _ids in listed(program, signal("fit", 3, "older"), newer)] == [
        "newer",
        "older",
    ]


def test_what_is_grave_is_for_today_whatever_its_stage(program: Program) -> None:
    found = [signal("fit", 1), signal("rating", 2), signal("silent", 2, "b")]
    entries = group_signals(program, TODAY, found).entries
    assert [entry.urgency for entry in entries] == [3, 2]


def test_a_person_is_one_entry_in_all_cohorts_and_a_circle_is_one_of_its_own(
    program: Program,
) -> None:
    found = [
        signal("over-capacity", 1, None, people=("ada",)),
        signal("place-free", 2, None, people=("ada",), cohort="autumn"),
        signal("circle-no-meeting", 2, None, circle="table"),
        signal("circle-falling", 1, None, circle="table", people=("ada",)),
        signal("gap", 1),
    ]
    entries = group_signals(program, TODAY, found).entries
    assert [(entry.about, [s.id for s in entry.signals]) for entry in entries] == [
        ("people", ["place-free", "over-capacity"]),
        ("circle", ["circle-no-meeting", "circle-falling"]),
        ("pair", ["gap"]),
    ]


def test_what_is_said_of_a_cohort_stands_apart_with_a_next_step_for_each_matter(
    program: Program,
) -> None:
    found = [
        signal("survey", 1, None, why="one"),
        signal("gap", 1),
        signal("undecided", 2, None),
        signal("survey", 1, None, why="two"),
    ]
    attention = group_signals(program, TODAY, found)
    assert [entry.about for entry in attention.entries] == ["pair"]
    apart = [(e.about, e.gravest.id, e.gravest.why) for e in attention.cohort_entries]
    assert apart == [
        ("cohort", "undecided", "the reason undecided"),
        ("cohort", "survey", "one"),
        ("cohort", "survey", "two"),
    ]


def test_no_signal_gets_lost_or_told_twice(program: Program) -> None:
    found = [
        signal(definition.id, urgency, pair, why=str(number), people=people)
        for number, definition in enumerate(SIGNALS)
        for urgency in (1, 2, 3)
        for pair in (None, "ada-grace", "b")
        for people in ((), ("ada",))
    ]
    attention = group_signals(program, TODAY, found)
    everything = attention.entries + attention.cohort_entries
    assert sorted(map(repr, found)) == sorted(repr(s) for e in everything for s in e.signals)
    assert len(attention.entries) == 3


def _with_cohorts(program: Program) -> Program:
    spring, pair = program.cohorts["spring"], program.pairs["spring", "ada-grace"]
    earlier = replace(spring, starts=date(2025, 1, 1), ends=date(2025, 6, 1))
    cohorts = {
        "spring": spring,
        "autumn": replace(spring, id="autumn", starts=date(2026, 9, 1), ends=date(2026, 12, 1)),
        "over": replace(earlier, id="over"),
        "unclosed": replace(earlier, id="unclosed"),
    }
    pairs = [
        pair,
        *(replace(pair, id=status, status=status) for status in ("proposed", "paused")),
        *(replace(pair, id=status, status=status) for status in ("completed", "ended_early")),
        replace(pair, id="old", cohort="over", status="completed"),
        replace(pair, id="forgotten", cohort="unclosed"),
    ]
    return replace(program, cohorts=cohorts, pairs={(p.cohort, p.id): p for p in pairs})


def test_quiet_cohorts_and_pairs_are_known_and_what_is_over_is_not_watched(
    program: Program,
) -> None:
    watched = group_signals(_with_cohorts(program), TODAY, [signal("gap", 1)]).watched
    assert [(c.id, c.open_pairs, c.quiet_pairs, c.is_quiet) for c in watched] == [
        ("unclosed", ("forgotten",), ("forgotten",), True),
        ("spring", ("ada-grace", "proposed", "paused"), ("proposed", "paused"), False),
        ("autumn", (), (), True),
    ]


def test_pairs_of_which_the_day_is_not_known_are_neither_quiet_nor_open(program: Program) -> None:
    several = _with_cohorts(program)
    pair = program.pairs["spring", "ada-grace"]
    unknown = replace(pair, id="unknown"), replace(pair, id="older", cohort="over")
    watched = group_signals(replace(several, undated=unknown), TODAY, []).watched
    assert {c.id: c.unknown_pairs for c in watched} == {
        "over": ("older",),
        "unclosed": (),
        "spring": ("unknown",),
        "autumn": (),
    }
    assert not any("unknown" in c.open_pairs + c.quiet_pairs for c in watched)


@pytest.mark.parametrize(
    "changes", [{}, {"people": ("ada",)}, {"circle": "table"}], ids=["cohort", "person", "circle"]
)
def test_a_cohort_is_not_quiet_where_anything_in_it_is_not(
    program: Program, changes: dict[str, Any]
) -> None:
    (watched,) = group_signals(program, TODAY, [signal("x", 1, None, **changes)]).watched
    assert (watched.is_quiet, watched.quiet_pairs) == (False, ("ada-grace",))


def test_of_one_cohort_only_that_one_is_watched(program: Program) -> None:
    watched = find_attention(_with_cohorts(program), TODAY, "autumn").watched
    assert [cohort.id for cohort in watched] == ["autumn"]


def test_the_entries_have_the_signals_that_are_found(program: Program) -> None:
    found = find_signals(program, TODAY)
    attention = find_attention(program, TODAY)
    assert found
    assert [s for entry in attention.entries for s in entry.signals] == [*found]
    assert attention.today == TODAY


def test_what_was_said_once_was_said_when_it_began(program: Program) -> None:
    assert all(found.said_on == found.since for found in find_signals(program, TODAY))
