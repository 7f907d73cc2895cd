"""The people behind what the program commits and opens: whose change it is."""

import os
import re
from collections.abc import Mapping
from typing import Any

from peerloom.github.actions import read_starter
from peerloom.github.client import Account, Client
from peerloom.github_names import (
    ISSUE_BRANCH_PREFIX,
    MATCH_BRANCH_PREFIX,
    RECEIVED_BRANCH,
    RENEW_BRANCH,
)

_ADDRESS = re.compile(r"(\d+)\+(.+)@users\.noreply\.github\.com")
_TREE_LINE = "Peerloom-Folder: "


def mail_address(account: Account) -> str:
    """The address by which GitHub knows an account, and which does not reveal its real one."""
    return f"{account.number}+{account.login}@users.noreply.github.com"


def parse_mail_address(address: str) -> Account | None:
    """The account whose address this is."""
    match = _ADDRESS.fullmatch(address)
    return Account(number=int(match[1]), login=match[2]) if match else None


def seal_message(message: str, tree: str) -> str:
    """A commit's message that names the tree of the commit: whoever amends it breaks the seal."""
    return f"{message}\n{_TREE_LINE}{tree}"


# What is on them, nobody asked for.
_OWN_BRANCHES = (RECEIVED_BRANCH, RENEW_BRANCH)


def is_sealed(commit: Mapping[str, Any]) -> bool:
    """Whether a commit still has the tree that its message names."""
    return f"{_TREE_LINE}{commit['tree']['sha']}" in commit["message"].splitlines()


def find_sender(
    client: Client, repository: str, number: int, environment: Mapping[str, str] = os.environ
) -> Account | None:
    """The account that is responsible for pull request `number`, which the program opened.

    For a submission that is its sender; for matches, whoever pushed to the branch or had them
    proposed. `None` if it is only the account that opened it. Raises `GitHubError`.
    """
    api_path = f"/repos/{repository}"
    value = client.get(f"{api_path}/pulls/{number}")
    head, opener = value["head"], value["user"]
    if not head["repo"] or head["repo"]["full_name"] != repository:
        return None
    branch: str = head["ref"]
    if branch.startswith(MATCH_BRANCH_PREFIX) or branch in _OWN_BRANCHES:
        pusher = read_starter(environment)
        # Nobody can forge what Actions says, but whoever may write here can forge a commit.
        if pusher is not None and opener and not pusher.owns(opener):
            return pusher
        if branch in _OWN_BRANCHES:
            return None
        return _find_requester(client.get(f"{api_path}/git/commits/{head['sha']}"))
    issue = branch.removeprefix(ISSUE_BRANCH_PREFIX)
    if branch != f"{ISSUE_BRANCH_PREFIX}{issue}" or not (issue.isascii() and issue.isdigit()):
        return None
    user = client.get(f"{api_path}/issues/{issue}")["user"]
    return Account(number=user["id"], login=user["login"]) if user else None


def _find_requester(commit: Mapping[str, Any]) -> Account | None:
    """The account that had the matches of a commit proposed; `None` for a person's commit."""
    return parse_mail_address(commit["author"]["email"]) if is_sealed(commit) else None
