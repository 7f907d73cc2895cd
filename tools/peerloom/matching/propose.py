"""Whom in a cohort to match with whom: pins first, then the best of all assignments."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np

from peerloom.matching import shortlist
from peerloom.matching.applicants import Applicants, find_applicants
from peerloom.matching.arrays import Bools, Ints, as_ints
from peerloom.matching.assignment import NO_NUMBER, AssignmentProblem, solve_assignment
from peerloom.matching.assignment.stable_choice import (
    NOT_NAMED,
    break_ties_by_score,
    count_blocking_pairs,
    match_stably,
    rank_by_preference,
)
from peerloom.matching.criteria import goals, skills
from peerloom.matching.proposal import (
    LostPin,
    Proposal,
    ProposedMatch,
    is_own_proposal,
    make_fit,
)
from peerloom.matching.scoring import Scorer, Scores, concatenate_scores
from peerloom.model import Cohort, Pair, Participant, Pin
from peerloom.records import Program
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _

# How often candidates are widened while mentees are unmatched and mentors have places.
_WIDENINGS = 2


# What becomes of earlier proposals that nobody took up: they stand as if they were pairs, as many
# of them as possible are kept, or they are made again.
EarlierProposals = Literal["stay", "keep", "replace"]


def propose_matches(
    program: Program, cohort: Cohort, today: date, *, earlier: EarlierProposals = "stay"
) -> Proposal:
    """A proposal for everybody who is unmatched."""
    own = tuple(p for p in program.pairs_of(cohort.id) if is_own_proposal(p))
    replaced = () if earlier == "stay" else own
    ignored = frozenset(pair.id for pair in replaced)
    applicants = find_applicants(program, cohort, today, ignored)
    return _ProposalBuilder(applicants).build(replaced, keep_earlier=earlier == "keep")


class _ProposalBuilder:
    """Settles pins and late team members, and then assigns everybody else."""

    def __init__(self, applicants: Applicants) -> None:
        self._applicants = applicants
        self._scorer = Scorer(applicants)
        self._places = as_ints(mentor.places for mentor in applicants.mentors)
        self._is_looking = np.array([not s.current_mentors for s in applicants.seekers], np.bool_)
        self._settled: list[tuple[int, int, tuple[Participant, ...], str]] = []
        self._lost_pins: list[LostPin] = []

    def build(self, earlier: tuple[Pair, ...], *, keep_earlier: bool) -> Proposal:
        self._join_teams()
        for pin in self._applicants.cohort.matching.pins:
            self._meet_pin(pin)
        seekers, mentors = np.flatnonzero(self._is_looking), np.flatnonzero(self._places > 0)
        peers = self._find_peers()
        options = shortlist.find_candidates(self._scorer, seekers, mentors)
        if keep_earlier:
            options = concatenate_scores([options, self._score_earlier(earlier)])
        is_complete = len(seekers) * len(mentors) <= shortlist.EVERY_PAIR
        for widening in range(_WIDENINGS + 1):
            options = self._keep_better_direction(options)
            problem = self._make_problem(options, peers)
            kept = self._find_earlier(earlier, problem) if keep_earlier else None
            taken, blocking_pairs = self._assign(problem, kept)
            if is_complete or widening == _WIDENINGS:
                break
            more = self._widen(problem, taken)
            if not len(more.seeker):
                break
            options = concatenate_scores([options, more])
        matches = [*self._settled_matches(), *self._list_matches(options, peers, problem, taken)]
        return Proposal(
            scorer=self._scorer,
            problem=problem,
            taken=taken,
            matches=tuple(sorted(matches, key=lambda m: (m.people[0].id, m.fit.mentor))),
            earlier=earlier,
            lost_pins=tuple(self._lost_pins),
            blocking_pairs=blocking_pairs,
        )

    def _join_teams(self) -> None:
        """A late joiner gets the team's mentor without using up another place."""
        for n, seeker in enumerate(self._applicants.seekers):
            if seeker.can_join_team:
                mentor = self._applicants.mentor_numbers.get(seeker.current_mentors[0])
                if mentor is not None and not self._find_broken(n, mentor):
                    people = seeker.unmatched_people
                    self._settled.append((n, mentor, people, _("joins their team")))

    def _find_broken(self, seeker: int, mentor: int) -> list[str]:
        bits = self._scorer.constraints.find_broken(as_ints([seeker]), as_ints([mentor]))
        return self._scorer.constraints.decode_ids(int(bits[0]))

    def _meet_pin(self, pin: Pin) -> None:
        """Match the two, or note why that is impossible; do nothing if they are a pair already."""
        seeker = self._applicants.seeker_numbers.get(pin.mentee)
        mentor = self._applicants.mentor_numbers.get(pin.mentor)
        current = [] if seeker is None else self._current_mentors(seeker)
        if pin.mentor in current:
            return
        if seeker is None:
            why = _("the mentee is no mentee of this cohort")
        elif mentor is None:
            why = _("the mentor is no mentor of this cohort")
        elif current:
            mentor_name = self._applicants.name_of(current[0])
            why = _("the mentee has {mentor} already").format(mentor=mentor_name)
        elif not self._is_looking[seeker]:
            why = _("the mentee is a mentor already")
        elif self._places[mentor] < 1:
            why = _("the mentor has no place left")
        elif broken := self._find_broken(seeker, mentor):
            why = _("not allowed: {constraints}").format(constraints=list_words(broken))
        else:
            self._settle_pin(seeker, mentor)
            return
        self._lost_pins.append(LostPin(mentor=pin.mentor, mentee=pin.mentee, why=why))

    def _current_mentors(self, seeker: int) -> list[str]:
        settled = [self._applicants.mentors[m].id for s, m, *_ in self._settled if s == seeker]
        return [*self._applicants.seekers[seeker].current_mentors] or settled

    def _settle_pin(self, seeker: int, mentor: int) -> None:
        people = self._applicants.seekers[seeker].people
        self._settled.append((seeker, mentor, people, _("pinned by a coordinator")))
        self._is_looking[seeker] = False
        self._places[mentor] -= 1
        for as_seeker, as_mentor in self._applicants.open_roles:
            if as_seeker == seeker:
                self._places[as_mentor] = 0
            if as_mentor == mentor:
                self._is_looking[as_seeker] = False

    def _list_open_roles(self) -> tuple[tuple[int, int], ...]:
        """(seeker, mentor) of everybody who may still take either role."""
        roles = self._applicants.open_roles
        return tuple((s, m) for s, m in roles if self._is_looking[s] and self._places[m] > 0)

    def _find_peers(self) -> tuple[Scores, Scores]:
        """Both directions of each two with open roles, where each offers what the other wants."""
        seekers = self._applicants.seekers
        people = [(s, m) for s, m in self._list_open_roles() if seekers[s].is_open_role]
        # In a very large cohort each is looked at with those who come next.
        most = max(1, shortlist.EVERY_PAIR // max(1, len(people)))
        pairs = [
            (one, other) for n, one in enumerate(people) for other in people[n + 1 : n + 1 + most]
        ]
        there = self._scorer.score_pairs(
            as_ints(one[0] for one, _ in pairs), as_ints(other[1] for _, other in pairs)
        )
        back = self._scorer.score_pairs(
            as_ints(other[0] for _, other in pairs), as_ints(one[1] for one, _ in pairs)
        )
        rows = there.is_allowed & back.is_allowed & _offers_enough(there) & _offers_enough(back)
        return there.take(rows), back.take(rows)

    def _keep_better_direction(self, options: Scores) -> Scores:
        """Each option once, and of two people who could mentor each other the better direction."""
        ids = {person.id: n for n, person in enumerate(self._applicants.people)}
        mentor_person = as_ints(ids[mentor.id] for mentor in self._applicants.mentors)
        # A team is no person: nobody of it is kept from mentoring its mentor.
        seeker_person = as_ints(
            ids[seeker.id] if len(seeker.people) == 1 else len(ids) + n
            for n, seeker in enumerate(self._applicants.seekers)
        )
        one, other = seeker_person[options.seeker], mentor_person[options.mentor]
        two = np.minimum(one, other) * (2 * len(ids) + 1) + np.maximum(one, other)
        value = self._scorer.weighting.total(options.criteria)
        order = np.lexsort((options.mentor, options.seeker, -value, two))
        _, first = np.unique(two[order], return_index=True)
        rows = order[first]
        return options.take(rows[np.lexsort((options.mentor[rows], options.seeker[rows]))])

    def _score_earlier(self, pairs: tuple[Pair, ...]) -> Scores:
        """Earlier proposals that are still possible."""
        seekers, mentors = self._applicants.seeker_numbers, self._applicants.mentor_numbers
        known = [p for p in pairs if p.mentee in seekers and p.mentor in mentors]
        scores = self._scorer.score_pairs(
            as_ints(seekers[pair.mentee] for pair in known if pair.mentee),
            as_ints(mentors[pair.mentor] for pair in known if pair.mentor),
        )
        is_open = self._is_looking[scores.seeker] & (self._places[scores.mentor] > 0)
        return scores.take(scores.is_allowed & is_open)

    def _find_earlier(self, pairs: tuple[Pair, ...], problem: AssignmentProblem) -> Bools:
        """Which options are earlier proposals."""
        earlier = {frozenset(pair.people) for pair in pairs}
        seekers, mentors = self._applicants.seekers, self._applicants.mentors
        columns = zip(problem.seeker, problem.mentor, problem.peer, strict=True)
        others = [(s, (seekers[p] if m == NO_NUMBER else mentors[m]).id) for s, m, p in columns]
        return np.array(
            [any({p.id, id_} in earlier for p in seekers[s].people) for s, id_ in others],
            dtype=np.bool_,
        )

    def _make_problem(self, options: Scores, peers: tuple[Scores, Scores]) -> AssignmentProblem:
        seekers, mentors = self._applicants.seekers, self._applicants.mentors
        there, back = peers
        values, value_there, value_back = (
            self._scorer.weighting.total(scores.criteria) for scores in (options, there, back)
        )
        ranks = _rank_waiting([*(s.waited for s in seekers), *(m.waited for m in mentors)])
        return AssignmentProblem(
            sizes=as_ints(len(seeker.people) for seeker in seekers),
            seeker_ranks=ranks[: len(seekers)],
            places=self._places,
            mentor_ranks=ranks[len(seekers) :],
            seeker=np.concatenate([options.seeker, there.seeker]),
            mentor=np.concatenate([options.mentor, np.full(len(there.seeker), NO_NUMBER)]),
            peer=np.concatenate([np.full(len(values), NO_NUMBER), back.seeker]),
            value=np.concatenate([values, value_there]),
            peer_value=np.concatenate([np.zeros_like(values), value_back]),
            open_roles=self._list_open_roles(),
        )

    def _assign(self, problem: AssignmentProblem, kept: Bools | None) -> tuple[Bools, int]:
        """Which options to take, and how many mentees and mentors would rather have each other."""
        settings = self._applicants.cohort.matching
        by_seeker, by_mentor = rank_by_preference(self._applicants, problem)
        if settings.choices == "first":
            taken = np.zeros(len(problem.seeker), dtype=np.bool_)
            # Somebody with an open role who was named as a mentor does not ask for one.
            named = np.unique(problem.mentor[by_seeker < NOT_NAMED])
            no_mentee = [s for s, m in problem.open_roles if m in named]
            no_mentor = [m for _, m in problem.open_roles if m not in named]
            is_named = np.minimum(by_seeker, by_mentor) < NOT_NAMED
            is_asked = ~np.isin(problem.seeker, no_mentee) & ~np.isin(problem.mentor, no_mentor)
            rows = np.flatnonzero(is_named & is_asked)
            chosen = problem.keep_options(rows)
            ranks = (break_ties_by_score(chosen, side[rows]) for side in (by_seeker, by_mentor))
            taken[rows] = match_stably(chosen, *ranks)
            left = problem.options_left(taken)
            rest = problem.keep_options(left, problem.places - problem.used_places(taken))
            taken[left] = solve_assignment(rest, settings.floor)
        else:
            taken = solve_assignment(problem, settings.floor, kept)
        return taken, count_blocking_pairs(problem, taken, by_seeker, by_mentor)

    def _widen(self, problem: AssignmentProblem, taken: Bools) -> Scores:
        """More options for unmatched seekers, among mentors who have places left."""
        seekers = np.flatnonzero(self._is_looking & ~problem.matched_seekers(taken))
        mentors = np.flatnonzero(self._places - problem.used_places(taken) > 0)
        return shortlist.find_candidates(self._scorer, seekers, mentors)

    def _settled_matches(self) -> Iterator[ProposedMatch]:
        seekers, mentors = (as_ints(row[n] for row in self._settled) for n in (0, 1))
        scores = self._scorer.score_pairs(seekers, mentors)
        values = self._scorer.weighting.total(scores.criteria).tolist()
        for n, (*_numbers, people, why) in enumerate(self._settled):
            fit = make_fit(scores, n, values[n])
            yield ProposedMatch(fit=fit, people=people, settled_by=why)

    def _list_matches(
        self,
        options: Scores,
        peers: tuple[Scores, Scores],
        problem: AssignmentProblem,
        taken: Bools,
    ) -> Iterator[ProposedMatch]:
        best = problem.best_values()
        for n in np.flatnonzero(taken).tolist():
            value, back = int(problem.value[n]), None
            share = _share_of(value, int(best[problem.seeker[n]]))
            people = self._applicants.seekers[problem.seeker[n]].people
            if problem.peer[n] == NO_NUMBER:
                fit = make_fit(options, n, value)
            else:
                row, back_value = n - len(options.seeker), int(problem.peer_value[n])
                fit, back = make_fit(peers[0], row, value), make_fit(peers[1], row, back_value)
                people += self._applicants.seekers[back.seeker].people
                share = min(share, _share_of(back_value, int(best[back.seeker])))
            yield ProposedMatch(fit=fit, people=people, back=back, share=share)


def _share_of(value: int, best: int) -> float:
    """The part of the best that somebody has; where the best is nothing, all of it."""
    return value / best if best else 1.0


def _offers_enough(scores: Scores) -> Bools:
    """Whether the mentor offers something close to what the mentee wants, or else wrote."""
    by_skills, by_goals = scores.criteria[:, 0], scores.criteria[:, 1]
    enough: Bools = np.where(
        np.isnan(by_skills), by_goals >= goals.CLOSE, by_skills >= skills.CLOSE
    )
    return enough


def _rank_waiting(waited: list[tuple[int, int]]) -> Ints:
    """Ranks from 0, the longest waiting highest and equals the same."""
    ranks = {time: n for n, time in enumerate(sorted(set(waited)))}
    return as_ints(ranks[time] for time in waited)
