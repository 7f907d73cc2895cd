"""The best of all assignments: against every assignment there is, on small random instances."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest

from peerloom.matching.arrays import as_ints
from peerloom.matching.assignment import (
    NO_NUMBER,
    AssignmentProblem,
    min_cost_flow,
    open_roles,
    solve_assignment,
    solver,
)
from peerloom.matching.assignment.min_cost_flow import MinCostFlow
from peerloom.matching.assignment.open_roles import OpenRoleProgram
from peerloom.matching.assignment.stable_choice import count_blocking_pairs, match_stably


class Option(NamedTuple):
    """A seeker with a mentor or, where that is `NO_NUMBER`, with a peer."""

    seeker: int
    mentor: int
    value: int
    peer: int = NO_NUMBER
    peer_value: int = 0
    is_earlier: bool = False


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What a problem holds, in plain lists; `earlier` says whether earlier proposals count."""

    sizes: list[int]
    waited: list[int]
    places: list[int]
    mentor_waited: list[int]
    options: list[Option]
    twins: tuple[tuple[int, int], ...] = ()
    floor: float = 0.5
    earlier: bool = False

    @property
    def problem(self) -> AssignmentProblem:
        return AssignmentProblem(
            sizes=as_ints(self.sizes),
            seeker_ranks=as_ints(self.waited),
            places=as_ints(self.places),
            mentor_ranks=as_ints(self.mentor_waited),
            seeker=as_ints(o.seeker for o in self.options),
            mentor=as_ints(o.mentor for o in self.options),
            peer=as_ints(o.peer for o in self.options),
            value=as_ints(o.value for o in self.options),
            peer_value=as_ints(o.peer_value for o in self.options),
            open_roles=self.twins,
        )


# Option numbers, in rising order.
Taken = tuple[int, ...]


def chosen(instance: Instance) -> Taken:
    kept = np.array([o.is_earlier for o in instance.options], dtype=np.bool_)
    taken = solve_assignment(instance.problem, instance.floor, kept if instance.earlier else None)
    return tuple(np.flatnonzero(taken).tolist())


# The order of what matters, once more, from docs/decisions/0005: nothing below uses the code
# that is tested.


def assignments(instance: Instance) -> list[Taken]:
    """All there are: nobody has two mentors, no mentor too many, and nobody has two roles."""
    found: list[Taken] = [()]
    for n in range(len(instance.options)):
        found += [(*taken, n) for taken in found if has_room(instance, taken, n)]
    return found


def has_room(instance: Instance, taken: Taken, n: int) -> bool:
    options = [instance.options[t] for t in taken]
    new = instance.options[n]
    as_seeker = {s for o in options for s in (o.seeker, o.peer)} - {NO_NUMBER}
    as_mentor = [o.mentor for o in options]
    mentors = {*as_mentor, new.mentor} - {NO_NUMBER}
    return (
        new.seeker not in as_seeker
        and new.peer not in as_seeker
        and (new.mentor == NO_NUMBER or as_mentor.count(new.mentor) < instance.places[new.mentor])
        and not any(
            mentor in mentors and seeker in {*as_seeker, new.seeker, new.peer}
            for seeker, mentor in instance.twins
        )
    )


def mentees(instance: Instance, taken: Taken) -> Iterator[tuple[int, int]]:
    """For each mentee, one by one, their number as a seeker and what their match is worth."""
    for o in (instance.options[n] for n in taken):
        yield from [(o.seeker, o.value)] * instance.sizes[o.seeker]
        if o.peer != NO_NUMBER:
            yield o.peer, o.peer_value


def mentors(instance: Instance, taken: Taken) -> set[int]:
    return {instance.options[n].mentor for n in taken} - {NO_NUMBER}


def people(instance: Instance, taken: Taken) -> int:
    return len(list(mentees(instance, taken))) + len(mentors(instance, taken))


