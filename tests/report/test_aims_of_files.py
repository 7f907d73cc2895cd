"""The evidence of the shipped cohorts' aims is what a count of the program's files gives.

The figures are counted here from the files themselves, without Peerloom's own code.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from peerloom.program import load
from peerloom.report import build_report, describe_evidence

ROOT = Path(__file__).parents[2]
DAYS = [date(2026, 2, 20), date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 12)]
DAYS += [date(2026, 11, 24)]
MONTH = timedelta(days=30)
Record = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads `on` as the name of a field, and not as `true`."""


_Loader.yaml_implicit_resolvers = {
    sign: resolvers
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if sign not in "oO"
}


@cache
def read_records(kind: str) -> tuple[Record, ...]:
    files = sorted((ROOT / "content" / kind).rglob("*.yml"))
    return tuple(yaml.load(file.read_text("utf-8"), _Loader) for file in files)


def begun_pairs(cohort: Record, day: date) -> list[Record]:
    return [
        pair
        for pair in read_records("pairs")
        if pair["cohort"] == cohort["id"]
        and pair["status"] != "proposed"
        and pair["started_on"] <= day
    ]


def known_check_ins(pair: Record, day: date) -> list[Record]:
    return [
        answer
        for answer in read_records("check-ins")
        if (answer["cohort"], answer["pair"]) == (pair["cohort"], pair["id"])
        and answer.get("received_on", answer["answered_on"]) <= day
    ]


def prepared(cohort: Record, day: date) -> tuple[int, int]:
    asked = [p for p in begun_pairs(cohort, day) if p["started_on"] + MONTH <= day]
    done = [
        pair
        for pair in asked
        if pair.get("agreement", {}).get("agreed_on", date.max) <= pair["started_on"] + MONTH
        and any(g["set_on"] <= pair["started_on"] + MONTH for g in pair.get("goals", ()))
    ]
    return len(done), len(asked)


def completed(cohort: Record, day: date) -> tuple[int, int]:
    begun = begun_pairs(cohort, day)
    over = [p for p in begun if p["status"] == "completed" and p["ended_on"] <= day]
    return len(over), len(begun)


def returned(cohort: Record, day: date) -> tuple[int, None]:
    def in_role(role: str, cohorts: set[str]) -> set[str]:
        return {
            person["id"]
            for person in read_records("participants")
            for part in person["cohorts"]
            if part["role"] == role and part["cohort"] in cohorts
        }

    later = {c["id"] for c in read_records("cohorts") if cohort["starts"] < c["starts"] <= day}
    return len(in_role("mentee", {cohort["id"]}) & in_role("mentor", later)), None


def reached(cohort: Record, day: date) -> tuple[int, int]:
    """The goals at 0 or above; one that a mentee took along counts in the newer pair."""
    standing: dict[tuple[str, str], set[int]] = {}
    for pair in sorted(begun_pairs(cohort, day), key=lambda p: p["started_on"]):
        for goal in pair.get("goals", ()):
            if goal["set_on"] <= day:
                owner = pair.get("mentee") or pair["id"]
                standing[owner, goal["title"].casefold()] = newest_words(pair, goal["id"], day)
    return sum(len(w) == 1 and min(w) >= 0 for w in standing.values()), len(standing)


def newest_words(pair: Record, goal: str, day: date) -> set[int]:
    said = sorted(
        (c["due"], c["participant"] == pair.get("mentee"), c["participant"], each["level"])
        for c in known_check_ins(pair, day)
        for each in c.get("goals", ())
        if each["goal"] == goal and "level" in each and c["answered_on"] <= day
    )
    if "peers" in pair:
        return set({who: level for _, _, who, level in said}.values())
    return {said[-1][3]} if said else set()


def received(cohort: Record, day: date) -> tuple[int, int]:
    schedule = cohort["check_ins"]
    dues = schedule.get("dates") or [
        schedule["first"] + timedelta(weeks=schedule["every_weeks"] * n) for n in range(30)
    ]
    grace = timedelta(days=schedule["grace_days"])
    came = asked = 0
    for pair in begun_pairs(cohort, day):
        last = min(pair.get("ended_on", date.max), cohort["ends"], day - grace - timedelta(days=1))
        people = pair.get("peers") or [pair["mentor"], pair["mentee"]]
        for due in dues:
            if not pair["started_on"] <= due <= last or any(
                p["starts"] <= due <= p.get("ends", date.max) for p in pair.get("pauses", ())
            ):
                continue
            who = {c["participant"] for c in known_check_ins(pair, day) if c["due"] == due}
            wanted = 1 if schedule["answers"] == "either" else len(people)
            asked += wanted
            came += min(len(who), wanted)
    return came, asked


COUNTS: dict[str, Callable[[Record, date], tuple[int, int | None]]] = {
    "pairs_prepared": prepared,
    "pairs_completed": completed,
    "mentees_returned": returned,
    "goals_reached": reached,
    "check_ins_received": received,
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


def test_the_answers_of_the_shipped_aims_are_those_of_their_figures() -> None:
    program = load(ROOT).program
    answers = {
        row["measure"]: row["answer"]
        for cohort in ("2026-spring", "2026-autumn")
        for row in build_report(program, cohort, None, None, "public", today=DAYS[-1]).contents[
            "aims_answered"
        ]
    }
    assert answers == {
        None: "for_a_person",
        "mentees_returned": "reached",
        "pairs_completed": "reached",
        "pairs_prepared": "reached",
        "goals_reached": "not_known_yet",
        "check_ins_received": "not_known_yet",
    }
