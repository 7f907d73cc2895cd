"""What a sheet says against what a record holds: new, the same, or changed by hand since.

A record keeps a mark of each answer as it was taken. Where the record's value no longer has
that mark, or never had one, a person wrote it, and it stays.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from peerloom.records import short_digest

# The keys of a cohort's part that a sheet can say.
_PART_KEYS = ("role", "team", "capacity")


@dataclass(slots=True)
class Merged:
    """What a record is to hold after a sheet: `values` by key, and the keys that were `kept`."""

    values: dict[str, Any]
    marks: dict[str, str]
    kept: list[str] = field(default_factory=list)

    def take(self, key: str, value: Any) -> None:
        """One key from the sheet; an empty value takes back what an earlier sheet gave."""
        now = self.values.get(key)
        if value or now:
            self.values[key] = self._settled(key, key, now, value or None)

    def take_consent(self, consent: dict[str, Any]) -> None:
        """Who may see the record. The day on which it was said stays while the answer does."""
        now: dict[str, Any] = self.values.get("consent") or {}
        shown = self._settled("consent", "consent", now.get("show"), consent["show"])
        if shown is not None and shown != now.get("show"):
            self.values["consent"] = now | consent

    def take_goals(self, cohort: str, goals: list[dict[str, Any]]) -> None:
        """The goals for a cohort; those for others stay."""
        listed: list[dict[str, Any]] = self.values.get("goals") or []
        now = [goal for goal in listed if goal.get("cohort") == cohort]
        settled = self._settled("goals", f"goals {cohort}", now or None, goals) or []
        if settled != now:
            others = [goal for goal in listed if goal.get("cohort") != cohort]
            self.values["goals"] = [*others, *settled]

    def take_parts(self, cohort: str, asked: list[dict[str, Any]]) -> None:
        """What somebody takes part as in a cohort.

        Their parts in other cohorts stay, and in other roles: mentors and mentees may have signed
        up on a sheet each.
        """
        listed: list[dict[str, Any]] = self.values.get("cohorts") or []
        now = [part for part in listed if part["cohort"] == cohort]
        said = [{key: part.get(key) for key in _PART_KEYS} for part in now]
        roles = {part["role"] for part in asked}
        filled = [_filled(part, now) for part in asked]
        parts = [*(part for part in said if part["role"] not in roles), *filled]
        parts.sort(key=lambda part: said.index(part) if part in said else len(said))
        if said == parts != asked:
            return  # what the sheet does not say is a person's own still
        settled = self._settled("cohorts", f"cohorts {cohort}", said or None, parts)
        if settled == parts and said != parts:
            more = [part for part in listed if part["cohort"] != cohort]
            self.values["cohorts"] = [*more, *(_part(cohort, part, now) for part in parts)]

    def _settled(self, key: str, name: str, now: Any, said: Any) -> Any:
        """The sheet's value, unless a person wrote what the record holds."""
        if now == said:
            self.marks[name] = short_digest(said)
            return now
        was_taken = self.marks.get(name)
        if was_taken == (None if now is None else short_digest(now)):
            self.marks[name] = short_digest(said)
            return said
        self.kept.append(key)
        return now


def _filled(part: dict[str, Any], now: list[dict[str, Any]]) -> dict[str, Any]:
    """A part with what the sheet does not say as the record has it."""
    same = (p for p in now if p["role"] == part["role"] and part["team"] in (None, p.get("team")))
    known = next(same, {})
    return {key: known.get(key) if part[key] is None else part[key] for key in _PART_KEYS}


def _part(cohort: str, part: dict[str, Any], now: list[dict[str, Any]]) -> dict[str, Any]:
    """A part in a cohort with what else the record says of it, such as the day they left."""
    same = (p for p in now if (p["role"], p.get("team")) == (part["role"], part.get("team")))
    known = next(same, {})
    said = {key: value for key, value in part.items() if value is not None}
    return {"cohort": cohort, **said, **{k: v for k, v in known.items() if k not in _PART_KEYS}}


def mail_mark(address: str) -> str:
    """Two characters of a mail address: they tell two of one name apart, and nothing else."""
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()[:2]