def waiting(instance: Instance, taken: Taken) -> list[int]:
    """The ranks of those who have somebody; a team has one."""
    seekers = {seeker for seeker, _ in mentees(instance, taken)}
    ranks = [instance.waited[s] for s in seekers]
    return sorted(ranks + [instance.mentor_waited[m] for m in mentors(instance, taken)])


def shares(instance: Instance, taken: Taken) -> list[int]:
    """What each mentee of a mentor has of the best that they could have, in whole percent."""
    best = [0] * len(instance.sizes)
    for o in instance.options:
        best[o.seeker] = max(best[o.seeker], o.value)
        if o.peer != NO_NUMBER:
            best[o.peer] = max(best[o.peer], o.peer_value)
    return [
        100 * value // best[seeker] if best[seeker] else 100
        for seeker, value in mentees(instance, taken)
    ]


def earlier(instance: Instance, taken: Taken) -> int:
    return sum(instance.options[n].is_earlier for n in taken) if instance.earlier else 0


def total(instance: Instance, taken: Taken) -> int:
    return sum(value for _, value in mentees(instance, taken))


def least(rest: list[Taken], cost: Callable[[Taken], Any]) -> list[Taken]:
    lowest = min(map(cost, rest))
    return [taken for taken in rest if cost(taken) == lowest]


def best_of(instance: Instance, rest: list[Taken]) -> list[Taken]:
    """The assignments than which none of the rest is better."""

    def below(share: int, taken: Taken) -> list[int]:
        return [share - s for s in shares(instance, taken) if s < share]

    rest = least(rest, lambda taken: -people(instance, taken))
    rest = least(rest, lambda taken: -sum(waiting(instance, taken)))
    rest = least(rest, lambda taken: -earlier(instance, taken))
    rest = least(rest, lambda taken: len(below(round(100 * instance.floor), taken)))
    quarter = max(
        share
        for share in range(0, 101, 5)
        for taken in rest
        if len(below(share, taken)) * 4 <= len(shares(instance, taken))
    )
    rest = least(rest, lambda taken: sum(below(quarter, taken)))
    return least(rest, lambda taken: -total(instance, taken))


def optima(instance: Instance) -> set[Taken]:
    return set(best_of(instance, assignments(instance)))


def values(random: Random) -> Callable[[], int]:
    """Scores: of all kinds, or such as are often equal, or near each other."""
    return random.choice(
        [
            lambda: random.randint(0, 10_000),
            lambda: random.choice([0, 2500, 5000, 10_000]),
            lambda: random.randint(4000, 4400),
        ]
    )


def plain(seed: int, most: tuple[int, int, int] = (8, 4, 18)) -> Instance:
    """Mentees and teams on one side, mentors on the other, and options: `most` of each."""
    random = Random(seed)
    value = values(random)
    seekers, mentors = random.randint(1, most[0]), random.randint(1, most[1])
    ranks, often = random.choice([1, 2, 4]), random.choice([0.4, 0.7, 1])
    options = [
        Option(seeker, mentor, value(), is_earlier=random.random() < 0.3)
        for seeker in range(seekers)
        for mentor in range(mentors)
        if random.random() < often
    ]
    return Instance(
        sizes=random.choices([1, 2, 3], [6, 1, 1], k=seekers),
        waited=[random.randrange(ranks) for _ in range(seekers)],
        places=random.choices([0, 1, 2, 3], [1, 4, 2, 1], k=mentors),
        mentor_waited=[random.randrange(ranks) for _ in range(mentors)],
        options=random.sample(options, min(len(options), most[2])),
        floor=random.choice([0, 0.5, 0.9]),
        earlier=random.random() < 0.5,
    )


