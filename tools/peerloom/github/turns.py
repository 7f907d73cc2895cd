"""Which pull request is judged when something happens to one, and what the others are told."""

from peerloom.github.comments import keep_comment
from peerloom.github.connection import Connection
from peerloom.github.heads import PullRequest, holder, pull_request, set_status
from peerloom.review import comment_on_other_base, comment_on_shared_commit, comment_on_unrelated


def turn(
    hub: Connection, repository: str, number: int, head: str, account: int
) -> PullRequest | None:
    """The pull request that is to be judged at a commit, after something happened to `number`.

    Mostly it is that one. Where it closed, moved on or goes elsewhere, it is the next that has the
    commit; where another had the commit first, it is none, and is told so. Raises `Unreached`.
    """
    asked = pull_request(hub, repository, number)
    path = f"/repos/{repository}"
    has_it = asked.is_open and asked.head == head
    if has_it and not asked.counts:
        keep_comment(hub, path, number, comment_on_other_base(asked.base, asked.default), account)
    holding = holder(hub, repository, head, account)
    if holding is not None and has_it and asked.counts and holding.number != number:
        keep_comment(hub, path, number, comment_on_shared_commit(holding.number), account)
        return None
    return holding


def refuse_unrelated(hub: Connection, repository: str, judged: PullRequest, account: int) -> None:
    """Says of a pull request that it has no history in common with the branch it is for."""
    path = f"/repos/{repository}"
    keep_comment(hub, path, judged.number, comment_on_unrelated(judged.default), account)
    what = "it shares no history with the branch it is for"
    set_status(hub, repository, judged.head, judged.number, "failure", what)
