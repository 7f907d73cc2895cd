"""What the files of the shipped program say that aims are measured by.

It is counted here from the files themselves, without Peerloom's own code.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
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


def count_prepared(cohort: Record, day: date) -> tuple[int, int]:
    asked = [p for p in begun_pairs(cohort, day) if p["started_on"] + MONTH <= day]
    done = [
        pair
        for pair in asked
        if pair.get("agreement", {}).get("agreed_on", date.max) <= pair["started_on"] + MONTH
        and any(g["set_on"] <= pair["started_on"] + MONTH for g in pair.get("goals", ()))
    ]
    return len(done), len(asked)


def count_completed(cohort: Record, day: date) -> tuple[int, int]:
    begun = begun_pairs(cohort, day)
    over = [p for p in begun if p["status"] == "completed" and p["ended_on"] <= day]
    return len(over), len(begun)


def count_returned(cohort: Record, day: date) -> tuple[int, None]:
    def in_role(role: str, cohorts: set[str]) -> set[str]:
        return {
            person["id"]
            for person in read_records("participants")
            for part in person["cohorts"]
            if part["role"] == role and part["cohort"] in cohorts
        }

    later = {c["id"] for c in read_records("cohorts") if cohort["starts"] < c["starts"] <= day}
    return len(in_role("mentee", {cohort["id"]}) & in_role("mentor", later)), None


def count_reached(cohort: Record, day: date) -> tuple[int, int]:
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


def count_received(cohort: Record, day: date) -> tuple[int, int]:
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
