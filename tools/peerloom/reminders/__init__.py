"""Plans the reminders of a day: which issues to open, comment on and close on GitHub.

Carrying a plan out is left to `peerloom.github`.
"""

from peerloom.reminders.action import Action, ActionKind, IssueKey
from peerloom.reminders.call_notice import (
    CallNotice,
    call_notice,
    coordinators_repository,
    read_call_mark,
)
from peerloom.reminders.issue import Issue, Mark, put_mark, read_mark
from peerloom.reminders.output import plan_as_json, plan_as_text
from peerloom.reminders.plan import BUDGET, Plan, plan_reminders
from peerloom.reminders.spreading import Spread

__all__ = [
    "BUDGET",
    "Action",
    "ActionKind",
    "CallNotice",
    "Issue",
    "IssueKey",
    "Mark",
    "Plan",
    "Spread",
    "call_notice",
    "coordinators_repository",
    "plan_as_json",
    "plan_as_text",
    "plan_reminders",
    "put_mark",
    "read_call_mark",
    "read_mark",
]
