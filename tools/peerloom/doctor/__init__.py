"""Whether a repository's settings on GitHub are as the program needs them, and what to change."""

from peerloom.doctor.billed_minutes import FREE_MINUTES, describe_minutes, estimate_minutes
from peerloom.doctor.facts import Access, Facts, Fix, SettingProblem
from peerloom.doctor.plans import SETUPS, find_setup, list_limits
from peerloom.doctor.problems import find_settings_problems, list_relevant_files, list_unseen

__all__ = [
    "FREE_MINUTES",
    "SETUPS",
    "Access",
    "Facts",
    "Fix",
    "SettingProblem",
    "describe_minutes",
    "estimate_minutes",
    "find_settings_problems",
    "find_setup",
    "list_limits",
    "list_relevant_files",
    "list_unseen",
]
