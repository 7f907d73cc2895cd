"""Circles for as many people of a cohort as can be found, by three methods in a row.

1. Circles are opened greedily: the topic comes first whose next circle promises to place the
   most people who want it, and then the most people.
2. A few circles are dissolved and others are made of their people at random, again and again, and
   kept if they are no worse (ruin and recreate; Schrimpf and others 2000): first near those who
   were left, to place more people, and then, for supervision groups, to balance experience.
3. Of all circles that were ever made, a program in 0 and 1 chooses the best (set packing over the
   circles of a local search; Rochat and Taillard 1995).

Neither of the last two places fewer people than there were before. Work is counted, not timed, so
that the result is the same on any machine.
"""

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from random import Random

from peerloom.matching.circles.growing import CircleGrower, PossibleCircle
from peerloom.matching.circles.packing import choose_circles
from peerloom.matching.circles.people import CirclePeople
from peerloom.matching.circles.topics import Topic

_SEED = 20_260_101
# How often circles are dissolved to place more: for each person and in all. And how often to
# balance their means.
_RENEWALS_EACH, _MOST_RENEWALS, _BALANCING_RENEWALS = 100, 10_000, 1000
# Circles that are dissolved at a time, and people who were left that may then come in.
_MOST_DISSOLVED, _MOST_ADDED = 3, 40
# How often the new circles may be on any topic of their people.
_ANY_TOPIC = 0.3
# The distance of a circle's mean counts in parts of this.
_PRECISION = 10_000


