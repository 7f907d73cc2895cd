"""The attack on pairs: whether they ended early or pause, and all about one that is hidden."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attacks.subtraction.finding import Finding
from attacks.subtraction.knowledge import Knowledge
from attacks.subtraction.publications import Publication

_STATUSES = ("active", "paused", "completed", "ended_early", "not_known")
_SECRET = ("paused", "ended_early")
_SHARES = {"pairs_completed": "completed", "pairs_ended_early": "ended_early"}


def attack_statuses(publications: Iterable[Publication]) -> Iterator[Finding]:
    """Whether the pairs of a cohort ended early, or pause, by how many did."""
    for each in publications:
        figures = each.figures
        began = figures["began"]["pairs"]
        if not began:
            continue
        knowledge = Knowledge()
        blocks = {status: knowledge.add_block(1, 0, began) for status in _STATUSES}
        knowledge.add_fact(dict.fromkeys(blocks.values(), 1), began, began)
        for status, count in _list_counts(figures):
            knowledge.add_fact({blocks[status]: 1}, count, count)
        for status in _SECRET:
            least, most = knowledge.bound_value(blocks[status])
            if least == most and least in (0, began):
                yield Finding(
                    kind="status",
                    what=status,
                    people=began,
                    least=int(least > 0),
                    most=int(least > 0),
                    day=each.day,
                )


def _list_counts(figures: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """How many pairs have a status, wherever a report says it."""
    for status in _STATUSES:
        if isinstance(count := figures["pairs"].get(status), int):
            yield status, count
    for aim in figures["aims_answered"]:
        status = _SHARES.get(aim["measure"] or "", "")
        if status and aim["on"] == figures["to"] and isinstance(aim["part"], int):
            yield status, aim["part"]


def attack_hidden_pairs(publications: Iterable[Publication]) -> Iterator[Finding]:
    """What the one pair does that a member may not see: the totals less the pairs that they see."""
    for each in publications:
        figures, detail = each.figures, each.figures["pairs_in_detail"]
        begun = [pair for pair in detail if pair["status"] != "proposed"]
        if not begun or not isinstance(figures["began"]["pairs"], int):
            continue
        if figures["began"]["pairs"] - len(begun) != 1:
            continue
        for name, total, seen in (
            ("meetings", figures["meetings"]["held"], "meetings"),
            ("minutes", figures["meetings"]["minutes"], "minutes"),
            ("check-ins received", figures["check_ins"]["received"], "received"),
            ("check-ins missing", figures["check_ins"]["missing"], "missing"),
        ):
            if isinstance(total, int):
                rest = total - sum(pair[seen] for pair in detail)
                yield _describe_hidden(name, rest, each.day)


def _describe_hidden(name: str, value: int, day: date) -> Finding:
    return Finding(
        kind="hidden pair", what=name, people=1, least=value, most=value, day=day, named=("it",)
    )
