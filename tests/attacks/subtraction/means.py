"""The attack on means: single ratings and survey answers, for an outsider and for participants."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from attacks.subtraction.differencing import Arrivals, learn_from_series
from attacks.subtraction.finding import Finding
from attacks.subtraction.knowledge import ContradictionError, Knowledge
from attacks.subtraction.publications import Publication
from attacks.subtraction.reading import read_sums
from attacks.subtraction.words import Confidence, Group

# Who knows fewer points for one person knows too much.
FEWEST_POINTS = 3
# Who knows the mean of fewer people than this knows too much of each of them.
FEWEST_PEOPLE = 5
FindScale = Callable[[Group], tuple[int, int]]


def attack_means(
    publications: Iterable[Publication],
    confidences: Mapping[Group, tuple[Confidence, ...]],
    find_scale: FindScale,
) -> Iterator[Finding]:
    """Whose ratings and answers can be worked out from means.

    Of the confidences the attacker is given only when each came and, as a participant, their own.
    """

    def count_values(group: Group, people: int, day: date, covers: str) -> int:
        """More than people, where some of them are in two pairs: the site shows who they are."""
        behind = [each for each in confidences.get(group, ()) if each.is_behind(covers, day)]
        return len(behind) if len({each.person for each in behind}) == people else people

    knowledge = Knowledge()
    series = {
        group: learn_from_series(knowledge, readings, *find_scale(group))
        for group, readings in read_sums(publications, count_values).items()
    }
    for group, blocks in series.items():
        # Where others are behind a figure than before, sums contradict each other and tell nothing.
        with suppress(ContradictionError):
            yield from [*_attack_group(knowledge, group, blocks, confidences.get(group, ()))]


def _attack_group(
    knowledge: Knowledge,
    group: Group,
    blocks: Iterable[Arrivals],
    confidences: Iterable[Confidence],
) -> Iterator[Finding]:
    said = tuple(confidences)
    for arrivals in blocks:
        came = [each for each in said if arrivals.holds(each)]
        is_all = len(came) == arrivals.people
        found = _attack_block(knowledge, group, arrivals)
        if found:
            named = tuple(sorted({each.person for each in came})) if is_all else ()
            yield replace(found, named=named if found.is_exact or len(came) == 1 else ())
        elif arrivals.people > 1 and is_all:
            yield from _attack_as_participants(knowledge, group, arrivals, came)
        if 1 < arrivals.people < FEWEST_PEOPLE and knowledge.is_narrowed(arrivals.block):
            least, most = knowledge.bound_value(arrivals.block)
            yield Finding(
                kind="mean of few",
                what=": ".join(group),
                people=arrivals.people,
                least=least,
                most=most,
                day=arrivals.day,
            )


def _attack_block(
    knowledge: Knowledge, group: Group, arrivals: Arrivals, own: Sequence[Confidence] = ()
) -> Finding | None:
    least, most = knowledge.bound_value(arrivals.block, [each.value for each in own])
    if most - least + 1 >= FEWEST_POINTS:
        return None
    kind, what = group
    people = arrivals.people - len(own)
    found = Finding(kind=kind, what=what, people=people, least=least, most=most, day=arrivals.day)
    return replace(found, reader=own[0].person) if own else found


def _attack_as_participants(
    knowledge: Knowledge, group: Group, arrivals: Arrivals, came: Iterable[Confidence]
) -> Iterator[Finding]:
    """Each who gave values knows these; those who gave the same ones learn the same."""
    by_person: dict[str, list[Confidence]] = defaultdict(list)
    for each in came:
        by_person[each.person].append(each)
    by_values = {tuple(sorted(c.value for c in own)): own for own in by_person.values()}
    for own in by_values.values():
        if len(own) < arrivals.people and (found := _attack_block(knowledge, group, arrivals, own)):
            yield found
