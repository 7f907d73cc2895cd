"""What became of a program's earlier matches, and how well the two fitted by each part.

How a match came out is a number between 0 and 1: the mean of how it ended and of what the two
rated, as far as either is known. It ended with 1 where it was completed, or early with the goal
reached or the term over, and with 0 where it ended early otherwise; lack of time, a move and the
program's own fault say nothing of the fit. A rating of 1 to 5 is one of 0 to 1, the mean of each
person's answers and then of the two. Where nobody rated, what others rated whose match ended in
the same way stands in, so that silence does not pass for satisfaction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import fmean

import numpy as np

from peerloom.matching.market import Bools, Floats, Ints, ints
from peerloom.matching.pool import Pool, pool
from peerloom.matching.scoring import PARTS, Scorer
from peerloom.model import Cohort, MatchingSettings, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program

_AS_GOOD_AS_COMPLETED = frozenset({"goal_reached", "term_over"})
_SAYS_NOTHING = frozenset({"time", "moved_or_changed_role", "program_fault"})
_PREFERENCE = next(n for n, part in enumerate(PARTS) if part.id == "preference")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row for each match whose outcome is known; a team's is one.

    `parts` are in the order of `PARTS`, unknown ones the average of the others and 0 where
    nobody's is known; `cohort` is the number of its cohort in `cohorts`.
    """

    parts: Floats
    outcome: Floats
    cohort: Ints
    cohorts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.outcome)

    def at(self, rows: Ints | Bools) -> "Evidence":
        """Some of the matches."""
        return Evidence(self.parts[rows], self.outcome[rows], self.cohort[rows], self.cohorts)


@dataclass(slots=True)
class _Match:
    """One match: its end and rating in each of its pairs, and its people's numbers."""

    ends: list[float | None] = field(default_factory=list)
    ratings: list[float | None] = field(default_factory=list)
    two: list[tuple[int, int]] = field(default_factory=list)
    is_hindsight: bool = False


def evidence(program: Program, settings: MatchingSettings, today: date) -> Evidence:
    """The matches of all cohorts that are over, their parts as a cohort's settings define them."""
    matches: list[_Match] = []
    parts: list[Floats] = []
    cohort: list[int] = []
    cohorts: list[str] = []
    for _, run in sorted(program.cohorts.items()):
        found = _of_cohort(program, replace(run, matching=settings), today)
        if found is not None:
            cohort += [len(cohorts)] * len(found[0])
            cohorts.append(run.id)
            matches += found[0]
            parts.append(found[1])
    return Evidence(
        _averaged(np.concatenate([np.zeros((0, len(PARTS))), *parts])),
        np.array(list(_outcomes(matches)), dtype=np.float64),
        ints(cohort),
        tuple(cohorts),
    )


def _of_cohort(
    program: Program, run: Cohort, today: date
) -> tuple[tuple[_Match, ...], Floats] | None:
    over = sorted(filter(_is_over, program.pairs_of(run.id)), key=lambda pair: pair.id)
    if not over:
        return None
    # Nobody has left yet on the first of all days: who took part then counts, here or not now.
    people = pool(program, run, date.min)
    matches = tuple(m for m in _matches(program, people, over, today) if m.two and _is_known(m))
    return (matches, _parts(Scorer(people), matches)) if matches else None


def _is_over(pair: Pair) -> bool:
    return pair.status in ("completed", "ended_early")


def _matches(
    program: Program, people: Pool, pairs: Iterable[Pair], today: date
) -> Iterator[_Match]:
    seekers = {p.id: n for n, seeker in enumerate(people.seekers) for p in seeker.people}
    mentors = {mentor.id: n for n, mentor in enumerate(people.mentors)}
    found: dict[str, _Match] = {}
    for pair in pairs:
        match = found.setdefault(f"{pair.mentor} {pair.team}" if pair.team else pair.id, _Match())
        match.ends.append(_end(pair))
        match.ratings.append(_rating(program, pair, today))
        match.is_hindsight |= any(_came_again(program, who, people.cohort) for who in pair.people)
        for mentor, mentee in _in_their_roles(pair):
            if mentee in seekers and mentor in mentors:
                match.two.append((seekers[mentee], mentors[mentor]))
    yield from found.values()


def _in_their_roles(pair: Pair) -> Iterator[tuple[str, str]]:
    """Mentor and mentee; of two peers, each as both."""
    if pair.mentor and pair.mentee:
        yield pair.mentor, pair.mentee
    if len(pair.peers) == 2:
        yield pair.peers[0], pair.peers[1]
        yield pair.peers[1], pair.peers[0]


def _end(pair: Pair) -> float | None:
    """How a pair ended, between 0 and 1; nothing where that says nothing of the fit."""
    if pair.status == "completed" or pair.end_reason in _AS_GOOD_AS_COMPLETED:
        return 1.0
    return None if pair.end_reason in _SAYS_NOTHING else 0.0


def _rating(program: Program, pair: Pair, today: date) -> float | None:
    """What the two rated, between 0 and 1, each of them as much as the other."""
    said: dict[str, list[int]] = {}
    for point in pair_history(program, pair, today).ratings:
        values = [v for v in (point.useful, point.relationship) if v is not None]
        said.setdefault(point.participant, []).extend(values)
    means = [(fmean(values) - 1) / 4 for values in said.values() if values]
    return fmean(means) if means else None


def _came_again(program: Program, who: str, run: Cohort) -> bool:
    """Whether somebody signed up once more, and may have named whom they had got on with."""
    person = program.participants.get(who)
    later = (program.cohorts.get(m.cohort) for m in person.cohorts) if person else ()
    return any(other is not None and other.starts > run.starts for other in later)


def _is_known(match: _Match) -> bool:
    return any(v is not None for v in (*match.ends, *match.ratings))


def _outcomes(matches: Iterable[_Match]) -> Iterator[float]:
    two = [(_mean(m.ends), _mean(m.ratings)) for m in matches]
    usual = {
        end: fmean([r for e, r in two if e == end and r is not None])
        for end in {e for e, r in two if e is not None and r is not None}
    }
    for end, rated in two:
        stands_in = rated if rated is not None or end is None else usual.get(end)
        yield fmean([v for v in (end, stands_in) if v is not None])


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None


def _parts(scorer: Scorer, matches: Iterable[_Match]) -> Floats:
    """The parts of each match, the mean over its pairs."""
    rows = sorted((s, m, n) for n, match in enumerate(matches) for s, m in match.two)
    hindsight = np.array([match.is_hindsight for match in matches], dtype=np.bool_)
    scores = scorer.scores(ints(row[0] for row in rows), ints(row[1] for row in rows))
    match = ints(row[2] for row in rows)
    known = ~np.isnan(scores.parts)
    sums, many = (np.zeros((len(hindsight), len(PARTS))) for _ in range(2))
    np.add.at(sums, match, np.where(known, scores.parts, 0))
    np.add.at(many, match, known)
    mean = np.full_like(sums, np.nan)
    np.divide(sums, many, out=mean, where=many > 0)
    # A record does not say when somebody was named. Named after the match, its end would be the
    # cause, and the part would seem to foretell it.
    mean[hindsight, _PREFERENCE] = np.nan
    return mean


def _averaged(parts: Floats) -> Floats:
    known = ~np.isnan(parts)
    mean = np.where(known, parts, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    filled: Floats = np.where(known, parts, mean)
    return filled
