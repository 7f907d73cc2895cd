"""Whom the figures of a report below coordinators are about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from peerloom.audience import may_be_shown_to
from peerloom.model import Audience, Circle, Cohort, Event
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
    return Coverage(program=_keep_people(program, cohort, seen[covers], people), covers=covers)


def _is_enough(hidden: set[str]) -> bool:
    """Whether a total tells of no few people who are hidden: none are, or at least five."""
    return not hidden or len(hidden) >= FEWEST_PEOPLE


def _keep_people(program: Program, cohort: Cohort, kept: set[str], people: set[str]) -> Program:
    """A program whose cohort has only these of its people, and nothing by or about the others."""
    left_out = people - kept
    pairs = {
        key: pair
        for key, pair in program.pairs.items()
        if pair.cohort != cohort.id or all(who in kept for who in pair.people)
    }
    return replace(
        program,
        participants={id_: p for id_, p in program.participants.items() if id_ not in left_out},
        pairs=pairs,
        circles={key: _without(circle, left_out) for key, circle in program.circles.items()},
        events={id_: _without_guests(event, left_out) for id_, event in program.events.items()},
        check_ins=tuple(c for c in program.check_ins if (c.cohort, c.pair) in pairs),
    )


def _without(circle: Circle, left_out: set[str]) -> Circle:
    meetings = tuple(
        replace(meeting, attended=tuple(_keep(meeting.attended, left_out)))
        for meeting in circle.meetings
    )
    return replace(
        circle,
        members=tuple(_keep(circle.members, left_out)),
        facilitators=tuple(_keep(circle.facilitators, left_out)),
        stays=tuple(stay for stay in circle.stays if stay.participant not in left_out),
        meetings=meetings,
    )


def _without_guests(event: Event, left_out: set[str]) -> Event:
    return replace(event, attended=tuple(_keep(event.attended, left_out)))


def _keep(ids: tuple[str, ...], left_out: set[str]) -> Iterator[str]:
    return (id_ for id_ in ids if id_ not in left_out)
