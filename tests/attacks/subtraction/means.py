"""The attack on means: single ratings and survey answers, for an outsider and for participants."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

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
    knowledge = Knowledge()
    series = {
        group: learn_from_series(knowledge, readings, *find_scale(group))
        for group, readings in read_sums(publications).items()
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
        came = [each for each in said if arrivals.holds(each.day)]
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
    knowledge: Knowledge,
    group: Group,
    arrivals: Arrivals,
    own: Confidence | None = None,
) -> Finding | None:
    least, most = knowledge.bound_value(arrivals.block, own.value if own else None)
    if most - least + 1 >= FEWEST_POINTS:
        return None
    kind, what = group
    people = arrivals.people - (own is not None)
    found = Finding(kind=kind, what=what, people=people, least=least, most=most, day=arrivals.day)
    return replace(found, reader=own.person) if own else found


def _attack_as_participants(
    knowledge: Knowledge, group: Group, arrivals: Arrivals, came: Iterable[Confidence]
) -> Iterator[Finding]:
    """Each who gave one of the values knows it; those who gave the same one learn the same."""
    by_value = {each.value: each for each in came}
    for each in by_value.values():
        found = _attack_block(knowledge, group, arrivals, each)
        if found:
            yield found
