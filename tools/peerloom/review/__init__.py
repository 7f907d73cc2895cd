"""A pull request, read and reviewed: what it does, what is wrong in it, and who may merge it.

What is in the head is data; it is never checked out or run.
"""

from peerloom.review.account_numbers import (
    FoundAccount,
    fill_in_numbers,
    list_logins_without_number,
)
from peerloom.review.author import identify_author
from peerloom.review.comment import (
    COMMENT_MARK,
    RECYCLED_NEXT,
    RECYCLED_WHY,
    HeadBranch,
    review_as_markdown,
)
from peerloom.review.commit_tree import PathDifference, TreeEntry
from peerloom.review.make_review import ask_a_coordinator, review_pull_request
from peerloom.review.output import review_as_json, review_as_text
from peerloom.review.policy import POLICY, policy_table
from peerloom.review.pull_request import PullRequest, with_texts
from peerloom.review.review import Review, ReviewedChange, note_received
from peerloom.review.unreviewed import (
    comment_on_other_base,
    comment_on_shared_commit,
    comment_on_unrelated,
)

__all__ = [
    "COMMENT_MARK",
    "POLICY",
    "RECYCLED_NEXT",
    "RECYCLED_WHY",
    "FoundAccount",
    "HeadBranch",
    "PathDifference",
    "PullRequest",
    "Review",
    "ReviewedChange",
    "TreeEntry",
    "ask_a_coordinator",
    "comment_on_other_base",
    "comment_on_shared_commit",
    "comment_on_unrelated",
    "fill_in_numbers",
    "identify_author",
    "list_logins_without_number",
    "note_received",
    "policy_table",
    "review_as_json",
    "review_as_markdown",
    "review_as_text",
    "review_pull_request",
    "with_texts",
]
