"""A pull request, read and judged: what it does, what is wrong, who may merge it.

What is in the head is data: it is read as Git objects, and never checked out or run.
"""

from peerloom.git import CannotRead
from peerloom.review.author import author
from peerloom.review.comment import MARKER, RECYCLED_NEXT, RECYCLED_WHY, Head, as_markdown
from peerloom.review.forms import as_json, as_text
from peerloom.review.numbers import Account, logins_without_number, with_numbers
from peerloom.review.policy import POLICY, policy_table
from peerloom.review.proposal import (
    Proposal,
    commits_with_answers,
    draft,
    proposal,
    with_texts,
)
from peerloom.review.repository import NoSharedHistory, Repository
from peerloom.review.reviewing import Judged, Label, Review, review
from peerloom.review.standing import as_elsewhere, as_second, as_unrelated

__all__ = [
    "MARKER",
    "POLICY",
    "RECYCLED_NEXT",
    "RECYCLED_WHY",
    "Account",
    "CannotRead",
    "Head",
    "Judged",
    "Label",
    "NoSharedHistory",
    "Proposal",
    "Repository",
    "Review",
    "as_elsewhere",
    "as_json",
    "as_markdown",
    "as_second",
    "as_text",
    "as_unrelated",
    "author",
    "commits_with_answers",
    "draft",
    "logins_without_number",
    "policy_table",
    "proposal",
    "review",
    "with_numbers",
    "with_texts",
]
