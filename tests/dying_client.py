"""Clients that die in the middle of a run, and runs of reminders with or without one."""

from datetime import UTC, date, datetime
from typing import Any

from peerloom import github
from peerloom.github.client import Client, GitHubResponse, Sleep
from peerloom.records import Program
from stand_in import Fault, StandIn


class Killed(BaseException):
    """The run dies."""


class DyingClient(Client):
    """A client whose run dies before, or just after, its nth request."""

    def __init__(
        self, hub: StandIn, dies_at: int = -1, *, after: bool = False, sleep: Sleep | None = None
    ) -> None:
        super().__init__(hub.token, hub.url, sleep)
        self._left, self._after = dies_at, after

    def request(self, method: str, path: str, value: Any = None) -> GitHubResponse:
        """As any client, as long as the run lives."""
        self._left -= 1
        if self._left == -1 and not self._after:
            raise Killed
        response = super().request(method, path, value)
        if self._left == -1:
            raise Killed
        return response


def list_requests_to_lose(hub: StandIn, first: int, fault: Fault) -> list[int]:
    """The numbers of requests, from the one numbered `first`, at which a fault is worth trying.

    A read whose answer is lost leaves what a read leaves that never arrived.
    """
    is_for_reads = fault in ("cut", "502")
    asked = enumerate(hub.requests[first:])
    return [number for number, (method, _, _) in asked if is_for_reads or method != "GET"]


def run_reminders(
    program: Program, hub: StandIn, today: date, client: Client | None = None, **more: Any
) -> github.AppliedPlan:
    """One run on a day; `hub.slept` says for how long it waited, if that had been real."""
    hub.now = datetime(today.year, today.month, today.day, 6, tzinfo=UTC)
    hub.slept.clear()
    own = client or Client(hub.token, hub.url, hub.slept.append)
    clients = github.Clients(program=own, coordinators=own)
    repository = next(iter(hub.repositories))
    options: dict[str, Any] = {
        "budget": 400,
        "pace": 0,
        "now": hub.now,
        "sleep": hub.slept.append,
    } | more
    planned = github.plan_from_issues(program, today, clients, repository=repository, **options)
    return github.apply_reminders(planned.plan, planned.repositories, hub.slept.append)
