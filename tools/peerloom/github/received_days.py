"""The day on which GitHub received a commit, by GitHub's word: a commit's dates are its author's.

The review puts a status on each commit that it sees. A status says who made it and when, by
GitHub's clock. It cannot be changed or taken back, and belongs to one commit: to what was sent.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from peerloom.arrival_days import day_in_zone
from peerloom.github.client import Account, Client
from peerloom.github.commit_holder import is_own_status, set_status

_NOTE = re.compile(r"received ([0-9]{4}-[0-9]{2}-[0-9]{2})$")


def find_noted_day(
    client: Client, repository: str, sha: str, account: Account, time_zone: str
) -> date | None:
    """The day that the account noted first for a commit. Raises `GitHubError`."""
    statuses = client.list_values(f"/repos/{repository}/commits/{sha}/statuses")
    own = [status for status in statuses if is_own_status(status, account)]
    first = min(own, key=lambda status: (status["created_at"], status["id"]), default=None)
    if first is None:
        return None
    note = _NOTE.search(first["description"] or "")
    try:
        day = date.fromisoformat(note[1]) if note else None
    except ValueError:
        day = None
    return day or day_of_moment(first["created_at"], time_zone)


def find_received_day(
    client: Client,
    repository: str,
    commits: Sequence[str],
    account: Account,
    time_zone: str,
    *,
    number: int,
) -> date | None:
    """The day on which GitHub had the check-ins of pull request `number`. Raises `GitHubError`.

    `commits` are those of it that hold the same check-ins, its head the first. Where none of them
    has a status yet, the head is marked as being read, and GitHub's time of that is the earliest
    that is known.
    """
    noted = [find_noted_day(client, repository, sha, account, time_zone) for sha in commits]
    days = [day for day in noted if day is not None]
    if days:
        return min(days)
    status = set_status(client, repository, commits[0], number, "pending", "being read")
    return day_of_moment(status["created_at"], time_zone)


def day_of_moment(moment: str, time_zone: str) -> date | None:
    """The day in the program's time zone of a moment as GitHub writes it."""
    try:
        return day_in_zone(time_zone, datetime.fromisoformat(moment).timestamp())
    except (ValueError, OverflowError):
        return None
