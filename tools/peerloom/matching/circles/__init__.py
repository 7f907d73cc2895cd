"""Mentoring circles and supervision groups to propose for a cohort, and who stays without one."""

from peerloom.matching.circles.output import circles_as_text, circles_as_value, make_circle_files
from peerloom.matching.circles.proposal import (
    CircleProposal,
    ProposedCircle,
    propose_circles,
    propose_supervision_groups,
)

__all__ = [
    "CircleProposal",
    "ProposedCircle",
    "circles_as_text",
    "circles_as_value",
    "make_circle_files",
    "propose_circles",
    "propose_supervision_groups",
]
