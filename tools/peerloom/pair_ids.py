"""The ids of pairs: made of the ids of the two people, and so false once one is replaced."""

import re
from collections.abc import Collection, Iterable, Iterator

from peerloom.model import Pair
from peerloom.records import Program, short_digest

# Shorter than an id may be: the path of a check-in also holds the ids of a cohort and a person.
_LONGEST_PAIR_ID = 60
_DIGEST = re.compile(r"-[0-9a-f]{8}")
_LONGEST_START = _LONGEST_PAIR_ID - len("-01234567")
# How many shortened ids there are for the same two people.
_SHORTENED_IDS = 20


def pair_id(program: Program, cohort: str, people: tuple[str, str]) -> str:
    """Return the id of the pair that two people have in a cohort, or else a new id made of theirs.

    A new id that would be long or is taken is shortened, and ends with a digest of the two ids.
    """
    for pair in program.pairs_with(people[0]):
        if pair.cohort == cohort and (pair.people == people or {*pair.peers} == {*people}):
            return pair.id
    return new_pair_id(people, ids_in_use(program.pairs_of(cohort)))


def new_pair_id(people: tuple[str, ...], taken: Collection[str]) -> str:
    """Return an id for two people, whether or not a pair of theirs has one already.

    `taken` are the ids that other pairs of the cohort have or had.
    """
    new_id = "-".join(people)
    if len(new_id) <= _LONGEST_PAIR_ID and new_id not in taken:
        return new_id
    shortened = list(_list_shortened_ids(people))
    return next((id_ for id_ in shortened if id_ not in taken), shortened[-1])


def _list_shortened_ids(people: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids that two people may get whose own is long or taken, best first."""
    start = "-".join(people)[:_LONGEST_START].rstrip("-")
    for number in range(_SHORTENED_IDS):
        yield f"{start}-{short_digest([*people, number] if number else list(people))}"


def ids_in_use(pairs: Iterable[Pair]) -> set[str]:
    """Return every id that leads to one of these pairs, former ids among them."""
    return {id_ for pair in pairs for id_ in (pair.id, *(former.id for former in pair.former))}


def find_people_in_false_id(program: Program, pair: Pair) -> tuple[str, ...]:
    """Return the two people whom a pair's id names although they are not the two of the pair.

    An id that names the pair's own people, or that was made up and names nobody, gives none; nor
    does a pair with somebody who has no record.
    """
    named = list(_list_people_in_id(program, pair))
    is_known = len({*pair.people}) == 2 and program.participants.keys() >= {*pair.people}
    if not is_known or any({*two} == {*pair.people} for two in named):
        return ()
    return named[0] if named else ()


def _list_people_in_id(program: Program, pair: Pair) -> Iterator[tuple[str, ...]]:
    """Yield each two people of whose ids a pair's id is made."""
    yield from _split_id(program, pair.id)
    matched = pair.match.people if pair.match else ()
    if matched and pair.id == "-".join(matched):
        yield matched
    start, digest = pair.id[:-9], pair.id[-9:]
    if not _DIGEST.fullmatch(digest):
        return
    # Trying the pair's own people first saves the search for others nearly always.
    for two in filter(None, (pair.people, matched)):
        if pair.id in _list_shortened_ids(two):
            yield two
            return
    is_whole = len(start) < _LONGEST_START - 1
    found = _split_id(program, start) if is_whole else _list_people_whose_ids_begin(program, start)
    yield from (two for two in found if pair.id in _list_shortened_ids(two))


def _split_id(program: Program, id_: str) -> Iterator[tuple[str, ...]]:
    """Yield each two people whose ids, joined, are this one."""
    words = id_.split("-")
    for length in range(1, len(words)):
        two = ("-".join(words[:length]), "-".join(words[length:]))
        if all(who in program.participants for who in two):
            yield two


def _list_people_whose_ids_begin(program: Program, start: str) -> Iterator[tuple[str, ...]]:
    """Yield each two people whose ids, joined, begin as a shortened id does."""
    for first in program.participants:
        if start.startswith(f"{first}-") or f"{first}-".startswith(start):
            for second in program.participants:
                if f"{first}-{second}".startswith(start):
                    yield first, second
