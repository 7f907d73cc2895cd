"""The assignment of least cost where some may be mentor, mentee or peer.

A flow cannot express that somebody is a mentor or a mentee but not both. So this is a program in
0 and 1, solved by OR-tools' CP-SAT.
"""

import numpy as np
from ortools.sat.python import cp_model

from peerloom.matching.arrays import Bools, Ints
from peerloom.matching.assignment.problem import NO_NUMBER, AssignmentProblem

# The solver's own measure of work, which is the same on any machine: about three seconds. The
# best answer by then is taken; up to some sixty people with open roles it is the optimum.
_WORK = 1.0
_MOST_COST = 2**50


class OpenRoleProgram:
    """A variable for each option, whether it is taken, and each mentor, whether they mentor.

    `start` is an assignment to begin with; the answer is never worse.
    """

    def __init__(self, problem: AssignmentProblem, start: Bools | None = None) -> None:
        self._model = cp_model.CpModel()
        self._options = len(problem.seeker)
        options = [self._model.new_bool_var("") for _ in range(self._options)]
        mentors = [self._model.new_bool_var("") for _ in problem.places]
        self._variables = [*options, *mentors]
        by_seeker: list[list[cp_model.IntVar]] = [[] for _ in problem.sizes]
        by_mentor: list[list[cp_model.IntVar]] = [[] for _ in problem.places]
        rows = zip(options, problem.seeker, problem.mentor, problem.peer, strict=True)
        for option, seeker, mentor, peer in rows:
            by_seeker[seeker].append(option)
            (by_mentor[mentor] if peer == NO_NUMBER else by_seeker[peer]).append(option)
        for own in by_seeker:
            self._model.add_at_most_one(own)
        for mentor, own in enumerate(by_mentor):
            self._model.add(sum(own) <= int(problem.places[mentor]))
            self._model.add_max_equality(mentors[mentor], [*own, 0])
        for seeker, mentor in problem.open_roles:
            self._model.add_at_most_one([*by_seeker[seeker], mentors[mentor]])
        chosen = np.zeros(self._options, dtype=np.bool_) if start is None else start
        self._answer = np.concatenate([chosen, problem.used_places(chosen) > 0]).astype(np.int64)
        self._costs = np.zeros(len(self._variables), dtype=np.int64)

    @property
    def most_cost(self) -> int:
        """The greatest sum of costs that can be computed exactly."""
        return _MOST_COST

    def minimize(self, option_costs: Ints, mentor_costs: Ints) -> int:
        """The least cost found, where each option and each mentor who has anybody has a cost."""
        self._costs = np.concatenate([option_costs, mentor_costs])
        self._model.minimize(self._cost_expression())
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(self._variables, self._answer, strict=True):
            self._model.add_hint(variable, int(value))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = _WORK
        if solver.solve(self._model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = np.array([solver.value(v) for v in self._variables], dtype=np.int64)
            self._answer = min(found, self._answer, key=lambda answer: int(self._costs @ answer))
        return int(self._costs @ self._answer)

    def _cost_expression(self) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum(self._variables, self._costs.tolist())

    def keep_optimal(self) -> None:
        """Allow from now on only what costs as little as the last answer."""
        self._model.add(self._cost_expression() <= int(self._costs @ self._answer))

    def chosen_options(self) -> Bools:
        """Which options the last answer takes."""
        taken: Bools = self._answer[: self._options] > 0
        return taken
