"""What a coordinator puts aside, added to the follow-up of a pair."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from peerloom.intake.record_text import edit_record_text, new_record_text, parse_record
from peerloom.model import FollowUp, Pair, PutAside
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.signals import Signal, find_pair_signals

# A signal that is only to watch goes away by itself.
_LEAST_URGENCY = 2


def find_open_signals(program: Program, pair: Pair, entry: PutAside) -> tuple[Signal, ...]:
    """Return the signals about a pair that an entry means to put aside, for one person or both.

    `program` is as of the day of the entry.
    """
    return tuple(
        signal
        for signal in find_pair_signals(program, pair, entry.on)
        if signal.id == entry.signal
        and signal.urgency >= _LEAST_URGENCY
        and (entry.participant is None or entry.participant in signal.people)
    )


def split_by_person(
    program: Program, pair: Pair, entry: PutAside, signals: Iterable[Signal]
) -> tuple[PutAside, ...]:
    """Return an entry for each person whom open signals are about.

    Its due date is that of the person's newest check-in, or of the newest one until the due date of
    `entry`: what they say in another one later on the same day has not been put aside.
    """
    dues: dict[str, date] = {}
    for check_in in pair_history(program, pair, entry.on).check_ins:
        if entry.due is None or check_in.due <= entry.due:
            dues[check_in.participant] = check_in.due
    people = {who for signal in signals for who in signal.people}
    return tuple(
        replace(entry, participant=who, due=dues[who])
        for who in pair.people
        if who in people and who in dues
    )


def put_aside(program: Program, pair: Pair, entries: Sequence[PutAside]) -> Program:
    """Return a program in which these entries stand in the follow-up of a pair, too."""
    key = pair.cohort, pair.id
    record = program.follow_ups.get(key) or FollowUp(cohort=pair.cohort, pair=pair.id)
    record = replace(record, entries=(*record.entries, *entries))
    return replace(program, follow_ups={**program.follow_ups, key: record})


def is_about_another_pair(text: str | None, pair: Pair) -> bool:
    """Return whether the text of a follow-up names another pair than that of its file."""
    record = parse_record(text) if text is not None else {}
    return bool(record) and (record.get("cohort"), record.get("pair")) != (pair.cohort, pair.id)


def add_put_aside(text: str | None, pair: Pair, entries: Sequence[PutAside]) -> str:
    """Return the text of a pair's follow-up with more entries; all else stays as it was written.

    `text` is what the file holds now, or None if there is none yet.
    """
    added = [_list_values(entry) for entry in entries]
    if text is None:
        return new_record_text(
            "follow-up", {"cohort": pair.cohort, "pair": pair.id, "entries": added}
        )
    return edit_record_text(text, {"entries": [*parse_record(text).get("entries", []), *added]})


def _list_values(entry: PutAside) -> dict[str, str]:
    values = {
        "signal": entry.signal,
        "participant": entry.participant,
        "due": entry.due.isoformat() if entry.due else None,
        "on": entry.on.isoformat(),
        "reason": entry.reason,
        "by": entry.by,
    }
    return {key: value for key, value in values.items() if value is not None}
