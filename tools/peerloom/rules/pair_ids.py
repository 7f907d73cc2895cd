"""Ids of pairs: they name the pair's own people, and former ids lead to one pair."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Pair
from peerloom.pair_ids import find_people_in_false_id
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.text.phrases import join_words


def ids_of_pairs_name_their_people(program: Program, _: date) -> Iterator[Finding]:
    """The id of a pair that is not over does not name two people other than its own."""
    for pair in program.pairs.values():
        if pair.status not in STATUSES_TAKING_TIME:
            continue
        if named := find_people_in_false_id(program, pair):
            two = join_words(map(quoted, pair.people))
            others = join_words(map(quoted, named))
            message = f"the id must name the pair, {two}, and names {others}"
            help_ = (
                f"'peerloom begin {pair.cohort} {pair.id} --on DATE' renames the file and all that "
                "goes with it, and the pair's old address leads on"
            )
            yield Finding(where=pair, keys=("id",), message=message, help=help_)


def former_ids_lead_to_one_pair(program: Program, _: date) -> Iterator[Finding]:
    """A former id of a pair is no pair's id in the cohort now, and was no other pair's before."""
    first: dict[tuple[str, str], Pair] = {}
    for pair in program.pairs.values():
        for index, former in enumerate(pair.former):
            key = (pair.cohort, former.id)
            other = program.pairs.get(key) or first.setdefault(key, pair)
            is_again = former.id in {before.id for before in pair.former[:index]}
            if other is not pair or is_again or former.id == pair.id:
                message = f"the former id {quoted(former.id)} must lead to one pair"
                help_ = f"delete it here: it leads to {program.path(other)}"
                keys = ("former", index, "id")
                yield Finding(where=pair, keys=keys, message=message, help=help_)
