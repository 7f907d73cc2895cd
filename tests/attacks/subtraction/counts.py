"""The attack on counts: calls for help, reasons of endings, and steps of goals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from attacks.subtraction.finding import Finding
from attacks.subtraction.knowledge import Knowledge
from attacks.subtraction.publications import Publication
from attacks.subtraction.reading import read_interval
from attacks.subtraction.words import Said

# Who knows of so many values that one of them is somebody's knows too much.
_MOST_VALUES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each value had been said by a day, as published."""

    day: date
    counts: Counter[str | int]


def attack_calls_for_help(
    publications: Iterable[Publication], said: Iterable[Said]
) -> Iterator[Finding]:
    """Who asked for help in a check-in, or did not, by how many check-ins or people did."""
    answers = tuple(said)
    listed = _list_figures(publications)
    tallies = [tally for each in listed if (tally := _tally_calls(each, "asked", answers))]
    yield from _attack_tallies("call for help", tallies, answers, most_values=1)
    people = [
        Said(day=each.day, whose=each.whose, about="help", value=each.value)
        for each in sorted(answers, key=lambda said: said.value)
    ]
    tallies = [tally for each in listed if (tally := _tally_calls(each, "people", people))]
    for tally in tallies[-1:]:  # somebody who asked before may ask again: only totals tell
        newest = {each.whose: each for each in people if each.day <= tally.day}
        yield from _attack_counts(
            "call for help", tally.day, tally.counts, [*newest.values()], most_values=1
        )


def _tally_calls(figures: dict[str, Any], key: str, said: Iterable[Said]) -> Tally | None:
    """How many have asked for help and how many have not, of all who could have."""
    asked, day = figures["support"][key], date.fromisoformat(figures["to"])
    if not isinstance(asked, int):
        return None
    came = [each for each in said if each.day <= day]
    total = len(came) if key == "asked" else len({each.whose for each in came})
    return Tally(day=day, counts=+Counter({1: asked, 0: total - asked}))


def attack_reasons(publications: Iterable[Publication], said: Iterable[Said]) -> Iterator[Finding]:
    """Why a pair ended early, by how many did for each reason."""
    tallies = [
        Tally(day=date.fromisoformat(figures["to"]), counts=_clean(figures["ended_early"]))
        for figures in _list_figures(publications)
        if _is_whole(figures["ended_early"])
    ]
    yield from _attack_tallies("reason of an ending", tallies, tuple(said), most_values=1)


def attack_goal_steps(
    publications: Iterable[Publication], said: Iterable[Said]
) -> Iterator[Finding]:
    """The step that a goal has reached, by how many goals have reached each.

    A reader takes the steps of the pairs that they see from the totals.
    """
    listed = _list_figures(publications)
    details = {f["to"]: f["pairs_in_detail"] for f in listed if f["pairs_in_detail"]}
    seen = {pair["pair"] for detail in details.values() for pair in detail}
    hidden = tuple(each for each in said if each.whose not in seen)
    tallies = []
    for figures in listed:
        by_level = figures["goals"]["by_level"]
        if _is_whole(by_level):
            counts = _clean({int(level): count for level, count in by_level.items()})
            for pair in details.get(figures["to"], ()):
                counts.subtract(pair["levels"])
            if min(counts.values(), default=0) >= 0:  # else the total is of other pairs
                tallies.append(Tally(day=date.fromisoformat(figures["to"]), counts=+counts))
    yield from _attack_tallies("goal step", tallies, hidden, most_values=_MOST_VALUES)


def attack_score(
    publications: Iterable[Publication], goals_of_pairs: Mapping[str, int]
) -> Iterator[Finding]:
    """The steps of goals by their mean score, where each pair has one goal.

    Those of pairs that the reader sees are taken from it. A pair's score is then 50 and ten times
    its goal's step, whatever its goal weighs.
    """
    if {*goals_of_pairs.values()} != {1}:
        return
    for figures in _list_figures(publications):
        goals = figures["goals"]
        interval, pairs = read_interval(goals["score"]), goals["pairs_scored"]
        seen = [level for pair in figures["pairs_in_detail"] for level in pair["levels"]]
        hidden = (pairs or 0) - len(seen)
        if not interval or hidden <= 0:
            continue
        knowledge = Knowledge()
        block = knowledge.add_block(hidden, -2, 2)
        low, high = (pairs * (end - 50) / 10 - sum(seen) for end in interval)
        knowledge.add_fact({block: 1}, low, high)
        least, most = knowledge.bound_value(block)
        if most - least < _MOST_VALUES:
            yield Finding(
                kind="goal step",
                what="by the score",
                people=hidden,
                least=least,
                most=most,
                day=date.fromisoformat(figures["to"]),
            )


def _list_figures(publications: Iterable[Publication]) -> list[dict[str, Any]]:
    """What was published, by the last day that it is about."""
    return sorted((each.figures for each in publications), key=lambda figures: figures["to"])


def _is_whole(counts: Any) -> bool:
    return isinstance(counts, dict) and all(isinstance(n, int) for n in counts.values())


def _clean(counts: Mapping[Any, int]) -> Counter[str | int]:
    return +Counter(counts)


def _attack_tallies(
    kind: str, tallies: list[Tally], said: tuple[Said, ...], *, most_values: int
) -> Iterator[Finding]:
    """Values that all who said something by a day have, or that what came between two days has."""
    for tally in tallies:
        known = [each for each in said if each.day <= tally.day]
        newest = {(each.whose, each.about): each for each in sorted(known, key=lambda s: s.day)}
        yield from _attack_counts(kind, tally.day, tally.counts, [*newest.values()], most_values)
    for before, now in pairwise(tallies):
        came = [each for each in said if before.day < each.day <= now.day]
        change = Counter(now.counts)
        change.subtract(before.counts)
        if before.day == now.day:  # one audience's figures are of more people than the other's
            more = +change if change.total() > 0 else -change
            yield from _attack_counts(kind, now.day, more, list(said), most_values)
        elif len({each.whose for each in came}) == 1 or min(change.values(), default=0) >= 0:
            yield from _attack_counts(kind, now.day, +change, came, most_values)


def _attack_counts(
    kind: str, day: date, counts: Counter[str | int], came: list[Said], most_values: int
) -> Iterator[Finding]:
    """Few values tell of everybody who has one of them; of others, also after one's own."""
    if not counts or not came:
        return
    found = Finding(
        kind=kind, what=_describe(counts), people=counts.total(), least=0, most=0, day=day
    )
    if len(counts) <= most_values:
        named = {each.whose for each in came}
        yield replace(found, named=tuple(sorted(named)) if len(counts) == 1 else ())
        return
    for whose in sorted({each.whose for each in came}):
        others = Counter(counts)
        others.subtract(each.value for each in came if each.whose == whose)
        if min(others.values()) >= 0 and 0 < len(+others) <= most_values:
            yield replace(found, what=_describe(+others), people=others.total(), reader=whose)


def _describe(counts: Counter[str | int]) -> str:
    return ", ".join(f"{value}: {count}" for value, count in sorted(counts.items(), key=str))
