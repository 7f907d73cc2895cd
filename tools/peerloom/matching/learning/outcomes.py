"""What became of a program's earlier matches, and how well the two fitted by each criterion.

An outcome is a number between 0 and 1: the mean of how a match ended and of how the two rated it,
as far as either is known. An end counts 1 where the match was completed, or ended early with the
goal reached or the term over, and 0 where it ended early otherwise; lack of time, a move and the
program's own fault say nothing about the fit. Ratings from 1 to 5 are scaled to 0 to 1: the mean
of each person's answers, and then of the two. Where nobody rated, the mean rating of matches that
ended in the same way stands in, so that silence does not pass for satisfaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean

import numpy as np

from peerloom.matching.applicants import find_applicants
from peerloom.matching.arrays import Bools, Floats, Ints, as_ints
from peerloom.matching.criteria import CRITERIA
from peerloom.matching.scoring import Scorer, mean_known
from peerloom.model import Cohort, MatchingSettings, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program

_AS_GOOD_AS_COMPLETED = frozenset({"goal_reached", "term_over"})
_INCONCLUSIVE = frozenset({"time", "moved_or_changed_role", "program_fault"})
_PREFERENCE = [criterion.id for criterion in CRITERIA].index("preference")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row for each match whose outcome is known; a team's match is one.

    `criteria` has a column for each of `CRITERIA`; what is unknown is the mean of the others, and
    0 where nobody's is known. `cohort` is the number of each match's cohort in `cohorts`.
    """

    criteria: Floats
    outcome: Floats
    cohort: Ints
    cohorts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.outcome)

    def take(self, rows: Ints | Bools) -> "Evidence":
        """Some of the matches."""
        return Evidence(self.criteria[rows], self.outcome[rows], self.cohort[rows], self.cohorts)


@dataclass(frozen=True, slots=True)
class _Match:
    """How one match ended and was rated, as far as it is known, and its scores by criterion."""

    end: float | None
    rating: float | None
    scores: Floats


def collect_evidence(program: Program, settings: MatchingSettings, today: date) -> Evidence:
    """The matches of all cohorts that are over, scored as a cohort's settings define it."""
    runs = [replace(run, matching=settings) for _, run in sorted(program.cohorts.items())]
    by_cohort = {run.id: [*_find_matches(program, run, today)] for run in runs}
    cohorts = tuple(id_ for id_, found in by_cohort.items() if found)
    matches = [match for id_ in cohorts for match in by_cohort[id_]]
    scores = np.array([match.scores for match in matches]).reshape(len(matches), len(CRITERIA))
    return Evidence(
        np.where(np.isnan(scores), np.nan_to_num(mean_known(scores)), scores),
        np.array(list(_compute_outcomes(matches)), dtype=np.float64),
        np.repeat(np.arange(len(cohorts)), [len(by_cohort[id_]) for id_ in cohorts]),
        cohorts,
    )


def _find_matches(program: Program, run: Cohort, today: date) -> Iterator[_Match]:
    """The matches of a cohort whose outcome is known; the pairs of a team are one."""
    matches: dict[str, list[Pair]] = {}
    for pair in sorted(program.pairs_of(run.id), key=lambda pair: pair.id):
        if pair.status in ("completed", "ended_early"):
            key = f"{pair.mentor} {pair.team}" if pair.team else pair.id
            matches.setdefault(key, []).append(pair)
    if not matches:
        return
    # On the first of all days nobody has left yet, so that everybody counts who ever took part.
    applicants = find_applicants(program, run, date.min, with_away=True)
    scorer = Scorer(applicants)
    seekers, mentors = applicants.seeker_numbers, applicants.mentor_numbers
    for pairs in matches.values():
        roles = (two for pair in pairs for two in _list_roles(pair))
        numbers = [(seekers[s], mentors[m]) for m, s in roles if s in seekers and m in mentors]
        end = _mean_known(map(_value_end, pairs))
        rating = _mean_known(_mean_rating(program, pair, today) for pair in pairs)
        if numbers and (end, rating) != (None, None):
            people = {who for pair in pairs for who in pair.people}
            came_back = any(_came_back(program, who, run) for who in people)
            yield _Match(end, rating, _score_match(scorer, numbers, has_hindsight=came_back))


def _list_roles(pair: Pair) -> Iterator[tuple[str, str]]:
    """(mentor, mentee) of a pair; of two peers, each in both roles."""
    if pair.mentor and pair.mentee:
        yield pair.mentor, pair.mentee
    if len(pair.peers) == 2:
        yield pair.peers[0], pair.peers[1]
        yield pair.peers[1], pair.peers[0]


def _value_end(pair: Pair) -> float | None:
    """How a pair ended, as 1 or 0; None if that says nothing about the fit."""
    if pair.status == "completed" or pair.end_reason in _AS_GOOD_AS_COMPLETED:
        return 1.0
    return None if pair.end_reason in _INCONCLUSIVE else 0.0


def _mean_rating(program: Program, pair: Pair, today: date) -> float | None:
    """How the two rated their pair, between 0 and 1; both count the same."""
    stated: dict[str, list[float | None]] = {}
    for point in pair_history(program, pair, today).ratings:
        stated.setdefault(point.participant, []).extend((point.useful, point.relationship))
    mean = _mean_known(map(_mean_known, stated.values()))
    return None if mean is None else (mean - 1) / 4


def _mean_known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _came_back(program: Program, who: str, run: Cohort) -> bool:
    """Whether somebody took part in a later cohort, and may have named their partner for it."""
    person = program.participants.get(who)
    later = (program.cohorts.get(m.cohort) for m in person.cohorts) if person else ()
    return any(other is not None and other.starts > run.starts for other in later)


def _score_match(
    scorer: Scorer, numbers: Iterable[tuple[int, int]], *, has_hindsight: bool
) -> Floats:
    """The scores of a match by each criterion: the mean over its pairs."""
    seekers, mentors = zip(*sorted(numbers), strict=True)
    mean = mean_known(scorer.score_pairs(as_ints(seekers), as_ints(mentors)).criteria)
    # A record does not say when somebody was named. If that was after the match, its outcome
    # would be the cause, and the criterion would seem to predict it.
    mean[_PREFERENCE] = np.nan if has_hindsight else mean[_PREFERENCE]
    return mean


def _compute_outcomes(matches: Sequence[_Match]) -> Iterator[float]:
    """The outcome of each match; the usual rating after the same end stands in for an unknown."""
    ratings: dict[float | None, list[float | None]] = {}
    for match in matches:
        ratings.setdefault(match.end, []).append(match.rating)
    for match in matches:
        is_silent = match.rating is None and match.end is not None
        rating = _mean_known(ratings[match.end]) if is_silent else match.rating
        outcome = _mean_known((match.end, rating))
        assert outcome is not None
        yield outcome
