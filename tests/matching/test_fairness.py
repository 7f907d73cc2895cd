"""Who is matched how well: against every assignment there is, and nothing told of a few people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import numpy as np
import pytest

from peerloom.matching.arrays import UNIT
from peerloom.matching.assignment import NO_NUMBER, AssignmentProblem
from peerloom.matching.fairness import (
    Grouping,
    Member,
    group_members,
    list_members,
    measure_fairness,
)
from peerloom.matching.output import ProposalView
from peerloom.matching.proposal import Proposal
from peerloom.matching.propose import propose_matches
from peerloom.model import (
    Cohort,
    Consent,
    MatchingSettings,
    Membership,
    Pair,
    Participant,
    Pin,
    Settings,
    SkillLevel,
)
from peerloom.records import Program

TODAY = date(2026, 9, 1)
COHORT = Cohort(id="now", name="Now", starts=date(2026, 9, 7), ends=date(2027, 1, 29))
SETTINGS = Settings(
    name="Invented",
    repository="invented/program",
    visibility="private",
    time_zone="UTC",
    languages=("en",),
)
WORDS = ("weaving", "glazing", "falconry", "topiary", "rowing", "origami", "forging", "mosaics")


def person(id_: str, role: str, *, team: str | None = None, capacity: int = 1, **more):
    skills = more.pop("skills", ())
    named = {"mentor": ["skills_offered"], "mentee": ["skills_wanted"]}
    fields = named.get(role, ["skills_offered", "skills_wanted"])
    return Participant(
        id=id_,
        name=id_.title(),
        cohorts=(Membership(cohort="now", role=role, team=team, capacity=capacity),),
        consent=Consent(given_on=date(2026, 1, 2), show="members"),
        **dict.fromkeys(fields, tuple(SkillLevel(skill=skill) for skill in skills)),
        **{"languages": ("en",), **more},
    )


def program(*people: Participant, pairs: tuple[Pair, ...] = ()) -> Program:
    return Program(
        settings=SETTINGS,
        cohorts={"now": COHORT},
        participants={p.id: p for p in people},
        pairs={(pair.cohort, pair.id): pair for pair in pairs},
    )


def proposed(*people: Participant, pairs: tuple[Pair, ...] = (), **settings) -> Proposal:
    cohort = replace(COHORT, matching=MatchingSettings(**settings))
    return propose_matches(program(*people, pairs=pairs), cohort, TODAY)


def some(chance: Random, id_: str, role: str, **more) -> Participant:
    return person(
        id_,
        role,
        skills=chance.sample(WORDS, 3),
        region=chance.choice(["Accra, Ghana", "Lomé, Togo"]),
        languages=chance.choice([("en",), ("fr", "en"), ("en", "fr")]),
        capacity=chance.randint(1, 2),
        **more,
    )


# Every assignment of a market, and what it gives: nothing below uses the code that is tested.


def assignments(problem: AssignmentProblem) -> Iterator[tuple[int, ...]]:
    """Options that can be taken together."""
    options: list[list[int | None]] = [[None] for _ in problem.sizes]
    for n, seeker in enumerate(problem.seeker.tolist()):
        options[seeker].append(n)
    for choice in product(*options):
        taken = tuple(n for n in choice if n is not None)
        if is_possible(problem, taken):
            yield taken


def is_possible(problem: AssignmentProblem, taken: tuple[int, ...]) -> bool:
    seekers = [int(problem.seeker[n]) for n in taken]
    seekers += [int(problem.peer[n]) for n in taken if problem.peer[n] != NO_NUMBER]
    load = Counter(int(problem.mentor[n]) for n in taken if problem.peer[n] == NO_NUMBER)
    return (
        len(set(seekers)) == len(seekers)
        and all(many <= problem.places[mentor] for mentor, many in load.items())
        and not any(s in seekers and load[m] for s, m in problem.open_roles)
    )


def people_of(kind: str, chance: Random) -> list[Participant]:
    """Few enough that all assignments can be gone through, enough that groups are told of."""
    if kind == "either":
        return [
            *(some(chance, f"e{n}", "either") for n in range(4)),
            *(some(chance, f"t{n}", "mentee") for n in range(2)),
            *(some(chance, f"m{n}", "mentor") for n in range(2)),
        ]
    team = {"team": "boat"} if kind == "team" else {}
    return [
        *(some(chance, f"t{n}", "mentee", **(team if n < 2 else {})) for n in range(5)),
        *(some(chance, f"m{n}", "mentor") for n in range(5)),
    ]


@pytest.mark.parametrize("kind", ["plain", "team", "pin", "either"])
@pytest.mark.parametrize("seed", range(6))
def test_what_a_group_could_have_is_the_best_that_each_has_in_any_assignment(
    kind: str, seed: int
) -> None:
    people = people_of(kind, Random(seed))
    pins = (Pin(mentor="m0", mentee="t0"), Pin(mentor="m0", mentee="t1")) if kind == "pin" else ()
    proposal = proposed(*people, pins=pins)
    found = measure_fairness(proposal)
    program_ = proposal.applicants.program
    told = {each.attribute: each for each in group_members(program_, list_members(proposal))}
    all_assignments = list(assignments(proposal.problem))
    compared = 0
    for attribute in found:
        groups = told[attribute.attribute].groups
        for group in attribute.groups:
            members = groups[group.group]
            best = [
                max(
                    (received(proposal, (member,), taken) for taken in all_assignments),
                    default=[],
                )
                for member in members
            ]
            assert group.matched[1] == sum(map(len, best))
            assert round(group.score[1] * len(best) * UNIT) == sum(map(sum, best))
            taken = tuple(np.flatnonzero(proposal.taken).tolist())
            now = received(proposal, members, taken)
            assert (group.matched[0], group.people) == (len(now), len(members))
            assert group.score[0] == pytest.approx(sum(now) / len(best) / UNIT)
            assert group.matched[0] <= group.matched[1]
            assert group.score[0] <= group.score[1]
            compared += 1
    assert compared


def received(proposal: Proposal, group: tuple[Member, ...], taken: tuple[int, ...]) -> list[int]:
    """What each of a group who has somebody has, with what is fixed."""
    problem = proposal.problem
    seekers: dict[int, int] = {}
    mentors: dict[int, list[int]] = {}
    for match in proposal.matches:
        if match.settled_by is not None:
            seekers[match.fit.seeker] = round(match.fit.score * UNIT)
            mentors.setdefault(match.fit.mentor, []).append(round(match.fit.score * UNIT))
    for n in taken:
        seekers[int(problem.seeker[n])] = int(problem.value[n])
        if problem.peer[n] == NO_NUMBER:
            mentors.setdefault(int(problem.mentor[n]), []).append(int(problem.value[n]))
        else:
            seekers[int(problem.peer[n])] = int(problem.peer_value[n])
    found = []
    for member in group:
        values = [seekers[member.seeker]] if member.seeker in seekers else []
        values += mentors.get(member.mentor, [])
        found += [max(values)] if values else []
    return found


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"en": 9, "fr": 7, "pt": 5}, ["English", "French", "Portuguese"]),
        # One of fewer than five, and the next smallest with it.
        ({"en": 9, "fr": 7, "pt": 4}, ["English"]),
        ({"en": 9, "fr": 7, "pt": 4, "sw": 4}, ["English", "French"]),
        # Two whom subtraction would leave together are fewer than five: a third goes too.
        ({"en": 9, "fr": 7, "pt": 1, "sw": 1}, ["English"]),
        ({"en": 9, "fr": 4}, []),
        ({"en": 4}, []),
        ({"en": 5}, ["English"]),
    ],
)
def test_nobody_is_told_apart_by_what_is_shown(counts: dict[str, int], shown: list[str]) -> None:
    cells = by("first language", languages(counts))
    assert [*cells.groups] == shown
    assert cells.withheld == len(counts) - len(shown)


def languages(counts: dict[str, int]) -> list[Member]:
    return [
        Member(person=person(f"{tag}{n}", "mentee", languages=(tag,)), role="mentee", seeker=0)
        for tag, many in counts.items()
        for n in range(many)
    ]


def by(attribute: str, people: list[Member]) -> Grouping:
    found = group_members(program(*(m.person for m in people)), people)
    return next(cells for cells in found if cells.attribute == attribute)


def test_of_many_groups_the_twelve_largest_are_looked_at_and_the_rest_together() -> None:
    tags = ["ar", "bn", "da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "tr"]
    cells = by("first language", languages({tag: 30 - n for n, tag in enumerate(tags)}))
    assert len(cells.groups) == 13
    assert len(cells.groups["all others"]) == 18 + 17


def test_people_are_grouped_by_what_stands_in_their_records() -> None:
    ended = Pair(id="p", cohort="before", status="ended_early", mentor="m0", mentee="m1")
    people = [
        *(person(f"m{n}", "mentor", region=" Accra,  GHANA ") for n in range(5)),
        *(person(f"t{n}", "mentee", region="Ghana", languages=()) for n in range(5)),
    ]
    for n, one in enumerate(people[:6]):
        people[n] = replace(one, languages=("pt-BR", "en"))
    proposal = proposed(*people, pairs=(ended,))
    found = group_members(proposal.applicants.program, list_members(proposal))
    names = {c.attribute: [(name, len(g)) for name, g in c.groups.items()] for c in found}
    assert names == {
        "country": [("Ghana", 10)],
        "first language": [],
        "first time": [],
        "role": [("mentee", 5), ("mentor", 5)],
    }


def test_somebody_who_has_somebody_is_not_waiting_and_a_mentor_with_a_place_is() -> None:
    standing = Pair(id="p", cohort="now", status="active", mentor="m0", mentee="t0")
    full = Pair(id="q", cohort="now", status="active", mentor="m1", mentee="t1")
    people = [person(f"t{n}", "mentee") for n in range(3)]
    people += [person("m0", "mentor", capacity=2), person("m1", "mentor", capacity=1)]
    proposal = proposed(*people, pairs=(standing, full))
    assert [m.person.id for m in list_members(proposal)] == ["t2", "m0"]


def test_who_may_be_either_counts_once_and_who_is_both_twice() -> None:
    both = replace(
        person("b", "mentor"),
        cohorts=(Membership(cohort="now", role="mentor"), Membership(cohort="now", role="mentee")),
    )
    proposal = proposed(person("a", "either"), both)
    assert [(m.person.id, m.role) for m in list_members(proposal)] == [
        ("a", "either"),
        ("b", "mentee"),
        ("b", "mentor"),
    ]


def five_and_five() -> Proposal:
    """Five mentees who all want what one mentor offers, and four mentors who offer nothing."""
    mentees = (person(f"t{n}", "mentee", skills=["rowing"], region="Ghana") for n in range(5))
    mentors = (person(f"m{n}", "mentor", skills=["rowing"][n:], region="Togo") for n in range(5))
    return proposed(*mentees, *mentors)


def test_figures_are_told_to_people_and_to_programs() -> None:
    view = ProposalView(five_and_five())
    groups = measure_fairness(view.proposal)[0].groups
    assert [(g.group, g.people, g.matched) for g in groups] == [
        ("Ghana", 5, (5, 5)),
        ("Togo", 5, (5, 5)),
    ]
    score, best = (f"{score:.2f}" for score in groups[0].score)
    lines = view.as_text().splitlines()
    start = lines.index("How groups of people fare, and what each of them could have at best:")
    assert lines[start + 1 : start + 3] == [
        "  by country:",
        f"    Ghana: 5 of 5 matched (5 could be), mean score {score} ({best} at best)",
    ]
    value = view.as_value()["summary"]["fairness"]
    assert list(value) == ["country", "first language", "first time", "role"]
    assert value["country"]["withheld"] == 0
    assert list(value["country"]["groups"][0]) == [
        "group",
        "people",
        "matched",
        "could_match",
        "score",
        "best_score",
    ]


@pytest.mark.parametrize("people", [[], [person("m0", "mentor")], [person("t0", "mentee")]])
def test_where_there_are_hardly_any_people_nothing_is_told(people: list[Participant]) -> None:
    found = measure_fairness(proposed(*people))
    assert all(not attribute.groups for attribute in found)
