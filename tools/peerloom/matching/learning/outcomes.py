"""What became of a program's earlier matches, and how well the two fitted by each criterion.

An outcome is a number between 0 and 1: the mean of how a match ended and of how the two rated it,
as far as either is known. An end counts 1 where the match was completed, or ended early with the
goal reached or the term over, and 0 where it ended early otherwise; lack of time, a move and the
program's own fault say nothing about the fit. Ratings from 1 to 5 are scaled to 0 to 1: the mean
of each person's answers, and then of the two. Where nobody rated, the mean rating of matches that
ended in the same way stands in, so that silence does not pass for satisfaction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import fmean

import numpy as np

from peerloom.matching.applicants import Applicants, find_applicants
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


@dataclass(slots=True)
class _Match:
    """One match: its end and rating in each of its pairs, and the numbers of its people.

    Whoever came back later may have named their partner with hindsight.
    """

    ends: list[float | None] = field(default_factory=list)
    ratings: list[float | None] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)
    has_hindsight: bool = False


def collect_evidence(program: Program, settings: MatchingSettings, today: date) -> Evidence:
    """The matches of all cohorts that are over, scored as a cohort's settings define it."""
    matches: list[_Match] = []
    criteria: list[Floats] = []
    cohort: list[int] = []
    cohorts: list[str] = []
    for _, run in sorted(program.cohorts.items()):
        scored = _score_cohort(program, replace(run, matching=settings), today)
        if scored is not None:
            cohort += [len(cohorts)] * len(scored[0])
            cohorts.append(run.id)
            matches += scored[0]
            criteria.append(scored[1])
    scores = np.concatenate([np.zeros((0, len(CRITERIA))), *criteria])
    return Evidence(
        np.where(np.isnan(scores), np.nan_to_num(mean_known(scores)), scores),
        np.array(list(_compute_outcomes(matches)), dtype=np.float64),
        as_ints(cohort),
        tuple(cohorts),
    )


def _score_cohort(
    program: Program, run: Cohort, today: date
) -> tuple[tuple[_Match, ...], Floats] | None:
    over = sorted(filter(_is_over, program.pairs_of(run.id)), key=lambda pair: pair.id)
    if not over:
        return None
    # On the first of all days nobody has left yet, so that everybody counts who ever took part.
    applicants = find_applicants(program, run, date.min)
    found = _find_matches(program, applicants, over, today)
    matches = tuple(m for m in found if m.numbers and _has_outcome(m))
    return (matches, _score_matches(Scorer(applicants), matches)) if matches else None


def _is_over(pair: Pair) -> bool:
    return pair.status in ("completed", "ended_early")


def _find_matches(
    program: Program, applicants: Applicants, pairs: Iterable[Pair], today: date
) -> Iterator[_Match]:
    seekers, mentors = applicants.seeker_numbers, applicants.mentor_numbers
    matches: dict[str, _Match] = {}
    for pair in pairs:
        match = matches.setdefault(f"{pair.mentor} {pair.team}" if pair.team else pair.id, _Match())
        match.ends.append(_value_end(pair))
        match.ratings.append(_mean_rating(program, pair, today))
        match.has_hindsight |= any(
            _came_back(program, who, applicants.cohort) for who in pair.people
        )
        for mentor, mentee in _list_roles(pair):
            if mentee in seekers and mentor in mentors:
                match.numbers.append((seekers[mentee], mentors[mentor]))
    yield from matches.values()


def _list_roles(pair: Pair) -> Iterator[tuple[str, str]]:
    """(mentor, mentee) of a pair; of two peers, each in both roles."""
    if pair.mentor and pair.mentee:
        yield pair.mentor, pair.mentee
    if len(pair.peers) == 2:
        yield pair.peers[0], pair.peers[1]
        yield pair.peers[1], pair.peers[0]


def _value_end(pair: Pair) -> float | None:
    """How a pair ended, as 1 or 0; nothing where that says nothing about the fit."""
    if pair.status == "completed" or pair.end_reason in _AS_GOOD_AS_COMPLETED:
        return 1.0
    return None if pair.end_reason in _INCONCLUSIVE else 0.0


def _mean_rating(program: Program, pair: Pair, today: date) -> float | None:
    """How the two rated their pair, between 0 and 1; both count the same."""
    stated: dict[str, list[int]] = {}
    for point in pair_history(program, pair, today).ratings:
        values = [v for v in (point.useful, point.relationship) if v is not None]
        stated.setdefault(point.participant, []).extend(values)
    means = [(fmean(values) - 1) / 4 for values in stated.values() if values]
    return fmean(means) if means else None


def _came_back(program: Program, who: str, run: Cohort) -> bool:
    """Whether somebody took part in a later cohort, and may have named their partner for it."""
    person = program.participants.get(who)
    later = (program.cohorts.get(m.cohort) for m in person.cohorts) if person else ()
    return any(other is not None and other.starts > run.starts for other in later)


def _has_outcome(match: _Match) -> bool:
    return any(v is not None for v in (*match.ends, *match.ratings))


def _compute_outcomes(matches: Iterable[_Match]) -> Iterator[float]:
    known = [(_mean(match.ends), _mean(match.ratings)) for match in matches]
    usual = {
        end: fmean([r for e, r in known if e == end and r is not None])
        for end in {e for e, r in known if e is not None and r is not None}
    }
    for end, rating in known:
        stand_in = rating if rating is not None or end is None else usual.get(end)
        yield fmean([value for value in (end, stand_in) if value is not None])


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None


def _score_matches(scorer: Scorer, matches: Iterable[_Match]) -> Floats:
    """The scores of each match, matches × criteria: the mean over its pairs."""
    means = []
    for match in matches:
        seekers, mentors = zip(*sorted(match.numbers), strict=True)
        scores = scorer.score_pairs(as_ints(seekers), as_ints(mentors))
        mean = mean_known(scores.criteria)
        # A record does not say when somebody was named. If that was after the match, its outcome
        # would be the cause, and the criterion would seem to predict it.
        mean[_PREFERENCE] = np.nan if match.has_hindsight else mean[_PREFERENCE]
        means.append(mean)
    return np.array(means)
