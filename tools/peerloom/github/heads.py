"""Whose a commit is when several pull requests have it: a status belongs to the commit alone.

The first pull request to be judged at a commit holds it, as long as it is open, has that commit
and goes to the default branch; each status of ours says by its link whom it speaks of. Where
none holds it, the oldest does. Numbers alone would not do: somebody could push another's commit
to an old pull request of their own, and speak for it from then on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peerloom.github.connection import Connection
from peerloom.github_names import STATUS

_PAGE = 100
_LINK = re.compile(r"/pull/([0-9]{1,10})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """One as GitHub has it now.

    `author` is login and number, nothing where the account is gone; `repository` and `branch` say
    where the head is, and `base` where it would be merged, of which `default` is the repository's.
    """

    number: int
    head: str
    author: tuple[str, int] | None
    repository: str | None
    branch: str
    base: str
    default: str
    is_open: bool
    is_draft: bool

    @property
    def counts(self) -> bool:
        """Whether it can be judged: it is open, and goes to the default branch."""
        return self.is_open and self.base == self.default


def pull_request(hub: Connection, repository: str, number: int) -> PullRequest:
    """The pull request with a number. Raises `Unreached`."""
    return _as_value(hub.ask("GET", f"/repos/{repository}/pulls/{number}").value)


def holder(hub: Connection, repository: str, head: str, account: int) -> PullRequest | None:
    """The pull request that is judged at a commit, if there is one. Raises `Unreached`."""
    found = {each.number: each for each in _open(hub, repository) if each.head == head}
    holding = _spoken_of(hub, repository, head, account)
    return found.get(holding or 0) or next((found[n] for n in sorted(found)), None)


def set_status(
    hub: Connection, repository: str, head: str, number: int, state: str, description: str
) -> dict[str, Any]:
    """Sets the status of a commit in the name of a pull request that holds it, and returns it."""
    link = f"https://github.com/{repository}/pull/{number}"
    value = {"state": state, "context": STATUS, "description": description, "target_url": link}
    made: dict[str, Any] = hub.ask("POST", f"/repos/{repository}/statuses/{head}", value).value
    return made


def _open(hub: Connection, repository: str) -> Iterator[PullRequest]:
    """Those that count."""
    values = hub.list_values(f"/repos/{repository}/pulls", {"state": "open"})
    return (each for each in map(_as_value, values) if each.counts)


def _spoken_of(hub: Connection, repository: str, head: str, account: int) -> int | None:
    """The pull request that the newest status of ours speaks of."""
    path = f"/repos/{repository}/commits/{head}/statuses"
    for value in hub.ask("GET", path, {"per_page": _PAGE}).value:
        is_ours = bool(value["creator"]) and value["creator"]["id"] == account
        if is_ours and value["context"] == STATUS:
            link = _LINK.search(value["target_url"] or "")
            return int(link[1]) if link else None
    return None


def _as_value(value: dict[str, Any]) -> PullRequest:
    head, base, user = value["head"], value["base"], value["user"]
    return PullRequest(
        number=value["number"],
        head=head["sha"],
        author=(user["login"], user["id"]) if user else None,
        repository=head["repo"]["full_name"] if head["repo"] else None,
        branch=head["ref"],
        base=base["ref"],
        default=base["repo"]["default_branch"],
        is_open=value["state"] == "open",
        is_draft=bool(value.get("draft")),
    )
