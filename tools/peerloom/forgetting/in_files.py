"""The text of a record's file when somebody is forgotten, and where it belongs then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from peerloom.forgetting.in_records import Forgotten, forget_in_record
from peerloom.intake.record_text import new_record_text, parse_record
from peerloom.kinds import KIND_BY_NAME, kind_of_record, record_path
from peerloom.model import CheckIn, FollowUp, Pair, Participant, Record
from peerloom.records import Program
from peerloom.yaml_editing import KeyPath, set_values_or_rewrite


def forget_in_text(
    program: Program, record: Record, text: str, who: Forgotten, ended: tuple[Pair, ...]
) -> str | None:
    """Return the text of a record without the person; None if the record goes."""
    old = parse_record(text)
    kind = kind_of_record(record).name
    new = forget_in_record(kind, old, who)
    if new is None or new == old:
        return None if new is None else text
    if isinstance(record, Participant) and record.id == who.id:
        return new_record_text(kind, new)
    if isinstance(record, Pair) and record in ended:
        new |= _end_of_pair(record, who.today)
    if isinstance(record, CheckIn):
        new |= _day_received(program, record)
        if record.participant == who.id:
            return new_record_text(kind, new)
    return set_values_or_rewrite(text, dict(_list_differences(old, new)))


def _list_differences(old: Any, new: Any, keys: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the smallest values that differ, with the keys that lead to them; None if one goes."""
    if isinstance(old, dict) and isinstance(new, dict) and (new or not keys):
        for key in {**old, **new}:
            if key not in old or key not in new:
                yield (*keys, key), new.get(key)
            else:
                yield from _list_differences(old[key], new[key], (*keys, key))
    elif _are_groups_alike(old, new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _list_differences(one, other, (*keys, number))
    elif old != new:
        yield keys, new


def _are_groups_alike(old: Any, new: Any) -> bool:
    """Whether two values are lists of as many groups, so that each can be compared alone."""
    both_are_lists = isinstance(old, list) and isinstance(new, list)
    return (
        both_are_lists and len(old) == len(new) and all(isinstance(x, dict) for x in (*old, *new))
    )


def _end_of_pair(pair: Pair, today: date) -> dict[str, Any]:
    """Return what is set in a pair that ends because one of the two is forgotten."""
    last_day = max(today, pair.started_on or today)
    return {"status": "ended_early", "ended_on": last_day.isoformat(), "end_reason": "other"}


def _day_received(program: Program, answer: CheckIn) -> dict[str, str]:
    """Return what keeps the day on which a check-in came, which Git knows by its old path."""
    day = program.received_on(answer)
    if day is None or answer.received_on is not None:
        return {}
    return {"received_on": day.isoformat(), "received_by": "git"}


def path_afterwards(record: Record, who: Forgotten) -> str:
    """Return where a record's file belongs afterwards."""
    match record:
        case Participant() if record.id == who.id:
            return KIND_BY_NAME["participant"].path_for(who.tombstone)
        case Pair():
            return record_path(replace(record, id=_new_pair_id(record.cohort, record.id, who)))
        case CheckIn():
            author = who.tombstone if record.participant == who.id else record.participant
            pair_id = _new_pair_id(record.cohort, record.pair, who)
            return record_path(replace(record, pair=pair_id, participant=author))
        case FollowUp():
            return record_path(replace(record, pair=_new_pair_id(record.cohort, record.pair, who)))
        case _:
            return record_path(record)


def _new_pair_id(cohort: str, id_: str, who: Forgotten) -> str:
    return who.pair_ids.get((cohort, id_), id_)
