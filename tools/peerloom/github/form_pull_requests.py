"""The pull request of a submission: its branch is named by the issue, its commit by the answers."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.github.client import Account
from peerloom.github.commit_holder import find_holder, set_status
from peerloom.github.post_review import post_review
from peerloom.github.publisher import Publisher, shorten_title
from peerloom.github.sticky_comment import renew_comment
from peerloom.github_names import ISSUE_BRANCH_PREFIX
from peerloom.issue_forms.replies import acceptance_reply
from peerloom.issue_forms.result import FormResult
from peerloom.issue_forms.submission import Submission
from peerloom.review import Review, review_as_markdown
from peerloom.text.escaping.github import disarm_text
from peerloom.text.translation import gettext as _

_DIGEST_LINE = "Peerloom-Answers: "


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedSubmission:
    """A submission and what it makes, when it came in, and its branch's newest commit.

    `number` is that of the issue which holds it.
    """

    number: int
    submission: Submission
    result: FormResult
    received: date
    newest: dict[str, Any] | None

    @property
    def branch(self) -> str:
        """The branch of its pull request."""
        return issue_branch(self.number)


def issue_branch(number: int) -> str:
    """The branch for the answers in an issue."""
    return f"{ISSUE_BRANCH_PREFIX}{number}"


def publish_submission(publisher: Publisher, received: ReceivedSubmission, review: Review) -> str:
    """Make or renew the pull request of a submission; what became of it, in a few words."""
    commit = _ensure_commit(publisher, received, review)
    if commit is None:
        return "has a pull request that somebody changed by hand"
    number = _ensure_pull_request(publisher, received, commit, review)
    if number is None:
        return "was already decided"
    review = replace(review, head=commit)
    post_review(
        review,
        review_as_markdown(review),
        publisher.client,
        publisher.repository,
        number,
        account=publisher.account,
        merge=publisher.merge,
        received=received.received,
    )
    next_step = _("It merges by itself in a moment.") if review.merges_itself else ""
    result = received.result
    text = acceptance_reply(result.kind, number, result.remarks, next_step=next_step)
    reply_to_issue(publisher, received.number, text)
    return f"is pull request #{number}"


def reply_to_issue(publisher: Publisher, number: int, text: str) -> None:
    """Create or renew the one comment in an issue."""
    renew_comment(publisher.client, publisher.repository, number, text, publisher.account)


def block_pull_request(publisher: Publisher, number: int) -> None:
    """Keep a pull request of earlier answers from being merged while the newer ones are wrong."""
    client, repository, account = publisher.client, publisher.repository, publisher.account
    for value in publisher.list_pull_requests(issue_branch(number)):
        head = value["head"]["sha"]
        holder = find_holder(client, repository, head, account)
        if holder is not None and holder.number == value["number"]:
            reason = "its issue was edited, and something in it must be corrected"
            set_status(client, repository, head, holder.number, "failure", reason)


def withdraw_pull_request(publisher: Publisher, number: int) -> None:
    """Close the pull request of an issue that closed, and delete its branch if it is ours."""
    branch = issue_branch(number)
    for value in publisher.list_pull_requests(branch):
        if value["state"] == "open":
            path = f"{publisher.api_path}/pulls/{value['number']}"
            publisher.client.request("PATCH", path, {"state": "closed"})
    newest = publisher.find_newest_commit(branch)
    if newest is not None and publisher.wrote(newest):
        publisher.delete_branch(branch)


def holds_result(commit: dict[str, Any], result: FormResult) -> bool:
    """Whether a commit of the program's was made of these answers."""
    return _digest_line(result) in commit["message"].splitlines()


def _digest_line(result: FormResult) -> str:
    texts = "".join(f"{path}\0{text}\0" for path, text in sorted(result.changes.items()))
    return f"{_DIGEST_LINE}{hashlib.sha256(texts.encode()).hexdigest()[:40]}"


def _ensure_commit(
    publisher: Publisher, received: ReceivedSubmission, review: Review
) -> str | None:
    """The commit of these answers on the issue's branch; `None` where a person's is on it."""
    newest, submission = received.newest, received.submission
    if newest is not None:
        if not publisher.wrote(newest):
            return None
        if holds_result(newest, received.result):
            return str(newest["sha"])
    tree = publisher.write_tree(received.result.changes)
    digest_line = _digest_line(received.result)
    message = f"{_title(review)}\n\nFrom issue {received.number}.\n\n{digest_line}"
    sender = submission.sender
    author = Account(number=sender.number, login=sender.login)
    name = disarm_text(review.name or sender.login)
    sha = publisher.write_commit(tree, message, name, author, submission.received_on)
    publisher.point_branch(received.branch, sha, exists=newest is not None)
    return sha


def _ensure_pull_request(
    publisher: Publisher, received: ReceivedSubmission, commit: str, review: Review
) -> int | None:
    """The open pull request of these answers; `None` where one with them was closed."""

    def find() -> dict[str, Any] | None:
        values = publisher.list_pull_requests(received.branch)
        are_open = (value for value in values if value["state"] == "open")
        with_commit = (value for value in values if value["head"]["sha"] == commit)
        return next(are_open, None) or next(with_commit, None)

    body = (
        f"Closes #{received.number}.\n\nMade from the answers there. To change one, edit the issue."
    )
    found = publisher.ensure_pull_request(received.branch, _title(review), body, find)
    return int(found["number"]) if found["state"] == "open" else None


def _title(review: Review) -> str:
    return shorten_title(disarm_text(review.changes[0].summary.line))
