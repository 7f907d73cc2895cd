"""The attack on constructs: their means are of those who answered all of several questions.

So the sums of these questions, less that of the construct, are of those who answered only some.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attacks.subtraction.finding import Finding
from attacks.subtraction.knowledge import Knowledge
from attacks.subtraction.means import FEWEST_POINTS, FindScale
from attacks.subtraction.publications import Publication
from attacks.subtraction.reading import read_interval


def attack_constructs(
    publications: Iterable[Publication], find_scale: FindScale
) -> Iterator[Finding]:
    """Answers that follow from the newest figures of a construct and of its questions."""
    newest: dict[tuple[str, str], tuple[date, dict[str, Any], list[dict[str, Any]]]] = {}
    for each in publications:
        for survey in each.figures["surveys"]:
            items = {item["item"]: item for item in survey["items"]}
            for row in survey["constructs"]:
                of = [items[id_] for id_ in row["of"]]
                newest[survey["survey"], row["construct"]] = each.day, row, of
    for (survey_id, _), (day, row, of) in newest.items():
        for wave in ("before", "after"):
            yield from _attack_construct(wave, survey_id, day, row, of, find_scale)


def _attack_construct(
    wave: str,
    survey_id: str,
    day: date,
    row: dict[str, Any],
    of: list[dict[str, Any]],
    find_scale: FindScale,
) -> Iterator[Finding]:
    interval = read_interval(row[wave])
    if not interval or not row["both"]:
        return
    knowledge, blocks, cores = Knowledge(), {}, []
    for item in of:
        group = (wave, f"{survey_id}/{item['item']}")
        core = knowledge.add_block(row["both"], *find_scale(group))
        cores.append(core)
        of_item = [core]
        if item["both"] > row["both"]:
            extra = knowledge.add_block(item["both"] - row["both"], *find_scale(group))
            blocks[extra] = group[1]
            of_item.append(extra)
        if known := read_interval(item[wave]):
            low, high = (item["both"] * end for end in known)
            knowledge.add_fact(dict.fromkeys(of_item, 1), low, high)
    low, high = (row["both"] * len(of) * end for end in interval)
    knowledge.add_fact(dict.fromkeys(cores, 1), low, high)
    for block, name in blocks.items():
        least, most = knowledge.bound_value(block)
        if most - least + 1 < FEWEST_POINTS:
            people = knowledge.blocks[block].people
            what = f"{name} (by its construct)"
            yield Finding(kind=wave, what=what, people=people, least=least, most=most, day=day)