class CircleSolver:
    """Makes circles of those who are ready.

    `spread`, if given, is a number for each person whose mean is to be about the same in each.
    """

    def __init__(
        self, people: CirclePeople, topics: Sequence[Topic], spread: Sequence[float] = ()
    ) -> None:
        self._people, self._topics, self._spread = people, topics, spread
        self._grower = CircleGrower(people, topics, spread)
        self._random = Random(_SEED)  # noqa: S311 - nothing secret depends on it
        self._topics_by_person: dict[int, list[int]] = {}
        for t, topic in enumerate(topics):
            for n in sorted(topic.people):
                if self._grower.can_include(t, n):
                    self._topics_by_person.setdefault(n, []).append(t)
        self._circles: list[PossibleCircle] = []
        self._left = set(self._topics_by_person)
        self._made: dict[int, PossibleCircle] = {}

    def solve(self) -> list[PossibleCircle]:
        """The circles; those who did not state when they are free come after all others."""
        stated = {n for n in self._left if self._people.people[n].availability}
        for some in (stated, self._topics_by_person.keys()):
            self._place_greedily(self._left & some)
        for _ in range(min(_MOST_RENEWALS, _RENEWALS_EACH * len(self._topics_by_person))):
            if self._left:
                self._renew_near(self._random.choice(sorted(self._left)))
        for _ in range(_BALANCING_RENEWALS if self._spread and len(self._circles) > 1 else 0):
            self._renew_unbalanced()
        if self._left or self._spread:
            self._choose_from_made()
        return self._circles

    def _keep(self, circles: list[PossibleCircle]) -> None:
        """Make these the circles, and everybody else left."""
        self._circles = circles
        self._left = self._topics_by_person.keys() - {n for c in circles for n in c.people}

    def _place_greedily(self, loose: set[int]) -> None:
        """Let loose people join the circles that there are, and open more for the others."""
        circles = self._join_circles(loose, self._circles)
        self._keep([*circles, *self._open_promising(loose)])

    def _open_promising(self, loose: set[int]) -> list[PossibleCircle]:
        """Open circles while any can be made, on the most promising topic first.

        Their people are taken from `loose`.
        """
        opened = []
        queue = [(self._rank_topic(t, loose), t) for t in range(len(self._topics))]
        heapify(queue)
        while queue:
            promised, t = heappop(queue)
            rank = self._rank_topic(t, loose)
            if rank > promised:
                heappush(queue, (rank, t))
            elif circle := self._grower.grow_best(t, loose):
                opened.append(self._take(circle, loose))
                heappush(queue, (self._rank_topic(t, loose), t))
        return opened

    def _rank_topic(self, t: int, loose: set[int]) -> tuple[int, int, int]:
        """Sort key of a topic, lower is better: minus people who want it, minus all, leaders."""
        topic, at_most = self._topics[t], self._people.at_most
        wanted = min(at_most - 1, len(topic.wanted & loose))
        everybody = min(at_most, len(topic.people & loose))
        return -wanted, -everybody, len(loose.intersection(topic.leaders))

    def _take(self, circle: PossibleCircle, loose: set[int]) -> PossibleCircle:
        """Remember a circle that was made, and take its people from `loose`."""
        self._made[circle.common.people] = circle
        loose.difference_update(circle.people)
        return circle

    def _open_at_random(self, loose: set[int], topics: Iterable[int]) -> list[PossibleCircle]:
        """Open circles on topics at random while any can be made, and take from `loose`."""
        opened, possible = [], sorted(topics)
        while possible:
            t = self._random.choice(possible)
            if circle := self._grower.grow_random(t, loose, self._random):
                opened.append(self._take(circle, loose))
            else:
                possible.remove(t)
        return opened

    def _join_circles(
        self, loose: set[int], circles: Sequence[PossibleCircle]
    ) -> list[PossibleCircle]:
        """The circles with loose people added where they keep the most hours in common.

        Those who share the fewest topics come first. Those who joined are taken from `loose`.
        """
        joined = list(circles)
        for n in sorted(loose, key=lambda n: (len(self._topics_by_person[n]), n)):
            rooms = [
                (self._people.count_starts(circle.common, n), -k)
                for k, circle in enumerate(joined)
                if circle.topic in self._topics_by_person[n]
            ]
            for _, k in sorted(rooms, reverse=True):
                if circle := self._grower.add_person(joined[-k], n):
                    joined[-k] = self._take(circle, loose)
                    break
        return joined

    def _renew_near(self, n: int) -> None:
        """Remake circles near somebody who is left, to place more people."""
        random, own = self._random, self._topics_by_person[n]
        topic = self._topics[random.choice(own)]
        near = [c for c in self._circles if c.topic in own or not topic.people.isdisjoint(c.people)]
        gone = random.sample(near, min(len(near), random.randint(1, _MOST_DISSOLVED)))
        self._renew(gone, {n}, own, self._measure_placed)

    def _renew_unbalanced(self) -> None:
        """Remake circles whose means are above and below that of all, to balance them."""
        random, distance = self._random, self._grower.measure_distance
        weights = [distance(circle) ** 2 for circle in self._circles]
        first = random.choices(self._circles, weights)[0] if any(weights) else self._circles[0]
        others = [c for c in self._circles if distance(c) * distance(first) < 0]
        gone = random.sample(others, min(len(others), random.randint(1, _MOST_DISSOLVED - 1)))
        self._renew([first, *gone], (), (), self._measure_worth)

    def _renew(
        self,
        gone: Sequence[PossibleCircle],
        near: Iterable[int],
        topics: Iterable[int],
        measure: Callable[[Sequence[PossibleCircle]], int],
    ) -> None:
        """Dissolve circles and make others at random, and keep these if they measure no less.

        Beside the people of the dissolved circles, those `near` may be in the new ones, and some
        who are left and share one of the topics. Now and then the new circles are on any topic.
        """
        random, topics_by_person = self._random, self._topics_by_person
        topics = {*topics, *(circle.topic for circle in gone)}
        left = sorted(n for n in self._left if not topics.isdisjoint(topics_by_person[n]))
        added = random.sample(left, min(len(left), _MOST_ADDED))
        loose = {*near, *added, *(n for circle in gone for n in circle.people)}
        if random.random() < _ANY_TOPIC:
            topics = {t for n in loose for t in topics_by_person[n]}
        new = self._join_circles(loose, self._open_at_random(loose, topics))
        if measure(new) >= measure(gone):
            self._circles = [*(circle for circle in self._circles if circle not in gone), *new]
            self._left.update(n for circle in gone for n in circle.people)
            self._left.difference_update(n for circle in new for n in circle.people)

    def _choose_from_made(self) -> None:
        """Choose from all circles that were made those that are worth the most together."""
        possible = list(self._made.values())
        worths = [self._measure_worth([circle]) for circle in possible]
        chosen = choose_circles(possible, worths, {c.common.people for c in self._circles})
        if self._measure_worth(chosen) > self._measure_worth(self._circles):
            self._keep(chosen)

    def _measure_worth(self, circles: Sequence[PossibleCircle]) -> int:
        """What circles are worth: first by whom they place.

        Of circles that place as many, those are worth more in which more people want the topic, or
        whose means are closer to that of all.
        """
        wanted = sum(len(self._topics[c.topic].wanted.intersection(c.people)) for c in circles)
        apart = 0
        if self._spread:
            distances = (self._grower.measure_distance(circle) for circle in circles)
            apart = sum(round(_PRECISION * distance**2) for distance in distances)
        whole = _PRECISION * (len(self._people.ready) + 1)
        return whole * self._measure_placed(circles) + wanted - apart

    def _measure_placed(self, circles: Iterable[PossibleCircle]) -> int:
        """Sort key: how many people circles have, then how many of them stated free hours."""
        placed = [self._people.people[n] for circle in circles for n in circle.people]
        stated = sum(bool(person.availability) for person in placed)
        return (len(self._people.ready) + 1) * len(placed) + stated
