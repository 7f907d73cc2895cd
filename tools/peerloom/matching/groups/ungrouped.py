"""Who stays without a group, what stands in the way, and the smallest change that would help."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from peerloom.matching.groups.leftover import Left
from peerloom.matching.groups.outside import Place, Places
from peerloom.matching.groups.together import Together
from peerloom.matching.groups.topics import Topic
from peerloom.matching.groups.values import Said

# Groups that are looked at for one person and topic.
_MOST_SEEN = 200
# To join a group on something else is less asked than to find three more people, or to overrule.
_OTHER_TOPIC = 5

_Way = tuple[int, Callable[[], Said]]


@dataclass(frozen=True, kw_only=True)
class Ungrouped:
    """Everybody who is `left`, by number, with the topics and the groups of all.

    `what` a group is called. Where nobody `needs_topic` there is only one, which all share.
    """

    together: Together
    topics: Sequence[Topic]
    left: frozenset[int]
    places: Sequence[Place]
    at_least: int
    what: str
    needs_topic: bool

    def said(self, n: int) -> Said:
        """Why somebody who is ready for a group has none."""
        topics = sorted(self._topics_of.get(n, []), key=lambda at: -len(self._left.on(at)))
        suits = self._suiting(n) if self.needs_topic else None
        if not topics:
            return Said("no topic", "they named nothing that others could share", _named(suits))
        ways = [way for topic in topics for way in self._ways(n, topic)]
        if suits:
            other = Said("no topic", "too few are left for what they named", _named(suits))
            ways.append((_OTHER_TOPIC, lambda: other))
        return min(ways, key=lambda way: way[0])[1]()

    def _ways(self, n: int, topic: int) -> Iterator[_Way]:
        """What could help somebody on a topic, and how hard it is."""
        is_member = n in self.topics[topic].members
        places = self._places_on.get(topic, [])[:_MOST_SEEN]
        hard, said = self._left.said(topic)
        if places:
            broken = [self._places.broken(place, n, is_member=is_member) for place in places]
            hardest, at = min((self._places.hard(ids, hard), at) for at, ids in enumerate(broken))
            yield hardest, lambda: self._places.said(places[at], n, broken[at], said)
        yield hard, lambda: said

    def _suiting(self, n: int) -> Place | None:
        """A group, on whatever it is, that has room and suits somebody in everything else."""
        seen = islice(self.places, _MOST_SEEN)
        fits = (p for p in seen if p.has_room and self.together.room(p.common, n))
        return next(fits, None)

    @cached_property
    def _topics_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at in range(len(self.topics)):
            for n in self._left.on(at):
                found.setdefault(n, []).append(at)
        return found

    @cached_property
    def _places_on(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for place in self.places:
            for topic in place.topics:
                found.setdefault(topic, []).append(place)
        return found

    @cached_property
    def _places(self) -> Places:
        return Places(together=self.together, what=self.what)

    @cached_property
    def _left(self) -> Left:
        return Left(
            together=self.together,
            topics=self.topics,
            people=self.left,
            at_least=self.at_least,
            what=self.what,
            needs_topic=self.needs_topic,
        )


def _named(suits: Place | None) -> str:
    if suits is None:
        return "ask, and fill 'skills_wanted', 'skills_offered' or 'interests'"
    return f"ask whether they would like to join '{suits.name}', which has room and suits them"
