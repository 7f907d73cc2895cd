"""Puts changes that a program makes by itself on the default branch.

One commit holds all of them. Where the default branch is protected, or a person is to look first,
it waits as a pull request. A run that dies leaves the default branch as it was, and the next goes
on.
"""

from dataclasses import dataclass
from typing import Any

from peerloom.changes import Changes
from peerloom.github.commit_holder import set_status
from peerloom.github.errors import RefusedError
from peerloom.github.publisher import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange:
    """A change that the program makes by itself.

    `branch` is where it waits if it must, `title` and `body` are those of its commit and its pull
    request, and `status` says on the commit why it may be merged. With `asks_first`, it always
    waits. With `keeps_branch`, commits of other people on the branch are not undone.
    """

    texts: Changes
    branch: str
    title: str
    body: str
    status: str
    asks_first: bool = False
    keeps_branch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where a change is now, in words that complete "it …"."""

    where: str
    is_on_default_branch: bool = False


def land_change(publisher: Publisher, change: OwnChange) -> Landing:
    """Put a change on the default branch, or into a pull request. Raises `GitHubError`."""
    earlier = publisher.find_newest_commit(change.branch)
    if earlier is not None and change.keeps_branch and not publisher.wrote(earlier):
        return Landing(
            where=f"is left as it is on the branch '{change.branch}', which somebody has changed: "
            "merge its pull request, or delete the branch"
        )
    sha = _ensure_commit(publisher, change, earlier)
    if change.asks_first:
        return _open_pull_request(publisher, change, sha, earlier)
    branch = publisher.default_branch
    try:
        path = f"{publisher.api_path}/git/refs/heads/{branch}"
        publisher.client.request("PATCH", path, {"sha": sha, "force": False})
    except RefusedError:
        if publisher.list_branches(branch).get(branch) != publisher.base:
            return Landing(where="is left to the next run: something else was merged meanwhile")
        return _open_pull_request(publisher, change, sha, earlier)
    if earlier is not None:
        publisher.delete_branch(change.branch)
    return Landing(where=f"is on {branch}", is_on_default_branch=True)


def _ensure_commit(publisher: Publisher, change: OwnChange, earlier: dict[str, Any] | None) -> str:
    """The commit of a change: that of an earlier run, if it made the same on the same base."""
    tree = publisher.write_tree(change.texts)
    if earlier is not None and _is_same(publisher, earlier, tree):
        return str(earlier["sha"])
    own = publisher.account
    return publisher.write_commit(tree, change.title, own.login, own, publisher.today)


def _is_same(publisher: Publisher, commit: dict[str, Any], tree: str) -> bool:
    """Whether a commit is what an earlier run made for the same; a person's own never is."""
    parents = [parent["sha"] for parent in commit["parents"]]
    is_on_base = parents == [publisher.base]
    return publisher.wrote(commit) and is_on_base and bool(commit["tree"]["sha"] == tree)


def _open_pull_request(
    publisher: Publisher, change: OwnChange, sha: str, earlier: dict[str, Any] | None
) -> Landing:
    if earlier is None or earlier["sha"] != sha:
        publisher.point_branch(change.branch, sha, exists=earlier is not None)
    try:
        opened = publisher.ensure_pull_request(change.branch, change.title, change.body)
    except RefusedError:
        link = f"https://github.com/{publisher.repository}/compare/{publisher.default_branch}"
        return Landing(
            where=f"waits on the branch '{change.branch}', as Actions may open no pull request "
            f"here: open it at {link}...{change.branch}?expand=1"
        )
    number = int(opened["number"])
    set_status(publisher.client, publisher.repository, sha, number, "success", change.status)
    return Landing(where=f"waits as pull request #{number}, for somebody who may merge it")
