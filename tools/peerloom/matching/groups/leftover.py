"""Why those who are left for a topic make no group of their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from peerloom.matching.groups.outside import HARDEST
from peerloom.matching.groups.search import MOST_LEADS, Search
from peerloom.matching.groups.together import Together
from peerloom.matching.groups.topics import Topic
from peerloom.matching.groups.values import CHANGES, Said

# What each would ask: that people find hours, learn a language, or take back what they said.
_HARD = {"hours": 2, "language": 3, "apart": HARDEST}
_MORE_PEOPLE = 3
# Of those who could begin such a group, so many are looked at.
_IN_VAIN = 40


@dataclass(frozen=True, kw_only=True)
class Left:
    """The `people` who are in no group, by number, and what they could meet about."""

    together: Together
    topics: Sequence[Topic]
    people: frozenset[int]
    at_least: int
    what: str
    needs_topic: bool
    _said: dict[int, tuple[int, Said]] = field(default_factory=dict)

    def on(self, topic: int) -> frozenset[int]:
        """Who is left for a topic."""
        return self._on[topic]

    @cached_property
    def _on(self) -> list[frozenset[int]]:
        return [topic.people & self.people for topic in self.topics]

    def said(self, topic: int) -> tuple[int, Said]:
        """How much it would ask, and what stands in the way."""
        if topic not in self._said:
            self._said[topic] = self._too_few(topic) or self._at_odds(topic)
        return self._said[topic]

    def _about(self, topic: int) -> str:
        return f"'{self.topics[topic].name}'" if self.needs_topic else "mentoring"

    def _too_few(self, at: int) -> tuple[int, Said] | None:
        topic, about = self.topics[at], self._about(at)
        members = self.people.intersection(topic.members)
        leads = self.people.intersection(topic.leads)
        many = len(members) + min(MOST_LEADS, len(leads - members))
        missing = 1 if topic.needs_lead and not leads else 0
        more = max(0, self.at_least - many - missing)
        if not (more or missing):
            return None
        left = "1 person is" if many == 1 else f"{many} people are"
        why = f"and a {self.what} needs {self.at_least}" if more else "and nobody who offers it"
        changes = []
        if more:
            changes.append(f"find {more} more {'person' if more == 1 else 'people'} for {about}")
        if missing:
            changes.append(f"find a mentor who offers {about}")
        return _MORE_PEOPLE + more + missing, Said(
            "too few" if more else "nobody to hold it",
            f"{left} left for {about}, {why}",
            "; and ".join(changes),
        )

    def _at_odds(self, at: int) -> tuple[int, Said]:
        """Enough people are left: what stands in the way among them."""
        those = f"those who are left for {self._about(at)}"
        for constraint, hard in _HARD.items():
            if self._could(constraint, at):
                barrier, why = constraint, f"no {self.at_least} of {those} share a language"
                if constraint == "hours":
                    return hard, Said(
                        "hours",
                        f"no hour a week suits {self.at_least} of {those}",
                        self._best_hour(at),
                    )
                if constraint == "apart":
                    kinds = Counter(k for n in self.on(at) for k in self.together.barriers(n))
                    barrier = max(sorted(kinds), key=lambda kind: kinds[kind])
                    why = f"too many of {those} must not be in one {self.what}: {barrier}"
                return hard, Said(barrier, why, CHANGES[barrier])
        why = f"no {self.at_least} of {those} share both an hour and a language"
        return HARDEST, Said("hours", why, self._best_hour(at))

    def _could(self, constraint: str, topic: int) -> bool:
        """Whether a group could be, were a constraint not asked."""
        return self._without[constraint].opening.best(topic, most_in_vain=_IN_VAIN) is not None

    def _best_hour(self, at: int) -> str:
        said = [self.together.people[n] for n in sorted(self.on(at)) if self.together.said[n]]
        times = list(self.together.calendar.busiest(said, 1))
        return f"find an hour: {times[0]}" if times else CHANGES["hours"]

    @cached_property
    def _without(self) -> dict[str, Search]:
        """Groups that could be, were something not asked."""
        return {
            barrier: Search(
                self.together.without(barrier),
                self.topics,
                self.people,
                self.at_least,
                self.at_least,
            )
            for barrier in _HARD
        }
