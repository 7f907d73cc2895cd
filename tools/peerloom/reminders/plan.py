"""The plan of reminders: what to do to which issue today, the most overdue first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from peerloom.model import Cohort, Pair
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.reminders.action import Action, IssueKey, KnownIssues, group_issues
from peerloom.reminders.due_check_in import DueCheckIn
from peerloom.reminders.issue import Issue
from peerloom.reminders.spreading import Spread, Turns, list_spreads, plan_turns
from peerloom.schedule import due_dates, pair_due_dates

# How many requests that create something a run may make. GitHub allows 500 in an hour.
BUDGET = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do now, what waits for the next run, and which dates passed without a reminder."""

    today: date
    actions: tuple[Action, ...] = ()
    deferred: tuple[Action, ...] = ()
    missed: tuple[IssueKey, ...] = ()
    spread: tuple[Spread, ...] = ()


def plan_reminders(
    program: Program,
    today: date,
    issues: Iterable[Issue],
    told: Iterable[Issue] = (),
    budget: int = BUDGET,
    left: int | None = None,
) -> Plan:
    """Return what to do on a day; the same arguments give the same plan.

    `issues` are the issues, open or closed, of the program's repository, and `told` those of the
    repository that only coordinators read. `budget` is how many things a run may create on GitHub:
    a cohort with more pairs is reminded over several days. `left` is how many of them GitHub still
    allows in this hour, by default all.
    """
    known, escalated = group_issues(issues, program), group_issues(told, program)
    actions: list[Action] = []
    missed: list[IssueKey] = []
    spread: list[Spread] = []
    for cohort in program.cohorts.values():
        if cohort.check_ins is None:
            continue
        turns = plan_turns(program, cohort, budget)
        spread += list_spreads(program, cohort, turns)
        for pair in program.pairs_of(cohort.id):
            for due_check_in in _list_due_check_ins(program, cohort, pair, today, turns):
                actions += due_check_in.list_actions(known, escalated)
                missed += due_check_in.list_missed(known)
    actions += _close_orphaned_issues(program, known, today)
    actions.sort(key=_sort_key)
    creating = [a for a in actions if a.counts_toward_limit]
    limit = budget if left is None else left
    allowed = set(map(id, creating[:limit]))
    return Plan(
        today=today,
        actions=tuple(a for a in actions if not a.counts_toward_limit or id(a) in allowed),
        deferred=tuple(creating[limit:]),
        missed=tuple(sorted(missed)),
        spread=tuple(spread),
    )


def _list_due_check_ins(
    program: Program, cohort: Cohort, pair: Pair, today: date, turns: Turns
) -> Iterator[DueCheckIn]:
    owed_by_date: dict[date, list[OwedCheckIn]] = {}
    for owed in pair_history(program, pair, today).owed_check_ins:
        owed_by_date.setdefault(owed.due, []).append(owed)
    owed_dates = pair_due_dates(cohort, pair)
    for due in _possible_dates(cohort, pair):
        owed_check_ins = tuple(owed_by_date.get(due, ()))
        yield DueCheckIn(program, cohort, pair, due, today, turns, owed_dates, owed_check_ins)


def _sort_key(action: Action) -> tuple[bool, int, str, IssueKey, int]:
    """Return the key that sorts what creates nothing first, then the most overdue."""
    number = action.was.number if action.was else 0
    return action.counts_toward_limit, -action.days, action.kind, action.mark.key, number


def _possible_dates(cohort: Cohort, pair: Pair) -> tuple[date, ...]:
    """Return every due date for which there may be an issue, whether answers are owed or not."""
    return due_dates(cohort) if pair.status != "proposed" else ()


def _close_orphaned_issues(program: Program, known: KnownIssues, today: date) -> Iterator[Action]:
    """Yield the closing of open issues about pairs or due dates that no longer exist."""
    for (cohort_id, pair_id, due), issues in sorted(known.open.items()):
        cohort, pair = program.cohorts.get(cohort_id), program.pairs.get((cohort_id, pair_id))
        if cohort and pair and due in _possible_dates(cohort, pair):
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
