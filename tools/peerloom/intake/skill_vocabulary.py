"""Finding free-text skills in the program's vocabulary by name, alias and spelling."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from peerloom import source
from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text, single_line, split_answers
from peerloom.intake.result import NewSkill, ParsedAnswer
from peerloom.model import Level, Skill
from peerloom.slugs import slug

LEVELS: dict[str, Level] = {
    "beginner": "beginner",
    "basic": "beginner",
    "basics": "beginner",
    "novice": "beginner",
    "intermediate": "intermediate",
    "advanced": "advanced",
    "proficient": "advanced",
    "expert": "expert",
}
_LEVEL_WORDS = "|".join(LEVELS)
_SKILL_THEN_LEVEL = re.compile(
    rf"(.+?)\s*[(\[:–-]\s*({_LEVEL_WORDS})(?: level)?[)\]]?", re.IGNORECASE
)
_LEVEL_THEN_SKILL = re.compile(rf"({_LEVEL_WORDS})\s+(.+)", re.IGNORECASE)
# The share of letters that must agree (optimal string alignment, which counts two exchanged letters
# as one mistake): one mistake in six letters passes.
_MIN_SIMILARITY = 0.82
_MIN_LENGTH_COMPARED = 5
_MAX_NAME_LENGTH = 200


@dataclass(slots=True)
class SkillVocabulary:
    """A program's skills, and a count of the people who named skills that are not among them."""

    skills: tuple[Skill, ...]
    _ids: dict[str, str] = field(init=False)
    _new_spellings: dict[str, Counter[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {
            _lookup_key(word): skill.id
            for skill in reversed(self.skills)
            for word in (*skill.aliases, skill.name, skill.id)
        }

    def split_skills(self, text: str) -> list[str]:
        """Return the skills named in one cell.

        An answer is split at its commas as well where that yields a known skill: `Python, R` is
        two skills, and `knitting, sewing and so on` stays as it was written.
        """
        skills: dict[str, None] = {}
        for answer in split_answers(text):
            parts = split_answers(answer) if self.find_skill(answer).value is None else []
            is_several = any(self.find_skill(part).value for part in parts)
            skills |= dict.fromkeys(parts if is_several else [answer])
        return list(skills)

    def find_skill(self, answer: str) -> ParsedAnswer:
        """Return a skill as records hold it, `{"skill": id, "level": …}`, or None if it is new."""
        text, level = _split_level(single_line(answer))
        id_ = self._ids.get(_lookup_key(answer))
        if id_:
            return ParsedAnswer({"skill": id_})
        id_ = self._ids.get(_lookup_key(text))
        if id_:
            return ParsedAnswer(_skill_with_level(id_, level))
        similar = self._find_similar(_lookup_key(text))
        if similar:
            message = f"{quoted(text)} is read as {similar}"
            help_ = "if it is something else, add it under 'skills' in content/program.yml"
            return ParsedAnswer(_skill_with_level(similar, level), "guessed", message, help_)
        return ParsedAnswer(None)

    def _find_similar(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word) < _MIN_LENGTH_COMPARED:
            return None
        exchanged = [
            key for key in self._ids if key[:1] == word[:1] and sorted(key) == sorted(word)
        ]
        if len(exchanged) == 1:
            return self._ids[exchanged[0]]
        near = process.extractOne(
            word, self._ids.keys(), scorer=OSA.normalized_similarity, score_cutoff=_MIN_SIMILARITY
        )
        # A short word or another number is another skill, not a misspelling: `c++` and `c`,
        # `python 2` and `python 3`.
        if (
            near is None
            or len(near[0]) < _MIN_LENGTH_COMPARED
            or _numbers_and_signs(near[0]) != _numbers_and_signs(word)
        ):
            return None
        return self._ids[near[0]]

    def count_new_skills(self, answers: Iterable[str]) -> None:
        """Count the answers of one person that are not in the vocabulary."""
        for text in {fold_text(answer): single_line(answer) for answer in answers}.values():
            self._new_spellings.setdefault(_lookup_key(text), Counter())[text] += 1

    @property
    def new_skills(self) -> tuple[NewSkill, ...]:
        """The skills that are not in the vocabulary, most used first, in their usual spelling."""
        skills = [
            NewSkill(
                text=max(sorted(spellings), key=spellings.__getitem__), people=spellings.total()
            )
            for spellings in self._new_spellings.values()
        ]
        return tuple(sorted(skills, key=lambda skill: (-skill.people, fold_text(skill.text))))

    def new_entries(self) -> tuple[Skill, ...]:
        """Return entries for the new skills, with ids that no skill has yet."""
        taken = {skill.id for skill in self.skills}
        entries: list[Skill] = []
        for skill in self.new_skills:
            id_ = slug(skill.text)
            if id_ and id_ not in taken and len(skill.text) <= _MAX_NAME_LENGTH:
                taken.add(id_)
                entries.append(Skill(id=id_, name=skill.text))
        return tuple(entries)


def _lookup_key(word: str) -> str:
    """Return a word as it is looked up: without case, and with punctuation as spaces."""
    text = re.sub(r"[-_/.,:;'’\"]+", " ", fold_text(word))
    return single_line(text) or fold_text(word)


def _numbers_and_signs(word: str) -> list[str]:
    return re.findall(r"[0-9+#]+", word)


def _split_level(text: str) -> tuple[str, Level | None]:
    """Return a skill and its level from `Python (expert)`, `Python: expert` or `expert Python`."""
    after = _SKILL_THEN_LEVEL.fullmatch(text)
    if after:
        return after[1], LEVELS[after[2].lower()]
    before = _LEVEL_THEN_SKILL.fullmatch(text)
    return (before[2], LEVELS[before[1].lower()]) if before else (text, None)


def _skill_with_level(id_: str, level: Level | None) -> dict[str, str]:
    return {"skill": id_, "level": level} if level else {"skill": id_}


def vocabulary_entry(skill: Skill) -> dict[str, Any]:
    """Return an entry of the vocabulary as `program.yml` holds it."""
    return {"id": skill.id, "name": skill.name}


def vocabulary_snippet(skills: Iterable[Skill]) -> str:
    """Return entries to paste under `skills` in `program.yml`."""
    entries = [vocabulary_entry(skill) for skill in skills]
    return source.dump({"skills": entries}).removeprefix("skills:\n") if entries else ""
