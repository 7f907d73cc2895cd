"""What Git's history tells of when answers came in, and what it does not."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from commits import Commits
from peerloom import arrival_days, git

FOLDER = "content/check-ins/spring/ada-grace"
DAY = 86_400
START = 1_770_000_000


class Main:
    """A branch on which GitHub commits what others sent, a day after the other."""

    def __init__(self, where: Path) -> None:
        self.commits, self.days = Commits(where), 0
        self.add({"content/program.yml": "x"})

    def add(self, files: dict, seconds: int | None = None, by: str = "GitHub <g@x>") -> str:
        self.days += 1
        when = START + self.days * DAY if seconds is None else seconds
        self.commits.author = "Grace <grace@x> 1 +0000"
        self.commits.committer = f"{by} {when} +0000"
        return self.commits.commit("main", files, "main" if self.days > 1 else None)

    def telling(self) -> dict[str, int]:
        """By the answer's name, the day after the start on which it came in."""
        found = git.read_check_in_arrivals(self.commits.folder)
        return {
            path.rpartition("/")[2].removesuffix(".yml"): (by.seconds - START) // DAY
            for path, by in found.items()
            if by.is_reliable
        }


@pytest.fixture
def main(tmp_path: Path) -> Main:
    return Main(tmp_path / "origin.git")


def answer(name: str) -> str:
    return f"{FOLDER}/{name}.yml"


def test_an_answer_came_in_when_github_committed_it(main: Main) -> None:
    main.add({answer("2026-02-09-grace"): "x"})
    main.add({answer("2026-02-09-grace"): "y", answer("2026-02-23-grace"): "x"})
    assert main.telling() == {"2026-02-09-grace": 2, "2026-02-23-grace": 3}


def test_what_went_and_came_again_came_the_second_time(main: Main) -> None:
    main.add({answer("2026-02-09-grace"): "x"})
    main.add({answer("2026-02-09-grace"): None})
    main.add({answer("2026-02-09-grace"): "x"})
    assert main.telling() == {"2026-02-09-grace": 4}


def test_a_commit_of_its_author_s_own_and_one_that_moves_answers_tell_nothing(main: Main) -> None:
    main.add({answer("2026-02-09-grace"): "x"}, by="Grace <grace@x>")
    main.add({answer("2026-02-23-grace"): "x"})
    main.add({answer("2026-02-23-grace"): None, answer("2026-03-09-grace"): "x"})
    assert main.telling() == {"2026-02-23-grace": 3}


def test_one_date_out_of_order_costs_the_others_nothing(main: Main) -> None:
    main.add({answer("2026-02-09-grace"): "x"})
    main.add({answer("2026-02-09-ada"): "x"}, seconds=0)
    main.add({answer("2026-02-23-ada"): "x"}, seconds=START * 2)
    main.add({answer("2026-02-23-grace"): "x"})
    assert main.telling() == {"2026-02-09-grace": 2, "2026-02-23-grace": 5}


def test_a_clone_of_one_commit_and_no_repository_tell_nothing(main: Main, tmp_path: Path) -> None:
    main.add({answer("2026-02-09-grace"): "x"})
    url = main.commits.folder.as_uri()
    main.commits.git("clone", "--quiet", "--depth", "1", url, str(tmp_path / "clone"))
    assert git.read_check_in_arrivals(tmp_path / "clone") == {}
    (tmp_path / "empty").mkdir()
    assert git.read_check_in_arrivals(tmp_path / "empty") == {}


def test_a_program_in_a_folder_of_a_repository_is_found(tmp_path: Path) -> None:
    main = Main(tmp_path / "origin.git")
    main.add({f"mentoring/{answer('2026-02-09-grace')}": "x"})
    main.commits.git("clone", "--quiet", str(main.commits.folder), str(tmp_path / "clone"))
    found = git.read_check_in_arrivals(tmp_path / "clone/mentoring")
    assert [(path, by.is_reliable) for path, by in found.items()] == [
        (answer("2026-02-09-grace"), True)
    ]


def test_the_longest_nondecreasing_is_as_long_as_the_longest_of_all() -> None:
    chance = random.Random(5)
    for _ in range(300):
        numbers = [chance.randrange(6) for _ in range(chance.randrange(8))]
        places = arrival_days._longest_nondecreasing(numbers)
        row = [numbers[place] for place in places]
        assert places == sorted(set(places)) and row == sorted(row)
        longest = max(
            size
            for size in range(len(numbers) + 1)
            for each in combinations(numbers, size)
            if list(each) == sorted(each)
        )
        assert len(row) == longest
