"""What people of a cohort could meet about: who shares it, and who could lead the circle."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import get_args

from peerloom.matching.circles.people import CirclePeople
from peerloom.matching.text_similarity import split_words
from peerloom.model import Level
from peerloom.records import Program

_LEVELS: tuple[Level, ...] = get_args(Level)
# People who state no level are taken to be in the middle.
_MIDDLE = (len(_LEVELS) - 1) / 2
# Further topics that one person names are not read, so that they do not slow the others down.
_MOST = 60
# The number of people who lead a circle, at most.
MOST_LEADERS = 2

_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something to meet about. People are numbers, those first who are to be asked first.

    `members` share it; `wanted` are those of them who want to learn it, and `offered` those who
    offer it. `leaders` could lead the circle: one or two do, if it `needs_leader`.
    """

    key: _Key | None
    name: str
    members: tuple[int, ...]
    leaders: tuple[int, ...]
    wanted: frozenset[int] = frozenset()
    offered: frozenset[int] = frozenset()
    needs_leader: bool = True

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody who shares it or could lead."""
        return frozenset(self.members) | frozenset(self.leaders)

    @cached_property
    def only_leaders(self) -> frozenset[int]:
        """Those who could lead and do not share it."""
        return frozenset(self.leaders) - frozenset(self.members)

    def choose_leaders(self, people: Iterable[int]) -> list[int]:
        """Those of a circle who lead it: whoever does not share the topic, or the first who may."""
        group = frozenset(people)
        only = [n for n in self.leaders if n in group & self.only_leaders]
        return only or [n for n in self.leaders if n in group][:1]


@dataclass(slots=True)
class _Mentions:
    """The spellings of a topic, and the people who offer (at a level), want and like it."""

    spellings: Counter[str] = field(default_factory=Counter)
    offers: dict[int, float] = field(default_factory=dict)
    wants: set[int] = field(default_factory=set)
    likes: set[int] = field(default_factory=set)


def find_topics(people: CirclePeople) -> tuple[Topic, ...]:
    """The topics of everybody who is ready: skills that they want or offer, and interests.

    Two spellings are one topic if the vocabulary of skills says so, or if they differ only in
    case and signs. Mentors who offer a topic may lead its circle; where nobody wants or offers
    it, mentors who are interested may.
    """
    mentions = _collect_mentions(people)
    sharing = Counter(n for each in mentions.values() for n in each.wants | each.likes)
    offering = Counter(n for each in mentions.values() for n in each.offers)
    mentors = {n for n in people.ready if people.roles[n] != "mentee"}
    waited = people.waited

    def make_topic(key: _Key, each: _Mentions) -> Topic:
        interested = dict.fromkeys(set() if each.wants else each.likes & mentors, 0.0)
        leaders = each.offers or interested
        shared = each.wants | each.likes
        return Topic(
            key=key,
            name=min(each.spellings, key=lambda text: (-each.spellings[text], text)),
            members=tuple(
                sorted(shared, key=lambda n: (n not in each.wants, sharing[n], waited[n], n))
            ),
            leaders=tuple(sorted(leaders, key=lambda n: (offering[n], -leaders[n], waited[n], n))),
            wanted=frozenset(each.wants),
            offered=frozenset(each.offers),
        )

    return tuple(make_topic(key, mentions[key]) for key in sorted(mentions))


def _collect_mentions(people: CirclePeople) -> dict[_Key, _Mentions]:
    program = people.data.applicants.program
    names = {("skill", s.id): " ".join(s.name.split()) for s in program.settings.skills}
    found: dict[_Key, _Mentions] = {}

    def mentions_of(texts: Iterable[str]) -> Iterator[tuple[str, _Mentions]]:
        for text in islice(texts, _MOST):
            key = find_topic_key(program, text)
            if key is not None:
                each = found.setdefault(key, _Mentions())
                each.spellings[names.get(key, " ".join(text.split()))] += 1
                yield " ".join(text.split()), each

    for n in sorted(people.ready):
        person = people.people[n]
        for _, each in mentions_of([*(s.skill for s in person.skills_wanted), *person.also_wants]):
            each.wants.add(n)
        for _, each in mentions_of(person.interests):
            each.likes.add(n)
        if people.roles[n] != "mentee":
            levels = {s.skill: _LEVELS.index(s.level) for s in person.skills_offered if s.level}
            offers = [*(s.skill for s in person.skills_offered), *person.also_offers]
            for text, each in mentions_of(offers):
                each.offers[n] = levels.get(text, _MIDDLE)
    return found


def find_topic_key(program: Program, text: str) -> _Key | None:
    """The key of the topic that a text names: a skill, or its words; None if it has no word."""
    words = " ".join(split_words(text))
    id_ = program.skills.get(text.casefold()) or program.skills.get(words)
    return ("skill", id_) if id_ else ("words", words) if words else None
