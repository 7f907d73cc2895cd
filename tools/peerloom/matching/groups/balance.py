"""Groups with about the same experience: people change places, or go, while that helps."""

from collections.abc import Iterator, Sequence
from statistics import pstdev

from peerloom.matching.groups.drafts import Draft, Drafts

# Groups that one is compared with, those first that are as far to the other side of the mean.
_OTHERS = 40
_ROUNDS = 6
# Exchanges that are looked at in all, so that the time is bounded.
_TRIES = 400_000
# Less than this is no gain; and a group is near enough to the mean of all within this share of
# the standard deviation of people, a quarter of what a random deal would give.
_EPSILON, _NEAR = 1e-9, 0.1

_NOBODY = -1
# Who goes to the other group, and who comes from it.
_Exchange = tuple[int, int]


class Balance:
    """Exchanges that bring the means of groups nearer to the `mean` of all.

    Each makes the sum of the squared distances of two groups from it less.
    """

    def __init__(self, drafts: Drafts, experience: Sequence[float], mean: float) -> None:
        self._drafts, self._together = drafts, drafts.together
        self._experience, self._mean = experience, mean
        self._tries = _TRIES
        people = [experience[m] for draft in drafts.made for m in draft.people]
        self._near = _NEAR * pstdev(people) if people else 0.0

    def run(self) -> None:
        """Exchange while anything helps."""
        for _ in range(_ROUNDS):
            order = sorted(
                self._drafts.made, key=lambda draft: (-abs(self._far(draft)), draft.people)
            )
            if not sum(self._is_improved(draft) for draft in order):
                return

    def _far(self, draft: Draft) -> float:
        return self._sum(draft) / len(draft.people) - self._mean

    def _is_improved(self, draft: Draft) -> bool:
        """Whether a group could exchange people with others, as often as that helps."""
        changed = False
        for other in self._others(draft):
            while abs(self._far(draft)) > self._near and self._is_exchanged(draft, other):
                changed = True
        return changed

    def _others(self, draft: Draft) -> list[Draft]:
        """Other groups, those first that share hours and are far to the other side."""
        side = 1 if self._far(draft) > 0 else -1

        def rank(other: Draft) -> tuple[bool, float, list[int]]:
            hours = zip(draft.common.hours, other.common.hours, strict=True)
            return not all(a & b for a, b in hours), side * self._far(other), other.people

        return sorted((d for d in self._drafts.made if d is not draft), key=rank)[:_OTHERS]

    def _is_exchanged(self, draft: Draft, other: Draft) -> bool:
        """Whether an exchange of two groups helped; the one that helps most is made."""
        if self._tries <= 0:
            return False
        ours, theirs = self._sum(draft), self._sum(other)
        many, more = len(draft.people), len(other.people)

        def apart(by: float, size: int) -> float:
            """How far the two are from the mean when so much experience, and people, went over."""
            one = (ours - by) / (many - size) - self._mean
            two = (theirs + by) / (more + size) - self._mean
            return one * one + two * two

        now = apart(0, 0) - _EPSILON
        helps = sorted(
            (then, at, goes, comes)
            for at, (goes, comes) in enumerate(self._exchanges(draft, other))
            if (then := apart(self._of(goes) - self._of(comes), _one(goes) - _one(comes))) < now
        )
        return any(self._is_made(draft, other, goes, comes) for _, _, goes, comes in helps)

    def _sum(self, draft: Draft) -> float:
        return sum(self._experience[m] for m in draft.people)

    def _of(self, m: int) -> float:
        return 0 if m == _NOBODY else self._experience[m]

    def _exchanges(self, draft: Draft, other: Draft) -> Iterator[_Exchange]:
        for one in draft.members:
            yield from ((one, two) for two in other.members)
            if self._drafts.can_leave(one) and self._drafts.has_room(other):
                yield one, _NOBODY
        if self._drafts.has_room(draft):
            yield from ((_NOBODY, two) for two in other.members if self._drafts.can_leave(two))

    def _is_made(self, draft: Draft, other: Draft, goes: int, comes: int) -> bool:
        self._tries -= 1
        ways = ((draft, goes, comes), (other, comes, goes))
        if self._tries < 0 or not all(self._may(*way) for way in ways):
            return False
        for group, out, in_ in ways:
            members = [m for m in group.members if m != out]
            self._drafts.regroup(group, members if in_ == _NOBODY else [*members, in_])
        return True

    def _may(self, group: Draft, out: int, in_: int) -> bool:
        """Whether somebody may join a group that another leaves."""
        if in_ == _NOBODY:
            return True
        rest = self._together.of(m for m in group.people if m != out)
        return self._together.room(rest, in_) > 0


def _one(m: int) -> int:
    return 0 if m == _NOBODY else 1
