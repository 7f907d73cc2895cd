"""Which answers a pair owes, and what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from peerloom.model import CheckIn, Pair
from peerloom.records import Program
from peerloom.schedule import grace, later, pair_due_dates

# "answered" is an answer of which only its author says when it came: neither on time nor late.
State = Literal["upcoming", "due", "on_time", "late", "answered", "overdue"]

# A check-in is called due from a week before its date until its days of grace are over.
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer that is owed: by somebody, or where `participant` is None by either."""

    due: date
    participant: str | None
    check_in: CheckIn | None
    state: State


def answers(program: Program, pair: Pair, today: date) -> tuple[Answer, ...]:
    """Every answer a pair owes, by due date, the mentor's first."""
    cohort = program.cohorts.get(pair.cohort)
    if cohort is None or cohort.check_ins is None:
        return ()
    given: dict[date, dict[str, CheckIn]] = {}
    for check_in in program.check_ins_of(pair):
        if program.counts_from(check_in) <= today:
            given.setdefault(check_in.due, {})[check_in.participant] = check_in
    allowed = grace(program.settings, cohort)
    found: list[Answer] = []
    for due in pair_due_dates(cohort, pair):
        for who, answer in _owed(program, cohort.check_ins.answers, pair, given.get(due, {})):
            state = _given(program, answer, due, allowed) if answer else _owing(due, allowed, today)
            found.append(Answer(due=due, participant=who, check_in=answer, state=state))
    return tuple(found)


def _owed(
    program: Program, answers_: str, pair: Pair, given: dict[str, CheckIn]
) -> Iterator[tuple[str | None, CheckIn | None]]:
    """Who owes an answer on one date. Peers owe what both of a pair do."""
    if answers_ == "either":
        order = lambda c: (program.counts_from(c), c.participant)  # noqa: E731
        first = min(given.values(), key=order, default=None)
        yield (first.participant if first else None), first
        return
    wanted = {"mentor": pair.mentor, "mentee": pair.mentee}.get(answers_)
    for who in pair.people if wanted is None else (wanted,):
        yield who, given.get(who)


def _given(program: Program, answer: CheckIn, due: date, allowed: timedelta) -> State:
    received = program.received_on(answer)
    if received is None:
        return "answered"
    return "on_time" if received <= later(due, allowed.days) else "late"


def _owing(due: date, allowed: timedelta, today: date) -> State:
    if today > later(due, allowed.days):
        return "overdue"
    return "due" if today >= later(due, -_SOON.days) else "upcoming"
