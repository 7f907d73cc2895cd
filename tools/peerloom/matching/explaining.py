"""Why this mentor and not that one, and what another match would cost the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from peerloom.matching.constraints import CONSTRAINTS
from peerloom.matching.filing import score
from peerloom.matching.market import UNIT
from peerloom.matching.proposal import Fit, Matched, Proposal
from peerloom.matching.proposing import propose
from peerloom.matching.reasons import listed, of_fit, reasons, team_name, times
from peerloom.matching.scoring import PARTS
from peerloom.matching.unmatched import unmatched
from peerloom.model import Cohort, Pin
from peerloom.records import Program

_SENTENCE = {c.id: c.sentence for c in CONSTRAINTS}
_CHANGE = {c.id: c.change for c in CONSTRAINTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a match costs the others: for each who has another match by it, before and after.

    `people` counts how many fewer are matched, `total` how much smaller the sum of the others'
    scores is.
    """

    people: int
    total: float
    moved: tuple[tuple[int, Matched | None, Matched | None], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A program, a cohort and a day, and what stands and is proposed for them."""

    program: Program
    cohort: Cohort
    today: date
    proposal: Proposal

    def seeker_of(self, id_: str) -> int | None:
        """The number of a mentee, or of the team they are in."""
        for n, seeker in enumerate(self.proposal.pool.seekers):
            if id_ in {p.id for p in seeker.people}:
                return n
        return None

    def mentor_of(self, id_: str) -> int | None:
        """The number of a mentor."""
        ids = [m.id for m in self.proposal.pool.mentors]
        return ids.index(id_) if id_ in ids else None

    def cost(self, seeker: int, mentor: int) -> Cost:
        """What it costs the others if two were pinned."""
        pool = self.proposal.pool
        pin = Pin(mentor=pool.mentors[mentor].id, mentee=pool.seekers[seeker].id)
        settings = replace(self.cohort.matching, pins=(pin, *self.cohort.matching.pins))
        changed = replace(self.cohort, matching=settings)
        other = propose(self.program, changed, self.today, stable=True)
        moved = tuple(
            (n, self.proposal.has.get(n), other.has.get(n))
            for n in range(len(pool.seekers))
            if n != seeker and _two(self.proposal.has.get(n)) != _two(other.has.get(n))
        )
        before, after = (_sum(p, seeker) for p in (self.proposal, other))
        people = len(self.proposal.busy) - len(other.busy)
        return Cost(people=people, total=before - after, moved=moved)


def own_fit(match: Matched, seeker: int) -> Fit:
    """A match as one of its two seekers has it: each of two peers has the other as a mentor."""
    return match.back if match.back is not None and match.back.seeker == seeker else match.fit


def _two(match: Matched | None) -> tuple[int, int] | None:
    return (match.fit.seeker, match.fit.mentor) if match else None


def _sum(proposal: Proposal, without: int) -> float:
    return sum(
        score(m) * len(m.people)
        for m in proposal.matched
        if without not in (m.fit.seeker, m.back.seeker if m.back else None)
    )


def explained(desk: Desk, seeker: int, mentor: int | None, *, named: bool) -> Iterator[str]:
    """Lines on a mentee's match, or on why they have not this mentor. `named` names others."""
    proposal = desk.proposal
    match = proposal.has.get(seeker)
    who = team_name(proposal.pool.seekers[seeker])
    if mentor is None or (match and own_fit(match, seeker).mentor == mentor):
        yield from _this_one(desk, seeker, match, who, named=named)
    else:
        yield from _that_one(desk, seeker, mentor, match, named=named)


def _this_one(
    desk: Desk, seeker: int, match: Matched | None, who: str, *, named: bool
) -> Iterator[str]:
    proposal = desk.proposal
    if match is None:
        yield from why_not(desk, seeker)
    else:
        name = proposal.pool.mentors[own_fit(match, seeker).mentor].person.name
        yield f"{who}: {name}, {score(match):.2f}"
        yield from _weighed(desk, own_fit(match, seeker), named=named)
        yield from (f"  {reason}" for reason in (reasons if named else _plain)(proposal, match))
        yield from (f"  could meet {time}" for time in times(proposal, match))
    for mentor, value in proposal.nearest(seeker, 4):
        if match is None or mentor != own_fit(match, seeker).mentor:
            other = proposal.pool.mentors[mentor].person.name if named else "somebody else"
            yield f"next: {other}, {value:.2f}"


def why_not(desk: Desk, seeker: int) -> Iterator[str]:
    """Lines on somebody for whom nothing is proposed."""
    pool = desk.proposal.pool
    who, has = team_name(pool.seekers[seeker]), pool.seekers[seeker].has
    mentees = [
        person.name
        for match in desk.proposal.matched
        for person in match.people
        if pool.mentors[match.fit.mentor].id == pool.seekers[seeker].id and match.back is None
    ]
    if has:
        yield f"{who} has {listed([pool.name(id_) for id_ in has])} already"
    elif pool.seekers[seeker].either and mentees:
        yield f"{who} mentors {listed(mentees)}"
    for left in unmatched(desk.proposal):
        if left.id == pool.seekers[seeker].id:
            yield f"{who} has nobody: {left.why}"
            yield f"  {left.change}"


def _plain(proposal: Proposal, match: Matched) -> list[str]:
    return of_fit(proposal, match.fit, for_members=True)


def _weighed(desk: Desk, fit: Fit, *, named: bool) -> Iterator[str]:
    """The parts, what each counts, and what an unknown one counts as."""
    averages = desk.proposal.scorer.averages
    is_said = ~np.isnan(averages.of_part)
    whole = float(averages.weights[is_said].sum())
    for n, part in enumerate(PARTS):
        if part.id in ("preference", "declared") and not named:
            continue  # whom the other named, and what they are, is not theirs to know
        usual = float(averages.of_part[n])
        if not is_said[n]:
            continue
        weight = float(averages.weights[n]) / whole if whole else 0.0
        known = fit.parts.get(part.id)
        said = f"{known:.2f}" if known is not None else f"not known, taken as the usual {usual:.2f}"
        yield f"  {part.id} {said}, counts {weight:.0%}".replace("%", " %")


def _that_one(
    desk: Desk, seeker: int, mentor: int, match: Matched | None, *, named: bool
) -> Iterator[str]:
    proposal = desk.proposal
    fit, broken = proposal.fit(seeker, mentor)
    who, name = team_name(proposal.pool.seekers[seeker]), proposal.pool.mentors[mentor].person.name
    yield f"{who} and {name}: {fit.score:.2f}"
    yield from _weighed(desk, fit, named=named)
    yield from (f"  {reason}" for reason in of_fit(proposal, fit, for_members=not named))
    if broken and not named:
        yield "not possible: something that must hold does not"
        return
    for id_ in broken:
        yield f"not possible, {id_}: {_SENTENCE[id_]}"
        yield f"  to change it: {_CHANGE[id_]}"
    if broken:
        return
    has = proposal.pool.seekers[seeker].has
    if has:
        yield f"not proposed: {who} has {listed([proposal.pool.name(id_) for id_ in has])} already"
        return
    if proposal.pool.mentors[mentor].places < 1:
        yield f"not possible: {name} has no place left"
        return
    if match is not None:
        yield f"{who} has {_mentor(desk, match, seeker, named=named)} instead"
    yield from costs(desk.cost(seeker, mentor), desk, named=named)


def costs(cost: Cost, desk: Desk, *, named: bool) -> Iterator[str]:
    """Lines on what a match costs the others."""
    if not cost.moved and not cost.people:
        yield "it would cost nobody else anything"
        return
    if cost.people > 0:
        yield f"with it, {cost.people} fewer would be matched"
    if cost.total > 1 / UNIT and named:
        yield f"with it, the others' scores would sum to {cost.total:.2f} less"
    if not named:
        yield "somebody else would have another match, or none"
        return
    for seeker, before, after in cost.moved[:5]:
        yield (
            f"  {team_name(desk.proposal.pool.seekers[seeker])}: "
            f"{_mentor(desk, before, seeker, named=named)} now, "
            f"{_mentor(desk, after, seeker, named=named)} then"
        )


def _mentor(desk: Desk, match: Matched | None, seeker: int, *, named: bool) -> str:
    if match is None:
        return "nobody"
    if not named:
        return f"a match of {score(match):.2f}"
    name = desk.proposal.pool.mentors[own_fit(match, seeker).mentor].person.name
    return f"{name} ({score(match):.2f})"


def shortlist(desk: Desk, id_: str, most: int) -> Iterator[str]:
    """Lines on the best for one person, with reasons and what each would cost the others."""
    proposal = desk.proposal
    seeker, mentor = desk.seeker_of(id_), desk.mentor_of(id_)
    found = [(seeker, m) for m, _ in proposal.nearest(seeker, most)] if seeker is not None else []
    if mentor is not None and not found:
        found = [(s, mentor) for s in _best_seekers(proposal, mentor, most)]
    if not found and seeker is not None:
        yield from why_not(desk, seeker)
    elif not found:
        yield f"{proposal.pool.name(id_)} has no place left, or nobody whom they could mentor waits"
    for place, (one, other) in enumerate(found, start=1):
        fit, _ = proposal.fit(one, other)
        name = team_name(proposal.pool.seekers[one])
        if seeker is not None:
            name = proposal.pool.mentors[other].person.name
        yield f"{place}. {name}, {fit.score:.2f}"
        yield from (f"  {reason}" for reason in of_fit(proposal, fit))
        is_it = _two(proposal.has.get(one)) == (one, other)
        said = ["this is the proposal"] if is_it else costs(desk.cost(one, other), desk, named=True)
        yield from (f"  {line}" for line in said)


def _best_seekers(proposal: Proposal, mentor: int, most: int) -> list[int]:
    market = proposal.market
    rows = (market.mentor == mentor).nonzero()[0].tolist()
    rows.sort(key=lambda n: (-int(market.value[n]), int(market.seeker[n])))
    return [int(market.seeker[n]) for n in rows[:most]]
