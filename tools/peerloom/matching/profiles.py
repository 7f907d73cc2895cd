"""What mentees want and wrote, and what mentors offer, as distinct phrases with numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import get_args

import numpy as np

from peerloom.matching.market import Floats, Ints
from peerloom.matching.pool import Pool
from peerloom.matching.words import Matrix, Vocabulary, Words, pieces, tokens, whole
from peerloom.model import Level, Participant, SkillLevel

_LEVELS: dict[str | None, int] = {level: n for n, level in enumerate(get_args(Level))}
# What each level that a mentor has less than somebody wants takes away.
_STEP_DOWN = 0.25
_SENTENCE = re.compile(r"[.!?;\n]+")
_MOST_SENTENCES = 12
_MOST_PHRASES = 60
# Who is near is looked for by pieces that no more phrases have.
_COMMON = 250

# A phrase in the words it is compared by, and a level where one was said.
_Phrase = tuple[str, Level | None]


@dataclass(slots=True)
class Phrases:
    """Distinct phrases, as people wrote them first, and which of them each person has.

    `own` holds numbers of phrases, and `starts` where each person's begin in it.
    """

    shown: list[str] = field(default_factory=list)
    levels: list[Level | None] = field(default_factory=list)
    own: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    starts: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int64))

    def of(self, person: int) -> Ints:
        """The phrases of one person, by number."""
        return self.own[self.starts[person] : self.starts[person + 1]]

    @property
    def many(self) -> Ints:
        """How many each person has."""
        return np.diff(self.starts)


def _phrases(people: Iterable[Iterable[tuple[str, Level | None]]]) -> Phrases:
    index: dict[_Phrase, int] = {}
    words_of: dict[str, str] = {}
    found = Phrases()
    own: list[int] = []
    starts = [0]
    for said in people:
        mine: set[int] = set()
        for text, level in said:
            if text not in words_of:
                words_of[text] = " ".join(tokens(text))
            key = (words_of[text], level)
            if key[0] and len(mine) < _MOST_PHRASES:
                if key not in index:
                    index[key] = len(index)
                    found.shown.append(text)
                    found.levels.append(level)
                mine.add(index[key])
        own += sorted(mine)
        starts.append(len(own))
    found.own, found.starts = np.array(own, dtype=np.int64), np.array(starts, dtype=np.int64)
    return found


class Profiles:
    """The words of a pool, and how near what one wants is to what another offers."""

    def __init__(self, pool: Pool) -> None:
        self._names = {skill.id: skill.name for skill in pool.program.settings.skills}
        self._skills = pool.program.skills
        self._cohort = pool.cohort.id
        self.wants = _phrases(self._wanted(s.people) for s in pool.seekers)
        self.offers = _phrases(self._offered(m.person) for m in pool.mentors)
        self.speaks = _phrases(self._spoken(m.person) for m in pool.mentors)
        self.texts = [self._text(s.people) for s in pool.seekers]
        words = Words([*self.texts, *(self._mentor_text(m.person) for m in pool.mentors)])
        by_word, self._by_piece = Vocabulary(whole, words), Vocabulary(pieces, words)
        self._wanted_words = by_word.rows(words.count(self.wants.shown))
        self._offered_words: Matrix = by_word.rows(words.count(self.offers.shown)).T.tocsr()
        self._pieces = self._by_piece.rows(words.count(self.speaks.shown))
        self._telling = _rare(self._pieces).T.tocsr()
        self._texts = words.counts[: len(self.texts)]

    def near_wants(self, wants: Ints) -> Floats:
        """How near each offer is to what is wanted, between 0 and 1: wants × offers."""
        shared = (self._wanted_words[wants] @ self._offered_words).toarray()
        wanted = np.array([_LEVELS.get(self.wants.levels[n], -1) for n in wants], dtype=np.int64)
        offered = np.array(
            [_LEVELS.get(level, len(_LEVELS)) for level in self.offers.levels], dtype=np.int64
        )
        short = np.maximum(wanted[:, None] - offered[None, :], 0)
        near: Floats = np.minimum(shared, 1.0) * (1 - _STEP_DOWN * short)
        return near

    def is_wanted(self, people: Sequence[Participant], texts: Iterable[str]) -> bool:
        """Whether people named all these phrases as what they want to learn."""
        said = {text for p in people for text, _ in self._named(p.skills_wanted)}
        return {*texts} <= said | {text for p in people for text in p.also_wants}

    def near_each(self, seeker: Ints, phrase: Ints) -> Floats:
        """How near all that a seeker wrote is to a phrase, for each two in the seekers' order."""
        found = np.zeros(len(seeker))
        distinct, first = np.unique(seeker, return_index=True)
        rows = self._by_piece.rows(self._texts[distinct])
        text = np.zeros(rows.shape[1])
        for n, (start, end) in enumerate(pairwise([*first.tolist(), len(seeker)])):
            own = slice(rows.indptr[n], rows.indptr[n + 1])
            text[rows.indices[own]] = rows.data[own]
            found[start:end] = np.asarray(self._pieces[phrase[start:end]] @ text)
            text[rows.indices[own]] = 0
        return np.minimum(found, 1.0)

    def roughly_near_texts(self, seekers: Ints) -> Matrix:
        """The same for all phrases, without the pieces that very many phrases have."""
        found: Matrix = self._by_piece.rows(self._texts[seekers]) @ self._telling
        return found

    def _named(self, skills: Iterable[SkillLevel]) -> Iterator[tuple[str, Level | None]]:
        for said in skills:
            id_ = self._skills.get(said.skill.casefold(), said.skill)
            yield self._names.get(id_, said.skill), said.level

    def _wanted(self, people: Sequence[Participant]) -> Iterator[tuple[str, Level | None]]:
        """What people want to learn; who names nothing is taken to want more of what they know."""
        for person in people:
            yield from self._named(person.skills_wanted)
            yield from ((text, None) for text in person.also_wants)
            yield from ((text, None) for text in person.interests)
            if not person.skills_wanted and not person.also_wants:
                yield from ((text, None) for text, _ in self._offered(person))

    def _offered(self, person: Participant) -> Iterator[tuple[str, Level | None]]:
        yield from self._named(person.skills_offered)
        yield from ((text, None) for text in person.also_offers)

    def _spoken(self, person: Participant) -> Iterator[tuple[str, Level | None]]:
        yield from ((text, None) for text, _ in self._offered(person))
        if person.about:
            sentences = [s for s in _SENTENCE.split(person.about) if s.strip()]
            yield from ((text, None) for text in sentences[:_MOST_SENTENCES])

    def _text(self, people: Sequence[Participant]) -> str:
        said: list[str] = []
        for person in people:
            for goal in person.goals:
                if goal.cohort in (None, self._cohort):
                    said += [goal.title, goal.detail or ""]
            said += [text for text, _ in (*self._wanted((person,)), *self._offered(person))]
            said.append(person.about or "")
        return ". ".join(text for text in dict.fromkeys(said) if text)

    def _mentor_text(self, person: Participant) -> str:
        return ". ".join([*(text for text, _ in self._offered(person)), person.about or ""])


def _rare(phrases: Matrix) -> Matrix:
    """Phrases without the pieces that very many have."""
    many = np.bincount(phrases.indices, minlength=phrases.shape[1])
    found = phrases.copy()
    found.data[many[found.indices] > _COMMON] = 0
    found.eliminate_zeros()
    return found
