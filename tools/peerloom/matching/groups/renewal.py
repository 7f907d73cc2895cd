"""Groups made anew, a few at a time, where somebody is left who shares their topic.

Large neighborhood search (Shaw 1998): one to three groups are given up and made again, with who
is left, in an order drawn by a fixed seed; what places no fewer people than before is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random

from peerloom.matching.groups.drafts import Draft, Drafts
from peerloom.matching.groups.opening import ENOUGH
from peerloom.matching.groups.topics import Topic

_SEED = 20_260_101
# Attempts for each who is left, and in all.
_EACH, _ATTEMPTS = 15, 1_500
# So many in a row that place nobody more are the last.
_IN_VAIN = 600
_MOST_GROUPS = 3
_ENOUGH = (1, ENOUGH)
# Of who is left, so many are added.
_MOST_LEFT = 40

# The groups that some people could be in, on topics that only they share, and how many hours
# are enough for those who are chosen first.
_Make = Callable[[Sequence[Topic], Iterable[int], int], list[Draft]]


class Renewal:
    """Attempts to place more people, whose topics are `on`, for groups that are there."""

    def __init__(
        self,
        drafts: Drafts,
        topics: Sequence[Topic],
        on: dict[int, list[int]],
        make: _Make,
    ) -> None:
        self._drafts, self._topics, self._on, self._make = drafts, topics, on, make
        self._random = Random(_SEED)  # noqa: S311 - nothing secret depends on it
        self._people: dict[int, tuple[frozenset[int], frozenset[int]]] = {}

    def run(self) -> None:
        """Attempts, while anybody is left."""
        in_vain = 0
        for _ in range(min(_ATTEMPTS, _EACH * len(self._drafts.free))):
            left = sorted(self._drafts.free & self._on.keys())
            if not left or in_vain == _IN_VAIN:
                return
            self._attempt(self._random.choice(left))
            in_vain = 0 if len(self._drafts.free & self._on.keys()) < len(left) else in_vain + 1

    def _attempt(self, m: int) -> None:
        near = [draft for n in self._on[m] for draft in self._drafts.on(n)]
        if not near:
            return
        many = min(len(near), self._random.randint(1, _MOST_GROUPS))
        given_up = self._random.sample(near, many)
        people = {k for draft in given_up for k in draft.people}
        topics = sorted({*self._on[m], *(draft.topic for draft in given_up)})
        others = sorted(
            frozenset[int]().union(*(k & self._drafts.free for n in topics for k in self._of(n)))
        )
        if len(others) > _MOST_LEFT:
            others = self._random.sample(others, _MOST_LEFT)
        everybody = {*people, *others, m}
        made = self._make(
            [self._among(n, everybody) for n in topics],
            sorted(everybody),
            self._random.choice(_ENOUGH),
        )
        if sum(len(draft.people) for draft in made) >= len(people):
            for draft in made:
                draft.topic = topics[draft.topic]
            self._drafts.exchange(given_up, made)

    def _of(self, n: int) -> tuple[frozenset[int], frozenset[int]]:
        """The members of a topic, and who could hold it."""
        if n not in self._people:
            topic = self._topics[n]
            self._people[n] = frozenset(topic.members), frozenset(topic.leads)
        return self._people[n]

    def _among(self, n: int, people: set[int]) -> Topic:
        """A topic for some people only, in another order."""
        members, leads = (sorted(all_ & people) for all_ in self._of(n))
        self._random.shuffle(members)
        self._random.shuffle(leads)
        return replace(self._topics[n], members=tuple(members), leads=tuple(leads))
