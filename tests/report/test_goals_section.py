"""What a report says of goals: how many reached each step, then the score that sums them up."""

from dataclasses import replace
from datetime import date
from math import sqrt
from pathlib import Path

import pytest

import folder
from peerloom.program import load
from peerloom.report import Report, build_report, report_as_markdown

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
PAIR = "content/pairs/spring/ada-grace.yml"
SETTINGS = "content/program.yml"
TWO_GOALS = (
    folder.MINIMAL[PAIR]
    + "    weight: 3\n"
    + "  - {id: talk, title: Give a talk, levels: [None, A draft, A talk, A good one, Two]}\n"
)
REACHED = {
    "content/check-ins/spring/ada-grace/2026-01-26-grace.yml": (
        "cohort: spring\npair: ada-grace\ndue: 2026-01-26\nparticipant: grace\n"
        "answered_on: 2026-01-26\n"
        "goals: [{goal: first-package, level: 1}, {goal: talk, level: -1}]\n"
    )
}


@pytest.mark.parametrize(
    ("settings", "pair", "score"),
    [
        # Σwx is 2, Σw² is 10 and (Σw)² is 16.
        ("", TWO_GOALS, 50 + 20 / sqrt(0.7 * 10 + 0.3 * 16)),
        ("goals: {correlation: 0}\n", TWO_GOALS, 50 + 20 / sqrt(10)),
        ("goals: {correlation: 1}\n", TWO_GOALS, 55),
        ("", TWO_GOALS.replace("    weight: 3\n", ""), 50),
    ],
)
def test_a_score_takes_weights_and_correlation_from_the_records(
    tmp_path: Path, settings: str, pair: str, score: float
) -> None:
    own = {SETTINGS: folder.MINIMAL[SETTINGS] + settings, PAIR: pair}
    root = folder.write(tmp_path, folder.MINIMAL | own | REACHED)
    day = date(2026, 3, 1)
    assert folder.errors(root, day) == []
    told = build_report(load(root).program, "spring", None, day, "coordinators").contents["goals"]
    assert (told["reported"], told["pairs_scored"]) == (2, 1)
    assert told["score"] == pytest.approx(score, abs=0.005)


def _section(**goals: object) -> str:
    contents = build_report(load(ROOT).program, "2026-spring", None, TODAY, "coordinators").contents
    changed = contents | {"goals": contents["goals"] | goals}
    text = report_as_markdown(Report(audience="coordinators", contents=changed))
    return text[text.index("## What changed") :].partition("**")[0]


def test_the_counts_come_before_the_score_and_its_explanation() -> None:
    text = _section(score=55.25)
    assert text.index("Of 15 goals, 10 went better than expected") < text.index("| Step reached |")
    assert text.index("| Step reached |") < text.index("The score T sums these steps up")
    assert "Its mean over 8 pairs is 55.25." in text
    assert "read the counts first, and compare nobody by it" in text


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ({}, "The pairs set 15 goals.\n"),
        ({"set": 4}, "The pairs set 4 goals in this time, and had 15 goals at its end."),
        (
            {"set": 16},
            "The pairs set 16 goals. A goal that a mentee took along to another pair counts once, "
            "which leaves 15.",
        ),
        ({"set_day_not_known": 1}, "Of 1 of them nobody knows when it was set."),
        ({"set_day_not_known": 3}, "Of 3 of them nobody knows when they were set."),
        ({"reported": 0, "score": None}, "No progress on goals has been reported yet."),
        ({"reported": 12}, "Progress was reported on 12 of 15 goals (80%)."),
        ({"by_level": None, "score": None}, "Progress was reported on 15 of 15 goals (100%)."),
        ({"differ": 1}, "worse; on 1 goal two peers differ."),
        ({"differ": 2}, "| two peers differ | 2 of 15 (13%) |"),
        (
            {"by_level": {"-2": 0, "-1": 1, "0": 0, "1": 0, "2": 0}, "reported": 1},
            "Of 1 goal, none went better than expected, none as expected and 1 worse.",
        ),
        ({"set": 0, "standing": 0}, "No goal has been written yet."),
    ],
)
def test_a_sentence_about_goals_says_what_its_figures_say(
    goals: dict[str, object], sentence: str
) -> None:
    assert sentence in _section(**goals)


def test_no_score_is_explained_where_none_is_printed() -> None:
    assert "score T" not in _section(score=None)


def test_two_peers_who_differ_count_apart_and_under_no_step() -> None:
    program = load(ROOT).program
    (pair,) = [p for p in program.pairs.values() if p.peers]
    said = next(c for c in program.check_ins if c.pair == pair.id and c.goals)
    progress = said.goals[0]
    before = build_report(program, pair.cohort, None, TODAY, "coordinators").contents["goals"]
    levels = {
        each.level
        for c in program.check_ins
        if c.pair == pair.id
        for each in c.goals
        if each.goal == progress.goal
    }
    other = next(id_ for id_ in pair.peers if id_ != said.participant)
    new = replace(said, participant=other, goals=(replace(progress, level=2),))
    assert 2 not in levels
    kept = tuple(
        c for c in program.check_ins if (c.pair, c.participant, c.due) != (pair.id, other, new.due)
    )
    changed = replace(program, check_ins=(*kept, new))
    after = build_report(changed, pair.cohort, None, TODAY, "coordinators").contents["goals"]
    assert (before["differ"], after["differ"]) == (0, 1)
    assert sum(after["by_level"].values()) == sum(before["by_level"].values()) - 1
    assert after["reported"] == before["reported"]