def open_(seed: int) -> Instance:
    """The same, in which some may be mentor or mentee, and some of these two peers."""
    random = Random(seed)
    alone = plain(seed, most=(7, 4, 18))
    value = values(random)
    many = min(len(alone.sizes), len(alone.places))
    twins = tuple((n, n) for n in range(random.randint(1, many)))
    peers = [
        Option(one, NO_NUMBER, value(), other, value(), random.random() < 0.3)
        for one, _ in twins
        for other, _ in twins
        if one < other and random.random() < 0.6
    ]
    others = [o for o in alone.options if (o.seeker, o.mentor) not in twins]
    options = [*peers, *others]
    return replace(
        alone,
        sizes=[1] * len(twins) + alone.sizes[len(twins) :],
        options=random.sample(options, min(len(options), 16)),
        twins=twins,
    )


def test_no_assignment_is_better_than_the_one_that_is_chosen() -> None:
    for seed in range(300):
        instance = plain(seed)
        assert chosen(instance) in optima(instance), seed


def test_it_is_the_best_also_where_one_aim_is_met_after_the_other(monkeypatch) -> None:
    monkeypatch.setattr(min_cost_flow, "_MOST_COST", 0)
    for seed in range(500, 600):
        instance = plain(seed)
        assert chosen(instance) in optima(instance), seed


def test_none_is_better_where_people_may_be_mentor_mentee_or_peer() -> None:
    for seed in range(250):
        instance = open_(seed)
        assert chosen(instance) in optima(instance), seed


def test_none_is_better_where_only_the_best_options_of_each_are_looked_at(monkeypatch) -> None:
    monkeypatch.setattr(solver, "_EVERY_OPTION", 0)
    for seed in range(300, 400):
        instance = open_(seed)
        assert chosen(instance) in optima(instance), seed


def test_a_program_without_time_leaves_the_best_in_roles_that_are_given_by_turns(
    monkeypatch,
) -> None:
    monkeypatch.setattr(open_roles, "_WORK", 0.0)
    for seed in range(100):
        instance, taken = open_(seed), ()
        for n in chosen(instance):
            assert has_room(instance, taken, n), seed
            taken = (*taken, n)
        mentors_by_turns = {mentor for _, mentor in instance.twins[::2]}
        every = [t for t in assignments(instance) if suits(instance, t, mentors_by_turns)]
        assert people(instance, taken) >= max(people(instance, t) for t in every), seed


def suits(instance: Instance, taken: Taken, as_mentors: set[int]) -> bool:
    """Whether nobody is a peer and nobody with an open role has another than they are given."""
    options = [instance.options[n] for n in taken]
    return all(
        o.peer == NO_NUMBER
        and all(
            o.seeker != seeker if mentor in as_mentors else o.mentor != mentor
            for seeker, mentor in instance.twins
        )
        for o in options
    )


def costs(instance: Instance, random: Random) -> tuple[list[int], list[int]]:
    """A cost of each option, and what it saves that a mentor has anybody."""
    most = random.choice([1, 100, 10_000])
    of_options = [random.randint(-most, most) for _ in instance.options]
    return of_options, [random.randint(-most, 0) for _ in instance.places]


def test_what_must_be_least_is_least_among_what_was_least_before() -> None:
    for seed in range(800, 900):
        instance, random = open_(seed), Random(seed)
        rest = assignments(instance)
        engine = OpenRoleProgram(instance.problem) if instance.options else None
        for _ in range(4 if engine else 0):
            of_options, of_mentors = costs(instance, random)
            cost = {
                taken: sum(of_options[n] for n in taken)
                + sum(of_mentors[m] for m in mentors(instance, taken))
                for taken in rest
            }
            assert engine.minimize(as_ints(of_options), as_ints(of_mentors)) == min(
                cost.values()
            ), seed
            engine.keep_optimal()
            rest = least(rest, cost.__getitem__)


