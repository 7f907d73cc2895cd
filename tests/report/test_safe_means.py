"""Means tell nobody what one person answered, who knows the rules and their own answer."""

from collections import Counter, defaultdict
from itertools import combinations_with_replacement
from typing import Any

import pytest

from peerloom.report.safe_means import FEWEST_POINTS, describe_mean, find_exact_means

SCALES = [(1, 5), (0, 6), (1, 4), (1, 3)]


def print_mean(values: tuple[int, ...], scale: tuple[int, int]) -> str:
    return str(describe_mean([(str(n), value) for n, value in enumerate(values)], scale))


def list_answers_left(possible: list[tuple[int, ...]], own: int | None) -> set[int]:
    """What somebody else can have answered, for one who knows their own answer, or none."""
    left: set[int] = set()
    for values in possible:
        others = Counter(values)
        if own is not None:
            others[own] -= 1
        if min(others.values()) >= 0:
            left |= {*+others}
    return left


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("people", range(4, 9))
def test_three_points_remain_possible_for_each_answer_whatever_is_printed(
    people: int, scale: tuple[int, int]
) -> None:
    alike: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    points = range(scale[0], scale[1] + 1)
    for values in combinations_with_replacement(points, people):
        alike[print_mean(values, scale)].append(values)
    for printed, possible in alike.items():
        for own in (None, *points):
            left = list_answers_left(possible, own)
            assert not left or len(left) >= min(FEWEST_POINTS, len(points)), (printed, own, left)


def test_a_mean_at_an_end_of_the_scale_is_one_range_for_all_such_means() -> None:
    assert print_mean((5, 5, 5, 5, 5), (1, 5)) == "{'from': 3.5, 'to': 5.0}"
    assert print_mean((5, 5, 5, 5, 4), (1, 5)) == "{'from': 3.5, 'to': 5.0}"
    assert print_mean((1, 1, 1, 1, 1), (1, 5)) == "{'from': 1.0, 'to': 2.5}"


def test_a_mean_in_the_middle_is_a_number_also_where_all_answered_the_same() -> None:
    assert print_mean((3, 3, 3, 3, 3), (1, 5)) == "3.0"
    assert print_mean((1, 3, 3, 3, 5), (1, 5)) == "3.0"


@pytest.mark.parametrize("people", range(4))
def test_the_mean_of_so_few_that_a_range_would_tell_of_them_is_not_printed(people: int) -> None:
    assert print_mean((3,) * people, (1, 5)) == "None"


def test_more_answers_of_one_person_leave_fewer_means_exact() -> None:
    def count_exact(most: int) -> Any:
        exact = find_exact_means(12, most, (1, 5))
        return exact and exact.below - exact.above

    assert count_exact(1) > count_exact(2) > count_exact(3)
    given: list[tuple[str, int]] = [("ada", 5), ("ada", 5), ("ben", 1), ("cleo", 1), ("dan", 1)]
    assert describe_mean(given, (1, 5)) is None
