"""What a sign-up makes of the roles that somebody has in a cohort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerloom.model import Role

# The keys of a membership in a cohort that a sign-up can answer.
ANSWERED_KEYS = ("role", "team", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAnswer:
    """A role that somebody signed up for in a cohort. `None` means that it was not answered."""

    role: Role
    team: str | None = None
    capacity: int | None = None

    def as_values(self) -> dict[str, Any]:
        """Return the answer by the keys of a membership."""
        return {"role": self.role, "team": self.team, "capacity": self.capacity}


def _replaces(role: str, other: str) -> bool:
    """Whether somebody who signs up for `role` no longer has `other` as well."""
    return role == other or "either" in (role, other)


def without_contradicted(answers: Sequence[RoleAnswer]) -> list[RoleAnswer]:
    """Return the answers that no later one contradicts; one role with two teams is two answers."""
    return [
        answer
        for n, answer in enumerate(answers)
        if not any(
            later.role != answer.role and _replaces(later.role, answer.role)
            for later in answers[n + 1 :]
        )
    ]


def merged_roles(
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
        key: replaced.get(key) if answer[key] is None else answer[key] for key in ANSWERED_KEYS
    }
    if complete["role"] == "mentee":
        complete["capacity"] = None
    return complete


def make_membership(
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
    others = {key: value for key, value in (known or new_part).items() if key not in ANSWERED_KEYS}
    return {"cohort": cohort, **answered, **others}
