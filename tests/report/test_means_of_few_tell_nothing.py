"""How a mean is printed tells nobody, whatever people answered, what one of them did."""

import pytest

from attacks.subtraction.preimages import find_leaks
from peerloom.report.safe_means import describe_mean


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6, 9])
def test_readers_who_know_the_rules_are_left_three_points_for_everybody(people: int) -> None:
    names = [f"p{number}" for number in range(people)]

    def describe(values: tuple[int, ...]) -> object:
        shown = describe_mean(list(zip(names, values, strict=True)), (1, 5))
        return tuple(shown.values()) if isinstance(shown, dict) else shown

    assert list(find_leaks(people, 1, 5, describe)) == []


def test_means_on_a_scale_of_eleven_points_are_as_safe() -> None:
    def describe(values: tuple[int, ...]) -> object:
        shown = describe_mean([(str(n), value) for n, value in enumerate(values)], (0, 10))
        return tuple(shown.values()) if isinstance(shown, dict) else shown

    assert list(find_leaks(5, 0, 10, describe)) == []
