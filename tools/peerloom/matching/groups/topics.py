"""What people of a cohort could meet about: who shares it, and who could hold the hour."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import get_args

from peerloom.matching.words import tokens
from peerloom.model import Level, Participant, Role
from peerloom.records import Program

_LEVELS: tuple[Level, ...] = get_args(Level)
# Who says no level is taken to be in the middle.
_MIDDLE = (len(_LEVELS) - 1) / 2
# Nobody has more topics of a kind than this, and nobody's may slow the others down.
_MOST = 60

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something to meet about, with people by number, those first who are to be asked first.

    `key` tells it from others, `members` share it, `wanted` are those of them who
    want to learn it, `offered` who offers it, and `leads` could hold the circle: one of them
    must, where it `needs_lead`.
    """

    key: tuple[str, str]
    name: str
    members: tuple[int, ...]
    leads: tuple[int, ...]
    wanted: frozenset[int] = frozenset()
    offered: frozenset[int] = frozenset()
    needs_lead: bool = True

    @property
    def people(self) -> frozenset[int]:
        """Everybody who has to do with it."""
        return frozenset(self.members) | frozenset(self.leads)


@dataclass(slots=True)
class _Said:
    """How a topic is written, who offers it at what level, who wants it, and who likes it."""

    written: Counter[str] = field(default_factory=Counter)
    offers: dict[int, float] = field(default_factory=dict)
    wants: set[int] = field(default_factory=set)
    likes: set[int] = field(default_factory=set)

    @property
    def shared(self) -> set[int]:
        return self.wants | self.likes


def topics(
    program: Program,
    people: Sequence[tuple[int, Participant, Role]],
    waited: Sequence[tuple[int, int]],
) -> tuple[Topic, ...]:
    """The topics that people named: skills that they want or offer, and interests.

    Two words are one topic where the vocabulary of skills says so, or where they differ in
    nothing but case and signs. Who offers a topic may hold its circle if they mentor; where
    nobody wants or offers it, who mentors and is interested may. `waited` orders people.
    """
    found = _found(program, people)
    many = Counter(n for said in found.values() for n in said.shared)
    holds = Counter(n for said in found.values() for n in said.offers)
    mentors = {n for n, _, role in people if role != "mentee"}

    def topic(key: _Key, said: _Said) -> Topic:
        could = said.offers or dict.fromkeys(set() if said.wants else said.likes & mentors, 0.0)
        return Topic(
            key=key,
            name=min(said.written, key=lambda text: (-said.written[text], text)),
            members=tuple(
                sorted(said.shared, key=lambda n: (n not in said.wants, many[n], waited[n], n))
            ),
            leads=tuple(sorted(could, key=lambda n: (holds[n], -could[n], waited[n], n))),
            wanted=frozenset(said.wants),
            offered=frozenset(said.offers),
        )

    return tuple(topic(key, found[key]) for key in sorted(found))


def _found(program: Program, people: Sequence[tuple[int, Participant, Role]]) -> dict[_Key, _Said]:
    skills = program.settings.skills
    names = {("skill", skill.id): " ".join(skill.name.split()) for skill in skills}
    found: dict[_Key, _Said] = {}

    def said(key: _Key, text: str) -> _Said:
        one = found.setdefault(key, _Said())
        one.written[names.get(key, text)] += 1
        return one

    for n, person, role in people:
        wants = [*(s.skill for s in person.skills_wanted), *person.also_wants]
        for key, text in _keys(program, wants):
            said(key, text).wants.add(n)
        for key, text in _keys(program, person.interests):
            said(key, text).likes.add(n)
        if role != "mentee":
            levels = {s.skill: _LEVELS.index(s.level) for s in person.skills_offered if s.level}
            offers = [*(s.skill for s in person.skills_offered), *person.also_offers]
            for key, text in _keys(program, offers):
                said(key, text).offers[n] = levels.get(text, _MIDDLE)
    return found


def _keys(program: Program, texts: Iterable[str]) -> Iterator[tuple[_Key, str]]:
    for text in islice(texts, _MOST):
        key = key_of(program, text)
        if key is not None:
            yield key, " ".join(text.split())


def key_of(program: Program, text: str) -> tuple[str, str] | None:
    """What tells a topic from others; nothing where no word is in the text."""
    words = " ".join(tokens(text))
    id_ = program.skills.get(text.casefold()) or program.skills.get(words)
    return ("skill", id_) if id_ else ("words", words) if words else None
