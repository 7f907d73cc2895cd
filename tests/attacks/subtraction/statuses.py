"""The attack on pairs: whether they ended early or pause, and all about one that is hidden."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from attacks.subtraction.finding import ANY_READER, Finding
from attacks.subtraction.knowledge import Knowledge
from attacks.subtraction.publications import Publication

_STATUSES = ("active", "paused", "completed", "ended_early", "not_known")
_GOING_ON = ("active", "paused")
_SECRET = ("paused", "ended_early")
_SHARES = {"pairs_completed": "completed", "pairs_ended_early": "ended_early"}
# Whether an aim tells of everybody where its share is all (True) or nothing (False). Goals that
# reached the expected step still have three steps left, and pairs that have not finished go on.
_TELLING = {
    "pairs_completed": {True},
    "pairs_ended_early": {True, False},
    "goals_reached": {False},
}


def attack_statuses(publications: Iterable[Publication]) -> Iterator[Finding]:
    """Whether the pairs of a cohort ended early, or pause, by how many did.

    Where it is one pair, or all but one, this one's people know it of all others.
    """
    for each in publications:
        figures = each.figures
        began = figures["began"]["pairs"]
        if not began:
            continue
        knowledge = Knowledge()
        blocks = {status: knowledge.add_block(1, 0, began) for status in _STATUSES}
        knowledge.add_fact(dict.fromkeys(blocks.values(), 1), began, began)
        if figures["to"] == figures["closes"]:  # all is over, so that no pair goes on
            for status in _GOING_ON:
                knowledge.add_fact({blocks[status]: 1}, 0, 0)
        for status, count in _list_counts(figures):
            knowledge.add_fact({blocks[status]: 1}, count, count)
        for status in ["ended_early"] if figures["to"] == figures["closes"] else _SECRET:
            least, most = knowledge.bound_value(blocks[status])
            if least != most:
                continue
            found = Finding(
                kind="status",
                what=status,
                people=began,
                least=int(least > 0),
                most=int(least > 0),
                day=each.day,
            )
            if least in (0, began):
                yield found
            elif least in (1, began - 1):
                yield replace(found, people=began - 1, least=0, most=1, reader="one of a pair")


def _list_counts(figures: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """How many pairs have a status, wherever a report says it."""
    for status in _STATUSES:
        if isinstance(count := figures["pairs"].get(status), int):
            yield status, count
    for aim in _list_measured_aims(figures, _SHARES):
        if aim["on"] == figures["to"]:
            yield _SHARES[aim["measure"]], aim["part"]


def attack_asked(publications: Iterable[Publication]) -> Iterator[Finding]:
    """Whether pairs go on, by how many are asked for the newest date of all that have begun.

    Who pauses or has ended owes no check-in. Where it is nobody, that is told of every pair; where
    it is one pair, its people know that all others go on.
    """
    for each in publications:
        figures = each.figures
        begun = "pairs" if figures["check_ins"]["answers"] == "either" else "people"
        one_pair = 1 if begun == "pairs" else 2
        for row in figures["ratings"]:
            if row["due"] != figures["to"] or not isinstance(row["asked"], int):
                continue
            stopped = figures["began"][begun] - row["asked"]
            if stopped <= one_pair:
                yield Finding(
                    kind="status",
                    what=f"not asked on {row['due']}",
                    people=figures["began"]["pairs"],
                    least=0,
                    most=int(stopped > 0),
                    day=each.day,
                    reader="one of a pair" if stopped else ANY_READER,
                )


def attack_aims(publications: Iterable[Publication]) -> Iterator[Finding]:
    """Whether pairs ended early, and how far goals are, where an aim is about all or about none."""
    for each in publications:
        for aim in _list_measured_aims(each.figures, _TELLING):
            if not aim["whole"] or aim["part"] not in (0, aim["whole"]):
                continue
            is_all = aim["part"] == aim["whole"]
            if is_all in _TELLING[aim["measure"]]:
                yield Finding(
                    kind="status" if aim["measure"] in _SHARES else "goal step",
                    what=aim["measure"],
                    people=aim["whole"],
                    least=int(is_all),
                    most=int(is_all),
                    day=each.day,
                )


def _list_measured_aims(
    figures: dict[str, Any], measures: Collection[str]
) -> Iterator[dict[str, Any]]:
    for aim in figures["aims_answered"]:
        if aim["measure"] in measures and isinstance(aim["part"], int) and not aim["unknown"]:
            yield aim


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
