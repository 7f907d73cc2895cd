"""A pull request, read and judged: what it does, what is wrong, who may merge it.

What is in the head is data: it is read as Git objects, and never checked out or run.
"""

from peerloom.review.comment import MARKER, Head, as_markdown
from peerloom.review.forms import as_json, as_text
from peerloom.review.policy import POLICY, policy_table
from peerloom.review.proposal import Proposal, proposal
from peerloom.review.repository import CannotRead, Repository
from peerloom.review.reviewing import Judged, Label, Review, review

__all__ = [
    "MARKER",
    "POLICY",
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
    "policy_table",
    "proposal",
    "review",
]
