"""Runs of reminders, and runs that die."""

from datetime import UTC, date, datetime
from typing import Any

from peerloom import github
from peerloom.github.connection import Answer, Connection
from peerloom.records import Program
from stand_in import StandIn


class Killed(BaseException):
    """The run dies."""


class Mortal(Connection):
    """A connection whose run dies before, or just after, its nth request."""

    def __init__(self, hub: StandIn, dies_at: int = -1, *, after: bool = False) -> None:
        super().__init__(hub.token, hub.url)
        self._left, self._after = dies_at, after

    def ask(self, method: str, path: str, value: Any = None) -> Answer:
        """As any connection, as long as the run lives."""
        self._left -= 1
        if self._left == -1 and not self._after:
            raise Killed
        answer = super().ask(method, path, value)
        if self._left == -1:
            raise Killed
        return answer


def remind(
    program: Program, hub: StandIn, today: date, connection: Connection | None = None, **more: Any
) -> github.Carried:
    """One run on a day; `hub.slept` says for how long it waited, if that had been real."""
    hub.now = datetime(today.year, today.month, today.day, 6, tzinfo=UTC)
    hub.slept.clear()
    own = connection or Connection(hub.token, hub.url)
    hubs = github.Hubs(program=own, coordinators=own)
    repository = next(iter(hub.repositories))
    keys: dict[str, Any] = {
        "budget": 400,
        "pace": 0,
        "now": hub.now,
        "sleep": hub.slept.append,
    } | more
    found = github.remind(program, today, hubs, repository=repository, **keys)
    return github.carry_out(found.plan, found.places, hub.slept.append)
