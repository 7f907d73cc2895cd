"""Figures of closed dates are published on GitHub once, as the program chooses."""

from datetime import date
from pathlib import Path

import pytest

import folder
from program_on_github import HOME, ProgramOnGitHub
from stand_in import StandIn

# The day on which the first check-in date is closed.
TODAY = date(2026, 2, 1)
FOLDER = "content/published/spring"
PUBLIC = f"{FOLDER}/2026-01-26-public.yml"
NOTHING = "the figures of every check-in date that is closed are published\n"


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> ProgramOnGitHub:
    return ProgramOnGitHub(tmp_path, hub, folder.MINIMAL, TODAY)


def test_what_is_closed_is_committed_and_the_next_run_does_nothing(life: ProgramOnGitHub) -> None:
    said = life.run("publish", "--on-github").output
    assert f"published {PUBLIC}: spring up to 26 January 2026, for everybody\n" in said
    assert said.endswith("it is on main\n")
    changed = life.commits.git("diff", "--name-only", "main~1", "main").split()
    assert changed == [f"{FOLDER}/2026-01-26-members.yml", PUBLIC]
    head = life.commits.git("rev-parse", "main")
    assert life.run("publish", "--on-github").output == NOTHING
    assert life.commits.git("rev-parse", "main") == head


def test_where_main_is_protected_it_waits_in_one_pull_request(life: ProgramOnGitHub) -> None:
    life.repository.is_protected = True
    for _ in range(2):
        said = life.run("publish", "--on-github").output
        assert said.endswith("it waits as pull request #1, for somebody who may merge it\n")
    assert life.open_pulls == [1]
    life.repository.is_protected = False
    life.hub.merge(HOME, 1)
    assert life.run("publish", "--on-github").output == NOTHING


def test_a_program_that_asks_first_gets_a_pull_request(life: ProgramOnGitHub) -> None:
    settings = folder.MINIMAL["content/program.yml"] + "renew: by pull request\n"
    life.commits.commit("main", {"content/program.yml": settings}, "main")
    assert "it waits as pull request #1" in life.run("publish", "--on-github").output
    assert "is_final: false" in life.commits.git("show", f"publish:{PUBLIC}")


def test_nothing_is_published_while_a_file_cannot_be_read(life: ProgramOnGitHub) -> None:
    life.commits.commit("main", {"content/participants/ada.yml": "id: [ada\n"}, "main")
    said = life.run("publish", "--on-github")
    assert said.exit_code == 1
    assert "nothing is published before every file can be read" in said.output
    assert FOLDER not in life.commits.git("ls-tree", "-r", "--name-only", "main")
