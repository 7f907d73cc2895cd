"""A pull request, read and judged: what it does, what is wrong, who may merge it.

What is in the head is data: it is read as Git objects, and never checked out or run.
"""

from peerloom.review.author import author
from peerloom.review.comment import MARKER, RECYCLED_NEXT, RECYCLED_WHY, Head, as_markdown
from peerloom.review.forms import as_json, as_text
from peerloom.review.numbers import Account, logins_without_number, with_numbers
from peerloom.review.policy import POLICY, policy_table
from peerloom.review.proposal import Proposal, draft, proposal, with_texts
from peerloom.review.repository import CannotRead, Repository
from peerloom.review.reviewing import Judged, Label, Review, review

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
    "Proposal",
    "Repository",
    "Review",
    "as_json",
    "as_markdown",
    "as_text",
    "author",
    "draft",
    "logins_without_number",
    "policy_table",
    "proposal",
    "review",
    "with_numbers",
    "with_texts",
]
