"""A review put on its pull request: one comment, a status that can be required, labels."""

from datetime import date
from urllib.parse import quote

from peerloom.github.client import Account, Client
from peerloom.github.commit_holder import find_holder, read_pull_request_state, set_status
from peerloom.github.merge import Merge
from peerloom.github.sticky_comment import renew_comment
from peerloom.github_names import LABELS
from peerloom.review import Review, comment_on_shared_commit


def post_review(
    review: Review,
    comment: str,
    client: Client,
    repository: str,
    number: int,
    *,
    account: Account,
    merge: Merge,
    received: date | None,
) -> None:
    """Put a review on pull request `number`; where there is one already, renew it.

    Where another pull request holds the commit, this one is told so, and gets neither status nor
    labels. The status is set last: what it allows has then been said. It notes the day on which
    the head was `received`. Raises `GitHubError`.
    """
    holder = find_holder(client, repository, review.head, account)
    if holder is None or holder.number != number:
        state = read_pull_request_state(client, repository, number)
        if holder is not None and state.can_be_reviewed and state.head == review.head:
            text = comment_on_shared_commit(holder.number)
            renew_comment(client, repository, number, text, account)
        return
    renew_comment(client, repository, number, comment, account)
    _set_labels(client, repository, number, frozenset(review.labels))
    description = review.describe_status(received)
    set_status(client, repository, review.head, number, review.status_state, description)
    if review.merges_itself and not holder.is_draft:
        merge(number, review.head, review.branch)


def _set_labels(client: Client, repository: str, number: int, wanted: frozenset[str]) -> None:
    """Replace the program's own labels with those wanted; others are a person's, and stay."""
    path = f"/repos/{repository}/issues/{number}/labels"
    current = {label["name"] for label in client.get_first_page(path)}
    for name in sorted((current & LABELS.keys()) - wanted):
        client.request("DELETE", f"{path}/{quote(name, safe='')}")
    if wanted - current:
        client.request("POST", path, {"labels": sorted(wanted - current)})
