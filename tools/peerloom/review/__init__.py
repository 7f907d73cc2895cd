"""A pull request, read and judged: what it does, what is wrong, who may merge it.

What is in the head is data: it is read as Git objects, and never checked out or run.
"""

from peerloom.review.author import author
from peerloom.review.comment import MARKER, RECYCLED_NEXT, RECYCLED_WHY, Head, as_markdown
from peerloom.review.commit_tree import PathDifference, TreeEntry
from peerloom.review.forms import as_json, as_text
from peerloom.review.numbers import Account, logins_without_number, with_numbers
from peerloom.review.policy import POLICY, policy_table
from peerloom.review.pull_request import PullRequest, with_texts
from peerloom.review.reviewing import Judged, Label, Review, review
from peerloom.review.standing import as_elsewhere, as_second, as_unrelated

__all__ = [
    "MARKER",
    "POLICY",
    "RECYCLED_NEXT",
    "RECYCLED_WHY",
    "Account",
    "Head",
    "Judged",
    "Label",
    "PathDifference",
    "PullRequest",
    "Review",
    "TreeEntry",
    "as_elsewhere",
    "as_json",
    "as_markdown",
    "as_second",
    "as_text",
    "as_unrelated",
    "author",
    "logins_without_number",
    "policy_table",
    "review",
    "with_numbers",
    "with_texts",
]
