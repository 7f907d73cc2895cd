"""Since when something is so, and what is said of it, in stories that are easily told wrong."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from folder import write
from signals_in_words.asking import read_attention_json
from signals_in_words.sentences import read_story
from signals_in_words.story_files import dump_program

pytestmark = pytest.mark.xdist_group("signals-in-words")

TODAY = date(2026, 11, 24)
WELL = "All is well"


def find_reasons(
    root: Path, signal: str, day: int, *sentences: str, settings: str = ""
) -> list[dict[str, Any]]:
    """Return the reasons of a signal in one story on a day, which is `TODAY`."""
    files = dump_program([read_story("told", day, *sentences)], TODAY)
    files["content/program.yml"] += settings
    write(root, files)
    entries = read_attention_json(root, TODAY)["entries"]
    reasons = [reason for entry in entries for reason in entry["reasons"]]
    return [reason for reason in reasons if reason["signal"] == signal]


def name_day(day: int, today: int) -> str:
    """Return the date of one day of a story, of which another is `TODAY`."""
    return (TODAY - timedelta(days=today - day)).isoformat()


def test_a_fall_of_one_rating_is_told_although_a_low_other_one_was_put_aside(
    tmp_path: Path,
) -> None:
    [reason] = find_reasons(
        tmp_path,
        "rating",
        43,
        WELL,
        "The mentee rates the relationship 2 for days 28, 42",
        "The mentee rates the use 5 for day 28",
        "The mentee rates the use 3 for day 42",
        "A coordinator puts rating of the mentee aside on day 30, for day 28",
    )
    assert reason["since"] == name_day(42, 43)
    assert "rated 2 of 5" in reason["why"]
    assert "the other of the two ratings fell from 5 to 3" in reason["why"]


def test_a_rating_is_down_from_one_of_its_own_kind(tmp_path: Path) -> None:
    [reason] = find_reasons(
        tmp_path,
        "rating",
        43,
        WELL,
        "The mentee rates the relationship 3 for day 28",
        "The mentee rates the relationship 1 for day 42",
        "The mentee rates the use 5 for day 28",
        "The mentee rates the use 3 for day 42",
    )
    assert "rated 1 of 5" in reason["why"]
    assert reason["why"].endswith("down from 3")


def test_a_goal_is_stuck_since_the_first_report_of_its_step(tmp_path: Path) -> None:
    reasons = find_reasons(
        tmp_path,
        "goal-stuck",
        71,
        WELL,
        "Both say for day 14 that the goal report is at -2",
        "Both say for days 28, 42, 56, 70 that the goal report is at -1",
    )
    assert [reason["since"] for reason in reasons] == [name_day(28, 71)]


def test_fewer_people_come_since_the_meeting_that_most_came_to(tmp_path: Path) -> None:
    [reason] = find_reasons(
        tmp_path,
        "circle-falling",
        60,
        "A circle of 8 begins on day 0 to meet every 2 weeks, with 1 facilitator",
        "5 people come on day 1",
        "8 people come on day 14",
        "6 people come on day 28",
        "4 people come on day 42",
        "3 people come on day 56",
    )
    assert reason["since"] == name_day(14, 60)
    assert reason["why"].endswith("8, 6, 4 and 3")


def test_nothing_began_after_today_where_somebody_answers_before_the_due_date(
    tmp_path: Path,
) -> None:
    files = dump_program([read_story("told", 42, WELL, "The mentee rates 1 for day 42")], TODAY)
    yesterday = TODAY - timedelta(days=1)
    for path in [path for path in files if path.startswith("content/check-ins/")]:
        files[path] = files[path].replace(f"_on: {TODAY}", f"_on: {yesterday}")
    write(tmp_path, files)
    [entry] = read_attention_json(tmp_path, yesterday)["entries"]
    [reason] = entry["reasons"]
    assert reason["signal"] == "rating"
    assert reason["since"] == reason["said_on"] == yesterday.isoformat()


def test_ratings_that_differ_were_said_when_the_second_of_them_came(tmp_path: Path) -> None:
    [reason] = find_reasons(
        tmp_path,
        "diverging",
        52,
        WELL,
        "The mentee rates the relationship 3 for days 28, 42",
        "The mentor rates the relationship 5 for days 28, 42",
        "The mentee answers for day 42 on day 50",
    )
    assert reason["said_on"] == name_day(50, 52)


def test_the_end_of_a_short_pair_is_near_since_it_began(tmp_path: Path) -> None:
    reasons = find_reasons(
        tmp_path, "ending", 25, WELL, "They begin on day 20", "They plan to end on day 50"
    )
    assert [reason["since"] for reason in reasons] == [name_day(20, 25)]


def test_two_who_expect_the_same_agree_whatever_the_threshold(tmp_path: Path) -> None:
    reasons = find_reasons(
        tmp_path,
        "expectations",
        20,
        WELL,
        "The mentor expects to meet every 2 weeks for 60 minutes",
        "The mentee expects to meet every 2 weeks for 60 minutes",
        settings="signals:\n  expectations:\n    times: 1\n",
    )
    assert reasons == []


@pytest.mark.parametrize(
    ("signal", "sentence", "settings"),
    [
        (
            "never-begins",
            "They are proposed on day 0 and do not begin",
            "signals:\n  never-begins:\n    remind_days: 30\n    close_days: 10\n",
        ),
        (
            "no-goals",
            "They set no goal",
            "signals:\n  no-goals:\n    remind_days: 30\n    help_days: 10\n",
        ),
    ],
)
def test_a_later_step_that_is_set_to_come_first_is_not_kept_back(
    signal: str, sentence: str, settings: str, tmp_path: Path
) -> None:
    reasons = find_reasons(tmp_path, signal, 12, WELL, sentence, settings=settings)
    assert [reason["urgency"] for reason in reasons] == ["week"]


def test_one_check_in_without_an_answer_is_not_told_as_a_row(tmp_path: Path) -> None:
    [reason] = find_reasons(
        tmp_path,
        "silent",
        40,
        WELL,
        "The mentee does not answer for day 28",
        settings="signals:\n  silent:\n    number: 1\n",
    )
    assert "has not answered the check-in of " in reason["why"]
    assert "in a row" not in reason["why"]
