"""Merging a sign-up into a participant's record: one set of rules for sheets and issue forms.

What an answer changes is the same both ways in:

- A question that was not asked or not answered changes nothing.
- A field takes the answer. One that was answered with nothing usable is removed.
- Consent keeps the day on which it was given for as long as the answer stays the same, and
  keeps whatever else was agreed to. An older answer never replaces a newer one, and a sheet's
  newer answer that shows less holds whatever else the record says. What was withdrawn is given
  again by the participant's own form alone, and never by a sheet.
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
from datetime import UTC, date, datetime
from typing import Any

from peerloom.intake.merge_consent import (
    held_audience,
    is_show_withdrawn,
    merge_own_agreements,
    merge_sheet_agreements,
    merge_shown_audience,
)
from peerloom.intake.merge_roles import (
    ANSWERED_KEYS,
    RoleAnswer,
    make_membership,
    merged_roles,
    without_contradicted,
)
from peerloom.intake.record_text import order_keys
from peerloom.model import AUDIENCES, Cohort, Role
from peerloom.records import short_digest

# Keys of an answer that are merged by rules of their own, and not as a whole.
KEYS_WITH_RULES = (
    "goals",
    "consent",
    "agreements",
    "agreed_on",
    "assumed_consent",
    "answers",
    "source",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """One person's answers for one cohort, as a record would hold them.

    `fields` holds the answers to questions whose record key has no rules of its own, by that
    key; `answers` holds those to the program's own questions, by their ids. `mail_digest` tells
    people of one name apart; see `digest_mail_address`. `agreements` says of further parts of a
    consent whether they agree, as they answered on the day `agreed_on`. `assumed_consent` is what
    a coordinator says of people who do not say it themselves. `source` is where they heard of the
    program. `new_part` is what a part in the cohort that is new says besides, such as that they
    have applied. `answered_at` is when the newest of the answers was given, where a sheet says it.
    """

    cohort: str
    fields: Mapping[str, Any]
    roles: Sequence[RoleAnswer]
    goals: Sequence[Mapping[str, Any]] = ()
    consent: Mapping[str, Any] | None = None
    agreements: Mapping[str, bool] = field(default_factory=dict)
    agreed_on: str = ""
    assumed_consent: Mapping[str, Any] | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    mail_digest: str | None = None
    source: str | None = None
    new_part: Mapping[str, Any] = field(default_factory=dict)
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRecord:
    """A participant's record after a sign-up.

    `values` holds all keys of the record in the order of its schema; `kept_keys` lists those that
    a person wrote and that therefore stay, although the sign-up says otherwise; `newer_keys` those
    that a newer answer from another sheet fills; `other_roles` are the participant's further roles
    in the cohort. `keeps_consent` says that an answer of no known day would show more than the
    record does, and was not taken; `lacks_consent` that the record has none, to which further parts
    would belong.
    """

    values: dict[str, Any]
    kept_keys: tuple[str, ...]
    other_roles: tuple[Role, ...]
    newer_keys: tuple[str, ...] = ()
    keeps_consent: bool = False
    lacks_consent: bool = False


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
        newer_keys=merged.newer_keys,
        keeps_consent=merged.keeps_consent,
        lacks_consent=merged.lacks_consent,
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
        self._newer_keys: list[str] = []
        self._is_older = False
        self._keeps_consent = False
        self._lacks_consent = False

    def apply(self, sign_up: SignUp) -> MergedRecord:
        self._note_age(sign_up.answered_at)
        for key, answer in sign_up.fields.items():
            self._merge_field(key, answer)
        self._merge_answers(sign_up.answers)
        self._merge_roles(sign_up.cohort, sign_up.roles, sign_up.new_part)
        if sign_up.source:
            self._merge_source(sign_up.cohort, sign_up.source)
        if sign_up.goals:
            self._merge_goals(sign_up.cohort, sign_up.goals)
        # What everybody agreed to elsewhere says nothing of somebody who answered themselves.
        is_silent = not self.values.get("consent")
        consent = sign_up.consent or (sign_up.assumed_consent if is_silent else None)
        if consent:
            self._merge_consent(consent, is_dated=sign_up.answered_at is not None)
        if sign_up.agreements and not self.values.get("consent"):
            self._lacks_consent = True
        elif sign_up.agreements:
            self._merge_agreements(sign_up)
        if sign_up.mail_digest:
            self.digests["mail"] = sign_up.mail_digest
        answered = {answer.role for answer in sign_up.roles}
        in_cohort = _entries_for_cohort(self.values.get("cohorts"), sign_up.cohort)
        others = dict.fromkeys(m["role"] for m in in_cohort if m["role"] not in answered)
        return MergedRecord(
            values=order_keys("participant", self.values),
            kept_keys=tuple(self._kept_keys),
            other_roles=tuple(others),
            newer_keys=tuple(self._newer_keys),
            keeps_consent=self._keeps_consent,
            lacks_consent=self._lacks_consent,
        )

    def _note_age(self, answered_at: datetime | None) -> None:
        """Find out whether the record has newer answers, and keep the time of the newest ones."""
        if answered_at is None:
            return
        moment = answered_at.astimezone(UTC).isoformat(timespec="seconds")
        newest = self.digests.get("answered", "")
        self._is_older = moment < newest
        self.digests["answered"] = max(moment, newest)

    def _merge_field(self, key: str, answer: Any) -> None:
        current = self.values.get(key)
        is_number = isinstance(answer, int)  # zero is an answer, and an empty list is none
        if answer or is_number or current:
            answer = answer if answer or is_number else None
            self.values[key] = self._choose(key, key, current, answer)

    def _merge_answers(self, answers: Mapping[str, Any]) -> None:
        current: dict[str, Any] = self.values.get("answers") or {}
        chosen = {
            id_: self._choose(id_, f"answers {id_}", current.get(id_), answer)
            for id_, answer in answers.items()
        }
        if chosen:
            self.values["answers"] = {**current, **chosen}

    def _merge_consent(self, consent: Mapping[str, Any], *, is_dated: bool) -> None:
        """Take the newer consent; one that was withdrawn since stays withdrawn.

        A newer answer that shows less than the record says holds even where somebody changed the
        record by hand. An answer of the same day, or of no known day, shows at most what the
        record does.
        """
        current: dict[str, Any] = self.values.get("consent") or {}
        if not self._replaces_edits and current:
            shows_less = _rank_audience(consent) > _rank_audience(current)
            shows_more = _rank_audience(consent) < _rank_audience(current)
            if is_show_withdrawn(current):
                self._keeps_consent = shows_more
                return
            day, since = str(consent["given_on"]), str(current["given_on"])
            if shows_more and not is_dated:
                self._keeps_consent = True
                return
            if day < since or (shows_more and day == since):
                return
            if shows_less:
                self.digests["consent"] = short_digest(consent["show"])
                self.values["consent"] = merge_shown_audience(current, consent)
                return
        shown_to = self._choose("consent", "consent", current.get("show"), consent["show"])
        if shown_to != current.get("show") or is_show_withdrawn(current):
            self.values["consent"] = merge_shown_audience(current, consent)

    def _merge_agreements(self, sign_up: SignUp) -> None:
        current: dict[str, Any] = self.values["consent"]
        merge = merge_own_agreements if self._replaces_edits else merge_sheet_agreements
        self.values["consent"] = merge(current, sign_up.agreements, sign_up.agreed_on)

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
        current = [{key: m.get(key) for key in ANSWERED_KEYS} for m in memberships]
        asked = [answer.as_values() for answer in without_contradicted(answers)]
        merged = merged_roles(asked, current)
        if merged == current and merged != asked:
            return  # the record says more than the sign-up: that part is the person's own
        chosen = self._choose("cohorts", f"cohorts {cohort}", current or None, merged)
        if chosen == merged != current:
            start = listed.index(memberships[0]) if memberships else len(listed)
            later = [m for m in listed[start:] if m["cohort"] != cohort]
            changed = [
                make_membership(cohort, role, merged, memberships, new_part) for role in merged
            ]
            self.values["cohorts"] = [*listed[:start], *changed, *later]

    def _choose(self, key: str, digest_name: str, current: Any, answer: Any) -> Any:
        """Return the value that `key` is to have: the record's current one, or the answer."""
        if self._replaces_edits:
            return answer
        if current == answer:
            self.digests[digest_name] = short_digest(answer)
            return current
        if self._is_older and current is not None:
            self._newer_keys.append(key)
            return current
        last_import = self.digests.get(digest_name)
        is_unwritten = current is None and last_import is None
        is_unchanged = current is not None and last_import == short_digest(current)
        if is_unwritten or is_unchanged:
            self.digests[digest_name] = short_digest(answer)
            return answer
        self._kept_keys.append(key)
        return current


def _rank_audience(consent: Mapping[str, Any]) -> int:
    """Return a number that is the larger, the fewer people a consent shows a record to."""
    return AUDIENCES.index(held_audience(consent))


def _entries_for_cohort(entries: list[dict[str, Any]] | None, cohort: str) -> list[dict[str, Any]]:
    return [entry for entry in entries or [] if entry.get("cohort") == cohort]
