"""What mentees want and wrote, and what mentors offer, as phrases that can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import get_args

import numpy as np
import scipy.sparse as sp

from peerloom.matching.applicants import Applicants
from peerloom.matching.arrays import Floats, Ints, as_ints
from peerloom.matching.text_similarity import (
    Matrix,
    Vocabulary,
    WordCounts,
    cut_word,
    keep_word,
    scale_rows,
    split_words,
)
from peerloom.model import Level, Participant, SkillLevel

_LEVELS: dict[str | None, int] = {level: n for n, level in enumerate(get_args(Level))}
# What each level that an offer is below the wanted one takes from their similarity.
_LEVEL_PENALTY = 0.25
_SENTENCE_END = re.compile(r"[.!?;\n]+")
_MOST_SENTENCES, _MOST_PHRASES = 12, 60

_Phrase = tuple[str, Level | None]


@dataclass(slots=True)
class Phrases:
    """Distinct phrases, and which of them each person or team has.

    `texts` are as somebody wrote each first. `numbers` holds the phrases of everybody one after
    the other; those of person n are `numbers[starts[n]:starts[n + 1]]`.
    """

    texts: list[str] = field(default_factory=list)
    levels: list[Level | None] = field(default_factory=list)
    numbers: Ints = field(default_factory=lambda: as_ints([]))
    starts: Ints = field(default_factory=lambda: as_ints([0]))

    @property
    def counts(self) -> Ints:
        """How many phrases each has."""
        return np.diff(self.starts)

    def numbers_of(self, owner: int) -> Ints:
        """The phrases of one person or team."""
        return self.numbers[self.starts[owner] : self.starts[owner + 1]]

    def spread(self, owners: Ints) -> tuple[Ints, Ints]:
        """The phrases of some owners, one after the other, and for each the row of its owner."""
        counts = self.counts[owners]
        before = np.cumsum(counts) - counts
        places = np.arange(int(counts.sum())) - np.repeat(before - self.starts[owners], counts)
        return self.numbers[places], np.repeat(np.arange(len(owners)), counts)

    def add_up(self, vectors: Matrix) -> Matrix:
        """The sum of the vectors of each owner's phrases, owners × terms, with length 1."""
        shape = len(self.starts) - 1, len(self.texts)
        owned = sp.csr_matrix((np.ones(len(self.numbers)), self.numbers, self.starts), shape=shape)
        return scale_rows(owned @ vectors)


def _collect_phrases(owners: Iterable[Iterable[_Phrase]]) -> Phrases:
    """The phrases of each owner; two that have the same words and level are one."""
    index: dict[_Phrase, int] = {}
    phrases = Phrases()
    numbers: list[int] = []
    starts = [0]
    words: dict[str, str] = {}
    for stated in owners:
        own: set[int] = set()
        for text, level in stated:
            key = words.setdefault(text, " ".join(split_words(text))), level
            if key[0] and len(own) < _MOST_PHRASES:
                if key not in index:
                    index[key] = len(index)
                    phrases.texts.append(text)
                    phrases.levels.append(level)
                own.add(index[key])
        numbers += sorted(own)
        starts.append(len(numbers))
    phrases.numbers, phrases.starts = as_ints(numbers), as_ints(starts)
    return phrases


