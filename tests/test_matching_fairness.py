"""Who is matched how well: against every assignment there is, and nothing told of a few people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import numpy as np
import pytest

from peerloom.matching.fairness import groups as fairness_module
from peerloom.matching.fairness.ceiling import ceiling
from peerloom.matching.fairness.cells import Cells, Member, grouped, members
from peerloom.matching.fairness.groups import (
    Fairness,
    fairness,
    fairness_as_lines,
    fairness_as_value,
)
from peerloom.matching.market import NOBODY, UNIT, Market, ints
from peerloom.matching.proposal import Proposal
from peerloom.matching.proposing import propose
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
    return propose(program(*people, pairs=pairs), cohort, TODAY)


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


def assignments(market: Market) -> Iterator[tuple[int, ...]]:
    """Options that can be taken together."""
    options: list[list[int | None]] = [[None] for _ in market.sizes]
    for n, seeker in enumerate(market.seeker.tolist()):
        options[seeker].append(n)
    for choice in product(*options):
        taken = tuple(n for n in choice if n is not None)
        if is_possible(market, taken):
            yield taken


def is_possible(market: Market, taken: tuple[int, ...]) -> bool:
    seekers = [int(market.seeker[n]) for n in taken]
    seekers += [int(market.peer[n]) for n in taken if market.peer[n] != NOBODY]
    load = Counter(int(market.mentor[n]) for n in taken if market.peer[n] == NOBODY)
    return (
        len(set(seekers)) == len(seekers)
        and all(many <= market.places[mentor] for mentor, many in load.items())
        and not any(s in seekers and load[m] for s, m in market.twins)
    )


def random_market(chance: Random, *, roles: bool) -> Market:
    seekers, mentors = chance.randint(1, 4), chance.randint(1, 3)
    two = [(s, m) for s in range(seekers) for m in range(mentors) if chance.random() < 0.7]
    peers: list[tuple[int, int]] = []
    twins: tuple[tuple[int, int], ...] = ()
    if roles:
        twins = tuple((n, n) for n in range(min(seekers, mentors)) if chance.random() < 0.7)
        two = [(s, m) for s, m in two if (s, m) not in twins]
        peers = [(a, b) for a, _ in twins for b, _ in twins if a < b]
    many = len(two) + len(peers)
    return Market(
        sizes=ints(chance.randint(1, 3) for _ in range(seekers)),
        waited=ints([0] * seekers),
        places=ints(chance.randint(0, 3) for _ in range(mentors)),
        mentor_waited=ints([0] * mentors),
        seeker=ints([s for s, _ in two] + [a for a, _ in peers]),
        mentor=ints([m for _, m in two] + [NOBODY] * len(peers)),
        peer=ints([NOBODY] * len(two) + [b for _, b in peers]),
        value=ints(chance.randint(0, 9) for _ in range(many)),
        peer_value=ints([0] * len(two) + [chance.randint(0, 9) for _ in peers]),
        twins=twins,
    )


@pytest.mark.parametrize("roles", [False, True])
def test_the_ceiling_is_the_most_of_all_assignments(*, roles: bool) -> None:
    for seed in range(150):
        chance = Random(seed)
        market = random_market(chance, roles=roles)
        many = len(market.seeker)
        to_mentees = ints(chance.choice([0, chance.randint(1, 9)]) for _ in range(many))
        to_mentor = ints(chance.choice([0, chance.randint(1, 9)]) for _ in range(many))
        to_mentor *= market.peer == NOBODY
        most = max(
            int(to_mentees[list(taken)].sum()) + best_of_mentors(market, to_mentor, taken)
            for taken in assignments(market)
        )
        assert ceiling(market, to_mentees, to_mentor) == most, seed


def best_of_mentors(market: Market, to_mentor: np.ndarray, taken: tuple[int, ...]) -> int:
    best: dict[int, int] = {}
    for n in taken:
        if market.peer[n] == NOBODY:
            mentor = int(market.mentor[n])
            best[mentor] = max(best.get(mentor, 0), int(to_mentor[n]))
    return sum(best.values())


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
def test_what_a_group_could_have_is_the_most_of_all_assignments(kind: str, seed: int) -> None:
    people = people_of(kind, Random(seed))
    pins = (Pin(mentor="m0", mentee="t0"), Pin(mentor="m0", mentee="t1")) if kind == "pin" else ()
    proposal = proposed(*people, pins=pins)
    found = fairness(proposal)
    told = {cells.attribute: cells for cells in grouped(proposal.pool.program, members(proposal))}
    all_assignments = list(assignments(proposal.market))
    compared = 0
    for attribute in found.attributes:
        cells = told[attribute.attribute].cells
        for group, cell in zip(attribute.groups, cells, strict=True):
            gets = [received(proposal, cell.members, taken) for taken in all_assignments]
            assert group.best is not None
            assert group.most == max(len(values) for values in gets)
            assert round(group.best * len(cell.members) * UNIT) == max(map(sum, gets))
            now = received(proposal, cell.members, tuple(np.flatnonzero(proposal.taken).tolist()))
            assert (group.matched, group.people) == (len(now), len(cell.members))
            assert group.score == pytest.approx(sum(now) / len(cell.members) / UNIT)
            assert group.matched <= group.most
            assert group.score <= group.best
            compared += 1
    assert compared


def received(proposal: Proposal, group: tuple[Member, ...], taken: tuple[int, ...]) -> list[int]:
    """What each of a group who has somebody has, with what is fixed."""
    market = proposal.market
    seekers: dict[int, int] = {}
    mentors: dict[int, list[int]] = {}
    for match in proposal.matched:
        if match.why is not None:
            seekers[match.fit.seeker] = round(match.fit.score * UNIT)
            mentors.setdefault(match.fit.mentor, []).append(round(match.fit.score * UNIT))
    for n in taken:
        seekers[int(market.seeker[n])] = int(market.value[n])
        if market.peer[n] == NOBODY:
            mentors.setdefault(int(market.mentor[n]), []).append(int(market.value[n]))
        else:
            seekers[int(market.peer[n])] = int(market.peer_value[n])
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
    assert [cell.name for cell in cells.cells] == shown
    assert cells.withheld == len(counts) - len(shown)


def languages(counts: dict[str, int]) -> list[Member]:
    return [
        Member(person=person(f"{tag}{n}", "mentee", languages=(tag,)), role="mentee", seeker=0)
        for tag, many in counts.items()
        for n in range(many)
    ]


def by(attribute: str, people: list[Member]) -> Cells:
    found = grouped(program(*(m.person for m in people)), people)
    return next(cells for cells in found if cells.attribute == attribute)


def test_of_many_groups_the_twelve_largest_are_looked_at_and_the_rest_together() -> None:
    tags = ["ar", "bn", "da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "tr"]
    cells = by("first language", languages({tag: 30 - n for n, tag in enumerate(tags)}))
    assert len(cells.cells) == 13
    assert {cell.name: cell.people for cell in cells.cells}["all others"] == 18 + 17


def test_people_are_grouped_by_what_stands_in_their_records() -> None:
    ended = Pair(id="p", cohort="before", status="ended_early", mentor="m0", mentee="m1")
    people = [
        *(person(f"m{n}", "mentor", region=" Accra,  GHANA ") for n in range(5)),
        *(person(f"t{n}", "mentee", region="Ghana", languages=()) for n in range(5)),
    ]
    for n, one in enumerate(people[:6]):
        people[n] = replace(one, languages=("pt-BR", "en"))
    proposal = proposed(*people, pairs=(ended,))
    found = grouped(proposal.pool.program, members(proposal))
    names = {c.attribute: [(cell.name, cell.people) for cell in c.cells] for c in found}
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
    assert [m.person.id for m in members(proposal)] == ["t2", "m0"]


def test_who_may_be_either_counts_once_and_who_is_both_twice() -> None:
    both = replace(
        person("b", "mentor"),
        cohorts=(Membership(cohort="now", role="mentor"), Membership(cohort="now", role="mentee")),
    )
    proposal = proposed(person("a", "either"), both)
    assert [(m.person.id, m.role) for m in members(proposal)] == [
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
    found = fairness(five_and_five())
    groups = found.attributes[0].groups
    assert [(g.group, g.people, g.matched, g.most) for g in groups] == [
        ("Ghana", 5, 5, 5),
        ("Togo", 5, 5, 5),
    ]
    score, best = f"{groups[0].score:.2f}", f"{groups[0].best:.2f}"
    assert list(fairness_as_lines(found))[:4] == [
        "How groups fare, and the most that any assignment could give each of them alone:",
        "  by country:",
        f"    Ghana: 5 of 5 matched (5 could be), mean score {score} ({best} could be)",
        f"    Togo: 5 of 5 matched (5 could be), mean score {score} ({best} could be)",
    ]
    value = fairness_as_value(found)
    assert list(value) == ["country", "first language", "first time", "role"]
    assert value["country"]["withheld"] == 0
    assert list(value["country"]["groups"][0]) == [
        "group",
        "people",
        "matched",
        "most_matched",
        "score",
        "best_score",
    ]


def test_where_it_would_take_too_long_what_could_be_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fairness_module, "_MOST_WORK", 0)
    found = fairness(five_and_five())
    assert {g.best for a in found.attributes for g in a.groups} == {None}
    assert "could be" not in "\n".join(fairness_as_lines(found))
    assert fairness_as_value(found)["role"]["groups"][0]["best_score"] is None


@pytest.mark.parametrize("people", [[], [person("m0", "mentor")], [person("t0", "mentee")]])
def test_where_there_are_hardly_any_people_nothing_is_told(people: list[Participant]) -> None:
    found: Fairness = fairness(proposed(*people))
    assert all(not attribute.groups for attribute in found.attributes)
