"""`peerloom put-aside`: what a coordinator has dealt with is quiet, and nothing else is."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from folder import write
from run_peerloom import run_peerloom
from signals_in_words.asking import read_attention
from signals_in_words.sentences import read_story
from signals_in_words.story_files import dump_program

pytestmark = pytest.mark.xdist_group("signals-in-words")

TODAY = date(2026, 11, 24)
DAY = 57
WELL = "All is well"
FOLLOW_UP = "content/follow-ups/told/told-pair.yml"


def tell(root: Path, *sentences: str) -> Path:
    """Write a program with one pair, of which sentences tell what happened until `DAY`."""
    return write(root, dump_program([read_story("told", DAY, WELL, *sentences)], TODAY))


def put_aside(root: Path, signal: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Put a signal of the pair aside on `TODAY`, unless `more` says otherwise."""
    return run_peerloom(
        *("-C", str(root), "put-aside", "told", "told-pair", "--signal", signal),
        *("--reason", "We spoke.", "--today", f"{TODAY}", *more),
    )


def find_open(root: Path, signal: str) -> list[tuple[str, ...]]:
    """Return whom a signal is about that `peerloom attention` still finds, once each time."""
    return [found.people for found in read_attention(root, TODAY) if found.signal == signal]


def date_of(day: int) -> str:
    return (TODAY - timedelta(days=DAY - day)).isoformat()


def test_what_both_said_is_put_aside_for_each_of_them(tmp_path: Path) -> None:
    root = tell(tmp_path, "Both ask for help for day 28")
    assert len(find_open(root, "support")) == 2
    done = put_aside(root, "support")
    assert done.returncode == 0, done.stderr
    assert find_open(root, "support") == []
    assert (root / FOLLOW_UP).read_text("utf-8").count("participant:") == 2


@pytest.mark.parametrize("signal", ["safety", "support", "fit", "rating"])
def test_nothing_is_written_where_nothing_is_open(signal: str, tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee rates 3 for day 56")
    done = put_aside(root, signal)
    assert done.returncode == 1
    assert f"on 24 November 2026 no {signal} of either is open" in done.stderr
    assert not (root / FOLLOW_UP).exists()


def test_nothing_is_put_aside_before_it_was_said(tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee asks for help for day 28")
    done = put_aside(root, "support", "--today", date_of(20))
    assert done.returncode == 1
    assert not (root / FOLLOW_UP).exists()


def test_the_call_of_one_is_not_put_aside_with_that_of_the_other(tmp_path: Path) -> None:
    root = tell(tmp_path, "Both ask for help for day 28")
    [mentor], [mentee] = find_open(root, "support")
    done = put_aside(root, "support", "--person", mentor)
    assert done.returncode == 0, done.stderr
    assert find_open(root, "support") == [(mentee,)]


def test_what_was_said_for_a_later_date_stays_open_and_is_told(tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee asks for help for days 28, 56")
    done = put_aside(root, "support", "--due", date_of(28))
    assert done.returncode == 0, done.stderr
    assert "said it for a later date, too, and that is still open" in done.stdout
    assert len(find_open(root, "support")) == 1


def test_nothing_is_written_for_a_date_before_it_was_said(tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee asks for help for day 28")
    done = put_aside(root, "support", "--due", date_of(14))
    assert done.returncode == 1
    assert "leave out --due" in done.stderr
    assert not (root / FOLLOW_UP).exists()


def test_what_is_said_later_on_the_same_day_is_open(tmp_path: Path) -> None:
    root = tell(
        tmp_path / "before",
        "The mentee asks for help for day 42",
        "The mentee does not answer for day 56",
    )
    said_by = find_open(root, "support")
    assert put_aside(root, "support").returncode == 0
    assert find_open(root, "support") == []
    later = tell(
        tmp_path / "after",
        "The mentee asks for help for days 42, 56",
        "The mentee answers for day 56 on day 57",
    )
    write(later, {FOLLOW_UP: (root / FOLLOW_UP).read_text("utf-8")})
    assert find_open(later, "support") == said_by


def test_a_file_that_names_another_pair_is_left_alone(tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee asks for help for day 28")
    written = "cohort: told\npair: other-pair\nentries: []\n"
    write(root, {FOLLOW_UP: written})
    done = put_aside(root, "support")
    assert done.returncode == 1
    assert "names another pair" in done.stderr
    assert (root / FOLLOW_UP).read_text("utf-8") == written


def test_nothing_is_put_aside_where_everybody_could_read_it(tmp_path: Path) -> None:
    root = tell(tmp_path, "The mentee asks for help for day 28")
    settings = root / "content" / "program.yml"
    text = settings.read_text("utf-8")
    assert "visibility: private" in text
    settings.write_text(text.replace("visibility: private", "visibility: public"), "utf-8")
    done = put_aside(root, "support")
    assert done.returncode == 1
    assert "the repository is public" in done.stderr
    assert not (root / FOLLOW_UP).exists()
