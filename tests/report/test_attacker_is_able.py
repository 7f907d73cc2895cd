"""The attacker finds what can be found: each of its ways, on figures made for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from attacks.subtraction.constructs import attack_constructs
from attacks.subtraction.counts import (
    attack_calls_for_help,
    attack_goal_steps,
    attack_reasons,
)
from attacks.subtraction.differencing import learn_from_series
from attacks.subtraction.knowledge import ContradictionError, Knowledge
from attacks.subtraction.margins import attack_changes
from attacks.subtraction.preimages import find_leaks
from attacks.subtraction.publications import Publication
from attacks.subtraction.reading import Reading
from attacks.subtraction.statuses import (
    attack_aims,
    attack_asked,
    attack_hidden_pairs,
    attack_statuses,
)
from attacks.subtraction.words import Said

FIRST = date(2026, 3, 1)
_DAY = timedelta(days=1)


def publish(number: int, **figures: Any) -> Publication:
    day = FIRST + number * _DAY
    return Publication(day=day, audience="public", figures={"to": day.isoformat()} | figures)


def say(number: int, whose: str, value: str | int) -> Said:
    return Said(day=FIRST + number * _DAY, whose=whose, about="it", value=value)


def find_scale(_: object) -> tuple[int, int]:
    return 1, 5


def bound_series(*readings: tuple[int, int, int]) -> list[tuple[int, int]]:
    """The bounds of one value in each block that a series of people and sums makes."""
    knowledge = Knowledge()
    series = [
        Reading(day=FIRST + number * _DAY, people=people, low=low, high=high)
        for number, (people, low, high) in enumerate(readings)
    ]
    blocks = learn_from_series(knowledge, series, 1, 5)
    return [knowledge.bound_value(each.block) for each in blocks]


@pytest.mark.parametrize(
    ("readings", "bounds"),
    [
        ([(5, 20, 20)], [(1, 5)]),
        ([(5, 25, 25)], [(5, 5)]),
        ([(5, 24, 25)], [(4, 5)]),
        ([(5, 20, 20), (6, 23, 23)], [(1, 5), (3, 3)]),
        ([(6, 23, 23), (5, 20, 20)], [(1, 5), (3, 3)]),
        ([(5, 20, 20), (5, 16, 16)], [(1, 5), (5, 5), (1, 1)]),
        ([(5, 18, 20), (6, 20, 20)], [(1, 5), (1, 2)]),
        ([(5, 20, 20), (7, 29, 29)], [(1, 5), (4, 5)]),
    ],
)
def test_what_came_between_two_sums_is_bounded(
    readings: list[tuple[int, int, int]], bounds: list[tuple[int, int]]
) -> None:
    assert bound_series(*readings) == bounds


def test_who_knows_their_own_value_knows_more_of_the_others() -> None:
    knowledge = Knowledge()
    block = knowledge.add_block(5, 1, 5)
    knowledge.add_fact({block: 1}, 22, 22)
    assert knowledge.bound_value(block) == (2, 5)
    assert knowledge.bound_value(block, own=[3]) == (4, 5)
    assert knowledge.bound_value(block, own=[2]) == (5, 5)


def test_sums_that_nobody_can_have_are_not_believed() -> None:
    with pytest.raises(ContradictionError):
        bound_series((5, 26, 26))
    knowledge = Knowledge()
    one, other = (knowledge.add_block(1, 1, 5) for _ in range(2))
    knowledge.add_fact({one: 1, other: 1}, 11, 12)
    with pytest.raises(ContradictionError):
        knowledge.bound_value(one)


def test_a_construct_tells_of_who_answered_only_one_of_its_questions() -> None:
    survey = {
        "survey": "mood",
        "items": [
            {"item": "calm", "both": 6, "before": 3.5, "after": None},
            {"item": "glad", "both": 5, "before": 4.0, "after": None},
        ],
        "constructs": [
            {
                "construct": "Mood",
                "of": ["calm", "glad"],
                "both": 5,
                "before": 3.6,
                "after": None,
            }
        ],
    }
    (found,) = attack_constructs([publish(0, surveys=[survey])], find_scale)
    assert (found.people, found.least, found.most) == (1, 5, 5)


def test_a_margin_of_nothing_tells_that_all_changed_alike() -> None:
    item = {
        "item": "calm",
        "both": 12,
        "before": 1.0,
        "after": 2.0,
        "change": 1.0,
        "margin": 0.0,
    }
    survey = {"survey": "mood", "items": [item]}
    found = attack_changes([publish(0, surveys=[survey])], find_scale)
    assert {(each.kind, each.least, each.most) for each in found} == {
        ("before", 1, 1),
        ("after", 2, 2),
    }


def test_a_wide_margin_tells_of_nobody() -> None:
    item = {
        "item": "calm",
        "both": 12,
        "before": 3.0,
        "after": 3.25,
        "change": 0.25,
        "margin": 0.9,
    }
    survey = {"survey": "mood", "items": [item]}
    assert [*attack_changes([publish(0, surveys=[survey])], find_scale)] == []


def test_one_check_in_between_two_reports_tells_whether_it_asked_for_help() -> None:
    said = [say(0, f"p{n}", n % 2) for n in range(12)] + [say(1, "ada", 1), say(2, "bob", 0)]
    asked = [6, 7, 7]
    reports = [publish(day, support={"asked": n, "people": None}) for day, n in enumerate(asked)]
    found = list(attack_calls_for_help(reports, said))
    assert [each.named for each in found] == [("ada",), ("bob",)]


def test_a_person_who_alone_asked_for_help_knows_that_nobody_else_did() -> None:
    said = [say(0, "ada", 1)] + [say(0, f"p{n}", 0) for n in range(9)]
    (found,) = attack_calls_for_help([publish(0, support={"asked": 1, "people": None})], said)
    assert found.reader == "ada"


def test_a_single_reason_is_that_of_each_ending() -> None:
    said = [say(0, "a-b", "time"), say(0, "c-d", "time")]
    (found,) = attack_reasons([publish(0, ended_early={"time": 2})], said)
    assert found.named == ("a-b", "c-d")


def test_goals_less_those_that_a_member_sees_are_those_of_the_hidden_pair() -> None:
    said = [say(0, "a-b", 1), say(0, "hidden", -2)]
    reports = [
        publish(
            0,
            goals={"by_level": {"-2": 1, "1": 1}},
            pairs_in_detail=[{"pair": "a-b", "levels": [1]}],
        )
    ]
    (found,) = attack_goal_steps(reports, said)
    assert (found.what, found.named) == ("-2: 1", ("hidden",))


def test_all_pairs_less_those_that_go_on_are_those_that_ended() -> None:
    figures = {
        "closes": None,
        "began": {"pairs": 3},
        "pairs": {"active": 0, "paused": 0, "completed": 0, "ended_early": None, "not_known": 0},
        "aims_answered": [],
    }
    found = {each.what: each.least for each in attack_statuses([publish(0, **figures)])}
    assert found == {"ended_early": 1, "paused": 0}


@pytest.mark.parametrize(
    ("asked", "readers"), [(10, ["any reader"]), (8, ["one of a pair"]), (4, [])]
)
def test_how_many_are_asked_tells_how_many_pairs_do_not_go_on(
    asked: int, readers: list[str]
) -> None:
    figures = {
        "check_ins": {"answers": "both"},
        "began": {"pairs": 5, "people": 10},
        "ratings": [{"due": FIRST.isoformat(), "asked": asked}],
    }
    assert [each.reader for each in attack_asked([publish(0, **figures)])] == readers


def test_totals_less_those_that_a_member_sees_are_those_of_the_hidden_pair() -> None:
    detail = {"pair": "a-b", "status": "active"}
    detail |= {"meetings": 3, "minutes": 90, "received": 2, "missing": 0}
    figures = {
        "began": {"pairs": 2},
        "meetings": {"held": 4, "minutes": 150},
        "check_ins": {"received": None, "missing": None},
        "pairs_in_detail": [detail],
    }
    found = {each.what: each.least for each in attack_hidden_pairs([publish(0, **figures)])}
    assert found == {"meetings": 1, "minutes": 60}


@pytest.mark.parametrize(
    ("measure", "part", "kinds"),
    [
        ("pairs_completed", 3, ["status"]),
        ("pairs_completed", 0, []),
        ("pairs_ended_early", 0, ["status"]),
        ("goals_reached", 0, ["goal step"]),
        ("goals_reached", 2, []),
    ],
)
def test_an_aim_that_is_about_all_or_about_none_tells_of_each(
    measure: str, part: int, kinds: list[str]
) -> None:
    aim = {"measure": measure, "part": part, "whole": 3, "unknown": 0, "on": None}
    found = attack_aims([publish(0, aims_answered=[aim])])
    assert [each.kind for each in found] == kinds


def test_a_range_that_only_telling_means_are_given_tells_as_much_as_these() -> None:
    def describe(values: tuple[int, ...]) -> object:
        """All of one opinion, and nobody else, are given a range."""
        return "from 2 to 4" if values == (3, 3, 3, 3, 3) else "withheld"

    leaks = [leak for leak in find_leaks(5, 1, 5, describe) if leak.own is None]
    assert [(leak.printed, leak.left) for leak in leaks] == [("from 2 to 4", frozenset({3}))]


def test_a_mean_tells_a_person_more_who_takes_their_own_answer_from_it() -> None:
    leaks = list(find_leaks(5, 1, 5, sum))
    assert {leak.printed for leak in leaks if leak.own is None} == {5, 6, 24, 25}
    assert {leak.printed for leak in leaks} == {*range(5, 11), *range(20, 26)}
