"""Free-text skills to the program's vocabulary: by name, alias and spelling."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from peerloom import source
from peerloom.diagnostic import quoted
from peerloom.intake.notes import NewSkill, Said
from peerloom.intake.texts import answers, folded, one_line
from peerloom.model import Level, Skill
from peerloom.slugs import slug

_LEVELS: dict[str, Level] = {
    "beginner": "beginner",
    "basic": "beginner",
    "basics": "beginner",
    "novice": "beginner",
    "intermediate": "intermediate",
    "advanced": "advanced",
    "proficient": "advanced",
    "expert": "expert",
}
_LEVEL_WORDS = "|".join(_LEVELS)
_LEVEL_AFTER = re.compile(rf"(.+?)\s*[(\[:–-]\s*({_LEVEL_WORDS})(?: level)?[)\]]?", re.IGNORECASE)
_LEVEL_BEFORE = re.compile(rf"({_LEVEL_WORDS})\s+(.+)", re.IGNORECASE)
# A word of six letters may have one wrong or two exchanged, a longer one a quarter of that more.
_CLOSE = 0.82
_SHORTEST = 5
_LONGEST = 200


@dataclass(slots=True)
class Vocabulary:
    """The words of a program, and how many people used others."""

    skills: tuple[Skill, ...]
    _ids: dict[str, str] = field(init=False)
    _unknown: dict[str, Counter[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {
            _plain(word): skill.id
            for skill in reversed(self.skills)
            for word in (*skill.aliases, skill.name, skill.id)
        }

    def answers(self, text: str) -> list[str]:
        """Several answers in one cell; commas divide where they divide into known skills."""
        found: dict[str, None] = {}
        for answer in answers(text):
            parts = answers(answer) if self.understood(answer).value is None else []
            is_several = any(self.understood(part).value for part in parts)
            found |= dict.fromkeys(parts if is_several else [answer])
        return list(found)

    def understood(self, answer: str) -> Said:
        """A skill as records have it, `{"skill": id, "level": …}`, or nothing where it is new."""
        text, level = _without_level(one_line(answer))
        id_ = self._ids.get(_plain(answer))
        if id_:
            return Said({"skill": id_})
        id_ = self._ids.get(_plain(text))
        if id_:
            return Said(_leveled(id_, level))
        near = self._near(_plain(text))
        if near:
            message = f"{quoted(text)} is taken as {near}"
            help_ = "if it is something else, add it under 'skills' in content/program.yml"
            return Said(_leveled(near, level), "guessed", message, help_)
        return Said(None)

    def _near(self, word: str) -> str | None:
        if len(word) < _SHORTEST:
            return None
        near = process.extractOne(
            word, self._ids.keys(), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE
        )
        # `c++` and `c`, `python 2` and `python 3`: what is short or a number is no misspelling.
        if near is None or len(near[0]) < _SHORTEST or _digits(near[0]) != _digits(word):
            return None
        return self._ids[near[0]]

    def say_unknown(self, answers: Iterable[str]) -> None:
        """Counts what one person said that is not in the vocabulary."""
        for text in {folded(answer): one_line(answer) for answer in answers}.values():
            self._unknown.setdefault(_plain(text), Counter())[text] += 1

    @property
    def new(self) -> tuple[NewSkill, ...]:
        """What is not in the vocabulary, the most used first, in its most used spelling."""
        found = [
            NewSkill(text=max(sorted(said), key=said.__getitem__), people=said.total())
            for said in self._unknown.values()
        ]
        return tuple(sorted(found, key=lambda skill: (-skill.people, folded(skill.text))))

    def added(self) -> tuple[Skill, ...]:
        """Entries for what is new, with ids that none has yet."""
        taken = {skill.id for skill in self.skills}
        entries: list[Skill] = []
        for skill in self.new:
            id_ = slug(skill.text)
            if id_ and id_ not in taken and len(skill.text) <= _LONGEST:
                taken.add(id_)
                entries.append(Skill(id=id_, name=skill.text))
        return tuple(entries)


def _plain(word: str) -> str:
    """A word as it is looked up: without case, and with signs that separate as spaces."""
    text = re.sub(r"[-_/.,:;'’\"]+", " ", folded(word))
    return one_line(text) or folded(word)


def _digits(word: str) -> list[str]:
    return re.findall(r"[0-9+#]+", word)


def _without_level(text: str) -> tuple[str, Level | None]:
    after = _LEVEL_AFTER.fullmatch(text)
    if after:
        return after[1], _LEVELS[after[2].lower()]
    before = _LEVEL_BEFORE.fullmatch(text)
    return (before[2], _LEVELS[before[1].lower()]) if before else (text, None)


def _leveled(id_: str, level: Level | None) -> dict[str, str]:
    return {"skill": id_, "level": level} if level else {"skill": id_}


def as_entry(skill: Skill) -> dict[str, Any]:
    """An entry of the vocabulary as `program.yml` holds it."""
    return {"id": skill.id, "name": skill.name}


def snippet(skills: Iterable[Skill]) -> str:
    """Entries to paste under `skills` in `program.yml`."""
    entries = [as_entry(skill) for skill in skills]
    return source.dump({"skills": entries}).removeprefix("skills:\n") if entries else ""
