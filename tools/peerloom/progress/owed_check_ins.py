"""Which check-ins a pair owes, and whether each came on time, late or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from peerloom.model import CheckIn, Pair
from peerloom.records import Program
from peerloom.schedule import add_days, grace_period, pair_due_dates, planned_end

# "answered" came on a day that only its author states, so it is neither on time nor late.
CheckInState = Literal["upcoming", "due", "on_time", "late", "answered", "overdue"]

# A check-in is called due from a week before its date until its days of grace are over.
_DUE_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedCheckIn:
    """A check-in that is wanted for a due date, whether or not it has come.

    `participant` is the person who owes it, or None if either of the pair may and nobody has.
    """

    due: date
    participant: str | None
    check_in: CheckIn | None
    state: CheckInState


def list_owed_check_ins(
    program: Program, pair: Pair, received: Iterable[CheckIn], today: date
) -> tuple[OwedCheckIn, ...]:
    """Every check-in that a pair owes, by due date, the mentor's first.

    Of a pair without a planned end these are the ones of the next year. `received`
    are the pair's check-ins that are known on the day `today`.
    """
    cohort = program.cohorts.get(pair.cohort)
    if cohort is None or cohort.check_ins is None:
        return ()
    by_due: dict[date, dict[str, CheckIn]] = {}
    for check_in in received:
        by_due.setdefault(check_in.due, {})[check_in.participant] = check_in
    grace_days = grace_period(program.settings, cohort).days
    owed: list[OwedCheckIn] = []
    # A pair without a planned end owes check-ins for ever, of which the next year's are enough.
    horizon = add_days(today, 366) if planned_end(cohort, pair) is None else date.max
    for due in takewhile(lambda due: due <= horizon, pair_due_dates(cohort, pair)):
        last_day_on_time = add_days(due, grace_days)
        answers = _match_answers(program, pair, cohort.check_ins.answers, by_due.get(due, {}))
        for participant, answer in answers:
            state = (
                _answered_state(program, answer, last_day_on_time)
                if answer
                else _unanswered_state(due, last_day_on_time, today)
            )
            owed.append(OwedCheckIn(due=due, participant=participant, check_in=answer, state=state))
    return tuple(owed)


def _match_answers(
    program: Program, pair: Pair, who_answers: str, by_person: dict[str, CheckIn]
) -> Iterator[tuple[str | None, CheckIn | None]]:
    """Everybody who owes a check-in for a due date, with the one that came. Peers owe one each."""
    if who_answers == "either":
        # One is enough, so the first that was received is the pair's.
        by_arrival = sorted(
            by_person.values(), key=lambda c: (program.counts_from(c), c.participant)
        )
        first = by_arrival[0] if by_arrival else None
        yield (first.participant if first else None), first
        return
    only = {"mentor": pair.mentor, "mentee": pair.mentee}.get(who_answers)
    for participant in pair.people if only is None else (only,):
        yield participant, by_person.get(participant)


def _answered_state(program: Program, check_in: CheckIn, last_day_on_time: date) -> CheckInState:
    received_on = program.received_on(check_in)
    if received_on is None:
        return "answered"
    return "on_time" if received_on <= last_day_on_time else "late"


def _unanswered_state(due: date, last_day_on_time: date, today: date) -> CheckInState:
    if today > last_day_on_time:
        return "overdue"
    return "due" if today >= add_days(due, -_DUE_BEFORE.days) else "upcoming"
