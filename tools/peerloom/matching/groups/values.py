"""Groups that are proposed, and people who stay without one, as frozen values."""

from dataclasses import dataclass
from typing import NamedTuple

from peerloom.matching.constraints import CONSTRAINTS
from peerloom.model import CircleKind, Role

CHANGES = {constraint.id: constraint.change for constraint in CONSTRAINTS}


class Said(NamedTuple):
    """What stands in somebody's way: a word for it, a sentence, and what would help."""

    barrier: str
    why: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A circle or supervision group to propose; people by id, members without facilitators.

    `times` are weekly, in the local time of each; `reasons` are for coordinators, `summary` is
    for everybody. `experience` is the mean of a supervision group.
    """

    id: str
    kind: CircleKind
    name: str
    topic: str
    summary: str
    facilitators: tuple[str, ...]
    members: tuple[str, ...]
    times: tuple[str, ...]
    reasons: tuple[str, ...]
    experience: float | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, who holds it first."""
        return self.facilitators + self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Somebody without a group.

    `barrier` names what stands in the way, `why` says it in words, and `change` is the smallest
    change that would help. For coordinators only: it may speak of who excluded somebody.
    """

    id: str
    role: Role
    barrier: str
    why: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProposal:
    """Groups of a kind for a cohort, of `at_least` to `at_most` people, and everybody without.

    `names` are those of all of them, by id.
    """

    cohort: str
    kind: CircleKind
    at_least: int
    at_most: int
    groups: tuple[Group, ...]
    unplaced: tuple[Unplaced, ...]
    names: dict[str, str]
