"""Circles out of people who share a topic: many possible ones, of which the best are chosen.

First circles are opened greedily: the topic comes first whose next circle promises to place the
most people; a circle begins with somebody who can lead it and takes whoever leaves the most hours
in common. Then many more possible circles are grown at random, also around those who were left,
and a program in 0 and 1 (set packing, solved by OR-tools' CP-SAT) chooses those that place the
most people. Work is counted, not timed, so that the result is the same on any machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import islice
from random import Random
from statistics import pstdev

from ortools.sat.python import cp_model

from peerloom.matching.circles.people import CirclePeople, Common
from peerloom.matching.circles.topics import MOST_LEADERS, Topic

# Seeds that are tried for each circle, and candidates that are considered for it.
_SEEDS, _CANDIDATES = 4, 120
# Quarters of an hour at which a circle could start that are as good as more of them.
_ENOUGH_ROOM = 16
# Rounds of growing possible circles, how many are grown in each, for each topic and leader and
# in all, and the work to choose among them, in the solver's own measure.
_ROUNDS, _GROWN_EACH, _GROWN, _VARIED, _WORK = 5, 40, 2500, 3000, 1.5
_SEED = 20_260_101
# In a larger cohort so few are left by then that the program would take long and place no more.
_MOST_CHOSEN_FROM = 250
# Places in circles that are tried for somebody who is left.
_PLACES_TRIED = 400
# A mean is close to that of all within this share of the standard deviation of people, a quarter
# of what a random deal would give.
_CLOSE = 0.1
# Rounds of exchanges, circles with which each exchanges people, and a gain that is none.
_BALANCE_ROUNDS, _MOST_EXCHANGES, _EPSILON = 6, 40, 1e-9


@dataclass(slots=True, eq=False)
class Circle:
    """A circle in the making: its topic and people, by number, and what these share."""

    topic: int
    people: list[int]
    common: Common


class CircleSolver:
    """Makes circles of those who are ready.

    `spread`, if given, is a number for each person whose mean is to be about the same in each.
    """

    def __init__(
        self, people: CirclePeople, topics: Sequence[Topic], spread: Sequence[float] = ()
    ) -> None:
        self._people, self._topics, self._spread = people, topics, spread
        self.circles: list[Circle] = []
        self.left = set(people.ready)
        total = sum(spread[n] for n in self.left) if spread else 0.0
        self._mean = total / max(1, len(self.left))
        self._topics_of: dict[int, list[int]] = {}
        for t, topic in enumerate(topics):
            for n in topic.people if topic.leaders else ():
                self._topics_of.setdefault(n, []).append(t)

    def solve(self) -> list[Circle]:
        """The circles, in the order in which they were made."""
        stated = {n for n in self.left if self._people.people[n].availability}
        for some in (stated, set(self.left)):
            self._open_greedily(some)
            self._make_room()
            self._open_greedily(some)
        self._place_left()
        self._improve()
        if self._spread:
            self._balance()
            self._join()
        return self.circles

    def can_open(self, t: int) -> bool:
        """Whether those who are left could make a circle on a topic."""
        return self._promise(t, self.left) < (0, 0, 0) and bool(self._grow_best(t, self.left))

    def _open_greedily(self, some: set[int]) -> None:
        """Open circles of some who are left while any can be made."""
        queue = [(self._promise(t, some), t) for t in range(len(self._topics))]
        heapify(queue)
        while queue:
            promise, t = heappop(queue)
            current = self._promise(t, some)
            if current > promise:
                heappush(queue, (current, t))
            elif current < (0, 0, 0) and (circle := self._grow_best(t, some)):
                self._add(circle)
                heappush(queue, (self._promise(t, some), t))

    def _promise(self, t: int, some: set[int]) -> tuple[int, int, int]:
        """Sort key of a topic, lower is better: (-who wants it, -people, leaders); 0s for none."""
        topic, left = self._topics[t], self.left & some
        leaders, everybody = len(left.intersection(topic.leaders)), len(left & topic.people)
        if not leaders or everybody < self._people.at_least:
            return 0, 0, 0
        wanted = min(self._people.at_most - 1, len(topic.wanted & left))
        return -wanted, -min(self._people.at_most, everybody), leaders

    def _grow_best(self, t: int, some: set[int]) -> Circle | None:
        """The best circle on a topic, by who begins it."""
        topic, size = self._topics[t], self._aim_at(t, some)
        circles: list[Circle] = []
        for leader in topic.leaders:
            if leader in self.left and leader in some and len(circles) < _SEEDS:
                circle = self._grow_from(t, leader, size, some)
                if len(circle.people) >= self._people.at_least:
                    circles.append(circle)
                if len(circle.people) >= size:
                    break
        return max(
            circles,
            key=lambda c: (sum(n in topic.wanted for n in c.people), len(c.people)),
            default=None,
        )

    def _aim_at(self, t: int, some: set[int]) -> int:
        """The size at which to aim, so that the next circles on a topic have about as many."""
        topic, left = self._topics[t], self.left & some
        own = 1 if topic.needs_leader else 0
        members = len(left.intersection(topic.members))
        circles = -(-members // (self._people.at_most - own))
        circles = max(1, min(circles, len(left.intersection(topic.leaders))))
        size = -(-members // circles) + own
        return min(self._people.at_most, max(self._people.at_least, size))

    def _grow_from(self, t: int, leader: int, size: int, some: set[int]) -> Circle:
        """A circle of some who are left, of a size if possible."""
        members = [n for n in self._topics[t].members if n in self.left and n in some]
        circle = Circle(t, [leader], self._people.alone[leader])
        candidates = [n for n in members if n != leader]
        for grown in self._grow(circle, candidates, _ENOUGH_ROOM):
            circle = grown
            if len(circle.people) == size:
                break
        self._add_second_leader(circle)
        return circle

    def _grow(self, circle: Circle, candidates: list[int], enough: int) -> Iterator[Circle]:
        """The circle with one more each time, up to the greatest size."""
        people = self._people
        order = {n: place for place, n in enumerate(candidates)}
        while len(circle.people) < people.at_most:
            rooms = [(room, n) for n in candidates if (room := people.room(circle.common, n))]
            if not rooms:
                return
            costs = ((self._cost(circle, min(enough, room), n), order[n], n) for room, n in rooms)
            best = min(costs)[2]
            common = people.add(circle.common, best)
            circle = Circle(circle.topic, [*circle.people, best], common)
            candidates = [n for _, n in rooms[:_CANDIDATES] if n != best]
            yield circle

    def _cost(self, circle: Circle, room: int, n: int) -> tuple[bool, int, float]:
        """Sort key of who comes next: stated hours, the room that they leave, and the spread."""
        distance = 0.0
        if self._spread:
            total = sum(self._spread[m] for m in circle.people) + self._spread[n]
            distance = abs(total / (len(circle.people) + 1) - self._mean)
        return not self._people.people[n].availability, -room, distance

    def _add_second_leader(self, circle: Circle) -> None:
        """Where one is missing, a second leader makes the circle large enough."""
        topic = self._topics[circle.topic]
        if topic.needs_leader and len(circle.people) == self._people.at_least - 1:
            for n in topic.leaders:
                is_left = n in self.left and n not in circle.people
                if is_left and self._people.room(circle.common, n):
                    circle.people.append(n)
                    circle.common = self._people.add(circle.common, n)
                    return

    def _add(self, circle: Circle) -> None:
        self.circles.append(circle)
        self.left.difference_update(circle.people)

    def _join(self) -> None:
        """Add everybody who is left to the open circle that keeps the most hours in common."""
        for n in sorted(self.left, key=lambda n: (len(self._topics_of.get(n, ())), n)):
            options = [
                (self._people.room(circle.common, n), -place)
                for place, circle in enumerate(self.circles)
                if circle.topic in self._topics_of.get(n, ()) and self._is_open(circle, n)
            ]
            room, place = max(options, default=(0, 0))
            if room:
                circle = self.circles[-place]
                circle.people.append(n)
                circle.common = self._people.add(circle.common, n)
                self.left.remove(n)

    def _place_left(self) -> None:
        """Place more people by moving one at a time, while that helps."""
        before = -1
        while before != len(self.left):
            before = len(self.left)
            self._split()
            self._make_room()

    def _make_room(self) -> None:
        """Let those who are left take the place of somebody who can go to another circle."""
        self._join()
        for n in sorted(self.left & self._topics_of.keys()):
            topics = self._topics_of[n]
            places = ((c, m) for c in self.circles if c.topic in topics for m in list(c.people))
            for circle, gone in islice(places, _PLACES_TRIED):
                new = self._complete(circle.topic, [*(m for m in circle.people if m != gone), n])
                if new and self._move(circle, new, gone):
                    self.left.remove(n)
                    break

    def _move(self, circle: Circle, new: Circle, gone: int) -> bool:
        """Make a circle a new one without somebody, if another circle takes them."""
        for other in self.circles:
            if other is not circle and other.topic in self._topics_of[gone]:
                joined = self._complete(other.topic, [*other.people, gone])
                if joined:
                    other.people, other.common = joined.people, joined.common
                    circle.people, circle.common = new.people, new.common
                    return True
        return False

    def _split(self) -> None:
        """Open circles of those who are left with people whom large circles can spare."""
        for n in sorted(self.left & self._topics_of.keys()):
            for t in self._topics_of[n] if n in self.left else ():
                spare = self._find_spare(self._topics[t])
                some = self.left | spare.keys()
                start = next((m for m in self._topics[t].leaders if m in some), None)
                if start is not None and n in self.left:
                    self._open_with_spare(t, [start] if start == n else [start, n], spare)

    def _find_spare(self, topic: Topic) -> dict[int, Circle]:
        """People who share a topic and whose circles have more than they need."""
        spare: dict[int, Circle] = {}
        for circle in self.circles:
            leaders = self._topics[circle.topic].choose_leaders(circle.people)
            able = [m for m in circle.people if m in topic.people and m not in leaders]
            extra = len(circle.people) - self._people.at_least
            spare |= dict.fromkeys(able[: max(0, extra)], circle)
        return spare

    def _open_with_spare(self, t: int, first: list[int], spare: dict[int, Circle]) -> None:
        circle = self._complete_start(t, first)
        some = [m for m in self._topics[t].members if m in self.left or m in spare]
        candidates = sorted((m for m in some if m not in first), key=lambda m: m in spare)
        for grown in self._grow(circle, candidates, 1) if circle else ():
            if len(grown.people) == self._people.at_least:
                for m in grown.people:
                    if m in spare:
                        spare[m].people.remove(m)
                        spare[m].common = self._people.share(spare[m].people)
                self._add(grown)
                return

    def _complete_start(self, t: int, first: list[int]) -> Circle | None:
        common = self._people.alone[first[0]]
        for n in first[1:]:
            if not self._people.room(common, n):
                return None
            common = self._people.add(common, n)
        return Circle(t, first, common)

    def _is_open(self, circle: Circle, n: int) -> bool:
        only_leaders = self._topics[circle.topic].only_leaders
        leading = sum(m in only_leaders for m in circle.people)
        has_room = len(circle.people) < self._people.at_most
        return has_room and (n not in only_leaders or 0 < leading < MOST_LEADERS)

    def _improve(self) -> None:
        """Grow possible circles at random, and choose those that place the most people."""
        if len(self._people.ready) > _MOST_CHOSEN_FROM:
            return
        random = Random(_SEED)  # noqa: S311 - nothing secret depends on it
        possible = {frozenset(circle.people): circle for circle in self.circles}
        for n in range(_ROUNDS):
            if not self.left & self._topics_of.keys():
                return
            for start in self._pick_starts(random, around_left=n > 0):
                self._grow_at_random(start, random, possible)
            possible |= {frozenset(each.people): each for each in self._vary(random)}
            self._choose(list(possible.values()))
            self._place_left()
            possible |= {frozenset(circle.people): circle for circle in self.circles}

    def _pick_starts(self, random: Random, *, around_left: bool) -> list[tuple[int, list[int]]]:
        """Topics and first people of circles to grow: a leader, and then maybe who was left."""
        starts = [
            (t, [leader] if not around_left or leader == n else [leader, n])
            for n in (sorted(self.left & self._topics_of.keys()) if around_left else [-1])
            for t in (self._topics_of[n] if around_left else range(len(self._topics)))
            for leader in self._topics[t].leaders
        ]
        if len(starts) * _GROWN_EACH > _GROWN:
            return random.choices(starts, k=_GROWN)
        return starts * _GROWN_EACH

    def _grow_at_random(
        self, start: tuple[int, list[int]], random: Random, possible: dict[frozenset[int], Circle]
    ) -> None:
        """Grow a circle of anybody and add it to the possible ones at each size on the way."""
        t, first = start
        members = [n for n in self._topics[t].members if n not in first]
        candidates = random.sample(members, min(len(members), _CANDIDATES))
        enough = random.choice((1, 1, 1, _ENOUGH_ROOM))
        circle = self._complete_start(t, first)
        for grown in self._grow(circle, candidates, enough) if circle else ():
            if len(grown.people) >= self._people.at_least:
                possible.setdefault(frozenset(grown.people), grown)

    def _vary(self, random: Random) -> Iterator[Circle]:
        """Circles without one of their people, with one who was left, and with one more.

        With these, somebody who was left can take the place of somebody who can go elsewhere.
        """
        left = sorted(self.left & self._topics_of.keys())
        changes = [
            (circle, gone, new)
            for circle in self.circles
            for gone in circle.people
            for new in (-1, *left)
            if new < 0 or circle.topic in self._topics_of[new]
        ]
        moved: set[int] = set()
        for circle, gone, new in random.sample(changes, min(len(changes), _VARIED)):
            rest = [n for n in circle.people if n != gone]
            varied = self._complete(circle.topic, rest if new < 0 else [*rest, new])
            if varied is not None:
                moved.add(gone)
                yield varied
        for circle in self.circles:
            near = [n for n in sorted(moved) if circle.topic in self._topics_of[n]]
            for n in random.sample(near, min(len(near), _CANDIDATES)):
                varied = self._complete(circle.topic, [*circle.people, n])
                if varied is not None and n not in circle.people:
                    yield varied

    def _complete(self, t: int, numbers: list[int]) -> Circle | None:
        """A circle of these people, in this order, if they may be one."""
        topic, people = self._topics[t], self._people
        if not people.at_least <= len(numbers) <= people.at_most:
            return None
        if not any(n in topic.leaders for n in numbers):
            return None
        only = sum(n in topic.only_leaders for n in numbers)
        common = people.share(numbers[:-1])
        if (topic.needs_leader and only > MOST_LEADERS) or not people.room(common, numbers[-1]):
            return None
        return Circle(t, numbers, people.add(common, numbers[-1]))

    def _choose(self, possible: list[Circle]) -> None:
        """Choose circles of which no two have somebody in common, so as to place the most.

        Of as many, those who stated when they are free come first, and then who wants the topic.
        """
        model = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in possible]
        by_person: dict[int, list[cp_model.IntVar]] = {}
        whole, worth, current = (
            len(self._people.ready) + 1,
            [],
            {frozenset(c.people) for c in self.circles},
        )
        for circle, variable in zip(possible, chosen, strict=True):
            for n in circle.people:
                by_person.setdefault(n, []).append(variable)
            stated = sum(bool(self._people.people[n].availability) for n in circle.people)
            wanted = sum(n in self._topics[circle.topic].wanted for n in circle.people)
            worth.append(whole * (whole * len(circle.people) + stated) + wanted)
            model.add_hint(variable, frozenset(circle.people) in current)
        for variables in by_person.values():
            model.add_at_most_one(variables)
        model.maximize(cp_model.LinearExpr.weighted_sum(chosen, worth))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = _WORK
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.circles = [
                c for c, variable in zip(possible, chosen, strict=True) if solver.value(variable)
            ]
            placed = {n for circle in self.circles for n in circle.people}
            self.left = set(self._people.ready) - placed

    def _balance(self) -> None:
        """Exchange members of two circles while that brings their means closer to that of all."""
        close = (
            _CLOSE * pstdev(self._spread[n] for n in self._people.ready) if self.circles else 0.0
        )
        improved = True
        for _ in range(_BALANCE_ROUNDS):
            if not improved:
                return
            improved = False
            order = sorted(self.circles, key=lambda c: (self._distance(c.people), c.people))
            for circle in self.circles:
                if abs(self._distance(circle.people)) <= close:
                    continue
                others = order if self._distance(circle.people) > 0 else order[::-1]
                for other in others[:_MOST_EXCHANGES]:
                    if circle is not other and self._exchange(circle, other):
                        improved = True

    def _distance(self, people: Sequence[int]) -> float:
        return sum(self._spread[n] for n in people) / len(people) - self._mean

    def _exchange(self, circle: Circle, other: Circle) -> bool:
        """Make the exchange of two people that helps most, if any does."""
        now = self._distance(circle.people) ** 2 + self._distance(other.people) ** 2
        gains = sorted(
            (then, n, m)
            for n in circle.people
            for m in other.people
            if (then := self._apart_after(circle, other, n, m)) < now - _EPSILON
        )
        for _, n, m in gains:
            pair = []
            for own, leaves, joins in ((circle, n, m), (other, m, n)):
                rest = [k for k in own.people if k != leaves]
                common = self._people.share(rest)
                if not self._people.room(common, joins):
                    break
                pair.append((own, [*rest, joins], self._people.add(common, joins)))
            if len(pair) == 2:
                for own, people, common in pair:
                    own.people, own.common = people, common
                return True
        return False

    def _apart_after(self, circle: Circle, other: Circle, n: int, m: int) -> float:
        shift = self._spread[m] - self._spread[n]
        one = self._distance(circle.people) + shift / len(circle.people)
        two = self._distance(other.people) - shift / len(other.people)
        return one * one + two * two
