"""The ids of pairs: made of the ids of the two people, and so false once one is replaced."""

from collections.abc import Collection, Iterator

from peerloom.model import Pair
from peerloom.records import Program, short_digest

# Shorter than an id may be: the path of a check-in also holds the ids of a cohort and a person.
_LONGEST_PAIR_ID = 60


def pair_id(program: Program, cohort: str, people: tuple[str, str]) -> str:
    """Return the id of the pair that two people have in a cohort, or else a new id made of theirs.

    A new id that would be long or is taken is shortened, and ends with a digest of the two ids.
    """
    for pair in program.pairs_with(people[0]):
        if pair.cohort == cohort and (pair.people == people or {*pair.peers} == {*people}):
            return pair.id
    return new_pair_id(people, {pair.id for pair in program.pairs_of(cohort)})


def new_pair_id(people: tuple[str, ...], taken: Collection[str]) -> str:
    """Return an id for two people, whether or not a pair of theirs has one already.

    `taken` are the ids that other pairs of the cohort have.
    """
    new_id = "-".join(people)
    if len(new_id) <= _LONGEST_PAIR_ID and new_id not in taken:
        return new_id
    return f"{new_id[: _LONGEST_PAIR_ID - 9].rstrip('-')}-{short_digest(list(people))}"


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
    words = pair.id.split("-")
    for length in range(1, len(words)):
        two = ("-".join(words[:length]), "-".join(words[length:]))
        if all(id_ in program.participants for id_ in two):
            yield two
    matched = pair.match.people if pair.match else ()
    # Only the record of the match says of whose ids a shortened id was made.
    if matched and pair.id in ("-".join(matched), new_pair_id(matched, {"-".join(matched)})):
        yield matched
