"""The beginning of pairs and circles that were proposed: what it changes, and what hinders it."""

from peerloom.beginning.choosing import CannotBegin, choose_records, refuse_day
from peerloom.beginning.next_steps import describe_next_steps
from peerloom.beginning.output import describe_beginning, describe_refusals
from peerloom.beginning.plan import Beginning, plan_beginning

__all__ = [
    "Beginning",
    "CannotBegin",
    "choose_records",
    "describe_beginning",
    "describe_next_steps",
    "describe_refusals",
    "plan_beginning",
    "refuse_day",
]
