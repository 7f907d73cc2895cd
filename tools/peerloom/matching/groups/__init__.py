"""Mentoring circles and supervision groups to propose for a cohort, and who stays without one."""

from peerloom.matching.groups.forms import circle_files, groups_as_text, groups_as_value
from peerloom.matching.groups.proposing import circles, supervision_groups
from peerloom.matching.groups.values import Group, GroupProposal, Unplaced

__all__ = [
    "Group",
    "GroupProposal",
    "Unplaced",
    "circle_files",
    "circles",
    "groups_as_text",
    "groups_as_value",
    "supervision_groups",
]
