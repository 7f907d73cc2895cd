"""Which pull request a commit belongs to when several have it: a commit has only one status.

The first pull request that is reviewed at a commit holds it, as long as it is open, has that
commit and goes to the default branch; each status of the program's links to the pull request that
it is about. Where none holds the commit, the oldest does. Numbers alone would not do: somebody
could push another's commit to an old pull request of their own, and speak for it from then on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peerloom.github.client import Account, Client
from peerloom.github_names import STATUS

_PULL_REQUEST_LINK = re.compile(r"/pull/([0-9]{1,10})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestState:
    """A pull request as GitHub has it now.

    `author` is `None` where the account is gone. `repository` and `branch` say where the head is,
    `base` is the branch to merge it into, and `default` the repository's default branch.
    """

    number: int
    head: str
    author: Account | None
    repository: str | None
    branch: str
    base: str
    default: str
    is_open: bool
    is_draft: bool

    @property
    def can_be_reviewed(self) -> bool:
        """Whether it is open, and goes to the default branch."""
        return self.is_open and self.base == self.default


def read_pull_request_state(client: Client, repository: str, number: int) -> PullRequestState:
    """The pull request with a number. Raises `GitHubError`."""
    return _parse_pull_request(client.get(f"/repos/{repository}/pulls/{number}"))


def find_holder(
    client: Client, repository: str, head: str, account: Account
) -> PullRequestState | None:
    """The pull request that is reviewed at a commit, if there is one. Raises `GitHubError`."""
    candidates = {
        each.number: each for each in _list_reviewable(client, repository) if each.head == head
    }
    linked = _find_linked_number(client, repository, head, account)
    oldest = next((candidates[number] for number in sorted(candidates)), None)
    return candidates.get(linked or 0) or oldest


def set_status(
    client: Client, repository: str, head: str, number: int, state: str, description: str
) -> dict[str, Any]:
    """Set the status of a commit on behalf of the pull request that holds it, and return it."""
    link = f"https://github.com/{repository}/pull/{number}"
    value = {"state": state, "context": STATUS, "description": description, "target_url": link}
    path = f"/repos/{repository}/statuses/{head}"
    status: dict[str, Any] = client.request("POST", path, value).value
    return status


def is_own_status(status: dict[str, Any], account: Account) -> bool:
    """Whether the program set a status, as this account."""
    return status["context"] == STATUS and account.owns(status["creator"])


def _list_reviewable(client: Client, repository: str) -> Iterator[PullRequestState]:
    values = client.list_values(f"/repos/{repository}/pulls", {"state": "open"})
    return (each for each in map(_parse_pull_request, values) if each.can_be_reviewed)


def _find_linked_number(client: Client, repository: str, head: str, account: Account) -> int | None:
    """The number of the pull request that the newest status of the program's links to."""
    statuses = client.get_first_page(f"/repos/{repository}/commits/{head}/statuses")
    newest = next((status for status in statuses if is_own_status(status, account)), None)
    link = _PULL_REQUEST_LINK.search(newest["target_url"] or "") if newest else None
    return int(link[1]) if link else None


def _parse_pull_request(value: dict[str, Any]) -> PullRequestState:
    head, base, user = value["head"], value["base"], value["user"]
    return PullRequestState(
        number=value["number"],
        head=head["sha"],
        author=Account(number=user["id"], login=user["login"]) if user else None,
        repository=head["repo"]["full_name"] if head["repo"] else None,
        branch=head["ref"],
        base=base["ref"],
        default=base["repo"]["default_branch"],
        is_open=value["state"] == "open",
        is_draft=bool(value.get("draft")),
    )
