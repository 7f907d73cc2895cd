"""A review put on its pull request: one comment, a status that can be required, labels."""

from datetime import date
from typing import get_args
from urllib.parse import quote

from peerloom.github.comments import keep_comment
from peerloom.github.connection import Connection
from peerloom.github.heads import holder, pull_request, set_status
from peerloom.github.merging import Merge
from peerloom.github.receipts import note
from peerloom.review import Label, Review, as_second

_PAGE = 100
_SAID: dict[str, str] = {
    "may merge": "the rules hold",
    "needs a coordinator": "the rules hold; a coordinator decides",
    "not allowed": "it changes what is not its author's to change",
    "has mistakes": "something must be mended; the comment says what",
}


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
            keep_comment(hub, path, number, as_second(holding.number), account)
        return
    keep_comment(hub, path, number, comment, account)
    _label(hub, path, number, frozenset(review.labels))
    description = _description(review, received)
    set_status(hub, repository, review.head, number, _state(review), description)
    if review.merges_itself and not holding.is_draft:
        merge(number, review.head, review.branch)


def _state(review: Review) -> str:
    """What no rule can judge is never green: whoever may do so merges it by hand."""
    if not review.is_fine:
        return "failure"
    return "pending" if review.is_unread else "success"


def _description(review: Review, received: date | None) -> str:
    summary = _SAID[review.verdict]
    if review.is_fine and review.is_unread:
        summary = "no rule can judge this; a maintainer merges it by hand"
    elif review.is_fine and review.answer == "a maintainer decides":
        summary = "the rules hold; a maintainer decides"
    is_answer = "check-in" in review.labels
    return f"{summary}; {note(received)}" if received and is_answer else summary


def _label(hub: Connection, path: str, number: int, wanted: frozenset[str]) -> None:
    """Our labels become those wanted; others are a person's, and stay."""
    at = f"{path}/issues/{number}/labels"
    there = {label["name"] for label in hub.ask("GET", at, {"per_page": _PAGE}).value}
    for name in sorted((there & set(get_args(Label))) - wanted):
        hub.ask("DELETE", f"{at}/{quote(name, safe='')}")
    if wanted - there:
        hub.ask("POST", at, {"labels": sorted(wanted - there)})
