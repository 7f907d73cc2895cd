"""GitHub issue forms for those without forks: their files, and what people send by them."""

from peerloom.issue_forms.answers import Kind, kind_of
from peerloom.issue_forms.links import LONGEST_URL, check_in_link, sign_up_link
from peerloom.issue_forms.record import Sender, Wrong
from peerloom.issue_forms.replies import MARKER, refusal, reply
from peerloom.issue_forms.sending import Sent, Taken, taken
from peerloom.issue_forms.template import RULES, are_there, files, may_write, stale

__all__ = [
    "LONGEST_URL",
    "MARKER",
    "RULES",
    "Kind",
    "Sender",
    "Sent",
    "Taken",
    "Wrong",
    "are_there",
    "check_in_link",
    "files",
    "kind_of",
    "may_write",
    "refusal",
    "reply",
    "sign_up_link",
    "stale",
    "taken",
]
