"""Which pull request is reviewed after something happened to one, and what the others are told."""

from peerloom.github.client import Account, Client
from peerloom.github.commit_holder import (
    PullRequestState,
    find_holder,
    read_pull_request_state,
    set_status,
)
from peerloom.github.sticky_comment import renew_comment
from peerloom.review import comment_on_other_base, comment_on_shared_commit, comment_on_unrelated


def choose_pull_request(
    client: Client, repository: str, number: int, head: str, account: Account
) -> PullRequestState | None:
    """The pull request to review at a commit, after something happened to `number`.

    Mostly it is that one. Where it closed, moved on or goes elsewhere, it is the next that has the
    commit. Where another had the commit first, it is `None`, and `number` is told so. Raises
    `GitHubError`.
    """
    state = read_pull_request_state(client, repository, number)
    is_at_head = state.is_open and state.head == head
    if is_at_head and not state.can_be_reviewed:
        text = comment_on_other_base(state.base, state.default)
        renew_comment(client, repository, number, text, account)
    holder = find_holder(client, repository, head, account)
    is_reviewable = is_at_head and state.can_be_reviewed
    if holder is not None and is_reviewable and holder.number != number:
        text = comment_on_shared_commit(holder.number)
        renew_comment(client, repository, number, text, account)
        return None
    return holder


def refuse_unrelated(
    client: Client, repository: str, state: PullRequestState, account: Account
) -> None:
    """Say of a pull request that it has no history in common with the branch it is for."""
    text = comment_on_unrelated(state.default)
    renew_comment(client, repository, state.number, text, account)
    reason = "it shares no history with the branch it is for"
    set_status(client, repository, state.head, state.number, "failure", reason)
