"""Puts the upgrade of a program on a branch, and opens its pull request.

Everything is looked for before it is made, so that a run that dies is continued by the next.
"""

import hashlib
from collections.abc import Mapping

from peerloom.github.attribution import is_sealed, seal_message
from peerloom.github.client import Account
from peerloom.github.errors import RefusedError, is_forbidden
from peerloom.github.publisher import Publisher
from peerloom.github_names import UPGRADE_BRANCH
from peerloom.text.escaping.github import disarm_text

_DIGEST_LINE = "Peerloom-Upgrade: "


class BranchIsTakenError(Exception):
    """The branch of upgrades holds what a person has committed; the message says what to do."""


def submit_upgrade(
    publisher: Publisher,
    changes: Mapping[str, bytes | None],
    title: str,
    body: str,
    starter: Account,
) -> int | None:
    """Return the number of the pull request with the changes, made where there is none.

    `changes` has the new content of each file, None where it is deleted. The number is `None` where
    Actions may open none: then the branch is there, and a person opens it. Raises
    `BranchIsTakenError` or `GitHubError`.
    """
    _ensure_branch(publisher, changes, title, starter)
    try:
        number = int(publisher.ensure_pull_request(UPGRADE_BRANCH, title, body)["number"])
    except RefusedError as error:
        if is_forbidden(error):
            return None
        raise
    path = f"{publisher.api_path}/pulls/{number}"
    publisher.client.request("PATCH", path, {"title": title, "body": body})
    return number


def _ensure_branch(
    publisher: Publisher, changes: Mapping[str, bytes | None], title: str, starter: Account
) -> None:
    line = f"{_DIGEST_LINE}{_digest_changes(publisher.base, changes)}"
    newest = publisher.find_newest_commit(UPGRADE_BRANCH)
    if newest is not None:
        if not is_sealed(newest):
            raise BranchIsTakenError(
                f"somebody has changed the branch '{UPGRADE_BRANCH}' by hand, and it is left as it "
                "is: merge its pull request, or delete the branch, and run this again"
            )
        if line in newest["message"].splitlines():
            return
    contents = {path: _as_text(data) for path, data in changes.items() if data is not None}
    tree = publisher.write_tree(contents, [path for path, data in changes.items() if data is None])
    message = seal_message(f"{title}\n\n{line}", tree)
    name = disarm_text(starter.login)
    commit = publisher.write_commit(tree, message, name, starter, publisher.today)
    publisher.point_branch(UPGRADE_BRANCH, commit, exists=newest is not None)


def _as_text(data: bytes) -> str | bytes:
    """Return what is text as text, which takes no request of its own."""
    try:
        return data if b"\0" in data else data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _digest_changes(base: str, changes: Mapping[str, bytes | None]) -> str:
    """Return a digest of the new commit: same base and same files, same digest."""
    digest = hashlib.sha256(base.encode())
    for path, data in sorted(changes.items()):
        held = "deleted" if data is None else hashlib.sha256(data).hexdigest()
        digest.update(f"{path}\0{held}\0".encode())
    return digest.hexdigest()[:40]
