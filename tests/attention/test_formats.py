"""The list of who needs a coordinator, as text, Markdown and JSON."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner

import folder
from attention.made_signals import make_signal
from peerloom.attention import attention_as_json, attention_as_markdown, attention_as_text
from peerloom.cli.command import peerloom
from peerloom.model import Circle, Participant
from peerloom.program import load
from peerloom.records import Program
from peerloom.signals import Signal
from peerloom.signals.attention import Attention, group_signals

TODAY = date(2026, 3, 1)
DOCS = Path(__file__).parents[2] / "docs/attention.md"
PAIRS = 5_000


def crowd(pairs: int, name: str = "Ada Example") -> Program:
    """A program with so many active pairs in one cohort."""
    program = load(folder.write(Path(), folder.MINIMAL)).program
    pair = program.pairs["spring", "ada-grace"]
    person = program.participants["ada"]
    people: dict[str, Participant] = {"grace": program.participants["grace"]}
    people |= {f"ada-{n}": replace(person, id=f"ada-{n}", name=f"{name} {n}") for n in range(pairs)}
    made = [replace(pair, id=f"pair-{n}", mentor=f"ada-{n}") for n in range(pairs)]
    return replace(program, participants=people, pairs={("spring", p.id): p for p in made})


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return crowd(3)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return crowd(PAIRS)


def signal(id_: str, urgency: int, number: int | None, **changes: Any) -> Signal:
    pair = None if number is None else f"pair-{number}"
    return make_signal(id_, urgency, pair, TODAY - timedelta(days=9), **changes)


def troubled(pairs: int, why: str = "something is wrong, and nobody knows why") -> list[Signal]:
    """Four signals of five for every third pair, and some for the cohort."""
    found = [
        signal(id_, urgency, number, why=f"{why} ({id_})")
        for number in range(0, pairs, 3)
        for id_, urgency in (("support", 3), ("silent", 2), ("gap", 1), ("rating", 2))
        if (number // 3) % 5 >= urgency - 1
    ]
    return [*found, signal("undecided", 2, None), signal("survey", 1, None)]


def text_of(program: Program, found: list[Signal], *, is_whole: bool = False) -> str:
    attention = group_signals(program, TODAY, found)
    return attention_as_text(program, attention, is_whole=is_whole)


def rows(text: str) -> int:
    """How many rows of a terminal with 80 columns the lines take."""
    widths = (sum(1 + (east_asian_width(c) in "WF") for c in line) for line in text.splitlines())
    return sum(max(1, -(-width // 80)) for width in widths)


def test_a_short_list_is_shown_whole(program: Program) -> None:
    found = [
        signal("support", 3, 0, people=("ada-0",), why="Ada Example 0 asked for your help: Now."),
        signal("silent", 2, 0),
        signal("gap", 1, 1, since=date(2025, 12, 1)),
        signal("survey", 1, None),
    ]
    expected = """\
2 pairs need you: 1 today and 1 to watch

Today
pair-0 (spring): Ada Example 0 asked for your help: Now.
  since 20 February 2026; do support
  also, since 20 February 2026: the reason silent

To watch
Ada Example 1 and Grace Example (pair-1, spring): the reason gap
  since 1 December 2025; do gap

About a cohort
spring: the reason survey
  since 20 February 2026; do survey

