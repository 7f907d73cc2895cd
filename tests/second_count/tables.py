"""The records of a program as pandas tables, read from its YAML and from nothing else.

Nothing here knows Peerloom: a second count must not share a mistake with the first. Days are
pandas timestamps, and what a record leaves out is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

_NEVER = pd.Timestamp("2200-01-01")


class _Loader(yaml.SafeLoader):
    """YAML in which `on` is a word, as in YAML 1.2, and not a truth value."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@dataclass(frozen=True, kw_only=True)
class Tables:
    """One row for each thing in a cohort: the columns have the names of the YAML's keys."""

    cohort: dict[str, Any]
    settings: dict[str, Any]
    surveys: dict[str, Any]
    modules: dict[str, list[str]]
    parts: pd.DataFrame
    pairs: pd.DataFrame
    pauses: pd.DataFrame
    goals: pd.DataFrame
    check_ins: pd.DataFrame
    meetings: pd.DataFrame
    levels: pd.DataFrame
    completions: pd.DataFrame
    circles: list[dict[str, Any]]
    events: list[dict[str, Any]]
    waves: pd.DataFrame


def read_tables(root: Path, cohort: str) -> Tables:
    """Read what belongs to a cohort."""
    content = root / "content"
    people = list(_read_all(content / "participants"))
    pairs = list(_read_all(content / "pairs" / cohort))
    check_ins = list(_read_all(content / "check-ins" / cohort))
    circles = list(_read_all(content / "circles" / cohort))
    responses = [r for r in _read_all(content / "responses") if r["cohort"] == cohort]
    return Tables(
        cohort=_read(content / "cohorts" / f"{cohort}.yml"),
        settings=_read(content / "program.yml"),
        surveys={s["id"]: s for s in _read_all(content / "surveys")},
        modules=dict(_read_modules(content / "training")),
        parts=_frame(
            (
                {"person": who["id"], **part}
                for who in people
                for part in who.get("cohorts", ())
                if part["cohort"] == cohort and part.get("state", "accepted") == "accepted"
            ),
            ["person", "role"],
            ["joined", "left_on"],
        ),
        pairs=_frame(
            (
                {
                    "pair": p["id"],
                    "people": _people(p),
                    "proposed": p.get("proposed_on")
                    or (p.get("match") or {}).get("on")
                    or p.get("started_on"),
                    **{
                        key: p.get(key)
                        for key in ("status", "mentor", "mentee", "end_reason", "started_on")
                    },
                    "ended_on": p.get("ended_on"),
                    "ends_on": p.get("ends_on"),
                }
                for p in pairs
            ),
            ["pair", "people", "status", "mentor", "mentee", "end_reason"],
            ["proposed", "started_on", "ended_on", "ends_on"],
        ),
        pauses=_frame(
            ({"pair": p["id"], **pause} for p in pairs for pause in p.get("pauses", ())),
            ["pair"],
            ["starts", "ends"],
        ),
        goals=_frame(
            (
                {
                    "pair": p["id"],
                    "goal": g["id"],
                    "title": " ".join(g["title"].casefold().split()),
                    "weight": g.get("weight", 1),
                    "set_on": g.get("set_on"),
                }
                for p in pairs
                for g in p.get("goals", ())
            ),
            ["pair", "goal", "title", "weight"],
            ["set_on"],
        ),
        check_ins=_frame(
            (
                {
                    "pair": c["pair"],
                    "person": c["participant"],
                    "due": c["due"],
                    "answered_on": c["answered_on"],
                    "received_on": c.get("received_on"),
                    "known": c.get("received_on") or c["answered_on"],
                    "met": c.get("met"),
                    "useful": (c.get("ratings") or {}).get("useful"),
                    "relationship": (c.get("ratings") or {}).get("relationship"),
                    "calls": bool(c.get("support_wanted") or c.get("support_note")),
                }
                for c in check_ins
            ),
            ["pair", "person", "met", "useful", "relationship", "calls"],
            ["due", "answered_on", "received_on", "known"],
        ),
        meetings=_frame(
            (
                {
                    "pair": c["pair"],
                    "due": c["due"],
                    "known": c.get("received_on") or c["answered_on"],
                    "on": m["on"],
                    "minutes": m.get("minutes"),
                }
                for c in check_ins
                for m in c.get("meetings", ())
            ),
            ["pair", "minutes"],
            ["due", "known", "on"],
        ),
        levels=_frame(
            (
                {
                    "pair": c["pair"],
                    "person": c["participant"],
                    "due": c["due"],
                    "known": c.get("received_on") or c["answered_on"],
                    "answered_on": c["answered_on"],
                    "goal": g["goal"],
                    "level": g["level"],
                }
                for c in check_ins
                for g in c.get("goals", ())
                if g.get("level") in (-2, -1, 0, 1, 2)
            ),
            ["pair", "person", "goal", "level"],
            ["due", "known", "answered_on"],
        ),
        completions=_frame(
            ({"person": who["id"], **done} for who in people for done in who.get("training", ())),
            ["person", "module"],
            ["completed_on"],
        ),
        circles=circles,
        events=[e for e in _read_all(content / "events") if cohort in e.get("cohorts", ())],
        waves=_frame(
            (
                {
                    "survey": r["survey"],
                    "code": r["code"],
                    "role": r.get("role"),
                    "wave": w["wave"],
                    "answered_on": w["answered_on"],
                    "answers": w.get("answers", {}),
                }
                for r in responses
                for w in r.get("waves", ())
            ),
            ["survey", "code", "role", "wave", "answers"],
            ["answered_on"],
        ),
    )


def day_or_never(day: Any) -> pd.Timestamp:
    """A day, or one after all others where none is given."""
    return _NEVER if day is None or pd.isna(day) else pd.Timestamp(day)


def _people(pair: dict[str, Any]) -> list[str]:
    return [pair[key] for key in ("mentor", "mentee") if pair.get(key)] + pair.get("peers", [])


def _read(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    return value


def _read_all(folder: Path) -> Iterator[dict[str, Any]]:
    return (_read(path) for path in sorted(folder.rglob("*.yml")))


def _read_modules(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.md")):
        front_matter = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], _Loader)
        yield path.stem, front_matter["roles"]


def _frame(rows: Iterator[dict[str, Any]], columns: list[str], days: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows))
    for column in (*columns, *days):
        if column not in table:
            table[column] = None
    for column in days:
        table[column] = pd.to_datetime(table[column])
    return table
