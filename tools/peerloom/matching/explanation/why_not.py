"""Why this mentor and not that one, and what another match would cost the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from peerloom.matching.arrays import UNIT, as_ints
from peerloom.matching.explanation.reasons import explain_fit, explain_match, find_meeting_times
from peerloom.matching.explanation.why_unmatched import explain_apart, find_unmatched
from peerloom.matching.proposal import Fit, Proposal, ProposedMatch
from peerloom.matching.propose import propose_matches
from peerloom.model import Pin
from peerloom.text.numbers import percentage
from peerloom.text.phrases import join_words

_MOST_MOVED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchExplainer:
    """Explains a proposal line by line. Without `is_named` nobody else is named."""

    today: date
    proposal: Proposal
    is_named: bool = True

    def explain(self, mentee: str, mentor: str | None = None) -> Iterator[str]:
        """Lines on a mentee's match, or on why they do not have this mentor. By id."""
        seeker = self.proposal.applicants.seeker_numbers[mentee]
        number = None if mentor is None else self.proposal.applicants.mentor_numbers[mentor]
        match = self.proposal.match_by_seeker.get(seeker)
        if number is not None and not (match and match.fit_for(seeker).mentor == number):
            yield from self._explain_other(seeker, number, match)
            return
        if match is None:
            yield from self._explain_nobody(seeker)
        else:
            reasons = explain_match(self.proposal, match) if self.is_named else None
            yield from self._describe_fit(match.fit_for(seeker), match.score, reasons)
            times = find_meeting_times(self.proposal, match)
            yield from (f"  could meet {time}" for time in times)
        for other, value in self.proposal.best_mentors(seeker, 4):
            if match is None or other != match.fit_for(seeker).mentor:
                name = self.proposal.scorer.data.mentor_name(other)
                yield f"next: {name if self.is_named else 'somebody else'}, {value:.2f}"

    def rank_best(self, id_: str, most: int) -> list[dict[str, Any]]:
        """The best mentors for a mentee, or mentees for a mentor, as the documented JSON.

        Each has reasons and, unless it is proposed, lines on what it would cost the others.
        """
        proposal, data = self.proposal, self.proposal.scorer.data
        seeker = proposal.applicants.seeker_numbers.get(id_)
        mentor = proposal.applicants.mentor_numbers.get(id_)
        best = [] if seeker is None else [m for m, _ in proposal.best_mentors(seeker, most)]
        fits = [proposal.find_fit(seeker, other) for other in best if seeker is not None]
        people = [data.mentors[other] for other in best]
        if mentor is not None and not best:
            best = proposal.best_seekers(mentor, most)
            fits = [proposal.find_fit(other, mentor) for other in best]
            people = [data.seekers[other][0] for other in best]
        proposed = {(m.fit.seeker, m.fit.mentor) for m in proposal.matches}
        return [
            {
                "id": person.id,
                "score": fit.score,
                "criteria": fit.criteria,
                "reasons": explain_fit(proposal, fit),
                "is_proposed": (fit.seeker, fit.mentor) in proposed,
                "cost": []
                if (fit.seeker, fit.mentor) in proposed
                else [*self._explain_cost(fit.seeker, fit.mentor)],
            }
            for person, fit in zip(people, fits, strict=True)
        ]

    def list_best(self, id_: str, most: int) -> Iterator[str]:
        """Lines on the best for one person."""
        applicants = self.proposal.applicants
        options, seeker = self.rank_best(id_, most), applicants.seeker_numbers.get(id_)
        if not options and seeker is not None:
            yield from self._explain_nobody(seeker)
        elif not options:
            name = applicants.name_of(id_)
            yield f"{name} has no place left, or nobody is waiting whom they could mentor"
        for place, option in enumerate(options, start=1):
            yield f"{place}. {applicants.name_of(option['id'])}, {option['score']:.2f}"
            lines = ["this is the proposal"] if option["is_proposed"] else option["cost"]
            yield from (f"  {line}" for line in (*option["reasons"], *lines))

    def _explain_nobody(self, seeker: int) -> Iterator[str]:
        applicants = self.proposal.applicants
        who, own = self.proposal.scorer.data.seeker_name(seeker), applicants.seekers[seeker]
        as_mentor = applicants.mentor_numbers.get(own.id, -1) if own.is_open_role else -1
        matches = self.proposal.matches_by_mentor.get(as_mentor, ())
        if own.current_mentors:
            yield f"{who} has {join_words(map(applicants.name_of, own.current_mentors))} already"
        elif matches:
            yield f"{who} mentors {join_words(p.name for m in matches for p in m.people)}"
        for left in find_unmatched(self.proposal):
            if left.id == own.id:
                yield f"{who} is unmatched: {left.barrier.why}"
                yield f"  {left.barrier.change}"

    def _describe_fit(self, fit: Fit, score: float, reasons: list[str] | None) -> Iterator[str]:
        """How well two fit, by each criterion and in sentences; by default those of the fit."""
        scorer = self.proposal.scorer
        weighting = scorer.weighting
        yield f"{scorer.data.seeker_name(fit.seeker)} with {self._name_fit(fit, score)}"
        whole = float(weighting.weights[~np.isnan(weighting.usual)].sum()) or 1.0
        columns = zip(scorer.criteria, weighting.weights, weighting.usual, strict=True)
        for criterion, weight, usual in columns:
            if not np.isnan(usual) and (self.is_named or not criterion.is_private):
                known = fit.criteria.get(criterion.id)
                value = f"not known, taken as the usual {usual:.2f}"
                value = value if known is None else f"{known:.2f}"
                yield f"  {criterion.id} {value}, counts {percentage(weight / whole)}"
        if reasons is None:
            reasons = explain_fit(self.proposal, fit, for_members=not self.is_named)
        yield from (f"  {reason}" for reason in reasons)

    def _explain_other(
        self, seeker: int, mentor: int, match: ProposedMatch | None
    ) -> Iterator[str]:
        proposal, data = self.proposal, self.proposal.scorer.data
        fit = proposal.find_fit(seeker, mentor)
        who, name = data.seeker_name(seeker), data.mentor_name(mentor)
        yield from self._describe_fit(fit, fit.score, None)
        current = proposal.applicants.seekers[seeker].current_mentors
        barrier = explain_apart(proposal, seeker, as_ints([mentor]))
        if barrier and not self.is_named:
            yield "not possible: a constraint is not met"
        elif barrier:
            yield f"not possible ({barrier.id}): {barrier.why}"
            yield f"  to change it: {barrier.change}"
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
        """What it would cost the others if two were pinned: the proposal with that pin, compared.

        It says how many fewer would be matched, how much smaller the sum of the others' scores
        would get, and who would have another match.
        """
        other = self._propose_with_pin(seeker, mentor)
        before, after = self.proposal.match_by_seeker, other.match_by_seeker
        moved = [
            n
            for n in range(len(self.proposal.applicants.seekers))
            if n != seeker and _find_numbers(before.get(n)) != _find_numbers(after.get(n))
        ]
        fewer = len(self.proposal.matched_ids) - len(other.matched_ids)
        if not moved and not fewer:
            yield "it would cost nobody else anything"
            return
        if fewer > 0:
            yield f"with it, {fewer} fewer would be matched"
        if not self.is_named:
            yield "somebody else would have another match, or none"
            return
        loss = _sum_without(self.proposal, seeker) - _sum_without(other, seeker)
        if loss > 1 / UNIT:
            yield f"with it, the others' scores would sum to {loss:.2f} less"
        for n in moved[:_MOST_MOVED]:
            now, then = (self._name_match(matches.get(n), n) for matches in (before, after))
            yield f"  {self.proposal.scorer.data.seeker_name(n)}: {now} now, {then} then"

    def _propose_with_pin(self, seeker: int, mentor: int) -> Proposal:
        applicants, cohort = self.proposal.applicants, self.proposal.applicants.cohort
        pin = Pin(mentor=applicants.mentors[mentor].id, mentee=applicants.seekers[seeker].id)
        pins = (pin, *cohort.matching.pins)
        pinned = replace(cohort, matching=replace(cohort.matching, pins=pins))
        return propose_matches(applicants.program, pinned, self.today, earlier="keep")

    def _name_match(self, match: ProposedMatch | None, seeker: int) -> str:
        if match is None:
            return "nobody"
        if not self.is_named:
            return f"a match of {match.score:.2f}"
        return self._name_fit(match.fit_for(seeker), match.score)

    def _name_fit(self, fit: Fit, score: float) -> str:
        return f"{self.proposal.scorer.data.mentor_name(fit.mentor)} ({score:.2f})"


def _find_numbers(match: ProposedMatch | None) -> tuple[int, int] | None:
    return (match.fit.seeker, match.fit.mentor) if match else None


def _sum_without(proposal: Proposal, seeker: int) -> float:
    """The sum of the scores of everybody except one seeker."""
    return sum(
        match.score * len(match.people)
        for match in proposal.matches
        if seeker not in (match.fit.seeker, match.back.seeker if match.back else None)
    )
