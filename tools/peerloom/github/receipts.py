"""On which day GitHub had a commit, by GitHub's own word; a commit's dates are its author's.

The review puts a status on each commit that it sees. A status says who made it and when, by
GitHub's clock; it cannot be changed or taken back, and belongs to one commit: to what was sent.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from peerloom.doctor import STATUS
from peerloom.git_receipts import day_in
from peerloom.github.connection import Connection
from peerloom.github.heads import set_status

_NOTE = re.compile(r"received ([0-9]{4}-[0-9]{2}-[0-9]{2})$")


def note(day: date) -> str:
    """What ends the description of a status, and says when its commit came in."""
    return f"received {day.isoformat()}"


def day_noted(hub: Connection, path: str, sha: str, account: int, zone: str) -> date | None:
    """The day that the account noted first for a commit. Raises `Unreached`."""
    own = [status for status in _statuses(hub, path, sha) if _is_by(status, account)]
    first = min(own, key=lambda status: (status["created_at"], status["id"]), default=None)
    if first is None:
        return None
    found = _NOTE.search(first["description"] or "")
    try:
        return date.fromisoformat(found[1]) if found else day_of(first["created_at"], zone)
    except ValueError:
        return day_of(first["created_at"], zone)


def day_received(
    hub: Connection,
    repository: str,
    commits: Sequence[str],
    account: int,
    zone: str,
    *,
    number: int,
) -> date | None:
    """The day on which GitHub had the answers of pull request `number`. Raises `Unreached`.

    `commits` are those of it that hold the same answers, its head the first. Where none was seen
    yet, the head is marked as being read, and GitHub's time of that is the first that is known.
    """
    path = f"/repos/{repository}"
    noted = [day_noted(hub, path, sha, account, zone) for sha in commits]
    days = [day for day in noted if day is not None]
    if days:
        return min(days)
    marked = set_status(hub, repository, commits[0], number, "pending", "being read")
    return day_of(marked["created_at"], zone)


def day_of(moment: str, zone: str) -> date | None:
    """The day in the program's time zone of a moment as GitHub writes it."""
    try:
        return day_in(zone, datetime.fromisoformat(moment).timestamp())
    except (ValueError, OverflowError):
        return None


def _is_by(status: dict[str, Any], account: int) -> bool:
    by = status["creator"]
    return status["context"] == STATUS and by is not None and by["id"] == account


def _statuses(hub: Connection, path: str, sha: str) -> Iterator[dict[str, Any]]:
    return hub.list_values(f"{path}/commits/{sha}/statuses")
