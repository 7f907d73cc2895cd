"""A review put on its pull request: one comment, a status that can be required, labels."""

from datetime import date
from urllib.parse import quote

from peerloom.github.comments import keep_comment
from peerloom.github.connection import Connection
from peerloom.github.heads import holder, pull_request, set_status
from peerloom.github.merging import Merge
from peerloom.github_names import LABELS
from peerloom.review import Review, comment_on_shared_commit

_PAGE = 100


def post(
    review: Review,
    comment: str,
    hub: Connection,
    repository: str,
    number: int,
    *,
    account: int,
    merge: Merge,
    received: date | None,
) -> None:
    """Puts a review on pull request `number`; a second time, what was there is renewed.

    Where another one holds the commit, this one is told so, and has neither status nor labels.
    The status is set last: what it allows has then been said. It notes for later when the head
    was `received`. Raises `Unreached`.
    """
    path = f"/repos/{repository}"
    holding = holder(hub, repository, review.head, account)
    if holding is None or holding.number != number:
        asked = pull_request(hub, repository, number)
        if holding is not None and asked.counts and asked.head == review.head:
            keep_comment(hub, path, number, comment_on_shared_commit(holding.number), account)
        return
    keep_comment(hub, path, number, comment, account)
    _label(hub, path, number, frozenset(review.labels))
    description = review.describe_status(received)
    set_status(hub, repository, review.head, number, review.status_state, description)
    if review.merges_itself and not holding.is_draft:
        merge(number, review.head, review.branch)


def _label(hub: Connection, path: str, number: int, wanted: frozenset[str]) -> None:
    """Our labels become those wanted; others are a person's, and stay."""
    at = f"{path}/issues/{number}/labels"
    there = {label["name"] for label in hub.ask("GET", at, {"per_page": _PAGE}).value}
    for name in sorted((there & LABELS.keys()) - wanted):
        hub.ask("DELETE", f"{at}/{quote(name, safe='')}")
    if wanted - there:
        hub.ask("POST", at, {"labels": sorted(wanted - there)})
