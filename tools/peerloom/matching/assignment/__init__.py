"""Which of all possible matches to make."""

from peerloom.matching.assignment.problem import NO_NUMBER, AssignmentProblem
from peerloom.matching.assignment.solver import solve_assignment

__all__ = ["NO_NUMBER", "AssignmentProblem", "solve_assignment"]
