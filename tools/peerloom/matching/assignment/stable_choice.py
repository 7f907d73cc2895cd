"""Matches by whom people named, so that no two would both rather have each other.

Everybody ranks those whom they named; all others are equal to them. Where one of two named the
other, mentees ask in that order, equals by score, and mentors keep the best who asked (Gale &
Shapley 1962, with places): no mentee could have a better mentor without somebody being left for
somebody they like less.
"""

import heapq
from collections.abc import Sequence

import numpy as np

from peerloom.matching.applicants import Applicants
from peerloom.matching.arrays import UNIT, Bools, Ints
from peerloom.matching.assignment.problem import NO_NUMBER, AssignmentProblem

NOT_NAMED = 1_000


def rank_by_preference(applicants: Applicants, problem: AssignmentProblem) -> tuple[Ints, Ints]:
    """For each option the place that the seeker gave the mentor, and the mentor the seeker.

    Lower is better; `NOT_NAMED` also where there is no mentor.
    """
    seekers = [seeker.people for seeker in applicants.seekers]
    mentors = [mentor.person for mentor in applicants.mentors]
    by_seeker = np.full(len(problem.seeker), NOT_NAMED)
    by_mentor = np.full(len(problem.seeker), NOT_NAMED)
    choosy_seekers = np.array([any(p.preferred for p in people) for people in seekers], np.bool_)
    choosy_mentors = np.array([bool(person.preferred) for person in mentors], np.bool_)
    is_choosy = choosy_seekers[problem.seeker] | choosy_mentors[problem.mentor]
    for n in np.flatnonzero(is_choosy & (problem.peer == NO_NUMBER)):
        people, mentor = seekers[problem.seeker[n]], mentors[problem.mentor[n]]
        if choosy_seekers[problem.seeker[n]]:
            by_seeker[n] = min(_place_in(person.preferred, mentor.id) for person in people)
        if choosy_mentors[problem.mentor[n]]:
            by_mentor[n] = min(_place_in(mentor.preferred, person.id) for person in people)
    return by_seeker, by_mentor


def _place_in(named: Sequence[str], id_: str) -> int:
    return named.index(id_) if id_ in named else NOT_NAMED


def break_ties_by_score(problem: AssignmentProblem, ranks: Ints) -> Ints:
    """Ranks in which ties are broken by the option's value."""
    ordered: Ints = ranks * 2 * UNIT + UNIT - problem.value
    return ordered


def match_stably(problem: AssignmentProblem, by_seeker: Ints, by_mentor: Ints) -> Bools:
    """Which options to take, given how each seeker and each mentor ranks them."""
    order = np.lexsort((problem.mentor, by_seeker, problem.seeker))
    ends = np.searchsorted(problem.seeker[order], np.arange(len(problem.sizes) + 1))
    requests = [iter(order[ends[s] : ends[s + 1]].tolist()) for s in range(len(problem.sizes))]
    # The worst of those a mentor keeps comes first; equals are told apart by the seeker's number.
    kept: list[list[tuple[int, int, int]]] = [[] for _ in problem.places]
    waiting = list(range(len(requests)))[::-1]
    while waiting:
        seeker = waiting.pop()
        option = next(requests[seeker], None)
        if option is None:
            continue
        own = kept[problem.mentor[option]]
        heapq.heappush(own, (-int(by_mentor[option]), -seeker, option))
        if len(own) > problem.places[problem.mentor[option]]:
            waiting.append(-heapq.heappop(own)[1])
    taken = np.zeros(len(problem.seeker), dtype=np.bool_)
    taken[[option for own in kept for _, _, option in own]] = True
    return taken


def count_blocking_pairs(
    problem: AssignmentProblem, taken: Bools, by_seeker: Ints, by_mentor: Ints
) -> int:
    """How many seekers and mentors are not matched but would both rather have each other.

    Somebody with an open role who took the other role is left out.
    """
    nobody = np.iinfo(np.int64).max
    is_plain = problem.peer == NO_NUMBER
    current = np.full(len(problem.sizes), nobody)
    current[problem.seeker[taken]] = by_seeker[taken]
    worst = np.full(len(problem.places), -1)
    rows = taken & is_plain
    np.maximum.at(worst, problem.mentor[rows], by_mentor[rows])
    worst = np.where(problem.used_places(taken) < problem.places, nobody, worst)
    no_mentee, no_mentor = problem.find_settled_roles(taken)
    no_mentee |= problem.matched_seekers(taken & ~is_plain)
    is_asked = is_plain & ~taken & ~no_mentee[problem.seeker] & ~no_mentor[problem.mentor]
    is_asked &= problem.places[problem.mentor] > 0
    wanted = (by_seeker < current[problem.seeker]) & (by_mentor < worst[problem.mentor])
    return int((is_asked & wanted).sum())
