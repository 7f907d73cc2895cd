"""What to ask whom on GitHub on a day: a plan, and nothing that carries it out."""

from peerloom.reminders.action import Action, Key, Kind
from peerloom.reminders.calls import Telling, telling, told_in, told_of
from peerloom.reminders.forms import as_json, as_text
from peerloom.reminders.issue import Issue, Mark, mark_of, with_mark
from peerloom.reminders.plan import BUDGET, Plan, plan
from peerloom.reminders.spreading import Spread

__all__ = [
    "BUDGET",
    "Action",
    "Issue",
    "Key",
    "Kind",
    "Mark",
    "Plan",
    "Spread",
    "Telling",
    "as_json",
    "as_text",
    "mark_of",
    "plan",
    "telling",
    "told_in",
    "told_of",
    "with_mark",
]
