"""In which order those who need somebody are named, and each of them once."""

from datetime import date
from typing import Any

import pytest

from folder import write
from signals_in_words.asking import read_attention_json
from signals_in_words.sentences import read_story
from signals_in_words.story_files import dump_program

pytestmark = pytest.mark.xdist_group("signals-in-words")

TODAY = date(2026, 11, 24)
WELL = "All is well"
NOT_SAFE = "The mentee says for day 28 that they do not feel safe"
HELP = "The mentor asks for help for day 28"
NO_FIT = "The mentee says for day 28 that the match does not fit"
LOW = "The mentee rates 2 for day 28"
THREE = "The mentor rates 3 for day 28"
# From the first to the last, on day 29 freshly said and on day 85 eight weeks ago.
IN_ORDER = (
    read_story("unsafe-for-long", 85, WELL, NOT_SAFE),
    read_story("help-and-more-now", 29, WELL, HELP, NO_FIT, LOW, THREE),
    read_story("help-for-long", 85, WELL, HELP),
    read_story("no-fit-now", 29, WELL, NO_FIT),
    read_story("no-fit-for-long", 85, WELL, NO_FIT),
    read_story("rated-two-now", 29, WELL, LOW),
    read_story("rated-three-now", 29, WELL, THREE),
)
QUIET = read_story("all-is-well", 85, WELL)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("told")
    # In the program they lie in another order than the one they are named in.
    write(root, dump_program([QUIET, *reversed(IN_ORDER)], TODAY))
    return read_attention_json(root, TODAY)


def test_the_gravest_come_first_and_among_equals_what_was_said_last(said: Any) -> None:
    assert [entry["cohort"] for entry in said["entries"]] == [story.id for story in IN_ORDER]


def test_a_pair_is_named_once_with_its_other_reasons_below_the_gravest(said: Any) -> None:
    [entry] = [entry for entry in said["entries"] if entry["cohort"] == "help-and-more-now"]
    first, *others = [reason["signal"] for reason in entry["reasons"]]
    assert first == "support"
    assert sorted(others) == ["fit", "rating", "rating"]


def test_who_is_well_is_named_as_quiet(said: Any) -> None:
    [quiet] = [each for each in said["quiet"] if each["all_quiet"]]
    assert quiet["cohort"] == QUIET.id
    assert quiet["quiet_pairs"] == ["all-is-well-pair"]
