"""What is proposed for a cohort, as values: who fits how well, and who is matched."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from peerloom.matching.applicants import Applicants
from peerloom.matching.arrays import UNIT, Bools, as_ints
from peerloom.matching.assignment import NO_NUMBER, AssignmentProblem
from peerloom.matching.scoring import Scorer, Scores
from peerloom.model import Pair, Participant

MADE_BY = "peerloom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a seeker and a mentor, by their numbers, would suit each other.

    `score` is between 0 and 1; `criteria` holds the score of each that is known, by id.
    """

    seeker: int
    mentor: int
    score: float
    criteria: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMatch:
    """A match to propose, for `people` who are unmatched.

    `back` is the other direction where two peers would mentor each other. `share` is the score as
    a part of the best that the mentee could have. `settled_by` is set where nothing was weighed:
    a coordinator's pin, or joining a team.
    """

    fit: Fit
    people: tuple[Participant, ...]
    back: Fit | None = None
    share: float = 1.0
    settled_by: str | None = None

    @property
    def score(self) -> float:
        """The score; of two peers, the mean of both directions."""
        return self.fit.score if self.back is None else (self.fit.score + self.back.score) / 2

    def fit_for(self, seeker: int) -> Fit:
        """The fit of one of its seekers: of two peers, each has the other as a mentor."""
        return self.back if self.back is not None and self.back.seeker == seeker else self.fit


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPin:
    """A pin that cannot be met, and why."""

    mentor: str
    mentee: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed for a cohort on a day.

    `problem` holds the options there were and `taken` which of them are proposed. It takes the
    place of the `earlier` proposals. `blocking_pairs` counts the mentees and mentors who would
    both rather have each other, by whom they named. With `begins_on` its pairs begin on that day,
    as soon as a coordinator takes up the proposal.
    """

    scorer: Scorer
    problem: AssignmentProblem = field(repr=False)
    taken: Bools = field(repr=False)
    matches: tuple[ProposedMatch, ...]
    earlier: tuple[Pair, ...]
    lost_pins: tuple[LostPin, ...]
    blocking_pairs: int
    begins_on: date | None = None

    @property
    def applicants(self) -> Applicants:
        """Everybody who could be matched."""
        return self.scorer.applicants

    @cached_property
    def match_by_seeker(self) -> dict[int, ProposedMatch]:
        """The match of each seeker who has one."""
        matches = {match.fit.seeker: match for match in self.matches}
        return matches | {match.back.seeker: match for match in self.matches if match.back}

    @cached_property
    def matches_by_mentor(self) -> dict[int, list[ProposedMatch]]:
        """The matches of each mentor who has any; those of peers are left out."""
        matches: dict[int, list[ProposedMatch]] = {}
        for match in self.matches:
            if match.back is None:
                matches.setdefault(match.fit.mentor, []).append(match)
        return matches

    @cached_property
    def matched_ids(self) -> frozenset[str]:
        """Ids of everybody whom the proposal matches."""
        mentees = {person.id for match in self.matches for person in match.people}
        mentors = {self.applicants.mentors[match.fit.mentor].id for match in self.matches}
        return frozenset(mentees | mentors)

    def best_mentors(self, seeker: int, most: int) -> list[tuple[int, float]]:
        """The best mentors with places whom a seeker could have, and the scores."""
        problem = self.problem
        rows = np.flatnonzero((problem.seeker == seeker) & (problem.peer == NO_NUMBER))
        order = rows[np.lexsort((problem.mentor[rows], -problem.value[rows]))][:most]
        return [(int(problem.mentor[n]), int(problem.value[n]) / UNIT) for n in order]

    def best_seekers(self, mentor: int, most: int) -> list[int]:
        """The seekers who would fit a mentor best, of those whom the mentor could have."""
        problem = self.problem
        rows = np.flatnonzero(problem.mentor == mentor)
        order = rows[np.lexsort((problem.seeker[rows], -problem.value[rows]))]
        return [int(n) for n in problem.seeker[order[:most]]]

    def find_fit(self, seeker: int, mentor: int) -> Fit:
        """How well two fit, whether they may be matched or not."""
        scores = self.scorer.score_pairs(as_ints([seeker]), as_ints([mentor]))
        return make_fit(scores, 0, int(self.scorer.weighting.total(scores.criteria)[0]))


def is_own_proposal(pair: Pair) -> bool:
    """Whether a pair is a proposal of the program's own that nobody has taken up."""
    made_by = pair.match.by if pair.match and pair.is_as_matched else None
    return pair.status == "proposed" and made_by == MADE_BY and not (pair.goals or pair.agreement)


def make_fit(scores: Scores, row: int, value: int) -> Fit:
    """The fit of a row whose score is `value` in `UNIT`s."""
    seeker, mentor = int(scores.seeker[row]), int(scores.mentor[row])
    criteria = scores.known_criteria(row)
    return Fit(seeker=seeker, mentor=mentor, score=value / UNIT, criteria=criteria)
