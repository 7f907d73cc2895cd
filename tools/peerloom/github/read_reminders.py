"""The plan of reminders from the issues that there are, read with as few requests as possible."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from peerloom.github.apply_reminders import IssueRepositories
from peerloom.github.client import Client, Sleep
from peerloom.github.errors import RefusedError
from peerloom.github.guard_reminders import guard_plan
from peerloom.github.issues import Issues
from peerloom.records import Program
from peerloom.reminders import Issue, Plan, plan_reminders

# How many issues and comments GitHub allows in an hour, including those made by hand.
_MOST_IN_AN_HOUR = 500
# When a cohort grows, reminders may be open this long before the day that they have now.
_MARGIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersPlan:
    """A plan, where it is to be carried out, and notes on what it had to leave out."""

    plan: Plan
    repositories: IssueRepositories
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """GitHub with the program's token, and with the one for its coordinators' repository."""

    program: Client
    coordinators: Client


@dataclass(frozen=True, slots=True)
class _Pacing:
    pace: float
    sleep: Sleep


def plan_from_issues(
    program: Program,
    today: date,
    clients: Clients,
    *,
    repository: str,
    now: datetime,
    budget: int,
    pace: float,
    sleep: Sleep,
    is_limited: bool = True,
) -> RemindersPlan:
    """Plan reminders from the issues that there are.

    It takes one listing for every hundred open issues, and of closed ones only where an issue is
    missing that should have been opened on an earlier day: somebody may have closed it. What was
    written in the hour before `now` counts toward what GitHub allows in one. A plan that
    `is_limited` opens no more within a day than twice what is due. Raises `GitHubError`.
    """
    pacing = _Pacing(pace, sleep)
    own = Issues(clients.program, repository, clients.program.account(), pace, sleep)
    reminders = own.list_own("open")
    writes_left = min(budget, max(0, _MOST_IN_AN_HOUR - _count_recent(reminders, now)))
    coordinators, escalations, notes = _read_coordinators(program, clients, pacing)
    if coordinators is None:
        settings = replace(program.settings, coordinators_repository=None)
        program = replace(program, settings=settings)
    planned = plan_reminders(program, today, reminders, escalations, budget, writes_left)
    late = [a.late_since for a in (*planned.actions, *planned.deferred) if a.late_since]
    if late:
        reminders += own.list_own("closed", min(late) - _MARGIN)
    new = [a.mark.due for a in planned.actions if a.kind == "escalate" and a.was is None]
    if new and coordinators:
        escalations += coordinators.list_own("closed", min(new))
    if late or new:
        planned = plan_reminders(program, today, reminders, escalations, budget, writes_left)
    both = ((own, False), (coordinators, True))
    planned, more = guard_plan(planned, program, today, both, now, is_limited=is_limited)
    is_public = program.settings.visibility == "public"
    repositories = IssueRepositories(own, coordinators, is_public)
    return RemindersPlan(plan=planned, repositories=repositories, notes=(*notes, *more))


def _count_recent(issues: Iterable[Issue], now: datetime) -> int:
    """How many issues were opened or written in during the last hour, at most."""
    since = now - timedelta(hours=1)
    return sum(issue.changed is not None and since < issue.changed <= now for issue in issues)


def _read_coordinators(
    program: Program, clients: Clients, pacing: _Pacing
) -> tuple[Issues | None, tuple[Issue, ...], tuple[str, ...]]:
    """The coordinators' issues, those that are open, and notes on why they could not be read."""
    repository = program.settings.coordinators_repository
    if repository is None:
        return None, (), ()
    client = clients.coordinators
    try:
        issues = Issues(client, repository, client.account(), pacing.pace, pacing.sleep)
        return issues, issues.list_own("open"), ()
    except RefusedError as error:
        note = f"coordinators are told nothing on GitHub: {error}, and set COORDINATORS_TOKEN"
        return None, (), (note,)
