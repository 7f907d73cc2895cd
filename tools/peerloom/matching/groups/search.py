"""Groups out of people who share a topic: opened greedily, then improved one by one.

Topics that the most people want come first, and of those the ones that the fewest can hold. A
group begins with somebody who can hold it and takes whoever leaves the most hours in common.
Then those who are left join where there is room, make another group with people whom large ones
can spare, or take the place of somebody who can go elsewhere; and near to them a few groups at a
time are made anew. Who did not say when they are free comes after all others. Groups that must
be balanced exchange people while that brings their means together.

It is no optimum: nothing tries all partitions. On random cohorts of 10 to 14 people it places 98
of 100 whom the best of all partitions places. Work is counted, not timed, and so is bounded and
the same on any machine.
"""

from collections.abc import Iterable, Iterator, Sequence

from peerloom.matching.groups.balance import Balance
from peerloom.matching.groups.drafts import Draft, Drafts
from peerloom.matching.groups.opening import ENOUGH, Opening
from peerloom.matching.groups.renewal import Renewal
from peerloom.matching.groups.together import Together
from peerloom.matching.groups.topics import Topic

# So many hold a circle at most.
MOST_LEADS = 2
# Attempts to improve, in all.
_TRIES = 300_000
_ROUNDS = 5
# Of those who could begin a group with people whom others spare, so many are tried in vain.
_IN_VAIN = 40


class Search:
    """The way to groups of the people `free`, of `at_least` to `at_most` each.

    `experience`, by number, is to be about the same in each group where it is given.
    """

    def __init__(
        self,
        together: Together,
        topics: Sequence[Topic],
        free: Iterable[int],
        at_least: int,
        at_most: int,
        experience: Sequence[float] = (),
        enough: int = ENOUGH,
    ) -> None:
        self._topics = topics
        self.drafts = Drafts(together, free, at_least, at_most)
        self.opening = Opening(self.drafts, topics, experience, enough)
        self._together, self._experience = together, experience
        self._tries = _TRIES
        self._shares: dict[int, list[int]] = {}
        self._holds: dict[int, list[int]] = {}
        for n in self.opening.possible:
            for m in topics[n].members:
                self._shares.setdefault(m, []).append(n)
            for m in topics[n].leads:
                self._holds.setdefault(m, []).append(n)

    def run(self) -> list[Draft]:
        """The groups, in the order in which they were made."""
        self._make()
        ids = {*self._shares, *self._holds}
        on = {m: sorted({*self._shares.get(m, ()), *self._holds.get(m, ())}) for m in ids}
        Renewal(self.drafts, self._topics, on, self._made_anew).run()
        self._improve()
        if self._experience:
            Balance(self.drafts, self._experience, self.opening.mean).run()
            self._join()
        return self.drafts.made

    def _make(self) -> None:
        drafts = self.drafts
        drafts.open = {m for m in drafts.free if self._together.said[m]}
        self.opening.open_all()
        self._improve()
        drafts.open = set(drafts.free)
        self._join()
        self.opening.open_all()
        self._improve()

    def _made_anew(
        self, topics: Sequence[Topic], people: Iterable[int], enough: int
    ) -> list[Draft]:
        size = self.drafts.at_least, self.drafts.at_most
        search = Search(self._together, topics, people, *size, self._experience, enough=enough)
        search._make()
        return search.drafts.made

    def _improve(self) -> None:
        for _ in range(_ROUNDS):
            before = len(self.drafts.open)
            self._join()
            self._split()
            self._make_room()
            self._hold_too()
            if len(self.drafts.open) == before:
                return

    def _waiting(self) -> list[int]:
        """Who is left, those first who share the fewest topics."""
        return sorted(self.drafts.open, key=lambda m: (len(self._shares.get(m, ())), m))

    def _drafts(self, m: int) -> Iterator[Draft]:
        """The groups on what somebody shares."""
        return (draft for n in self._shares.get(m, ()) for draft in self.drafts.on(n))

    def _join(self) -> None:
        """Who is left joins where that leaves the most hours."""
        for m in self._waiting():
            rooms = [
                (self._together.room(draft.common, m), draft)
                for draft in self._drafts(m)
                if self.drafts.has_room(draft)
            ]
            room, draft = max(rooms, key=lambda found: found[0], default=(0, None))
            if room and draft:
                self.drafts.enter(m, draft)

    def _split(self) -> None:
        """Who is left makes a group with people whom large groups can spare."""
        topics = {n for m in self.drafts.open for n in self._shares.get(m, ())}
        for n in sorted(topics, key=lambda n: (-self.opening.waiting(n), n)):
            while draft := self.opening.best(n, spared=True, most_in_vain=_IN_VAIN):
                self.drafts.take(draft)

    def _make_room(self) -> None:
        """Who is left takes the place of somebody who can go to another group."""
        for m in self._waiting():
            if self._tries <= 0:
                return
            others = ((draft, other) for draft in self._drafts(m) for other in [*draft.members])
            any(self._is_replaced(m, draft, other) for draft, other in others)

    def _is_replaced(self, m: int, draft: Draft, other: int) -> bool:
        if not self._has_tries():
            return False
        common = self._together.of(n for n in draft.people if n != other)
        if not self._together.room(common, m):
            return False
        for to in self._drafts(other):
            is_open = to is not draft and self.drafts.has_room(to)
            if is_open and self._has_tries() and self._together.room(to.common, other):
                self.drafts.leave(other)
                self.drafts.enter(other, to)
                self.drafts.enter(m, draft)
                return True
        return False

    def _has_tries(self) -> bool:
        self._tries -= 1
        return self._tries >= 0

    def _hold_too(self) -> None:
        """Who could hold a circle and is left holds one with another, where there is room."""
        for m in sorted(self.drafts.open):
            drafts = [
                draft
                for n in self._holds.get(m, ())
                for draft in self.drafts.on(n)
                if 0 < len(draft.leads) < MOST_LEADS
                and self.drafts.has_room(draft)
                and self._together.room(draft.common, m)
            ]
            if drafts:
                fewest = min(drafts, key=lambda draft: len(draft.people))
                self.drafts.enter(m, fewest, leads=True)
