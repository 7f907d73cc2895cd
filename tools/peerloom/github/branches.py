"""Branches, commits and pull requests of the program's own, each looked for before it is made."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom.changes import Changes
from peerloom.github.connection import CannotReach, Connection, NoAnswer
from peerloom.github.merging import Merge, merger
from peerloom.program import Loaded, examine_snapshot
from peerloom.records import Program
from peerloom.review import Proposal

PAGE = 100
# What branches of the program's own begin with, before an issue's number or a cohort's id.
ISSUE, MATCH = "issue-", "match-"
# The branch with the days on which check-ins came in, where main is protected.
RECEIVED = "received"
_FOLDER = "Peerloom-Folder: "
# So many files go into one request; GitHub takes no request of any size.
_FILES_AT_ONCE = 500
_TITLE = 200
_MAIL = re.compile(r"(\d+)\+(.+)@users\.noreply\.github\.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where changes become pull requests: a repository, by whom, and the program as it is.

    `drafted` is a pull request that changes nothing yet, `folder` the id of its base's topmost
    folder, `account` number and login of who writes, `merge` what merges what may merge itself,
    `coordinators` GitHub with the token for what only they read.
    """

    hub: Connection
    repository: str
    account: tuple[int, str]
    drafted: Proposal
    folder: str
    loaded: Loaded
    today: date
    merge: Merge
    coordinators: Connection | None = None

    @property
    def program(self) -> Program:
        """The program as it is."""
        return self.loaded.program

    @property
    def path(self) -> str:
        """Where the repository is in the API."""
        return f"/repos/{self.repository}"


def desk(
    hub: Connection,
    repository: str,
    drafted: Proposal,
    folder: str,
    today: date,
    coordinators: Connection | None = None,
) -> Desk:
    """A desk at the program of a draft. Raises `Unreached`."""
    return Desk(
        hub=hub,
        repository=repository,
        account=hub.account(),
        drafted=drafted,
        folder=folder,
        loaded=examine_snapshot(drafted.before, today),
        today=today,
        merge=merger(hub, repository),
        coordinators=coordinators,
    )


def mail(number: int, login: str) -> str:
    """The address by which GitHub knows an account without giving its mail away."""
    return f"{number}+{login}@users.noreply.github.com"


def account_of(address: str) -> tuple[int, str] | None:
    """Number and login of the account that such an address is of."""
    found = _MAIL.fullmatch(address)
    return (int(found[1]), found[2]) if found else None


# Branches.


def branches(at: Desk, prefix: str) -> dict[str, str]:
    """The newest commit of each branch whose name begins so, by that name."""
    found = at.hub.ask("GET", f"{at.path}/git/matching-refs/heads/{prefix}").value
    return {value["ref"].removeprefix("refs/heads/"): value["object"]["sha"] for value in found}


def newest(at: Desk, branch: str) -> dict[str, Any] | None:
    """The newest commit of a branch; nothing where there is no such branch."""
    sha = branches(at, branch).get(branch)
    return commit_at(at.hub, at.path, sha) if sha else None


def commit_at(hub: Connection, path: str, sha: str) -> dict[str, Any]:
    """A commit of the repository that is at a path of the API."""
    value: dict[str, Any] = hub.ask("GET", f"{path}/git/commits/{sha}").value
    return value


def lead(at: Desk, branch: str, sha: str, *, is_there: bool) -> None:
    """A branch, new or there, leads to a commit from now on, whatever it led to."""
    name = f"heads/{branch}"
    if is_there:
        at.hub.ask("PATCH", f"{at.path}/git/refs/{name}", {"sha": sha, "force": True})
    else:
        at.hub.ask("POST", f"{at.path}/git/refs", {"ref": f"refs/{name}", "sha": sha})


def delete(at: Desk, branch: str) -> None:
    """A branch goes."""
    at.hub.ask("DELETE", f"{at.path}/git/refs/heads/{branch}")


# Commits.


def folder_with(at: Desk, texts: Changes, gone: Iterable[str] = ()) -> str:
    """The id of the base's topmost folder with these texts, and without what is gone."""
    files: list[dict[str, Any]] = [
        {"path": path, "mode": "100644", "type": "blob", "content": text}
        for path, text in texts.items()
    ]
    files += [{"path": path, "mode": "100644", "type": "blob", "sha": None} for path in gone]
    folder = at.folder
    for first in range(0, len(files), _FILES_AT_ONCE):
        value = {"base_tree": folder, "tree": files[first : first + _FILES_AT_ONCE]}
        folder = str(at.hub.ask("POST", f"{at.path}/git/trees", value).value["sha"])
    return folder


def commit(
    at: Desk, folder: str, message: str, author: str, account: tuple[int, str], day: date
) -> str:
    """The id of a new commit on the base, in the name of an author with that account."""
    when = f"{day.isoformat()}T12:00:00Z"
    value = {
        "message": message,
        "tree": folder,
        "parents": [at.drafted.base],
        "author": {"name": author, "email": mail(*account), "date": when},
        "committer": {"name": at.account[1], "email": mail(*at.account), "date": when},
    }
    return str(at.hub.ask("POST", f"{at.path}/git/commits", value).value["sha"])


def sealed(message: str, folder: str) -> str:
    """A commit's message that says what it leads to, so that one who amends it breaks the seal."""
    return f"{message}\n{_FOLDER}{folder}"


def is_sealed(made: dict[str, Any]) -> bool:
    """Whether a commit leads to what its message says."""
    return f"{_FOLDER}{made['tree']['sha']}" in made["message"].splitlines()


# Pull requests.


def title(text: str) -> str:
    """A text, in which nothing acts, on one line and short enough for a title."""
    return " ".join(text.split())[:_TITLE]


def pull_requests(at: Desk, branch: str) -> list[dict[str, Any]]:
    """Those from a branch, open or not, the newest first."""
    owner = at.repository.partition("/")[0]
    query = {"head": f"{owner}:{branch}", "state": "all", "per_page": PAGE}
    found: list[dict[str, Any]] = at.hub.ask("GET", f"{at.path}/pulls", query).value
    return found


def pull_request(
    at: Desk, branch: str, called: str, body: str, look: Callable[[], dict[str, Any] | None]
) -> dict[str, Any]:
    """The one that is found by looking, opened where there is none."""
    there = look()
    if there is not None:
        return there
    value = {"title": called, "head": branch, "base": at.program.settings.branch, "body": body}
    try:
        opened: dict[str, Any] = at.hub.ask("POST", f"{at.path}/pulls", value).value
    except (NoAnswer, CannotReach):
        # Another run may have been quicker, or the answer alone was lost.
        made = look()
        if made is None:
            raise
        return made
    return opened
