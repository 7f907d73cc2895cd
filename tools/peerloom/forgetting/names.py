"""The words by which a person is named in a text, and what is put in their place."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from peerloom.kinds import KIND_NAMES
from peerloom.model import Pair, Participant, Record
from peerloom.records import Program
from peerloom.schema import load_schema
from peerloom.slugs import slug

# What stands in a sentence in place of a name.
SOMEBODY = "somebody"
# A shorter part of a name, such as `Li`, is a word of some language far too often.
_SHORTEST_PART = 3
_PATH_GOES_ON = re.compile(r"/|\.(?:md|yml|html)\b")
# An id may stand after a date, as in the names of check-ins, and nowhere else inside of another.
_BEFORE_AN_ID = r"(?:(?<![\w-])|(?<=\d\d-\d\d-))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A word that names somebody: in which file and line, and whether it may mean something else.

    What `is_shared` with somebody of the same name, or with a word of the language or the program,
    is never replaced.
    """

    path: str
    line: int
    word: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What somebody is called: `exact` in any case, and parts of the name with a capital.

    `exact` has the whole name, the login and ids, each with what takes its place. `shared` are
    the parts that somebody else has in their name, too, and `ambiguous` those of `exact` that
    mean something else in the program, such as a skill, or somebody else. `plain` are ids and
    logins of one word, which may be any word of a sentence: they are sure only in a path, or after
    an @.
    """

    exact: Mapping[str, str]
    parts: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    _pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pattern", _compile_words(self.exact, self.parts | self.shared))

    def find_mentions(self, path: str, text: str) -> Iterator[Mention]:
        """Yield each word in the text of a file that names the person."""
        for match in self._pattern.finditer(text):
            word = _normalize(match[0])
            line = text.count("\n", 0, match.start()) + 1
            yield Mention(path=path, line=line, word=word, is_shared=not self._is_sure(match))

    def replace_in(self, text: str) -> str:
        """Return a text without the words that name the person and nobody else."""
        return self._pattern.sub(self._replacement, text)

    def _replacement(self, match: re.Match[str]) -> str:
        if not self._is_sure(match):
            return match[0]
        word = _normalize(match[0])
        # A first name with a capital is a name, also where it is an id in small letters.
        return SOMEBODY if word in self.parts else self.exact.get(_fold(word), SOMEBODY)

    def _is_sure(self, match: re.Match[str]) -> bool:
        """Whether a word that was found can mean only this person."""
        word = _normalize(match[0])
        if word in self.shared or _fold(word) in self.ambiguous:
            return False
        if word in self.parts or _fold(word) not in self.plain:
            return True
        before, after = match.string[: match.start()][-1:], match.string[match.end() :]
        return before in ("/", "@", "-") or bool(_PATH_GOES_ON.match(after))

    def is_ambiguous(self, word: str) -> bool:
        """Whether a name, login or id of the person may mean something or somebody else."""
        return _fold(word) in self.ambiguous

    def list_certain(self) -> dict[str, str]:
        """Return what of `exact` can mean only this person."""
        return {word: new for word, new in self.exact.items() if word not in self.ambiguous}

    def without_doubt(self) -> "Names":
        """Return the same names for texts in which also a plain word is sure to mean the person."""
        return replace(self, plain=frozenset())


def names_for(
    name: str,
    login: str | None,
    ids: Mapping[str, str],
    others: Collection[str],
    vocabulary: frozenset[str],
) -> Names:
    """Return the words that name a person.

    `ids` are ids that name them, each with the id that takes its place; the first is their own.
    `others` are the names, logins and ids of all other people, and `vocabulary` words of the
    program's own.
    """
    own_id = next(iter(ids.values()))
    exact = {name: SOMEBODY} | ({slug(name): own_id} if slug(name) else {})
    exact |= {login: own_id} if login else {}
    exact |= ids
    own_parts, their_parts = _list_parts(name), {p for each in others for p in _list_parts(each)}
    folded = {_fold(word): new for word, new in exact.items()}
    return Names(
        exact=folded,
        ambiguous=(vocabulary | set(map(_fold, others))) & folded.keys(),
        plain=frozenset(word for word in folded if word.isalpha()),
        parts=frozenset(own_parts - their_parts),
        shared=frozenset(own_parts & their_parts),
    )


def join_names(each: Iterable[Names]) -> Names:
    """Return the words of several names that one person had, one after the other."""
    names = tuple(each)
    return Names(
        exact={word: new for one in reversed(names) for word, new in one.exact.items()},
        parts=frozenset[str]().union(*(one.parts for one in names)),
        shared=frozenset[str]().union(*(one.shared for one in names)),
        ambiguous=frozenset[str]().union(*(one.ambiguous for one in names)),
        plain=frozenset[str]().union(*(one.plain for one in names)),
    )


def _list_parts(name: str) -> set[str]:
    """Return the parts of a name, such as `Yu-ting`, and `Yu` if that were longer."""
    whole = unicodedata.normalize("NFC", name)
    words = {*whole.split(), *re.findall(r"[^\W\d_]+", whole)}
    # A script without capitals has no small letters either.
    return {word for word in words if len(word) >= _SHORTEST_PART and not word[0].islower()}


def list_names_of_others(
    program: Program,
    id_: str,
    own_logins: Iterable[str],
    own_pairs: Container[tuple[str, str]] = (),
) -> frozenset[str]:
    """Return the names, logins and ids of all people in a program but one, coordinators too.

    The ids of pairs are among them, but for those by whose ids the person is named: `own_pairs`, by
    cohort and id.
    """
    people = [each for each in program.participants.values() if each.id != id_]
    logins = {
        word for record in program.records_naming_coordinators for word in record.coordinators
    }
    logins |= {each.github for each in people if each.github}
    own = {login.casefold() for login in own_logins}
    theirs = {word for word in logins if word.casefold() not in own}
    pairs = {pair_id for cohort, pair_id in program.pairs if (cohort, pair_id) not in own_pairs}
    return frozenset(theirs.union(pairs, *((each.id, each.name) for each in people)))


def list_vocabulary(program: Program) -> frozenset[str]:
    """Return the words that records use for something else than people, in small letters.

    These are keys and words of the schemas, and ids and skills of the program.
    """
    words = {word for kind in KIND_NAMES for word in _list_schema_words(load_schema(kind))}
    words |= {
        getattr(record, "id", "") for record in program.records() if not _is_about_people(record)
    }
    words |= {question.id for question in program.settings.questions}
    return frozenset(map(_fold, words | program.skills.keys()))


def _list_schema_words(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        for each in schema.values():
            yield from _list_schema_words(each)


def _is_about_people(record: Record) -> bool:
    return isinstance(record, Participant | Pair)


def _normalize(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).split())


def _fold(word: str) -> str:
    return _normalize(word).casefold()


def _compile_words(exact: Iterable[str], parts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words: the longest first, so that a name is one word."""
    whole = "|".join(_bounded_words(exact, _BEFORE_AN_ID, r"(?!\w|-\w)"))
    in_part = "|".join(_bounded_words(parts, r"(?<!\w)", r"(?!\w)"))
    return re.compile(f"(?i:{whole})" + (f"|{in_part}" if in_part else ""))


def _bounded_words(words: Iterable[str], before: str, after: str) -> Iterator[str]:
    """Yield a pattern for each word, which is no part of a longer word.

    A script without capitals may be one without spaces: there, a name stands between letters.
    """
    for word in sorted(words, key=len, reverse=True):
        is_spaced_script = word.lower() != word.upper() or word.isascii()
        for stored in {word, unicodedata.normalize("NFD", word)}:  # as Macs store accents
            spaced = r"\s+".join(re.escape(part) for part in stored.split())
            yield f"{before}{spaced}{after}" if is_spaced_script else spaced