def test_both_engines_reach_the_same_where_there_are_too_many_assignments_to_try() -> None:
    for seed in range(1000, 1020):
        instance, random = plain(seed, most=(60, 30, 300)), Random(seed)
        engines = (MinCostFlow(instance.problem), OpenRoleProgram(instance.problem))
        for _ in range(4):
            of_options, of_mentors = map(as_ints, costs(instance, random))
            by_flow, by_roles = (engine.minimize(of_options, of_mentors) for engine in engines)
            assert by_flow == by_roles, seed
            for engine in engines:
                engine.keep_optimal()


@pytest.mark.parametrize("draw", [plain, open_])
def test_it_is_the_best_in_whatever_order_the_options_come(draw) -> None:
    for seed in range(1000, 1050):
        instance = draw(seed)
        order = Random(seed).sample(range(len(instance.options)), len(instance.options))
        shuffled = replace(instance, options=[instance.options[n] for n in order])
        assert tuple(sorted(order[n] for n in chosen(shuffled))) in optima(instance), seed


def test_nobody_is_passed_over_for_somebody_who_waited_less() -> None:
    for seed in range(1100, 1300):
        drawn = plain(seed)
        instance = replace(drawn, sizes=[1] * len(drawn.sizes))
        have = waiting(instance, chosen(instance))
        for taken in assignments(instance):
            if people(instance, taken) == len(have):
                could = waiting(instance, taken)
                assert all(h >= c for h, c in zip(have, could, strict=True)), seed


def pairs(instance: Instance) -> list[tuple[int, int]]:
    return [instance.options[n][:2] for n in chosen(instance)]


TWO = Instance(sizes=[1, 1], waited=[0, 0], places=[1, 1], mentor_waited=[0, 0], options=[])


@pytest.mark.parametrize(
    ("instance", "taken"),
    [
        pytest.param(
            replace(TWO, options=[Option(0, 0, 9000), Option(0, 1, 10), Option(1, 0, 20)]),
            [(0, 1), (1, 0)],
            id="two bad matches rather than a good one",
        ),
        pytest.param(
            replace(
                TWO, places=[2, 1], options=[Option(s, m, 9 - m) for s in (0, 1) for m in (0, 1)]
            ),
            [(0, 0), (1, 1)],
            id="a mentor without anybody is a person too",
        ),
        pytest.param(
            replace(
                TWO,
                sizes=[1, 3],
                places=[1],
                mentor_waited=[0],
                waited=[9, 0],
                options=[Option(0, 0, 9000), Option(1, 0, 10)],
            ),
            [(1, 0)],
            id="a team of three rather than one who waited longer",
        ),
        pytest.param(
            replace(
                TWO,
                places=[1],
                mentor_waited=[0],
                waited=[0, 1],
                options=[Option(0, 0, 9000), Option(1, 0, 10)],
            ),
            [(1, 0)],
            id="who waited longer rather than a better match",
        ),
        pytest.param(
            replace(
                TWO,
                options=[
                    Option(0, 0, 9000),
                    Option(0, 1, 8000),
                    Option(1, 0, 800),
                    Option(1, 1, 300),
                ],
            ),
            [(0, 1), (1, 0)],
            id="nobody below half of their own best, at a loss in the total",
        ),
        pytest.param(
            replace(
                TWO,
                earlier=True,
                options=[
                    Option(0, 0, 9000, is_earlier=True),
                    Option(0, 1, 8000),
                    Option(1, 0, 800),
                    Option(1, 1, 300),
                ],
            ),
            [(0, 0), (1, 1)],
            id="an earlier proposal before the floor",
        ),
        pytest.param(
            replace(
                TWO,
                floor=0.0,
                options=[
                    Option(0, 0, 9000),
                    Option(0, 1, 8100),
                    Option(1, 0, 800),
                    Option(1, 1, 640),
                ],
            ),
            [(0, 1), (1, 0)],
            id="the worst off raised before the total",
        ),
    ],
)
def test_what_matters_more_comes_first(instance: Instance, taken: list[tuple[int, int]]) -> None:
    assert sorted(pairs(instance)) == taken


