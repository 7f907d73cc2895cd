"""A review put on its pull request: one comment, a status that can be required, labels."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import get_args
from urllib.parse import quote

from peerloom.doctor import STATUS
from peerloom.github.comments import keep_comment
from peerloom.github.connection import Connection, Unreached
from peerloom.github.receipts import note
from peerloom.review import Label, Review

_PAGE = 100
_AFTER_A_MERGE = ("received.yml", "check-ins.yml", "site.yml")
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
    received: date | None,
) -> None:
    """Puts a review on pull request `number`; a second time, what was there is renewed.

    The status is set last: what it allows has then been said. It notes for later when the head
    was `received`. Raises `Unreached`.
    """
    path = f"/repos/{repository}"
    keep_comment(hub, path, number, comment, account)
    _label(hub, path, number, frozenset(review.labels))
    state = "success" if review.is_fine else "failure"
    value = {"state": state, "context": STATUS, "description": _description(review, received)}
    hub.ask("POST", f"{path}/statuses/{review.head}", value)
    if review.merges_itself:
        # GitHub merges only what the review speaks of: a later push has another hash.
        merge = {"sha": review.head, "merge_method": "squash"}
        hub.ask("PUT", f"{path}/pulls/{number}/merge", merge)
        go_on(hub, path, review.branch)


def _description(review: Review, received: date | None) -> str:
    is_for_maintainer = review.is_fine and review.answer == "a maintainer decides"
    said = "the rules hold; a maintainer decides" if is_for_maintainer else _SAID[review.verdict]
    return f"{said}; {note(received)}" if received else said


def go_on(
    hub: Connection, path: str, branch: str, workflows: Sequence[str] = _AFTER_A_MERGE
) -> None:
    """Starts what a person's merge would start, and a workflow's own does not.

    Where that cannot be, their schedule does it later.
    """
    for workflow in workflows:
        with suppress(Unreached):
            at = f"{path}/actions/workflows/{workflow}/dispatches"
            hub.ask("POST", at, {"ref": branch})


def _label(hub: Connection, path: str, number: int, wanted: frozenset[str]) -> None:
    """Our labels become those wanted; others are a person's, and stay."""
    at = f"{path}/issues/{number}/labels"
    there = {label["name"] for label in hub.ask("GET", at, {"per_page": _PAGE}).value}
    for name in sorted((there & set(get_args(Label))) - wanted):
        hub.ask("DELETE", f"{at}/{quote(name, safe='')}")
    if wanted - there:
        hub.ask("POST", at, {"labels": sorted(wanted - there)})
