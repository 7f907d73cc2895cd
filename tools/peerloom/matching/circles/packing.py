"""The choice among possible circles: set packing, solved by OR-tools' CP-SAT."""

from collections.abc import Container, Sequence

from ortools.sat.python import cp_model

from peerloom.matching.circles.growing import PossibleCircle

# Work that the solver may do, in its own measure; about as many seconds.
_MOST_WORK = 1.0


def choose_circles(
    possible: Sequence[PossibleCircle], worths: Sequence[int], current: Container[int]
) -> list[PossibleCircle]:
    """Circles of which no two have somebody in common, with the greatest sum of worths found.

    The search begins from the `current` choice: the people of each of its circles, as bits. It
    ends early where nothing better can exist; without any result, no circle is chosen.
    """
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in possible]
    by_person: dict[int, list[cp_model.IntVar]] = {}
    for circle, variable in zip(possible, chosen, strict=True):
        for n in circle.people:
            by_person.setdefault(n, []).append(variable)
        model.add_hint(variable, circle.common.people in current)
    for variables in by_person.values():
        model.add_at_most_one(variables)
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, worths))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _MOST_WORK
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    return [c for c, variable in zip(possible, chosen, strict=True) if solver.value(variable)]
