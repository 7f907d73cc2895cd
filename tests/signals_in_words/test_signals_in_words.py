"""Each case, told in days and sentences, is answered as was fixed before."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from folder import errors
from signals_in_words.asking import Found, ask_about
from signals_in_words.people_files import name_person
from signals_in_words.sentences import Case, Expected, read_cases

pytestmark = pytest.mark.xdist_group("signals-in-words")

TODAY = date(2026, 11, 24)
CASES = read_cases(Path(__file__).parent / "cases")
Answers = dict[str, list[Found]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("told")


@pytest.fixture(scope="module")
def answers(folder: Path) -> Answers:
    """What is found in every case on every day that it is asked for, all in one program."""
    stories = {
        (story := case.tell_on(expected.day)).id: story
        for case in CASES
        for expected in case.expected
    }
    return ask_about(stories.values(), TODAY, folder)


@pytest.fixture(scope="module")
def answers_with_hindsight(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The same of records that also hold what came after those days."""
    stories = {
        (story := case.tell_with_hindsight(expected.day)).id: story
        for case in CASES
        for expected in case.expected
    }
    return ask_about(stories.values(), TODAY, tmp_path_factory.mktemp("hindsight"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_signals_are_found_as_the_case_says(case: Case, answers: Answers) -> None:
    assert "\n".join(_find_differences(case, answers)) == ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_what_came_later_changes_no_answer(
    case: Case, answers: Answers, answers_with_hindsight: Answers
) -> None:
    for expected in case.expected:
        id_ = case.tell_on(expected.day).id
        assert answers_with_hindsight[id_] == answers[id_], f"day {expected.day}"


def test_the_cases_are_programs_without_a_mistake(answers: Answers, folder: Path) -> None:
    found = errors(folder, TODAY)
    # That a mentor has more mentees than they offered to take is what some of them tell.
    assert not [each for each in found if each.rule != "mentors-stay-within-capacity"]


def _find_differences(case: Case, answers: Answers) -> Iterator[str]:
    """Yield a sentence for each question of a case that is answered otherwise."""
    for expected in case.expected:
        all_found = answers[case.tell_on(expected.day).id]
        fits = [found for found in all_found if _is_what_is_asked(case, expected, found)]
        if bool(fits) != expected.is_found:
            said = [f"{one.signal} ({one.urgency}, since {one.since})" for one in all_found]
            yield f"day {expected.day}: {expected.text}; found: {', '.join(said) or 'nothing'}"
        elif expected.other_day is not None:
            yield from _compare_days(case, expected, fits, answers)


def _is_what_is_asked(case: Case, expected: Expected, found: Found) -> bool:
    """Return whether a signal is the one asked for: by id, person, urgency and first day."""
    if expected.signal == "nothing":
        return True
    story = case.tell_on(expected.day)
    since = TODAY + timedelta(days=(expected.since or 0) - expected.day)
    return (
        found.signal == expected.signal
        and (expected.side is None or found.people == (name_person(story, expected.side),))
        and found.urgency in expected.urgencies
        and (expected.since is None or found.since == since)
    )


def _compare_days(
    case: Case, expected: Expected, fits: list[Found], answers: Answers
) -> Iterator[str]:
    """Yield a sentence if what to do is not the same, or not another, as on the other day."""
    assert expected.other_day is not None
    others = answers[case.tell_on(expected.other_day).id]
    steps = {found.next_step for found in others if found.signal == expected.signal}
    if (fits[0].next_step not in steps) != expected.is_other:
        yield f"day {expected.day}: {expected.text}; what to do: {fits[0].next_step}"
