"""Pairs whose ids name other people than their own: their new ids, and everything that follows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from peerloom.intake.record_text import edit_record_text
from peerloom.kinds import record_path
from peerloom.model import CheckIn, Pair
from peerloom.pair_ids import find_people_in_false_id, ids_in_use, new_pair_id
from peerloom.records import Program

# Returns the text of a file of the program.
ReadFile = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A pair as it was, whom its id named, its id afterwards, and what is kept of former ids."""

    pair: Pair
    named: tuple[str, ...]
    new_id: str
    former: list[dict[str, Any]]

    def values_in(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return what changes in the pair's file, which holds `record` now.

        A match that does not say whom it is about was about those whom the id named.
        """
        values: dict[str, Any] = {"id": self.new_id, "former": self.former}
        match = record.get("match")
        if match and "people" not in match:
            values["match"] = {**match, "people": list(self.named)}
        return values


def needs_renaming(program: Program, pair: Pair) -> bool:
    """Whether a pair that goes on has a false id, or check-ins under an id that it had before."""
    goes_on = pair.status in ("active", "paused")
    return goes_on and (
        bool(find_people_in_false_id(program, pair)) or bool(_list_strays(program, pair))
    )


def plan_renamings(program: Program, pairs: Iterable[Pair]) -> dict[str, Renaming]:
    """Return the new ids of those pairs of one cohort that have a false one, by their old ids."""
    wrong = [pair for pair in pairs if find_people_in_false_id(program, pair)]
    if not wrong:
        return {}
    others = program.pairs_of(wrong[0].cohort)
    current, in_use = {pair.id for pair in others}, ids_in_use(others)
    renamings: dict[str, Renaming] = {}
    for pair in wrong:
        own = {former.id for former in pair.former}
        new_id = new_pair_id(pair.people, in_use - own | current if own else in_use)
        for ids in (current, in_use):
            ids.add(new_id)
        renamings[pair.id] = Renaming(
            pair=pair,
            named=find_people_in_false_id(program, pair),
            new_id=new_id,
            former=list(_list_former(program, pair, new_id)),
        )
    return renamings


def _list_former(program: Program, pair: Pair, new_id: str) -> Iterator[dict[str, Any]]:
    """Yield what is kept of a pair's former ids, the present one being the last of them."""
    for former in pair.former:
        if former.id != new_id:
            people = {"people": list(former.people)} if former.people else {}
            yield {"id": former.id, **people} | ({"status": former.status} if former.status else {})
    named = find_people_in_false_id(program, pair)
    are_known = all(who in program.participants for who in named)
    people = {"people": list(named)} if are_known else {}
    yield {"id": pair.id, **people, "status": pair.status}


def move_check_ins(
    program: Program, pair: Pair, new_id: str, read: ReadFile
) -> Iterator[tuple[str, str, str]]:
    """Yield where each check-in is that follows its pair to another id, where to, and its text.

    When Git's history knows the day on which one was received, and the record does not, it is
    written down: the commit that moves the file would count as the day otherwise.
    """
    moved = [*_list_strays(program, pair)]
    if new_id != pair.id:
        moved += program.check_ins_of(pair)
    for check_in in moved:
        path = program.path(check_in)
        text = edit_record_text(read(path), {"pair": new_id, **_received(program, check_in)})
        yield path, record_path(replace(check_in, pair=new_id)), text


def move_follow_up(
    program: Program, pair: Pair, new_id: str, read: ReadFile
) -> Iterator[tuple[str, str, str]]:
    """Yield where the follow-up of a pair is that gets another id, where to, and its text."""
    follow_up = program.follow_ups.get((pair.cohort, pair.id))
    if follow_up is not None and new_id != pair.id:
        path = program.path(follow_up)
        yield (
            path,
            record_path(replace(follow_up, pair=new_id)),
            edit_record_text(read(path), {"pair": new_id}),
        )


def find_check_in_in_the_way(program: Program, pair: Pair, new_id: str) -> str | None:
    """Return the path of a check-in that another one would get, if there is one."""
    moved = [*_list_strays(program, pair), *program.check_ins_of(pair)]
    for check_in in moved if new_id != pair.id else ():
        path = record_path(replace(check_in, pair=new_id))
        if path != program.path(check_in) and program.exists(path):
            return path
    return None


def _received(program: Program, check_in: CheckIn) -> dict[str, str]:
    day = program.received_on(check_in)
    if day is None or check_in.received_on is not None:
        return {}
    return {"received_on": day.isoformat(), "received_by": "git"}


def _list_strays(program: Program, pair: Pair) -> list[CheckIn]:
    """Return the check-ins that came under a former id of a pair, and have room under its own.

    Where two of them would get one path, only the first has room.
    """
    strays: dict[str, CheckIn] = {}
    for former in pair.former:
        for check_in in program.check_ins_of(replace(pair, id=former.id)):
            path = record_path(replace(check_in, pair=pair.id))
            if not program.exists(path):
                strays.setdefault(path, check_in)
    return list(strays.values())
