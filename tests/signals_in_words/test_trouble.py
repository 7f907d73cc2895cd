"""A part of the benchmark `trouble`: invented stories with a known truth, and all thresholds."""

import ast
from pathlib import Path

import pytest
from benchmarks import trouble, trouble_stories

from folder import errors
from signals_in_words.asking import Found, ask_about

pytestmark = pytest.mark.xdist_group("signals-in-words")

STORIES = trouble.tell_stories(seed=1, share=0.1)
BRINKS = trouble.tell_brinks(seed=1, share=0.1)
THRESHOLDS = sorted({(brink.signal, brink.threshold) for brink in BRINKS})
Answers = dict[str, list[Found]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("told")


@pytest.fixture(scope="module")
def answers(folder: Path) -> Answers:
    return ask_about(trouble.list_stories(STORIES, BRINKS), trouble.TODAY, folder)


@pytest.mark.parametrize("signal", trouble.TROUBLED)
def test_trouble_is_found_and_those_who_are_well_are_left_alone(
    signal: str, answers: Answers
) -> None:
    [measured] = [m for m in trouble.measure_signals(STORIES, answers) if m.signal == signal]
    assert [told.story.id for told in measured.missed] == []
    assert [told.story.id for told in measured.false] == []


@pytest.mark.parametrize(("signal", "threshold"), THRESHOLDS)
def test_a_threshold_lies_where_the_practice_of_mentoring_has_it(
    signal: str, threshold: str, answers: Answers
) -> None:
    here = [brink for brink in BRINKS if (brink.signal, brink.threshold) == (signal, threshold)]
    assert all(trouble.is_right_below(brink, answers) for brink in here)
    assert all(trouble.is_right_above(brink, answers) for brink in here)


def test_the_stories_are_programs_without_a_mistake(answers: Answers, folder: Path) -> None:
    found = errors(folder, trouble.TODAY)
    # That a mentor has more mentees than they offered to take is what some of them tell.
    assert not [each for each in found if each.rule != "mentors-stay-within-capacity"]


def test_the_stories_import_nothing_of_peerloom() -> None:
    files = [*Path(*trouble_stories.__path__).glob("*.py"), *Path(__file__).parent.glob("s*.py")]
    imported = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
    }
    assert len(files) > 8
    assert not {name for name in imported if name.split(".")[0] == "peerloom"}


def test_the_same_seed_tells_the_same_stories() -> None:
    again = trouble.tell_stories(seed=1, share=0.1)
    assert again == STORIES
    assert trouble.tell_stories(seed=2, share=0.1) != STORIES