Quiet: 1 of 3 open pairs
"""
    assert text_of(program, found) == expected
    assert text_of(program, found, is_whole=True) == expected


def test_where_nobody_needs_a_coordinator_all_quiet_cohorts_are_named(program: Program) -> None:
    cohorts = {f"c-{n}": replace(program.cohorts["spring"], id=f"c-{n}") for n in range(7)}
    lines = text_of(replace(program, cohorts=cohorts, pairs={}), []).splitlines()
    assert lines == [
        "Nobody needs you today",
        "",
        "Quiet: no pair is open; nothing to do in c-0, c-1, c-2, c-3, c-4, c-5 and c-6",
    ]
    assert text_of(program, []).splitlines()[2:] == [
        "Quiet: 3 of 3 open pairs; nothing to do in spring"
    ]
    assert text_of(replace(program, cohorts={}, pairs={}), []) == "Nobody needs you today\n"


def test_where_only_a_cohort_needs_a_coordinator_nobody_else_is_said_to(program: Program) -> None:
    first, *_rest = text_of(program, [signal("survey", 1, None)]).splitlines()
    assert first == "No pair, circle or person needs you today"


def test_a_circle_and_a_person_are_called_by_name(program: Program) -> None:
    circle = Circle(
        id="table", cohort="spring", kind="supervision", name="The table", status="active"
    )
    program = replace(program, circles={("spring", "table"): circle})
    found = [
        signal("circle-no-meeting", 2, None, circle="table"),
        signal("over-capacity", 1, None, people=("ada-0",), why="Ada Example 0 mentors 4"),
        signal("over-capacity", 1, None, people=("ada-1",)),
    ]
    lines = text_of(program, found).splitlines()
    assert lines[0] == "1 circle and 2 people need you: 1 this week and 2 to watch"
    assert "The table (table, spring): the reason circle-no-meeting" in lines
    assert "spring: Ada Example 0 mentors 4" in lines
    assert "Ada Example 1 (spring): the reason over-capacity" in lines


@pytest.mark.parametrize(
    "why",
    ["short", "a reason with very many words " * 40, "漢字" * 300, "a\x1b[2Jb\u202e" * 60],
    ids=["short", "long", "wide", "unprintable"],
)
def test_five_thousand_pairs_fit_on_one_screen_and_the_rest_is_counted(
    large: Program, why: str
) -> None:
    found = troubled(PAIRS, why)
    attention = group_signals(large, TODAY, found)
    text = attention_as_text(large, attention, is_whole=False)
    assert 15 < rows(text) <= 23
    shown = len(re.findall(r"^\S.*\(pair-\d+, spring\)|^pair-\d+ ", text, re.MULTILINE))
    assert shown >= 2
    (rest,) = [line for line in text.splitlines() if line.startswith("… and")]
    numbers = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:today|this|to)", rest)]
    assert shown + sum(numbers) == len(attention.entries)
    assert rest.endswith("; --all lists everything")


def test_a_screen_begins_with_the_gravest_and_ends_with_what_is_quiet(large: Program) -> None:
    fresh = signal("support", 3, 4_999, why="help, please", said_on=TODAY)
    danger = signal("safety", 3, 2_500, why="they wrote of danger")
    lines = text_of(large, [*troubled(PAIRS), fresh, danger]).splitlines()
    about = [line for line in lines if "(pair-" in line]
    assert "they wrote of danger" in about[0]
    assert "help, please" in about[1]
    assert "About a cohort" in lines
    assert re.fullmatch(r"Quiet: 3,\d\d\d of 5,000 open pairs", lines[-1])


def test_everything_is_listed_if_asked_for(large: Program) -> None:
    found = troubled(PAIRS)
    attention = group_signals(large, TODAY, found)
    text = attention_as_text(large, attention, is_whole=True)
    about = [line for line in text.splitlines() if "(pair-" in line]
    assert len(about) == len(attention.entries)
    assert text.count("  also, since ") + len(about) + 2 == len(found)
    assert "--all" not in text


def test_many_cohorts_leave_room_for_pairs(large: Program) -> None:
    cohort = large.cohorts["spring"]
    cohorts = {f"c-{n}": replace(cohort, id=f"c-{n}") for n in range(60)}
    program = replace(large, cohorts=large.cohorts | cohorts)
    found = [signal("undecided", 2, None, cohort=id_, why="so many words " * 30) for id_ in cohorts]
    text = text_of(program, [*troubled(PAIRS), *found])
    assert rows(text) <= 23
    assert len(re.findall(r"\(pair-\d+, spring\)", text)) >= 2
    assert "… and 59 this week and 1 to watch; --all lists everything" in text


def test_of_many_quiet_cohorts_the_first_are_named_on_a_full_screen(large: Program) -> None:
    cohort = large.cohorts["spring"]
    cohorts = {f"c-{n:02}": replace(cohort, id=f"c-{n:02}") for n in range(60)}
    program = replace(large, cohorts=large.cohorts | cohorts)
    last = text_of(program, troubled(PAIRS)).splitlines()[-1]
    assert last.endswith("; nothing to do in c-00, c-01, c-02, c-03, c-04 and 55 more")
    whole = text_of(program, troubled(PAIRS), is_whole=True).splitlines()[-1]
    assert all(id_ in whole for id_ in cohorts)


def test_pairs_of_which_the_day_is_not_known_are_counted(program: Program) -> None:
    unknown = tuple(replace(p, id=f"{p.id}-old") for p in program.pairs.values())
    expected = "Quiet: 3 of 3 open pairs, and of 3 pairs it is not known how they stood on that day"
    assert expected in text_of(replace(program, undated=unknown), [])


def test_a_long_name_leaves_room_for_the_reason(large: Program) -> None:
    people = {
        id_: replace(person, name="A very long name " * 12)
        for id_, person in large.participants.items()
    }
    text = text_of(replace(large, participants=people), troubled(PAIRS, "something is wrong"))
    assert rows(text) <= 23
    assert "…: something is wrong (support)\n" in text


def test_a_reason_cannot_pass_for_a_line_of_ours(program: Program) -> None:
    hostile = "x\nToday\r\nnobody needs you\u2028\x1b]0;title\x07"
    found = [signal("support", 3, 0, why=hostile), signal("gap", 1, 0, why=hostile)]
    lines = text_of(program, found).splitlines()
    assert lines.count("Today") == 1
    assert not any(line.startswith("nobody") for line in lines)
    assert all(c.isprintable() for line in lines for c in line)


def test_markdown_has_the_gravest_with_all_reasons_and_counts_the_rest(large: Program) -> None:
    attention = group_signals(large, TODAY, troubled(PAIRS))
    text = attention_as_markdown(large, attention, is_whole=False)
    assert len(re.findall(r"^- \*\*.*pair", text, re.MULTILINE)) == 12
    assert text.count("  - also, since 20 February 2026: ") == 12 * 3
    assert len(text) < 65_536
    assert re.search(r"^… and [\d,]+ today.*`peerloom attention --all` lists", text, re.MULTILINE)
    whole = attention_as_markdown(large, attention, is_whole=True)
    assert len(re.findall(r"^- \*\*.*pair", whole, re.MULTILINE)) == len(attention.entries)
    assert "--all" not in whole


def test_markdown_has_the_first_matters_of_cohorts_and_counts_the_rest(program: Program) -> None:
    found = [signal("survey", 1, None, why=f"matter {n}") for n in range(30)]
    attention = group_signals(program, TODAY, found)
    text = attention_as_markdown(program, attention, is_whole=False)
    assert text.count("matter ") == 12
    assert "… and 18 to watch; `peerloom attention --all` lists everything." in text
    assert attention_as_markdown(program, attention, is_whole=True).count("matter ") == 30


def test_markdown_shows_what_people_wrote_and_does_nothing_of_it(program: Program) -> None:
    why = "[a](javascript:x) <script> @everybody #1\n\n# Heading"
    attention = group_signals(program, TODAY, [signal("support", 3, 0, why=why)])
    text = attention_as_markdown(program, attention, is_whole=False)
    assert not any(part in text for part in ("[a]", "<script", "@everybody", "\n# Heading"))
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Who needs you",
        "## Today",
    ]


def _listed_in_text(text: str, mark: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.startswith(mark) and "pair-" in line]
    return [re.findall(r"pair-\d+", line)[0] for line in lines]


def test_all_formats_list_the_same_in_the_same_order(large: Program) -> None:
    attention = group_signals(large, TODAY, troubled(300))
    value = json.loads(attention_as_json(large, attention))
    expected = [entry["pair"] for entry in value["entries"]]
    text = attention_as_text(large, attention, is_whole=True)
    assert [re.findall(r"pair-\d+", x)[0] for x in text.splitlines() if "(pair-" in x] == expected
    markdown = attention_as_markdown(large, attention, is_whole=True)
    assert _listed_in_text(markdown, "- **") == expected
    for entry in value["entries"]:
        for reason in entry["reasons"]:
            assert reason["why"] in text
    counts = value["counts"]
    assert f"{counts['today']} today, {counts['week']} this week" in text
    assert f"{counts['today']} today, {counts['week']} this week" in markdown


def test_json_has_every_signal_whole(large: Program) -> None:
    found = troubled(PAIRS, "many words " * 50)
    value = json.loads(attention_as_json(large, group_signals(large, TODAY, found)))
    entries = value["entries"] + value["cohorts"]
    reasons = [reason for entry in entries for reason in entry["reasons"]]
    words = {3: "today", 2: "week", 1: "watch"}
    assert sorted(
        (r["signal"], r["pair"] or "", r["urgency"], r["why"]) for r in reasons
    ) == sorted((s.id, s.pair or "", words[s.urgency], s.why) for s in found)
    assert sum(value["counts"].values()) == len(value["entries"])
    (quiet,) = value["quiet"]
    assert quiet["open_pairs"] == PAIRS == len(quiet["quiet_pairs"]) + len(value["entries"])


def test_an_entry_of_json_names_both_people_and_a_reason_whom_it_is_about(program: Program) -> None:
    found = [signal("support", 3, 0, people=("grace",), said_on=TODAY)]
    value = json.loads(attention_as_json(program, group_signals(program, TODAY, found)))
    (entry,) = value["entries"]
    assert entry["people"] == ["ada-0", "grace"]
    assert entry["reasons"] == [
        {
            "signal": "support",
            "cohort": "spring",
            "pair": "pair-0",
            "circle": None,
            "people": ["grace"],
            "urgency": "today",
            "since": "2026-02-20",
            "said_on": "2026-03-01",
            "why": "the reason support",
            "next_step": "do support",
        }
    ]


def _documented_keys(begins: str) -> set[str]:
    table = DOCS.read_text(encoding="utf-8").partition(begins)[2].partition("\n\nEach of")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


def test_every_key_of_the_json_is_documented_and_no_other_is(program: Program) -> None:
    attention: Attention = group_signals(program, TODAY, troubled(3))
    value = json.loads(attention_as_json(program, attention))
    assert _documented_keys("## JSON") == set(value)
    assert _documented_keys("Each of `entries` and of `cohorts`:") == set(value["entries"][0])
    assert set(value["cohorts"][0]) == set(value["entries"][0])
    assert _documented_keys("Each of `reasons`:") == set(value["entries"][0]["reasons"][0])
    assert _documented_keys("Each of `quiet`:") == set(value["quiet"][0])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", folder.MINIMAL)


def _run(root: Path, *words: str) -> str:
    command = ["-C", str(root), "attention", "--today", TODAY.isoformat(), *words]
    result = CliRunner().invoke(peerloom, command)
    assert result.exit_code == 0
    return result.stdout


def test_the_command_prints_each_format_and_succeeds(root: Path) -> None:
    assert _run(root).startswith("1 pair needs you: 1 today\n\nToday\n")
    assert _run(root, "--format", "md").startswith("# Who needs you\n\n1 March 2026. 1 pair needs")
    (entry,) = json.loads(_run(root, "--format", "json"))["entries"]
    assert (entry["pair"], entry["urgency"]) == ("ada-grace", "today")
    assert _run(root, "--format", "json") == _run(root, "--format", "json", "--all", "spring")


def test_the_command_takes_one_cohort(root: Path) -> None:
    autumn = folder.MINIMAL["content/cohorts/spring.yml"].replace("spring", "autumn")
    (root / "content/cohorts/autumn.yml").write_text(autumn)
    assert _run(root, "autumn").splitlines() == [
        "Nobody needs you today",
        "",
        "Quiet: no pair is open; nothing to do in autumn",
    ]
