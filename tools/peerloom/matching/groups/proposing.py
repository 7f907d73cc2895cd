"""Which groups to propose for a cohort, and why somebody stays without one."""

from collections.abc import Iterable, Sequence
from datetime import date

from peerloom.matching.groups.cast import Cast, cast_of
from peerloom.matching.groups.drafts import Draft
from peerloom.matching.groups.making import groups_of
from peerloom.matching.groups.outside import Place
from peerloom.matching.groups.search import Search
from peerloom.matching.groups.topics import Topic, key_of, topics
from peerloom.matching.groups.ungrouped import Ungrouped
from peerloom.matching.groups.values import Group, GroupProposal, Unplaced
from peerloom.matching.pool import Pool, pool
from peerloom.model import Cohort, Participant
from peerloom.records import Program

_OF_MENTORS = "What is hard in mentoring, and what helps"
_MAY_GROW = frozenset({"proposed", "active"})


def circles(
    program: Program, cohort: Cohort, today: date, *, at_least: int = 4, at_most: int = 8
) -> GroupProposal:
    """Circles around a topic for those of a cohort who are in none.

    One or two who offer the topic, and mentor, hold each. All of a circle are free in one hour
    of every week, share a language, and nothing keeps two of them apart. A good answer and no
    optimum, for which see `groups.search`. Raises `ValueError` where no size is possible.
    """
    cast = cast_of(pool(program, cohort, today), "circle", at_least, at_most)
    people = [(n, cast.people[n], cast.roles[n]) for n in cast.ready]
    found = topics(program, people, cast.waited)
    search = Search(cast.together, found, cast.ready, cast.at_least, cast.at_most)
    return _proposal(cast, found, search.run())


def supervision_groups(
    program: Program, cohort: Cohort, today: date, *, at_least: int = 4, at_most: int = 8
) -> GroupProposal:
    """Groups in which those who mentor in a cohort support each other.

    What must hold is as for `circles`; beside it, experience is about the same in each: years
    where somebody said them, else how many they mentored before. The most experienced of each
    holds it. Raises `ValueError` where no size is possible.
    """
    cast = cast_of(pool(program, cohort, today), "supervision", at_least, at_most)
    experience = [_experience(cast.pool, person) for person in cast.people]
    hours = [min(hour.bit_count() for hour in one.hours) for one in cast.together.each]
    topic = Topic(
        key=("", ""),
        name=_OF_MENTORS,
        members=tuple(sorted(cast.ready, key=lambda n: (hours[n], cast.waited[n], n))),
        leads=tuple(sorted(cast.ready, key=lambda n: (-experience[n], n))),
        needs_lead=False,
    )
    search = Search(cast.together, [topic], cast.ready, cast.at_least, cast.at_most, experience)
    return _proposal(cast, [topic], search.run(), experience)


def _experience(everybody: Pool, person: Participant) -> float:
    if person.experience_years is not None:
        return person.experience_years
    cohorts, starts = everybody.program.cohorts, everybody.cohort.starts
    return sum(
        person.id in (pair.mentor, *pair.peers)
        and pair.status != "proposed"
        and pair.cohort in cohorts
        and cohorts[pair.cohort].starts < starts
        for pair in everybody.program.pairs_with(person.id)
    )


def _proposal(
    cast: Cast,
    found: Sequence[Topic],
    drafts: Sequence[Draft],
    experience: Sequence[float] = (),
) -> GroupProposal:
    made = groups_of(cast.pool, cast.kind, cast.together, found, drafts, experience)
    placed = {n for draft in drafts for n in draft.people}
    left = frozenset(cast.free) - placed - cast.out.keys()
    ungrouped = Ungrouped(
        together=cast.together,
        topics=found,
        left=left,
        places=[*_standing(cast, found), *_places(cast, made, drafts)],
        at_least=cast.at_least,
        what="circle" if cast.kind == "circle" else "group",
        needs_topic=cast.kind == "circle",
    )
    said = {
        n: cast.out[n] if n in cast.out else ungrouped.said(n)
        for n in sorted(left | cast.out.keys())
    }
    return GroupProposal(
        cohort=cast.pool.cohort.id,
        kind=cast.kind,
        at_least=cast.at_least,
        at_most=cast.at_most,
        groups=made,
        unplaced=tuple(
            Unplaced(id=cast.people[n].id, role=cast.roles[n], **said[n]._asdict()) for n in said
        ),
        names={cast.people[n].id: cast.people[n].name for n in cast.free},
    )


def _places(cast: Cast, made: Iterable[Group], drafts: Iterable[Draft]) -> list[Place]:
    return [
        Place(
            name=group.name,
            topics=(draft.topic,),
            people=tuple(draft.people),
            leads=len(draft.leads),
            common=draft.common,
            has_room=len(draft.people) < cast.at_most,
        )
        for group, draft in zip(made, drafts, strict=True)
    ]


def _standing(cast: Cast, found: Sequence[Topic]) -> list[Place]:
    """Circles of the cohort that are there already, with those of their people who are."""
    numbers = {person.id: n for n, person in enumerate(cast.people)}
    at = {topic.key: n for n, topic in enumerate(found)}
    places = []
    for circle in sorted(cast.pool.program.circles_of(cast.pool.cohort.id), key=lambda c: c.id):
        here = tuple(numbers[who] for who in circle.people if who in numbers)
        if circle.kind == cast.kind and circle.status in _MAY_GROW and here:
            keys = {key_of(cast.pool.program, text) for text in (circle.topic or "", circle.name)}
            shared = [n for key, n in at.items() if key in keys]
            places.append(
                Place(
                    name=circle.name,
                    topics=tuple(shared) if cast.kind == "circle" else (0,),
                    people=here,
                    leads=len(circle.facilitators),
                    common=cast.together.of(here),
                    has_room=len(circle.people) < cast.at_most,
                )
            )
    return places
