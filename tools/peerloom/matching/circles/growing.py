"""One possible circle at a time: who may be in it, and how it grows."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from random import Random

from peerloom.matching.circles.people import CirclePeople, SharedByCircle
from peerloom.matching.circles.topics import MOST_LEADERS, Topic

# Circles that are grown for a topic before the best is taken, and candidates for each.
_SEEDS, _CANDIDATES = 4, 120
# Possible starts of a circle, in quarters of an hour, beyond which more do not count.
_ENOUGH_STARTS = 16


@dataclass(frozen=True, slots=True, eq=False)
class PossibleCircle:
    """A possible circle: its topic and people, by number, and what these share."""

    topic: int
    people: tuple[int, ...]
    common: SharedByCircle


class CircleGrower:
    """Grows circles on `topics`.

    `spread`, if given, is a number for each person whose mean is to be about the same in each
    circle as among all who are ready.
    """

    def __init__(
        self, people: CirclePeople, topics: Sequence[Topic], spread: Sequence[float] = ()
    ) -> None:
        self._people, self._topics = people, topics
        mean = sum(spread[n] for n in people.ready) / max(1, len(people.ready)) if spread else 0
        farthest = max((abs(spread[n] - mean) for n in people.ready), default=0) if spread else 0
        self._distances = [(number - mean) / (farthest or 1) for number in spread]

    def measure_distance(self, circle: PossibleCircle) -> float:
        """How far the mean of a circle is above that of all, in parts of the farthest person's."""
        return sum(self._distances[n] for n in circle.people) / len(circle.people)

    def can_include(self, t: int, n: int) -> bool:
        """Whether somebody could meet each of enough people of a topic for a circle."""
        common = self._people.alone[n]
        people = self._topics[t].people if self._topics[t].leaders else ()
        fitting = (m for m in people if m != n and self._people.count_starts(common, m))
        return len(list(islice(fitting, self._people.at_least - 1))) == self._people.at_least - 1

    def add_person(self, circle: PossibleCircle, n: int) -> PossibleCircle | None:
        """The circle with one more person, if they may be in it."""
        only_leaders = self._topics[circle.topic].only_leaders
        leading = sum(m in only_leaders for m in circle.people) if n in only_leaders else 1
        is_open = len(circle.people) < self._people.at_most and 0 < leading < MOST_LEADERS
        if not is_open or not self._people.count_starts(circle.common, n):
            return None
        common = self._people.add_to_common(circle.common, n)
        return PossibleCircle(circle.topic, (*circle.people, n), common)

    def grow_best(self, t: int, loose: AbstractSet[int]) -> PossibleCircle | None:
        """The best of several circles of loose people on a topic, by who begins it."""
        leaders, members = self._find_loose(t, loose)
        size = self._aim_at(self._topics[t], len(members), len(leaders))
        circles = self._grow_each(t, leaders, members, size, _ENOUGH_STARTS)
        wanted = self._topics[t].wanted
        return max(
            islice(circles, _SEEDS),
            key=lambda circle: (len(wanted.intersection(circle.people)), len(circle.people)),
            default=None,
        )

    def grow_random(self, t: int, loose: AbstractSet[int], random: Random) -> PossibleCircle | None:
        """The first circle on a topic in a random order of loose people, of a random size."""
        leaders, members = self._find_loose(t, loose)
        random.shuffle(leaders)
        random.shuffle(members)
        size = random.randint(self._people.at_least, self._people.at_most)
        enough = random.choice((1, _ENOUGH_STARTS))
        return next(self._grow_each(t, leaders, members, size, enough), None)

    def _find_loose(self, t: int, loose: AbstractSet[int]) -> tuple[list[int], list[int]]:
        """Leaders and members of a topic who are loose; nobody if they are too few."""
        topic = self._topics[t]
        if len(topic.people & loose) < self._people.at_least:
            return [], []
        return [n for n in topic.leaders if n in loose], [n for n in topic.members if n in loose]

    def _aim_at(self, topic: Topic, members: int, leaders: int) -> int:
        """The size at which to aim, so that the next circles on a topic have about as many."""
        own = 1 if topic.needs_leader else 0
        circles = max(1, min(-(-members // (self._people.at_most - own)), leaders))
        size = -(-members // circles) + own
        return min(self._people.at_most, max(self._people.at_least, size))

    def _grow_each(
        self, t: int, leaders: Sequence[int], members: Sequence[int], size: int, enough: int
    ) -> Iterator[PossibleCircle]:
        """A circle around each leader that becomes large enough.

        Those members come first who leave the most hours, where `enough` starts of an hour are as
        good as more. It ends at a size, but where one person is missing, it takes a second leader.
        """
        for leader in leaders:
            circle = self._grow(t, leader, members, size, enough)
            if len(circle.people) == self._people.at_least - 1:
                extended = (self.add_person(circle, n) for n in leaders if n not in circle.people)
                circle = next((found for found in extended if found), circle)
            if len(circle.people) >= self._people.at_least:
                yield circle

    def _grow(
        self, t: int, leader: int, members: Sequence[int], size: int, enough: int
    ) -> PossibleCircle:
        """A leader and the members who come next, one by one, up to a size."""
        people = self._people
        circle = PossibleCircle(t, (leader,), people.alone[leader])
        candidates = [n for n in members if n != leader]
        while len(circle.people) < size:
            starts = {n: people.count_starts(circle.common, n) for n in candidates}
            candidates = [n for n in candidates if starts[n]][:_CANDIDATES]
            if not candidates:
                break
            ranks = [self._rank_person(circle, min(enough, starts[n]), n) for n in candidates]
            best = candidates.pop(ranks.index(min(ranks)))
            circle = PossibleCircle(
                t, (*circle.people, best), people.add_to_common(circle.common, best)
            )
        return circle

    def _rank_person(self, circle: PossibleCircle, starts: int, n: int) -> tuple[bool, int, float]:
        """Sort key of the next person: stated hours first, then the starts left, and the spread."""
        distance = 0.0
        if self._distances:
            distance = abs(self._distances[n] + sum(self._distances[m] for m in circle.people))
        return not self._people.people[n].availability, -starts, distance
