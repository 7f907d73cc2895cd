"""What reminders know of GitHub, read with as few requests as there can be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from peerloom.github.carrying import Places
from peerloom.github.connection import CannotReach, Connection, NoAnswer, Sleep
from peerloom.github.guarding import guarded
from peerloom.github.issues import Issues
from peerloom.records import Program
from peerloom.reminders import Issue, Plan, plan_reminders

_TRIES = 4
# So many issues and comments GitHub lets be made in an hour, those by hand among them.
_MOST_IN_AN_HOUR = 500
# When a cohort grows, reminders may have opened some days before the day that is theirs now.
_MARGIN = timedelta(days=14)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """A plan, where it is to be carried out, and what stands in the way of a part of it."""

    plan: Plan
    places: Places
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hubs:
    """GitHub with the program's token, and with the one for its coordinators' repository."""

    program: Connection
    coordinators: Connection


def remind(
    program: Program,
    today: date,
    hubs: Hubs,
    *,
    repository: str,
    now: datetime,
    budget: int,
    pace: float,
    sleep: Sleep,
    is_bounded: bool = True,
) -> Reminding:
    """A plan from the issues there are.

    One listing for every hundred open issues; of closed ones only where an issue is missing that
    should have been opened on an earlier day: somebody may have closed it. What was written in the
    hour before `now` counts toward what GitHub allows in one. Where it `is_bounded`, no more is
    opened within a day than twice what is due. Raises `Unreached`.
    """
    own = Issues(hubs.program, repository, _read(hubs.program.account, sleep), pace, sleep)
    there = _read(lambda: own.written("open"), sleep)
    left = min(budget, max(0, _MOST_IN_AN_HOUR - _lately(there, now)))
    coordinators, told, notes = _coordinators(program, hubs, pace, sleep)
    if coordinators is None:
        settings = replace(program.settings, coordinators_repository=None)
        program = replace(program, settings=settings)
    found = plan_reminders(program, today, there, told, budget, left)
    late = [a.late_since for a in (*found.actions, *found.deferred) if a.late_since]
    if late:
        there += _read(lambda: own.written("closed", min(late) - _MARGIN), sleep)
    untold = [a.mark.due for a in found.actions if a.kind == "escalate" and a.was is None]
    if untold and coordinators:
        told += _read(lambda: coordinators.written("closed", min(untold)), sleep)
    if late or untold:
        found = plan_reminders(program, today, there, told, budget, left)
    both = ((own, False), (coordinators, True))
    reader = partial(_read, sleep=sleep)
    found, more = guarded(found, program, today, both, now, reader, is_bounded=is_bounded)
    is_public = program.settings.visibility == "public"
    places = Places(program=own, coordinators=coordinators, is_public=is_public)
    return Reminding(plan=found, places=places, notes=(*notes, *more))


def _lately(issues: Iterable[Issue], now: datetime) -> int:
    """How many were opened or written in during the last hour, at most."""
    since = now - timedelta(hours=1)
    return sum(issue.changed is not None and since < issue.changed <= now for issue in issues)


def _coordinators(
    program: Program, hubs: Hubs, pace: float, sleep: Sleep
) -> tuple[Issues | None, tuple[Issue, ...], tuple[str, ...]]:
    """The coordinators' issues; without them, reminders go on and it is said."""
    repository = program.settings.coordinators_repository
    if repository is None:
        return None, (), ()
    try:
        account = _read(hubs.coordinators.account, sleep)
        issues = Issues(hubs.coordinators, repository, account, pace, sleep)
        return issues, _read(lambda: issues.written("open"), sleep), ()
    except CannotReach as reason:
        note = f"coordinators are told nothing on GitHub: {reason}, and set COORDINATORS_TOKEN"
        return None, (), (note,)


def _read(what: Callable[[], _T], sleep: Sleep) -> _T:
    """Reading changes nothing, and may be tried again."""
    for tried in range(_TRIES - 1):
        try:
            return what()
        except NoAnswer:
            sleep(2.0**tried)
    return what()
