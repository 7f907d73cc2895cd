"""Why this mentor and not that one, and what another match would cost the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from peerloom.matching.arrays import UNIT
from peerloom.matching.explanation.reasons import explain_fit, explain_match, find_meeting_times
from peerloom.matching.explanation.why_unmatched import find_unmatched
from peerloom.matching.proposal import Fit, Proposal, ProposedMatch
from peerloom.matching.propose import propose_matches
from peerloom.model import Cohort, Pin
from peerloom.records import Program
from peerloom.text.numbers import percentage
from peerloom.text.phrases import join_words

_MOST_MOVED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What pinning two would cost the others.

    `people` counts how many fewer are matched, and `total` is how much smaller the sum of the
    others' scores gets. `moved` holds each seeker who would have another match, and both matches.
    """

    people: int
    total: float
    moved: tuple[tuple[int, ProposedMatch | None, ProposedMatch | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedOption:
    """Somebody on a shortlist, with reasons and, unless proposed, the cost to the others."""

    id: str
    name: str
    fit: Fit
    reasons: tuple[str, ...]
    is_proposed: bool
    cost: tuple[str, ...]

    def as_value(self) -> dict[str, Any]:
        """The documented JSON."""
        return {
            "id": self.id,
            "score": self.fit.score,
            "criteria": self.fit.criteria,
            "reasons": list(self.reasons),
            "is_proposed": self.is_proposed,
            "cost": list(self.cost),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchExplainer:
    """Explains a proposal line by line. Without `is_named` nobody else is named."""

    program: Program
    cohort: Cohort
    today: date
    proposal: Proposal
    is_named: bool = True

    def explain(self, mentee: str, mentor: str | None = None) -> Iterator[str]:
        """Lines on a mentee's match, or on why they do not have this mentor. By id."""
        seeker = self.proposal.applicants.seeker_numbers[mentee]
        number = None if mentor is None else self.proposal.applicants.mentor_numbers[mentor]
        match = self.proposal.match_by_seeker.get(seeker)
        if number is None or (match and match.fit_for(seeker).mentor == number):
            yield from self._explain_own(seeker, match)
        else:
            yield from self._explain_other(seeker, number, match)

    def rank_best(self, id_: str, most: int) -> list[RankedOption]:
        """The best mentors for a mentee, or mentees for a mentor, and what each would cost."""
        proposal, data = self.proposal, self.proposal.scorer.data
        seeker = proposal.applicants.seeker_numbers.get(id_)
        mentor = proposal.applicants.mentor_numbers.get(id_)
        best: list[tuple[int, int]] = []
        if seeker is not None:
            best = [(seeker, number) for number, _ in proposal.best_mentors(seeker, most)]
        if mentor is not None and not best:
            best, seeker = (
                [(number, mentor) for number in proposal.best_seekers(mentor, most)],
                None,
            )
        options = []
        for two in best:
            fit, _ = proposal.fit_of(*two)
            is_proposed = _numbers_of(proposal.match_by_seeker.get(two[0])) == two
            options.append(
                RankedOption(
                    id=(data.seekers[two[0]][0] if seeker is None else data.mentors[two[1]]).id,
                    name=data.seeker_name(two[0]) if seeker is None else data.mentor_name(two[1]),
                    fit=fit,
                    reasons=tuple(explain_fit(proposal, fit)),
                    is_proposed=is_proposed,
                    cost=() if is_proposed else tuple(self._explain_cost(*two)),
                )
            )
        return options

    def list_best(self, id_: str, most: int) -> Iterator[str]:
        """Lines on the best for one person."""
        options = self.rank_best(id_, most)
        seeker = self.proposal.applicants.seeker_numbers.get(id_)
        if not options and seeker is not None:
            yield from self._explain_nobody(seeker)
        elif not options:
            name = self.proposal.applicants.name_of(id_)
            yield f"{name} has no place left, or nobody whom they could mentor waits"
        for place, option in enumerate(options, start=1):
            yield f"{place}. {option.name}, {option.fit.score:.2f}"
            lines = ["this is the proposal"] if option.is_proposed else option.cost
            yield from (f"  {line}" for line in (*option.reasons, *lines))

    def _explain_own(self, seeker: int, match: ProposedMatch | None) -> Iterator[str]:
        proposal, data = self.proposal, self.proposal.scorer.data
        own = None if match is None else match.fit_for(seeker)
        if match is None or own is None:
            yield from self._explain_nobody(seeker)
        else:
            mentor = data.mentor_name(own.mentor)
            yield f"{data.seeker_name(seeker)}: {mentor}, {match.score:.2f}"
            yield from self._list_criteria(own)
            for_members = explain_fit(proposal, match.fit, for_members=True)
            reasons = explain_match(proposal, match) if self.is_named else for_members
            yield from (f"  {reason}" for reason in reasons)
            times = find_meeting_times(proposal, match)
            yield from (f"  could meet {time}" for time in times)
        for mentor_number, value in proposal.best_mentors(seeker, 4):
            if own is None or mentor_number != own.mentor:
                name = data.mentor_name(mentor_number) if self.is_named else "somebody else"
                yield f"next: {name}, {value:.2f}"

    def _explain_nobody(self, seeker: int) -> Iterator[str]:
        applicants = self.proposal.applicants
        who, own = self.proposal.scorer.data.seeker_name(seeker), applicants.seekers[seeker]
        mentor = applicants.mentor_numbers.get(own.id) if own.is_open_role else None
        mentees = [
            person.name
            for match in self.proposal.matches_by_mentor.get(-1 if mentor is None else mentor, ())
            for person in match.people
        ]
        if own.current_mentors:
            yield f"{who} has {join_words([*map(applicants.name_of, own.current_mentors)])} already"
        elif mentees:
            yield f"{who} mentors {join_words(mentees)}"
        for left in find_unmatched(self.proposal):
            if left.id == own.id:
                yield f"{who} has nobody: {left.barrier.why}"
                yield f"  {left.barrier.change}"

    def _list_criteria(self, fit: Fit) -> Iterator[str]:
        """The score of each criterion, what it counts, and what stands in for an unknown one."""
        scorer = self.proposal.scorer
        weighting = scorer.weighting
        whole = float(weighting.weights[~np.isnan(weighting.usual)].sum())
        columns = zip(scorer.criteria, weighting.weights, weighting.usual, strict=True)
        for criterion, weight, usual in columns:
            if np.isnan(usual) or (criterion.is_private and not self.is_named):
                continue
            known = fit.criteria.get(criterion.id)
            score = (
                f"{known:.2f}"
                if known is not None
                else f"not known, taken as the usual {usual:.2f}"
            )
            yield f"  {criterion.id} {score}, counts {percentage(weight / (whole or 1.0))}"

    def _explain_other(
        self, seeker: int, mentor: int, match: ProposedMatch | None
    ) -> Iterator[str]:
        proposal, data = self.proposal, self.proposal.scorer.data
        fit, broken = proposal.fit_of(seeker, mentor)
        who, name = data.seeker_name(seeker), data.mentor_name(mentor)
        yield f"{who} and {name}: {fit.score:.2f}"
        yield from self._list_criteria(fit)
        reasons = explain_fit(proposal, fit, for_members=not self.is_named)
        yield from (f"  {reason}" for reason in reasons)
        current = proposal.applicants.seekers[seeker].current_mentors
        if broken and not self.is_named:
            yield "not possible: something that must hold does not"
        elif broken:
            for constraint in broken:
                yield f"not possible, {constraint.id}: {constraint.sentence}"
                yield f"  to change it: {constraint.how_to_lift}"
        elif current:
            names = [*map(proposal.applicants.name_of, current)]
            yield f"not proposed: {who} has {join_words(names)} already"
        elif proposal.applicants.mentors[mentor].places < 1:
            yield f"not possible: {name} has no place left"
        else:
            if match is not None:
                yield f"{who} has {self._name_match(match, seeker)} instead"
            yield from self._explain_cost(seeker, mentor)

    def _explain_cost(self, seeker: int, mentor: int) -> Iterator[str]:
        """Lines on what it would cost the others if two were pinned."""
        cost = self.compute_cost(seeker, mentor)
        if not cost.moved and not cost.people:
            yield "it would cost nobody else anything"
            return
        if cost.people > 0:
            yield f"with it, {cost.people} fewer would be matched"
        if not self.is_named:
            yield "somebody else would have another match, or none"
            return
        if cost.total > 1 / UNIT:
            yield f"with it, the others' scores would sum to {cost.total:.2f} less"
        for other, before, after in cost.moved[:_MOST_MOVED]:
            name = self.proposal.scorer.data.seeker_name(other)
            now, then = self._name_match(before, other), self._name_match(after, other)
            yield f"  {name}: {now} now, {then} then"

    def _name_match(self, match: ProposedMatch | None, seeker: int) -> str:
        if match is None:
            return "nobody"
        if not self.is_named:
            return f"a match of {match.score:.2f}"
        mentor = self.proposal.scorer.data.mentor_name(match.fit_for(seeker).mentor)
        return f"{mentor} ({match.score:.2f})"

    def compute_cost(self, seeker: int, mentor: int) -> Cost:
        """What it would cost the others if two were pinned: a proposal with the pin, compared."""
        applicants, settings = self.proposal.applicants, self.cohort.matching
        pin = Pin(mentor=applicants.mentors[mentor].id, mentee=applicants.seekers[seeker].id)
        pinned = replace(self.cohort, matching=replace(settings, pins=(pin, *settings.pins)))
        other = propose_matches(self.program, pinned, self.today, stable=True)
        before, after = self.proposal.match_by_seeker, other.match_by_seeker
        return Cost(
            people=len(self.proposal.matched_ids) - len(other.matched_ids),
            total=_sum_without(self.proposal, seeker) - _sum_without(other, seeker),
            moved=tuple(
                (n, before.get(n), after.get(n))
                for n in range(len(applicants.seekers))
                if n != seeker and _numbers_of(before.get(n)) != _numbers_of(after.get(n))
            ),
        )


def _numbers_of(match: ProposedMatch | None) -> tuple[int, int] | None:
    return (match.fit.seeker, match.fit.mentor) if match else None


def _sum_without(proposal: Proposal, seeker: int) -> float:
    """The sum of the scores of everybody except one seeker."""
    return sum(
        match.score * len(match.people)
        for match in proposal.matches
        if seeker not in (match.fit.seeker, match.back.seeker if match.back else None)
    )
