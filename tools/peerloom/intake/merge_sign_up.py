"""Merging a sign-up into a participant's record: one set of rules for sheets and issue forms.

What an answer changes is the same both ways in:

- A question that was not asked or not answered changes nothing.
- A field takes the answer. One that was answered with nothing usable is removed.
- Consent keeps the day on which it was given for as long as the answer stays the same, and
  keeps whatever else was agreed to.
- Goals replace the goals for the same cohort. Goals for other cohorts, or for none, stay.
- An answer to a question of the program's own replaces the answer to that question alone, and
  those to questions that are asked no more stay.
- A role is added to the other roles in the cohort: a mentor who signs up as a mentee is both, and
  their pairs still have their mentor. `either` already means both, so it replaces `mentor` and
  `mentee` and is replaced by them.
- In a cohort that selects, a role that is new has applied; one that is there keeps its decision.
- A role keeps the team and capacity that it had until others are given; a mentee has no capacity.

The two ways differ only in whose word it is. A sheet is a copy of answers that may be older than
the record, so it never replaces what a person has written since. The record keeps a digest of
each answer that came from a sheet: a value that no longer has that digest, or never had one,
was written by a person. An issue form is filled in by the participant now, so it replaces both,
and leaves no digest: no later sheet overrules it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peerloom.intake.record_text import order_keys
from peerloom.model import Cohort, Role
from peerloom.records import short_digest

# The keys of a membership in a cohort that a sign-up can answer.
_ANSWERED_KEYS = ("role", "team", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAnswer:
    """A role that somebody signed up for in a cohort. `None` means that it was not answered."""

    role: Role
    team: str | None = None
    capacity: int | None = None

    def as_values(self) -> dict[str, Any]:
        """Return the answer by the keys of a membership."""
        return {"role": self.role, "team": self.team, "capacity": self.capacity}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """One person's answers for one cohort, as a record would hold them.

    `fields` holds the answers to questions whose record key has no rules of its own, by that
    key; `answers` holds those to the program's own questions, by their ids. `mail_digest` tells
    people of one name apart; see `digest_mail_address`. `source` is where they heard of the
    program. `new_part` is what a part in the cohort that is new says besides, such as that they
    have applied.
    """

    cohort: str
    fields: Mapping[str, Any]
    roles: Sequence[RoleAnswer]
    goals: Sequence[Mapping[str, Any]] = ()
    consent: Mapping[str, Any] | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    mail_digest: str | None = None
    source: str | None = None
    new_part: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRecord:
    """A participant's record after a sign-up.

    `values` holds all keys of the record in the order of its schema; `kept_keys` lists those that
    a person wrote and that therefore stay, although the sign-up says otherwise; `other_roles` are
    the participant's further roles in the cohort.
    """

    values: dict[str, Any]
    kept_keys: tuple[str, ...]
    other_roles: tuple[Role, ...]


def application_values(cohort: Cohort, applied_on: date) -> dict[str, Any]:
    """Return what a new part in a cohort says: that they have applied, where it selects."""
    if not cohort.selects:
        return {}
    return {"state": "applied", "applied_on": applied_on.isoformat()}


def merge_sheet_sign_up(record: Mapping[str, Any], sign_up: SignUp) -> MergedRecord:
    """Merge what a sheet says about somebody; what a person wrote in the record stays."""
    merge = _Merge(record, replaces_edits=False)
    merged = merge.apply(sign_up)
    digests = dict(sorted(merge.digests.items()))
    return MergedRecord(
        values=order_keys("participant", {**merged.values, "imported": digests}),
        kept_keys=merged.kept_keys,
        other_roles=merged.other_roles,
    )


def merge_own_sign_up(record: Mapping[str, Any], sign_up: SignUp) -> MergedRecord:
    """Merge what a participant says about themself now; it replaces what the record says."""
    return _Merge(record, replaces_edits=True).apply(sign_up)


class _Merge:
    """A record as it is changed, one question after the other."""

    def __init__(self, record: Mapping[str, Any], *, replaces_edits: bool) -> None:
        self.values = dict(record)
        self.digests: dict[str, str] = dict(record.get("imported") or {})
        self._replaces_edits = replaces_edits
        self._kept_keys: list[str] = []

    def apply(self, sign_up: SignUp) -> MergedRecord:
        for key, answer in sign_up.fields.items():
            self._merge_field(key, answer)
        self._merge_answers(sign_up.answers)
        self._merge_roles(sign_up.cohort, sign_up.roles, sign_up.new_part)
        if sign_up.source:
            self._merge_source(sign_up.cohort, sign_up.source)
        if sign_up.goals:
            self._merge_goals(sign_up.cohort, sign_up.goals)
        if sign_up.consent:
            self._merge_consent(sign_up.consent)
        if sign_up.mail_digest:
            self.digests["mail"] = sign_up.mail_digest
        answered = {answer.role for answer in sign_up.roles}
        in_cohort = _entries_for_cohort(self.values.get("cohorts"), sign_up.cohort)
        others = dict.fromkeys(m["role"] for m in in_cohort if m["role"] not in answered)
        return MergedRecord(
            values=order_keys("participant", self.values),
            kept_keys=tuple(self._kept_keys),
            other_roles=tuple(others),
        )

    def _merge_field(self, key: str, answer: Any) -> None:
        current = self.values.get(key)
        if answer or current:
            self.values[key] = self._choose(key, key, current, answer or None)

    def _merge_answers(self, answers: Mapping[str, Any]) -> None:
        current: dict[str, Any] = self.values.get("answers") or {}
        chosen = {
            id_: self._choose(id_, f"answers {id_}", current.get(id_), answer)
            for id_, answer in answers.items()
        }
        if chosen:
            self.values["answers"] = {**current, **chosen}

    def _merge_consent(self, consent: Mapping[str, Any]) -> None:
        current: dict[str, Any] = self.values.get("consent") or {}
        shown_to = self._choose("consent", "consent", current.get("show"), consent["show"])
        if shown_to != current.get("show"):
            self.values["consent"] = {**current, **consent}

    def _merge_goals(self, cohort: str, goals: Sequence[Mapping[str, Any]]) -> None:
        listed: list[dict[str, Any]] = self.values.get("goals") or []
        current = _entries_for_cohort(listed, cohort)
        answer = [dict(goal) for goal in goals]
        chosen = self._choose("goals", f"goals {cohort}", current or None, answer)
        if chosen != current:
            others = [goal for goal in listed if goal.get("cohort") != cohort]
            self.values["goals"] = [*others, *chosen]

    def _merge_source(self, cohort: str, source: str) -> None:
        parts = _entries_for_cohort(self.values.get("cohorts"), cohort)
        current = next((part["source"] for part in parts if part.get("source")), None)
        chosen = self._choose("source", f"source {cohort}", current, source)
        self.values["cohorts"] = [
            {**part, "source": chosen} if part in parts else part
            for part in self.values.get("cohorts") or []
        ]

    def _merge_roles(
        self, cohort: str, answers: Sequence[RoleAnswer], new_part: Mapping[str, Any]
    ) -> None:
        listed: list[dict[str, Any]] = self.values.get("cohorts") or []
        memberships = _entries_for_cohort(listed, cohort)
        current = [{key: m.get(key) for key in _ANSWERED_KEYS} for m in memberships]
        asked = [answer.as_values() for answer in _without_contradicted(answers)]
        merged = _merged_roles(asked, current)
        if merged == current and merged != asked:
            return  # the record says more than the sign-up: that part is the person's own
        chosen = self._choose("cohorts", f"cohorts {cohort}", current or None, merged)
        if chosen == merged != current:
            start = listed.index(memberships[0]) if memberships else len(listed)
            later = [m for m in listed[start:] if m["cohort"] != cohort]
            changed = [_membership(cohort, role, merged, memberships, new_part) for role in merged]
            self.values["cohorts"] = [*listed[:start], *changed, *later]

    def _choose(self, key: str, digest_name: str, current: Any, answer: Any) -> Any:
        """Return the value that `key` is to have: the record's current one, or the answer."""
        if self._replaces_edits:
            return answer
        if current == answer:
            self.digests[digest_name] = short_digest(answer)
            return current
        last_import = self.digests.get(digest_name)
        is_unwritten = current is None and last_import is None
        is_unchanged = current is not None and last_import == short_digest(current)
        if is_unwritten or is_unchanged:
            self.digests[digest_name] = short_digest(answer)
            return answer
        self._kept_keys.append(key)
        return current


