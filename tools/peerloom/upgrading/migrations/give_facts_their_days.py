"""Writes the days of facts into the records that lack them, as Git's history tells them.

Only days that Git tells exactly are written. What came with many records at once, or with the first
commit, keeps no day; the rule `facts-have-days` names it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from peerloom import source
from peerloom.kinds import PROGRAM_FILE
from peerloom.upgrading.migrations.migration import FactDays, Migrated
from peerloom.yaml_editing import CannotEdit, KeyPath, set_values

_Values = dict[KeyPath, Any]

# The sorts of facts whose days a public repository must not hold.
_NOT_PUBLIC = ("paused", "break", "decision")


def migrate(texts: Mapping[str, str], fact_days: FactDays) -> Migrated:
    """Write each exact day beside the fact that it dates, where the record gives none."""
    days: dict[str, dict[str, date]] = {}
    hidden = _NOT_PUBLIC if _is_public(texts) else ()
    for (path, fact), found in fact_days.items():
        if found.is_exact and path in texts and fact.partition(" ")[0] not in hidden:
            days.setdefault(path, {})[fact] = found.day
    changes: dict[str, str | None] = {}
    left: dict[str, str] = {}
    for path, by_fact in sorted(days.items()):
        record = source.parse(texts[path].encode()).value
        values = _values_to_set(record, by_fact) if isinstance(record, dict) else {}
        try:
            text = set_values(texts[path], values)
        except CannotEdit:
            left[path] = "write in the days that 'peerloom check' names"
            continue
        if text != texts[path]:
            changes[path] = text
    return Migrated(changes=changes, left=left)


def _is_public(texts: Mapping[str, str]) -> bool:
    settings = source.parse(texts.get(PROGRAM_FILE, "").encode()).value
    return isinstance(settings, dict) and settings.get("visibility") == "public"


def _values_to_set(record: dict[str, Any], by_fact: Mapping[str, date]) -> _Values:
    """The keys that are missing, in the order of the facts, with the days that belong there."""
    values: _Values = {}
    for fact, day in by_fact.items():
        sort, _, name = fact.partition(" ")
        for keys, value in _assignments(record, sort, name, day.isoformat()):
            if keys[-1] == "breaks" or not _has(record, keys):
                values[keys] = value
    return values


def _assignments(
    record: dict[str, Any], sort: str, name: str, day: str
) -> Iterator[tuple[KeyPath, Any]]:
    """Where the day of a fact goes in a record, and the value there."""
    if sort in ("proposed", "started", "ended"):
        yield (f"{sort}_on",), day
    elif sort == "paused":
        yield ("pauses",), [{"starts": day}]
    elif sort == "break":
        own = {"starts": day, "ends": record.get("paused_until")}
        yield ("breaks",), [*(record.get("breaks") or []), own]
    elif sort == "decision":
        cohort, _, role = name.partition(" ")
        yield from _inside(record, "cohorts", {"cohort": cohort, "role": role}, "decided_on", day)
    else:
        within, key, date_key = {
            "goal": ("goals", "id", "set_on"),
            "story": ("stories", "by", "on"),
        }[sort]
        yield from _inside(record, within, {key: name}, date_key, day)


def _inside(
    record: dict[str, Any], key: str, wanted: Mapping[str, str], date_key: str, day: str
) -> Iterator[tuple[KeyPath, Any]]:
    for index, entry in enumerate(record.get(key) or []):
        if isinstance(entry, dict) and wanted.items() <= entry.items():
            yield (key, index, date_key), day


def _has(record: Any, keys: KeyPath) -> bool:
    """Whether something is under these keys."""
    for key in keys:
        if isinstance(record, dict):
            record = record.get(key)
        else:
            record = record[key] if isinstance(key, int) else None
    return record is not None
