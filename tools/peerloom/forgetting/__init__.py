"""Forgetting somebody who took part, and telling a person what is held about them."""

from peerloom.forgetting.about import collect_held, held_as_json, held_as_text
from peerloom.forgetting.in_history import HistoryEdits, edits_of_history, find_person_in_versions
from peerloom.forgetting.in_records import Forgotten, forget_in_record
from peerloom.forgetting.keeping import list_past_keeping
from peerloom.forgetting.output import (
    describe_mentions,
    describe_out_of_reach,
    describe_past_keeping,
    describe_plan,
)
from peerloom.forgetting.plan import (
    Forgetting,
    find_cohorts_coordinated_by,
    plan_forgetting,
)
from peerloom.forgetting.texts import read_texts, read_texts_outside

__all__ = [
    "Forgetting",
    "Forgotten",
    "HistoryEdits",
    "collect_held",
    "describe_mentions",
    "describe_out_of_reach",
    "describe_past_keeping",
    "describe_plan",
    "edits_of_history",
    "find_cohorts_coordinated_by",
    "find_person_in_versions",
    "forget_in_record",
    "held_as_json",
    "held_as_text",
    "list_past_keeping",
    "plan_forgetting",
    "read_texts",
    "read_texts_outside",
]