def _entries_for_cohort(entries: list[dict[str, Any]] | None, cohort: str) -> list[dict[str, Any]]:
    return [entry for entry in entries or [] if entry.get("cohort") == cohort]


def _replaces(role: str, other: str) -> bool:
    """Whether somebody who signs up for `role` no longer has `other` as well."""
    return role == other or "either" in (role, other)


def _without_contradicted(answers: Sequence[RoleAnswer]) -> list[RoleAnswer]:
    """Return the answers that no later one contradicts; one role with two teams is two answers."""
    return [
        answer
        for n, answer in enumerate(answers)
        if not any(
            later.role != answer.role and _replaces(later.role, answer.role)
            for later in answers[n + 1 :]
        )
    ]


def _merged_roles(
    asked: list[dict[str, Any]], current: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the roles after a sign-up: those that stay in their order, and then new ones."""
    kept = [
        role
        for role in current
        if not any(_replaces(answer["role"], role["role"]) for answer in asked)
    ]
    merged = [*kept, *(_complete_role(answer, current) for answer in asked)]
    return sorted(merged, key=lambda r: current.index(r) if r in current else len(current))


def _complete_role(answer: dict[str, Any], current: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `answer` with the team and capacity of the role that it replaces, where not given."""
    replaced: dict[str, Any] = next(
        (
            role
            for role in current
            if _replaces(answer["role"], role["role"]) and answer["team"] in (None, role["team"])
        ),
        {},
    )
    complete = {
        key: replaced.get(key) if answer[key] is None else answer[key] for key in _ANSWERED_KEYS
    }
    if complete["role"] == "mentee":
        complete["capacity"] = None
    return complete


def _membership(
    cohort: str,
    role: dict[str, Any],
    merged: list[dict[str, Any]],
    memberships: list[dict[str, Any]],
    new_part: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a membership with what else the record says of it, such as the day they joined.

    That is taken from the membership with the same role and team, or else from one that this role
    replaces and that belongs to no other of the `merged` roles; a new one says `new_part`.
    """
    keys = [(other["role"], other["team"]) for other in merged]
    same = [m for m in memberships if (m["role"], m.get("team")) == (role["role"], role["team"])]
    replaced = [
        m
        for m in memberships
        if _replaces(role["role"], m["role"]) and (m["role"], m.get("team")) not in keys
    ]
    known: dict[str, Any] = next(iter([*same, *replaced]), {})
    answered = {key: value for key, value in role.items() if value is not None}
    others = {key: v for key, v in (known or new_part).items() if key not in _ANSWERED_KEYS}
    return {"cohort": cohort, **answered, **others}
