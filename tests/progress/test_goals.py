"""Goals: the steps that a pair has reached, two peers' words, and the score T."""

from datetime import date
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.model import CheckIn, Goal, GoalProgress, GoalSettings, Pair
from peerloom.progress.goals import Attainment, score_goals, t_score, trace_goals

DUES = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("weights", "levels", "score"),
    [
        ([1, 1, 1], [1, 0, 1], 59.13),
        ([3, 2, 1], [1, 0, -1], 54.41),
        ([1, 1, 1], [-1, -1, -1], 36.31),
        ([1, 1, 1], [2, 2, 2], 77.39),
        ([1, 1, 1], [0, 0, 0], 50),
        ([1], [1], 60),
    ],
)
def test_goals_with_weights_score_as_in_the_worked_examples(
    weights: list[float], levels: list[int], score: float
) -> None:
    reached = [
        Attainment(goal=Goal(id=f"g{n}", title="", weight=weight), level=level, steps=())
        for n, (weight, level) in enumerate(zip(weights, levels, strict=True))
    ]
    assert round(score_goals(reached, GoalSettings()), 2) == score


@pytest.mark.parametrize(
    ("correlation", "score"),
    # Two goals at +1: 50 + 10·2 / √(2(1−ρ) + 4ρ).
    [(0, 50 + 20 / sqrt(2)), (0.3, 50 + 20 / sqrt(2.6)), (1, 60)],
)
def test_the_correlation_between_goals_is_a_setting(correlation: float, score: float) -> None:
    reached = [Attainment(goal=Goal(id=id_, title=""), level=1, steps=()) for id_ in "ab"]
    assert isclose(score_goals(reached, GoalSettings(correlation=correlation)), score)


@given(
    st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 10)), min_size=1, max_size=20),
    st.floats(0, 1),
)
def test_a_score_is_a_number_on_the_side_of_50_on_which_the_weighted_steps_are(
    goals: list[tuple[int, float]], correlation: float
) -> None:
    levels, weights = zip(*goals, strict=True)
    score = t_score(levels, weights, correlation)
    weighted = sum(level * weight for level, weight in goals)
    assert -200 < score < 300
    assert (score - 50) * weighted >= 0


def test_goals_that_nobody_reported_and_that_two_peers_disagree_on_have_no_score() -> None:
    goal = Goal(id="talk", title="Give a talk")
    assert score_goals([], GoalSettings()) is None
    assert score_goals([Attainment(goal=goal, level=None, steps=())], GoalSettings()) is None


def _check_in(due: date, who: str, level: int | None, note: str | None = None) -> CheckIn:
    return CheckIn(
        cohort="spring",
        pair="ada-grace",
        due=due,
        participant=who,
        answered_on=due,
        goals=(GoalProgress(goal="talk", level=level, note=note),),
    )


def _trace(check_ins: list[CheckIn], *, are_peers: bool) -> Attainment:
    people = {"peers": ("ada", "grace")} if are_peers else {"mentor": "ada", "mentee": "grace"}
    goals = (Goal(id="talk", title="Give a talk"),)
    pair = Pair(id="ada-grace", cohort="spring", status="active", goals=goals, **people)
    (attainment,) = trace_goals(pair, check_ins)
    return attainment


def test_each_peers_newest_word_stands_and_where_they_differ_the_goal_has_no_one_step() -> None:
    said = [
        _check_in(DUES[0], "ada", 0),
        _check_in(DUES[0], "grace", -1),
        _check_in(DUES[1], "ada", 1),
        _check_in(DUES[2], "ada", None, "no time"),
    ]
    goal = _trace(said, are_peers=True)
    assert (goal.level, goal.differs) == (None, True)
    assert [(s.participant, s.due, s.level) for s in goal.newest] == [
        ("ada", DUES[1], 1),
        ("grace", DUES[0], -1),
    ]


def test_two_peers_who_name_the_same_step_have_reached_it() -> None:
    goal = _trace(
        [_check_in(DUES[0], "grace", 1), _check_in(DUES[1], "ada", 1)],
        are_peers=True,
    )
    assert (goal.level, goal.differs) == (1, False)


def test_where_one_of_two_peers_has_spoken_that_word_stands() -> None:
    goal = _trace(
        [_check_in(DUES[0], "grace", -1), _check_in(DUES[1], "ada", None)], are_peers=True
    )
    assert (goal.level, goal.differs) == (-1, False)


def test_of_a_mentor_and_a_mentee_the_newest_word_counts_and_on_one_date_the_mentees() -> None:
    newer = [_check_in(DUES[0], "grace", 1), _check_in(DUES[1], "ada", -1)]
    assert _trace(newer, are_peers=False).level == -1
    same = [_check_in(DUES[0], "grace", 1), _check_in(DUES[0], "ada", -1)]
    goal = _trace(same, are_peers=False)
    assert (goal.level, goal.differs) == (1, False)


def test_a_level_that_is_no_step_is_no_report_of_one() -> None:
    goal = _trace([_check_in(DUES[0], "grace", 7)], are_peers=False)
    assert (goal.level, goal.differs, goal.newest) == (None, False, ())
