"""Which of all possible matches to make."""

from peerloom.matching.assignment.problem import NOBODY, AssignmentProblem
from peerloom.matching.assignment.solver import solve_assignment

__all__ = ["NOBODY", "AssignmentProblem", "solve_assignment"]
