"""How groups of people fare in a proposal, and how well each could by any."""

from peerloom.matching.fairness.groups import (
    Fairness,
    fairness,
    fairness_as_lines,
    fairness_as_value,
)

__all__ = ["Fairness", "fairness", "fairness_as_lines", "fairness_as_value"]
