"""Every figure of the report is counted a second time, by code that shares nothing with it."""

import json
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from peerloom.program import load
from peerloom.report import build_report, report_as_json
from second_count.counting import count_figures
from second_count.generating import COHORT, ENDS, OVER, STARTS, Truth, make_program
from second_count.tables import read_tables

ROOT = Path(__file__).parents[2]
# From before the first check-in to after the closing survey.
SHIPPED_DAYS = {
    "2026-spring": [date(2026, 1, 20) + timedelta(days=26 * n) for n in range(10)],
    "2026-autumn": [date(2026, 9, 8) + timedelta(days=22 * n) for n in range(10)],
}
SEEDS = range(10)


class TwoCounts:
    """A program read twice: by Peerloom, and by the second count."""

    def __init__(self, root: Path, cohort: str) -> None:
        self.cohort = cohort
        self.program = load(root).program
        self.tables = read_tables(root, cohort)

    def report(self, start: date, end: date, today: date) -> dict[str, Any]:
        report = build_report(self.program, self.cohort, start, end, "coordinators", today=today)
        figures: dict[str, Any] = json.loads(report_as_json(report))
        return figures

    def count(self, start: date, end: date, today: date) -> dict[str, Any]:
        return count_figures(self.tables, str(start), str(end), str(today))

    def compare(self, start: date, end: date, today: date) -> list[str]:
        """Where the two differ; empty if they agree."""
        where = f"{start} to {end}, known on {today}"
        counted, reported = self.count(start, end, today), self.report(start, end, today)
        return find_differences(counted, reported, where)


def find_differences(counted: Any, reported: Any, where: str = "") -> list[str]:
    """Where a report does not say what was counted, by the path of its keys."""
    if isinstance(counted, dict):
        return [
            line
            for key, value in counted.items()
            for line in find_differences(
                value,
                reported.get(key, "missing") if isinstance(reported, dict) else reported,
                f"{where}/{key}",
            )
        ]
    if isinstance(counted, list) and isinstance(reported, list) and len(counted) == len(reported):
        pairs = enumerate(zip(counted, reported, strict=True))
        return [
            line
            for n, (one, other) in pairs
            for line in find_differences(one, other, f"{where}/{n}")
        ]
    return [] if counted == reported else [f"{where}: counted {counted}, reported {reported}"]


@pytest.mark.parametrize("cohort", SHIPPED_DAYS)
def test_the_report_of_a_shipped_cohort_counts_what_a_second_count_does(cohort: str) -> None:
    starts = SHIPPED_DAYS[cohort][0]
    choose = random.Random(cohort)
    differences: list[str] = []
    counts = TwoCounts(ROOT, cohort)
    for day in SHIPPED_DAYS[cohort]:
        today = day + timedelta(days=choose.choice((0, 0, 3, 30)))
        first = starts + timedelta(days=choose.randint(0, (day - starts).days))
        differences += counts.compare(first, day, today)
    assert differences == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_report_of_a_made_up_program_counts_what_a_second_count_does(
    seed: int, tmp_path: Path
) -> None:
    make_program(tmp_path, seed)
    choose = random.Random(seed)
    days = [STARTS + timedelta(days=choose.randint(0, 230)) for _ in range(2)]
    first, last = sorted(days)
    counts = TwoCounts(tmp_path, COHORT)
    assert counts.compare(first, last, last) == []
    assert counts.compare(STARTS, last, OVER) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_both_counts_say_what_is_true_of_a_made_up_program(seed: int, tmp_path: Path) -> None:
    truth = make_program(tmp_path, seed)
    end = ENDS + timedelta(days=56)
    expected = list_truth(truth, STARTS, end)
    counts = TwoCounts(tmp_path, COHORT)
    assert find_differences(expected, counts.count(STARTS, end, OVER)) == []
    assert find_differences(expected, counts.report(STARTS, end, OVER)) == []


def list_truth(truth: Truth, start: date, end: date) -> dict[str, Any]:
    """What is true of a whole cohort, with the keys of the report."""
    outcomes = Counter(outcome for _, outcome in truth.outcomes)
    statuses = Counter(truth.status_on(pair, end) for pair in truth.statuses)
    waves = Counter(wave for wave, _ in truth.wave_answers)
    minutes = [length for _, length in truth.meetings if length]
    took_part = Counter(role for _, role, joined, left in truth.joined_and_left if left > start)
    return {
        "participants": {
            "mentors": took_part["mentor"],
            "mentees": took_part["mentee"],
            "either": took_part["either"],
        },
        "pairs": {status: statuses[status] for status in ("proposed", "active", "completed")},
        "meetings": {
            "held": len(truth.meetings) + len(truth.undated_meetings),
            "undated": len(truth.undated_meetings),
            "minutes": sum(minutes),
            "minutes_known": len(minutes),
        },
        "check_ins": {
            "due": outcomes.total(),
            "time_up": outcomes.total(),
            **{key: outcomes[key] for key in ("on_time", "late", "undated", "missing")},
        },
        "goals": {
            "set": len(truth.goals_set),
            "by_level": {str(level): truth.final_levels[level] for level in range(-2, 3)},
            "differ": truth.differ,
        },
        "support": {"asked": len(truth.calls)},
        "circles": {
            "meetings": len(truth.circle_meetings),
            "minutes": sum(length for _, length, _ in truth.circle_meetings),
            "attendances": sum(there for _, _, there in truth.circle_meetings),
        },
        "events": {
            "attendances": sum(is_ours for _, is_ours in truth.attendances),
            "guests": sum(not is_ours for _, is_ours in truth.attendances),
        },
        "training": {"done": len(truth.modules_done)},
        "surveys": [
            {"answered": {"before": waves["before"], "after": waves["after"]}},
        ],
    }
