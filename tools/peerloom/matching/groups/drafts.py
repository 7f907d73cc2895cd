"""Groups in the making: who is in which, who is left, and whom a group can spare."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.matching.groups.together import Common, Together


@dataclass(slots=True, eq=False)
class Draft:
    """A group in the making: people by number, and what they share."""

    topic: int
    leads: list[int]
    members: list[int]
    common: Common

    @property
    def people(self) -> list[int]:
        """Everybody in it."""
        return [*self.leads, *self.members]


class Drafts:
    """Groups of `at_least` to `at_most` people, and those who are `free` to be in one.

    `made` are the groups in the order in which they were. Only who is `open` is looked at for now.
    """

    def __init__(
        self, together: Together, free: Iterable[int], at_least: int, at_most: int
    ) -> None:
        self.together, self.at_least, self.at_most = together, at_least, at_most
        self.made: list[Draft] = []
        self.free = set(free)
        self.open = set(self.free)
        self._of: dict[int, Draft] = {}
        self._on: dict[int, list[Draft]] = {}

    def on(self, topic: int) -> list[Draft]:
        """The groups on a topic."""
        return self._on.get(topic, [])

    def has_room(self, draft: Draft) -> bool:
        """Whether a group may grow."""
        return len(draft.people) < self.at_most

    def take(self, draft: Draft) -> None:
        """A new group, with people who are free or whom others can spare."""
        for m in draft.people:
            if m in self._of:
                self.leave(m)
        self._keep(draft, draft.people)
        self.made.append(draft)
        self._on.setdefault(draft.topic, []).append(draft)

    def leave(self, m: int) -> None:
        """Somebody leaves their group, to go to another."""
        draft = self._of.pop(m)
        (draft.leads if m in draft.leads else draft.members).remove(m)
        draft.common = self.together.of(draft.people)

    def enter(self, m: int, draft: Draft, *, leads: bool = False) -> None:
        """Somebody joins a group."""
        (draft.leads if leads else draft.members).append(m)
        draft.common = self.together.joined(draft.common, m)
        self._keep(draft, [m])

    def regroup(self, draft: Draft, members: list[int]) -> None:
        """Other members for a group."""
        draft.members = members
        draft.common = self.together.of(draft.people)
        self._keep(draft, members)

    def exchange(self, old: list[Draft], new: list[Draft]) -> None:
        """New groups of the people of old ones, and of who is free."""
        for draft in old:
            self.made.remove(draft)
            self._on[draft.topic].remove(draft)
            for m in draft.people:
                del self._of[m]
                self.free.add(m)
                self.open.add(m)
        for draft in new:
            self.take(draft)

    def _keep(self, draft: Draft, people: list[int]) -> None:
        self._of.update(dict.fromkeys(people, draft))
        self.free.difference_update(people)
        self.open.difference_update(people)

    def can_leave(self, m: int, taken: Counter[int] | None = None) -> bool:
        """Whether somebody's group can spare them, beside those `taken` from it already.

        Nobody can be spared who is the first to hold a circle.
        """
        draft = self._of.get(m)
        if draft is None or draft.leads[:1] == [m]:
            return False
        gone = taken[id(draft)] if taken else 0
        return len(draft.people) - gone > self.at_least

    def note(self, m: int, taken: Counter[int]) -> None:
        """Count somebody as taken from their group."""
        if m in self._of:
            taken[id(self._of[m])] += 1
