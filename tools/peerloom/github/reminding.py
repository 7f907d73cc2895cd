"""What reminders know of GitHub, read with as few requests as there can be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from peerloom.github.carrying import Places
from peerloom.github.connection import Connection, NoAnswer
from peerloom.github.issues import Issues, Sleep
from peerloom.records import Program
from peerloom.reminders import Issue, Plan, plan

_TRIES = 4
_T = TypeVar("_T")


def remind(
    program: Program,
    today: date,
    hub: Connection,
    budget: int,
    pace: float,
    sleep: Sleep,
    repository: str | None = None,
) -> tuple[Plan, Places]:
    """A plan from the issues there are, and where to carry it out.

    A listing for every hundred open issues; of closed ones only where an issue seems to be
    missing that should have been opened on an earlier day: somebody may have closed it. Raises
    `CannotReach` and `TooFast`.
    """
    private = program.settings.coordinators_repository
    account = _read(hub.account, sleep)
    places = Places(
        program=Issues(hub, repository or program.settings.repository, account, pace, sleep),
        coordinators=Issues(hub, private, account, pace, sleep) if private else None,
        is_public=program.settings.visibility == "public",
    )
    there = _read(lambda: places.program.written("open"), sleep)
    told: tuple[Issue, ...] = ()
    if places.coordinators:
        coordinators = places.coordinators
        told = _read(lambda: coordinators.written("open"), sleep)
    found = plan(program, today, there, told, budget)
    late = [a.mark.due for a in (*found.actions, *found.deferred) if a.is_late]
    if late:
        since = min(late) - timedelta(days=90)
        there += _read(lambda: places.program.written("closed", since), sleep)
    untold = [a for a in found.actions if a.kind == "escalate" and a.was is None]
    if untold and places.coordinators:
        coordinators = places.coordinators
        since = min(a.mark.due for a in untold)
        told += _read(lambda: coordinators.written("closed", since), sleep)
    if late or untold:
        found = plan(program, today, there, told, budget)
    return found, places


def _read(what: Callable[[], _T], sleep: Sleep) -> _T:
    """Reading changes nothing, and may be tried again."""
    for tried in range(_TRIES - 1):
        try:
            return what()
        except NoAnswer:
            sleep(2.0**tried)
    return what()
