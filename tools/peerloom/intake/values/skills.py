"""Skills that an answer names: the whole cell, then known names in it, then what separates them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text, single_line
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, certain_value
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import remove_invisible
from peerloom.text.phrases import list_words

_BULLET = re.compile(r"^\s*(?:[-–—•*·‣▪●○✓✔☑✅]|\d{1,2}[.)])\s+")
_LONGEST_JOIN = 6
# `No Python` and `anything but Git` offer and want neither.
_NEGATED = re.compile(
    r"^(?:no|not|never|kein|keine|keinen|nicht|sin|sem|sans|pas|nao|não)\s|:\s*no$|"
    r"\b(?:not|do ?n[o'’]?t|cannot|can['’]?t|except|(?:any|every)thing but|rather not)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSkills:
    """The skills of an answer.

    `known` are those of the vocabulary as records hold them, `others` are words that it does not
    know, and `misspelled` gives the id of the skill that a word is near to: an alias to propose.
    """

    known: tuple[dict[str, str], ...] = ()
    others: tuple[str, ...] = ()
    misspelled: tuple[tuple[str, str], ...] = ()


def read_skills(text: str, vocabulary: SkillVocabulary) -> AnswerValue[NamedSkills]:
    """Return the skills that an answer names; a near spelling is a guess at a known skill."""
    visible = remove_invisible(text).strip()
    if is_filler(visible) or not visible:
        return NO_ANSWER
    known: dict[str, dict[str, str]] = {}
    others: dict[str, str] = {}
    misspelled: dict[str, str] = {}
    for item in split_skills(visible, vocabulary):
        found = vocabulary.find_skill(item)
        if found.value is None:
            if not is_filler(item):
                others.setdefault(fold_text(item), single_line(item))
            continue
        known.setdefault(found.value["skill"], found.value)
        if found.kind == "guessed":
            misspelled[single_line(item)] = found.value["skill"]
    value = NamedSkills(
        known=tuple(known.values()),
        others=tuple(others.values()),
        misspelled=tuple(misspelled.items()),
    )
    if not misspelled:
        return certain_value(value)
    message = list_words(f"{quoted(word)} is read as {id_}" for word, id_ in misspelled.items())
    return AnswerValue(value=value, certainty="guess", message=message, choices=(value,))


def split_skills(text: str, vocabulary: SkillVocabulary) -> list[str]:
    """Return the skills named in a cell, each once.

    The whole cell comes first, so that a known name may hold any sign. Line breaks and semicolons
    always separate. A comma does where no semicolon or line break is there, or where it yields a
    known skill, but not inside a known name or brackets; a slash and an `and` do where all that
    they separate is known.
    """
    if _is_exactly_known(text, vocabulary):
        return [single_line(text)]
    pieces = [_BULLET.sub("", line) for line in re.split(r"[;|\n]|\s[•·‣▪]\s", text)]
    items = [_strip_signs(piece) for piece in pieces if _strip_signs(piece)]
    found: dict[str, str] = {}
    for item in items:
        for part in _split_item(item, vocabulary, is_only=len(items) == 1):
            found.setdefault(fold_text(part), part)
    return list(found.values())


def says_what_is_not_so(text: str) -> bool:
    """Whether a skill that is no known one is named only to say that it is not meant."""
    return bool(_NEGATED.search(fold_text(text)))


def _strip_signs(text: str) -> str:
    """Return a piece without what ends a sentence and without brackets or `etc.` around it."""
    plain = re.sub(r"[\s,;]+(?:etc|usw)\.?$", "", text.strip(" .,!\t"))
    in_brackets = re.fullmatch(r"[(\[]([^()\[\]]*)[)\]]", plain)
    return (in_brackets[1] if in_brackets else plain).strip(" .,!\t")


def _is_known(text: str, vocabulary: SkillVocabulary) -> bool:
    """Whether a text is the name of a skill, exactly or nearly.

    A near name has as many commas: `Statistics, R` is not a misspelling of `Statistics`.
    """
    found = vocabulary.find_skill(text)
    if found.value is None or found.kind is None:
        return found.value is not None
    id_ = found.value["skill"]
    names = [name for s in vocabulary.skills if s.id == id_ for name in (s.name, *s.aliases)]
    return any(_count_separators(name) == _count_separators(text) for name in (*names, id_))


def _count_separators(text: str) -> int:
    return len(re.findall("[,;/\n]", text))


def _is_exactly_known(text: str, vocabulary: SkillVocabulary) -> bool:
    found = vocabulary.find_skill(text)
    return found.value is not None and found.kind is None


def _split_item(item: str, vocabulary: SkillVocabulary, *, is_only: bool) -> list[str]:
    """Return the skills of one item, split at its commas, or else at slashes and `and`."""
    if _is_known(item, vocabulary):
        return [item]
    parts = list(_join_known(_split_at_commas(item), vocabulary))
    if len(parts) > 1 and (is_only or any(_is_known(part, vocabulary) for part in parts)):
        return [each for part in parts for each in _split_closely(part, vocabulary)]
    return _split_closely(item, vocabulary)


def _split_closely(item: str, vocabulary: SkillVocabulary) -> list[str]:
    """Return the parts between slashes, `and` and `&` where each of them is a known skill."""
    if _is_known(item, vocabulary):
        return [item]
    without_and = re.sub(r"^(?:and|und|et|y|e)\s+", "", item)
    for pattern in (r"\s*/\s*|\s*\+\s+|\s+[-–—]\s+", r"\s*/\s*|\s*&\s*|\s+(?:and|und|et|y|e)\s+"):
        parts = [part.strip() for part in re.split(pattern, item) if part.strip()]
        if len(parts) > 1 and all(_is_exactly_known(part, vocabulary) for part in parts):
            return parts
    return [without_and if _is_known(without_and, vocabulary) else item]


def _join_known(parts: Sequence[str], vocabulary: SkillVocabulary) -> Iterator[str]:
    """Yield the parts between commas, with those joined again that are one known name together."""
    position = 0
    while position < len(parts):
        for length in range(min(_LONGEST_JOIN, len(parts) - position), 0, -1):
            joined = ", ".join(parts[position : position + length])
            if length == 1 or _is_exactly_known(joined, vocabulary):
                yield joined
                position += length
                break


def _split_at_commas(text: str) -> list[str]:
    """Return what stands between commas outside of brackets."""
    pieces, depth = [""], 0
    for character in text:
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character in ",、，" and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    whole = pieces if depth == 0 else re.split("[,、，]", text)
    return [piece.strip(" .") for piece in whole if piece.strip(" .")]
