"""Who stands for a pull request that the program itself opened."""

import os
from collections.abc import Mapping

from peerloom.github.branches import ISSUE, MATCH, RECEIVED, account_of, commit_at, is_sealed
from peerloom.github.connection import Connection


def starter(environment: Mapping[str, str] = os.environ) -> tuple[str, int] | None:
    """Login and number of whoever started this run, or pushed what it is about; by Actions."""
    login, number = environment.get("GITHUB_ACTOR", ""), environment.get("GITHUB_ACTOR_ID", "")
    is_said = login and number.isascii() and number.isdigit()
    return (login, int(number)) if is_said else None


def sender_of(
    hub: Connection, repository: str, number: int, environment: Mapping[str, str] = os.environ
) -> tuple[str, int] | None:
    """Login and number of whose the changes of pull request `number` are. Raises `Unreached`.

    Of answers it is who sent them; of matches who pushed to the branch, or had them made.
    """
    path = f"/repos/{repository}"
    found = hub.ask("GET", f"{path}/pulls/{number}").value
    head, by = found["head"], found["user"]
    if not head["repo"] or head["repo"]["full_name"] != repository:
        return None
    if head["ref"].startswith(MATCH) or head["ref"] == RECEIVED:
        pusher = starter(environment)
        # What Actions says is not to be forged; what a commit says is, by who may write here.
        if pusher is not None and by and pusher[1] != by["id"]:
            return pusher
        return None if head["ref"] == RECEIVED else _asked_for(hub, path, head["sha"])
    issue = head["ref"].removeprefix(ISSUE)
    if head["ref"] != f"{ISSUE}{issue}" or not (issue.isascii() and issue.isdigit()):
        return None
    user = hub.ask("GET", f"{path}/issues/{issue}").value["user"]
    return (user["login"], user["id"]) if user else None


def _asked_for(hub: Connection, path: str, sha: str) -> tuple[str, int] | None:
    """Who had the matches of a commit made; nobody where the commit is a person's."""
    made = commit_at(hub, path, sha)
    account = account_of(made["author"]["email"]) if is_sealed(made) else None
    return (account[1], account[0]) if account else None
