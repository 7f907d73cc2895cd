"""New groups on topics, opened greedily."""

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice

from peerloom.matching.groups.drafts import Draft, Drafts
from peerloom.matching.groups.together import Common
from peerloom.matching.groups.topics import Topic

# So many begin a group on trial, and so many people are looked at for it.
_SEEDS, _ASKED = 4, 120
# Quarters of an hour that are as good as more of them, where nobody says otherwise.
ENOUGH = 16
# Looks at people in all, so that the time is bounded.
_LOOKS = 6_000_000

_Worth = tuple[int, int, int]


class Opening:
    """Groups to open, of people who have none.

    `experience`, where it is given, is to be about the same in each. Whoever leaves the most
    hours in common is taken first; `enough` beginnings of an hour are as good as more.
    """

    def __init__(
        self,
        drafts: Drafts,
        topics: Sequence[Topic],
        experience: Sequence[float] = (),
        enough: int = ENOUGH,
    ) -> None:
        self._drafts, self._topics, self._experience = drafts, topics, experience
        self._together = drafts.together
        free = drafts.free
        self.mean = sum(experience[n] for n in free) / len(free) if experience and free else 0.0
        self._looks, self._enough = _LOOKS, enough
        self._people = [topic.people for topic in topics]
        self._hopeless: set[tuple[int, int]] = set()
        self.possible = [
            n
            for n, topic in enumerate(topics)
            if topic.leads and len(self._people[n] & free) >= drafts.at_least
        ]

    def open_all(self) -> None:
        """Groups while any can be made, the topic first whose next one promises most."""
        self._hopeless.clear()
        queue = [(promise, n) for n in self.possible if (promise := self._promise(n))]
        heapify(queue)
        seen: dict[int, _Worth] = {}
        while queue and self._looks > 0:
            before, n = heappop(queue)
            promise = self._promise(n)
            if promise is None:
                continue
            promise = max(promise, seen.get(n, promise))
            if promise > before:
                heappush(queue, (promise, n))
                continue
            draft = self.best(n)
            if draft is None:
                continue
            worth = self._worth(draft, promise[2])
            if queue and worth > promise and (worth, n) > queue[0]:
                seen[n] = worth
                heappush(queue, (worth, n))
                continue
            seen.pop(n, None)
            self._drafts.take(draft)
            if again := self._promise(n):
                heappush(queue, (again, n))

    def waiting(self, n: int) -> int:
        """How many who have no group have to do with a topic."""
        return len(self._people[n] & self._drafts.open)

    def _promise(self, n: int) -> _Worth | None:
        """The least that the worth of the next group on a topic could be."""
        topic, drafts = self._topics[n], self._drafts
        leads = len(drafts.open.intersection(topic.leads))
        everybody = self.waiting(n)
        if not leads or everybody < drafts.at_least:
            return None
        wanted = len(topic.wanted & drafts.open)
        return -min(drafts.at_most - 1, wanted), -min(drafts.at_most, everybody), leads

    def _worth(self, draft: Draft, leads: int) -> _Worth:
        """The least is the best: who wants to learn it, all people, and who could hold it."""
        wanted = self._topics[draft.topic].wanted
        return -sum(n in wanted for n in draft.members), -len(draft.people), leads

    def best(
        self, n: int, *, spared: bool = False, most_in_vain: int | None = None
    ) -> Draft | None:
        """The best group on a topic, by who begins it; with people whom others can spare."""
        size = self._size(n)
        found: list[Draft] = []
        in_vain = 0
        for seed in self._seeds(n, spared=spared):
            draft = self._grown(n, seed, size, spared=spared)
            if draft is not None:
                found.append(draft)
            else:
                in_vain += 1
                if not spared:
                    self._hopeless.add((n, seed))
            is_full = draft is not None and len(draft.people) >= size
            if is_full or len(found) == _SEEDS or in_vain == most_in_vain or self._looks <= 0:
                break
        return min(found, key=lambda draft: self._rank(draft, spared=spared), default=None)

    def _rank(self, draft: Draft, *, spared: bool) -> tuple[int, _Worth]:
        """The least is the best: where others must be spared, who places the most."""
        placed = len(self._drafts.free.intersection(draft.people)) if spared else 0
        return -placed, self._worth(draft, 0)

    def _seeds(self, n: int, *, spared: bool) -> Iterator[int]:
        leads, drafts = self._topics[n].leads, self._drafts
        for m in leads:
            if m in drafts.open and (spared or (n, m) not in self._hopeless):
                yield m
        if spared:
            yield from (m for m in leads if drafts.can_leave(m))

    def _size(self, n: int) -> int:
        """How many to aim at, so that the next groups on a topic have about as many."""
        topic, drafts = self._topics[n], self._drafts
        many = len(drafts.open.intersection(topic.members))
        leads = len(drafts.open.intersection(topic.leads))
        own = 1 if topic.needs_lead else 0
        groups = max(1, min(leads, -(-many // (drafts.at_most - own))))
        return min(drafts.at_most, max(drafts.at_least, -(-many // groups) + own))

    def _grown(self, n: int, seed: int, size: int, *, spared: bool) -> Draft | None:
        topic, drafts, together = self._topics[n], self._drafts, self._together
        common = together.each[seed]
        chosen, taken = [seed], Counter[int]()
        drafts.note(seed, taken)
        rooms = self._asked(n, seed, spared=spared)
        while len(chosen) < size:
            may = [m for m in rooms if m in drafts.free or drafts.can_leave(m, taken)]
            best = min(may, key=lambda m: self._cost(m, rooms[m], chosen), default=None)
            if best is None or (best not in drafts.free and len(chosen) >= drafts.at_least):
                break
            chosen.append(best)
            drafts.note(best, taken)
            common = together.joined(common, best)
            rooms = {m: room for m in may if m != best and (room := together.room(common, m))}
        own = 1 if topic.needs_lead else 0
        draft = Draft(n, chosen[:own], chosen[own:], common)
        if own:
            self._hold_together(draft)
        is_new = not drafts.free.isdisjoint(draft.members)
        return draft if is_new and len(draft.people) >= drafts.at_least else None

    def _hold_together(self, draft: Draft) -> None:
        """Where one is missing, a second who could hold it makes the group large enough."""
        if len(draft.people) == self._drafts.at_least - 1:
            for m in self._topics[draft.topic].leads:
                is_free = m in self._drafts.open and m not in draft.people
                if is_free and self._together.room(draft.common, m):
                    draft.leads.append(m)
                    draft.common = self._together.joined(draft.common, m)
                    return

    def _asked(self, n: int, seed: int, *, spared: bool) -> dict[int, int]:
        """Who could be in a group with its first one, and the room that each would leave."""
        drafts, common = self._drafts, self._together.each[seed]
        members = self._topics[n].members
        ways = [(m for m in members if m in drafts.open)]
        if spared:
            ways.append(m for m in members if drafts.can_leave(m))
        found: dict[int, int] = {}
        for way in ways:
            able = ((m, room) for m in way if m != seed and (room := self._room(common, m)))
            found.update(islice(able, _ASKED))
        return found

    def _room(self, common: Common, m: int) -> int:
        self._looks -= 1
        return self._together.room(common, m)

    def _cost(self, m: int, room: int, chosen: Sequence[int]) -> tuple[bool, bool, int, float]:
        """Who comes next: the least is the best, and who stands first of those."""
        far = 0.0
        if self._experience:
            all_ = sum(self._experience[k] for k in chosen) + self._experience[m]
            far = abs(all_ / (len(chosen) + 1) - self.mean)
        return m not in self._drafts.free, not self._together.said[m], -min(self._enough, room), far
