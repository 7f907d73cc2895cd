"""From a program, a day and the issues there are to what is to be done, the most overdue first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.reminders.action import Action, Key, Known, by_key
from peerloom.reminders.case import Case
from peerloom.reminders.issue import Issue
from peerloom.reminders.spreading import Spread, Turns, spreads, turns
from peerloom.schedule import due_dates, pair_due_dates

# Requests that create something, which GitHub allows 500 of in an hour.
BUDGET = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do now, what waits for the next run, and what was missed and stays so."""

    today: date
    actions: tuple[Action, ...] = ()
    deferred: tuple[Action, ...] = ()
    missed: tuple[Key, ...] = ()
    spread: tuple[Spread, ...] = ()


def plan(
    program: Program,
    today: date,
    issues: Iterable[Issue],
    told: Iterable[Issue] = (),
    budget: int = BUDGET,
    left: int | None = None,
) -> Plan:
    """What is to be done on a day.

    `issues` are those of the program's repository that its own account wrote, open or closed;
    `told` those of the coordinators' repository. Of the budget, by which a cohort is spread over
    days, there may be less `left` in this hour. The same arguments give the same plan.
    """
    known, heard = by_key(issues), by_key(told)
    actions: list[Action] = []
    missed: list[Key] = []
    spread: list[Spread] = []
    for cohort in program.cohorts.values():
        if cohort.check_ins is None:
            continue
        when = turns(program, cohort, budget)
        spread += spreads(program, cohort, when)
        for pair in program.pairs_of(cohort.id):
            for case in _cases(program, cohort, pair, today, when):
                actions += case.actions(known, heard)
                missed += case.missed(known)
    actions += _orphans(program, known, today)
    actions.sort(key=_in_order)
    creating = [a for a in actions if a.creates]
    most = budget if left is None else left
    allowed = set(map(id, creating[:most]))
    return Plan(
        today=today,
        actions=tuple(a for a in actions if not a.creates or id(a) in allowed),
        deferred=tuple(creating[most:]),
        missed=tuple(sorted(missed)),
        spread=tuple(spread),
    )


def _cases(
    program: Program, cohort: Cohort, pair: Pair, today: date, when: Turns
) -> Iterator[Case]:
    owed: dict[date, list[OwedCheckIn]] = {}
    for answer in pair_history(program, pair, today).owed_check_ins:
        owed.setdefault(answer.due, []).append(answer)
    dates = pair_due_dates(cohort, pair)
    for due in _dates(cohort, pair):
        yield Case(program, cohort, pair, due, today, when, dates, tuple(owed.get(due, ())))


def _in_order(action: Action) -> tuple[bool, int, str, Key, int]:
    """What only tidies up first, then the most overdue."""
    number = action.was.number if action.was else 0
    return action.creates, -action.days, action.kind, action.mark.key, number


def _dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """Every date for which there may be an issue, owed or not."""
    return due_dates(cohort) if pair.status != "proposed" else ()


def _orphans(program: Program, known: Known, today: date) -> Iterator[Action]:
    """Open issues about pairs or dates that are no more."""
    for key, issues in sorted(known.open.items()):
        cohort, pair, due = key
        run, there = program.cohorts.get(cohort), program.pairs.get((cohort, pair))
        if run and there and due in _dates(run, there):
            continue
        for issue in issues:
            assert issue.mark is not None
            yield Action(
                kind="close",
                mark=issue.mark,
                title=issue.title,
                body=issue.body,
                days=(today - due).days,
                was=issue,
                why="not asked",
            )
