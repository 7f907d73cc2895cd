"""Follow-ups: what was put aside is about something that somebody said, and is past."""

from collections.abc import Iterator
from datetime import date

from peerloom.days import latest_day_anywhere
from peerloom.diagnostic import quoted
from peerloom.model import FollowUp, PutAside
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_choices


def follow_ups_are_about_the_pair(program: Program, _: date) -> Iterator[Finding]:
    """What was put aside was said by one of the pair, in a check-in that exists."""
    for follow_up in program.follow_ups.values():
        pair = program.pairs.get((follow_up.cohort, follow_up.pair))
        if pair is None:
            continue
        for index, entry in enumerate(follow_up.entries):
            if entry.participant and entry.participant not in pair.people:
                two = join_choices(quoted(id_) for id_ in pair.people)
                yield Finding(
                    where=follow_up,
                    keys=("entries", index, "participant"),
                    message=f"{quoted(entry.participant)} must be one of the pair, {two}",
                    help="correct the id, or move the entry to the other pair's follow-up",
                )
            elif entry.due and not _has_check_in(program, follow_up, entry):
                yield Finding(
                    where=follow_up,
                    keys=("entries", index, "due"),
                    message=f"there must be a check-in for {full_date(entry.due)}",
                    help="write the due date of the check-in that said it, or leave 'due' out",
                )


def _has_check_in(program: Program, follow_up: FollowUp, entry: PutAside) -> bool:
    pair = program.pairs[follow_up.cohort, follow_up.pair]
    return any(
        check_in.due == entry.due and entry.participant in (None, check_in.participant)
        for check_in in program.check_ins_of(pair)
    )


def follow_ups_are_not_in_the_future(program: Program, today: date) -> Iterator[Finding]:
    """Something is put aside on a day that has come somewhere on Earth."""
    latest = latest_day_anywhere(today)
    for follow_up in program.follow_ups.values():
        for index, entry in enumerate(follow_up.entries):
            if entry.on > latest:
                message = f"{full_date(entry.on)} must not be in the future"
                keys = ("entries", index, "on")
                yield Finding(where=follow_up, keys=keys, message=message, help="correct the date")