class Profiles:
    """What applicants wrote: `wants` of seekers, `offers` and `topics` of mentors, and `texts`.

    `topics` are everything that a mentor speaks of: offers and sentences about themselves.
    `texts` holds all that each seeker wrote as one text.
    """

    def __init__(self, applicants: Applicants) -> None:
        settings = applicants.program.settings
        self._skill_names = {skill.id: skill.name for skill in settings.skills}
        self._skill_ids = applicants.program.skills
        self._cohort = applicants.cohort.id
        seekers = [seeker.people for seeker in applicants.seekers]
        mentors = [mentor.person for mentor in applicants.mentors]
        self.wants = _collect_phrases(self._find_wants(people) for people in seekers)
        self.offers = _collect_phrases(self._find_offers(person) for person in mentors)
        self.topics = _collect_phrases(self._find_topics(person) for person in mentors)
        self.texts = [self._join_texts(people) for people in seekers]
        words = WordCounts([*self.texts, *(self._mentor_text(person) for person in mentors)])
        whole_words, self._runs = Vocabulary(keep_word, words), Vocabulary(cut_word, words)
        self._whole_words, self._counts = whole_words, words.counts
        self._want_vectors = whole_words.vectors(words.count_in(self.wants.texts))
        offer_vectors = whole_words.vectors(words.count_in(self.offers.texts))
        self._offer_columns: Matrix = offer_vectors.T.tocsr()
        # Where no level was stated, any offer will do, and an offer is good enough for anybody.
        self._want_levels = as_ints(_LEVELS.get(level, -1) for level in self.wants.levels)
        self._offer_levels = as_ints(_LEVELS.get(v, len(_LEVELS)) for v in self.offers.levels)
        self._topic_vectors = self._runs.vectors(words.count_in(self.topics.texts))

    def compare_wants(self, wants: Ints) -> Floats:
        """Similarity between 0 and 1 of wanted phrases and all offers: wants × offers.

        It is the cosine of their words, less a quarter for each level that the offer is short.
        """
        cosine = (self._want_vectors[wants] @ self._offer_columns).toarray()
        levels_short = np.maximum(self._want_levels[wants][:, None] - self._offer_levels, 0)
        similarity: Floats = np.minimum(cosine, 1.0) * (1 - _LEVEL_PENALTY * levels_short)
        return similarity

    def compare_texts(self, seekers: Ints, topics: Ints) -> Floats:
        """Similarity of what each seeker wrote and a topic, two by two, in order of the seekers.

        It is the cosine of their runs of characters, between 0 and 1.
        """
        similarity = np.zeros(len(seekers))
        distinct, first = np.unique(seekers, return_index=True)
        vectors = self._runs.vectors(self._counts[distinct])
        text = np.zeros(vectors.shape[1])
        for n, (start, end) in enumerate(pairwise([*first.tolist(), len(seekers)])):
            row = slice(vectors.indptr[n], vectors.indptr[n + 1])
            text[vectors.indices[row]] = vectors.data[row]
            similarity[start:end] = np.asarray(self._topic_vectors[topics[start:end]] @ text)
            text[vectors.indices[row]] = 0
        return np.minimum(similarity, 1.0)

    def estimate_wants(self, seekers: Ints, mentors: Ints) -> Floats:
        """Roughly how well offers meet wants, by the words of all of them: seekers × mentors."""
        wanted, offered, _ = self._whole_vectors
        return _compare_all(wanted[seekers], offered[mentors])

    def estimate_texts(self, seekers: Ints, mentors: Ints) -> Floats:
        """Roughly how close what the two wrote is, by its words: seekers × mentors."""
        *_, texts = self._whole_vectors
        return _compare_all(texts[seekers], texts[mentors + len(self.texts)])

    @cached_property
    def _whole_vectors(self) -> tuple[Matrix, Matrix, Matrix]:
        """Vectors of what each seeker wants, what each mentor offers, and all that they wrote."""
        offered = self.offers.add_up(self._offer_columns.T.tocsr())
        texts = self._whole_words.vectors(self._counts)
        return self.wants.add_up(self._want_vectors), offered, texts

    def are_stated_wants(self, people: Sequence[Participant], texts: Iterable[str]) -> bool:
        """Whether people named all these phrases as what they want to learn."""
        named = {
            text for p in people for text in (*self.name_skills(p.skills_wanted), *p.also_wants)
        }
        return {*texts} <= named

    def name_skills(self, skills: Iterable[SkillLevel]) -> Iterator[str]:
        """Each skill as the program's vocabulary names it."""
        for stated in skills:
            id_ = self._skill_ids.get(stated.skill.casefold(), stated.skill)
            yield self._skill_names.get(id_, stated.skill)

    def _with_levels(self, skills: tuple[SkillLevel, ...]) -> Iterator[_Phrase]:
        yield from zip(self.name_skills(skills), (skill.level for skill in skills), strict=True)

    def _find_wants(self, people: Sequence[Participant]) -> Iterator[_Phrase]:
        """What people want to learn; if they name nothing, more of what they know."""
        for person in people:
            yield from self._with_levels(person.skills_wanted)
            yield from ((text, None) for text in (*person.also_wants, *person.interests))
            if not person.skills_wanted and not person.also_wants:
                yield from ((text, None) for text, _ in self._find_offers(person))

    def _find_offers(self, person: Participant) -> Iterator[_Phrase]:
        yield from self._with_levels(person.skills_offered)
        yield from ((text, None) for text in person.also_offers)

    def _find_topics(self, person: Participant) -> Iterator[_Phrase]:
        yield from ((text, None) for text, _ in self._find_offers(person))
        sentences = [s for s in _SENTENCE_END.split(person.about or "") if s.strip()]
        yield from ((text, None) for text in sentences[:_MOST_SENTENCES])

    def _join_texts(self, people: Sequence[Participant]) -> str:
        texts: list[str] = []
        for person in people:
            for goal in person.goals:
                if goal.cohort in (None, self._cohort):
                    texts += [goal.title, goal.detail or ""]
            phrases = (*self._find_wants((person,)), *self._find_offers(person))
            texts += [*(text for text, _ in phrases), person.about or ""]
        return ". ".join(text for text in dict.fromkeys(texts) if text)

    def _mentor_text(self, person: Participant) -> str:
        return ". ".join([*(text for text, _ in self._find_offers(person)), person.about or ""])


def _compare_all(ours: Matrix, theirs: Matrix) -> Floats:
    """The square root of the cosine of every row with every other: rows × rows."""
    return np.sqrt(np.minimum((ours @ theirs.T).toarray(), 1.0))