@pytest.mark.parametrize("options", [[], [Option(0, 0, 9000), Option(1, 0, 9000)]])
def test_nothing_is_chosen_where_nothing_can_be(options: list[Option]) -> None:
    assert chosen(replace(TWO, places=[0, 0], options=options)) == ()
    assert chosen(replace(TWO, places=[0, 0], options=options, twins=((0, 1),))) == ()


def test_a_mentor_whom_ten_thousand_want_gets_those_who_waited_longest() -> None:
    many = 10_000
    crowd = Instance(
        sizes=[1] * many,
        waited=list(range(many)),
        places=[2],
        mentor_waited=[0],
        options=[Option(n, 0, 10_000 - n) for n in range(many)],
    )
    assert chosen(crowd) == (many - 2, many - 1)


@dataclass(frozen=True)
class Liking:
    """An instance, and how the two of each option rank each other; lower is better."""

    instance: Instance
    mine: list[int]
    theirs: list[int]

    def settled(self) -> Taken:
        taken = match_stably(self.instance.problem, as_ints(self.mine), as_ints(self.theirs))
        return tuple(np.flatnonzero(taken).tolist())

    def blocking(self, taken: Taken) -> int:
        is_taken = np.isin(np.arange(len(self.mine)), taken)
        return count_blocking_pairs(
            self.instance.problem, is_taken, as_ints(self.mine), as_ints(self.theirs)
        )


def liking(seed: int) -> Liking:
    instance, random = plain(seed), Random(seed)
    ranks = random.choice([2, 5, 1000])
    mine, theirs = ([random.randrange(ranks) for _ in instance.options] for _ in range(2))
    return Liking(instance, mine, theirs)


def gale_shapley(liking: Liking) -> Taken:
    """Each mentee asks one mentor after the other; a mentor sends away the least liked."""
    options, places = liking.instance.options, liking.instance.places
    asks = [
        sorted(
            (n for n, o in enumerate(options) if o.seeker == seeker),
            key=lambda n: (liking.mine[n], options[n].mentor),
        )
        for seeker in range(len(liking.instance.sizes))
    ]
    keeps: list[list[int]] = [[] for _ in places]
    free = list(range(len(asks)))
    while free:
        seeker = free.pop()
        if asks[seeker]:
            option = asks[seeker].pop(0)
            kept = keeps[options[option].mentor]
            kept.append(option)
            kept.sort(key=lambda n: (liking.theirs[n], options[n].seeker))
            if len(kept) > places[options[option].mentor]:
                free.append(options[kept.pop()].seeker)
    return tuple(sorted(n for kept in keeps for n in kept))


def unsettled(liking: Liking, taken: Taken) -> int:
    """How many two would both leave what they have, or their being free, for each other."""
    options = liking.instance.options

    def would_rather(n: int) -> bool:
        seeker, mentor = options[n][:2]
        has = [liking.mine[t] for t in taken if options[t].seeker == seeker]
        keeps = [liking.theirs[t] for t in taken if options[t].mentor == mentor]
        places = liking.instance.places[mentor]
        welcome = len(keeps) < places or any(liking.theirs[n] < k for k in keeps)
        return all(liking.mine[n] < h for h in has) and welcome

    return sum(would_rather(n) for n in range(len(options)) if n not in taken)


def test_choices_are_settled_as_gale_and_shapley_do() -> None:
    for seed in range(500):
        liked = liking(seed)
        assert liked.settled() == gale_shapley(liked), seed


def test_no_two_would_rather_have_each_other_once_choices_are_settled() -> None:
    for seed in range(500):
        liked = liking(seed)
        assert liked.blocking(liked.settled()) == 0, seed


def test_those_who_would_rather_have_each_other_are_counted() -> None:
    for seed in range(200):
        liked = liking(seed)
        every = assignments(liked.instance)
        for taken in Random(seed).sample(every, min(len(every), 10)):
            assert liked.blocking(taken) == unsettled(liked, taken), seed
