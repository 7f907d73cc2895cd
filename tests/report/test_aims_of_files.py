"""The evidence of the shipped cohorts' aims is what a count of the program's files gives.

The figures are counted here from the files themselves, without Peerloom's own code.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest

from peerloom.model import Audience
from peerloom.program import load
from peerloom.report import build_report, describe_evidence
from program_files import (
    ROOT,
    Record,
    count_completed,
    count_prepared,
    count_reached,
    count_received,
    count_returned,
    read_records,
)

DAYS = [date(2026, 2, 20), date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 12)]
DAYS += [date(2026, 11, 24)]
COUNTS: dict[str, Callable[[Record, date], tuple[int, int | None]]] = {
    "pairs_prepared": count_prepared,
    "pairs_completed": count_completed,
    "mentees_returned": count_returned,
    "goals_reached": count_reached,
    "check_ins_received": count_received,
}


CASES = [(cohort, day) for cohort in read_records("cohorts") for day in DAYS]


@pytest.mark.parametrize(
    ("cohort", "day"),
    [case for case in CASES if case[0]["starts"] <= case[1]],
    ids=lambda value: str(value["id"] if isinstance(value, dict) else value),
)
def test_the_evidence_of_each_aim_is_what_the_files_say(cohort: Record, day: date) -> None:
    program = load(ROOT).program
    told = build_report(program, cohort["id"], None, None, "coordinators", today=day).contents
    rows = [row for row in told["aims_answered"] if row["measure"]]
    assert len(rows) > 1
    for row in rows:
        part, whole = COUNTS[row["measure"]](cohort, date.fromisoformat(row["on"]))
        if not whole and whole is not None:
            assert row["part"] is None
            assert "nothing to measure yet" in describe_evidence(row)
            continue
        assert (row["part"], row["whole"]) == (part, whole), row["aim"]
        numbers = re.findall(r"\d+|none", describe_evidence(row).partition(";")[0])
        assert [int(n.replace("none", "0")) for n in numbers][: 1 if whole is None else 2] == (
            [part] if whole is None else [part, whole]
        )


ANSWERS: dict[Audience, dict[str | None, str]] = {
    "coordinators": {
        None: "for_a_person",
        "mentees_returned": "reached",
        "pairs_completed": "reached",
        "pairs_prepared": "reached",
        "goals_reached": "not_known_yet",
        "check_ins_received": "not_known_yet",
    },
    "public": {
        None: "for_a_person",
        "mentees_returned": "not_known_yet",
        "pairs_completed": "withheld",
        "pairs_prepared": "withheld",
        "goals_reached": "withheld",
        "check_ins_received": "withheld",
    },
}


@pytest.mark.parametrize("audience", ["coordinators", "public"])
def test_the_answers_of_the_shipped_aims_are_those_of_their_figures(audience: Audience) -> None:
    program = load(ROOT).program
    answers = {
        row["measure"]: row["answer"]
        for cohort in ("2026-spring", "2026-autumn")
        for row in build_report(program, cohort, None, None, audience, today=DAYS[-1]).contents[
            "aims_answered"
        ]
    }
    assert answers == ANSWERS[audience]
