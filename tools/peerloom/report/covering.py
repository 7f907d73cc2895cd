"""Whom the figures of a report below coordinators are about."""

from dataclasses import dataclass
from typing import Literal

from peerloom.audience import may_be_shown_to
from peerloom.model import Audience, Cohort
from peerloom.progress.counted_people import leave_out_people
from peerloom.records import Program
from peerloom.report.suppression import FEWEST_PEOPLE

# Everybody, or those alone who agreed to be shown to this audience.
Covered = Literal["everybody"] | Audience

_BELOW_COORDINATORS: tuple[Audience, ...] = ("members", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A program with the records of those people alone whom figures are about.

    `hidden_pairs` are the ids of the pairs among these that members may not see.
    """

    program: Program
    covers: Covered
    hidden_pairs: frozenset[str] = frozenset()


def cover_people(program: Program, cohort: Cohort) -> Coverage:
    """The largest group of a cohort's people whom figures below coordinators can be about.

    Whoever sees a total and all of its people but a few could subtract. So it is everybody, where
    nobody or at least five people are hidden from members, and from everybody else; else those
    whom members may see, where the public may see as many or five fewer; else those whom everybody
    may see. It is the same for members and for everybody, as members read both reports.
    """
    people = {id_ for pair in program.pairs_of(cohort.id) for id_ in pair.people}
    people |= {who.id for who, part in program.members_of(cohort.id) if part.is_accepted}
    seen = {
        audience: {
            id_
            for id_ in people
            if id_ in program.participants and may_be_shown_to(program.participants[id_], audience)
        }
        for audience in _BELOW_COORDINATORS
    }
    if all(_is_enough(people - seen[audience]) for audience in _BELOW_COORDINATORS):
        hidden = frozenset(
            pair.id
            for pair in program.pairs_of(cohort.id)
            if not all(who in seen["members"] for who in pair.people)
        )
        return Coverage(program=program, covers="everybody", hidden_pairs=hidden)
    covers: Audience = "members" if _is_enough(seen["members"] - seen["public"]) else "public"
    covered = leave_out_people(program, people - seen[covers])
    return Coverage(program=covered, covers=covers)


def _is_enough(hidden: set[str]) -> bool:
    """Whether a total tells of no few people who are hidden: none are, or at least five."""
    return not hidden or len(hidden) >= FEWEST_PEOPLE
