"""What is made from the program is renewed on GitHub as the program chooses, and once."""

from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.made_files import made_file_texts
from peerloom.program import load
from program_on_github import HOME, ProgramOnGitHub
from stand_in import StandIn

TODAY = date(2026, 3, 10)
OWNERS, SIGN_UP = ".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/sign-up.yml"
PROGRAM = "content/program.yml"
NEW_SKILL = folder.MINIMAL[PROGRAM].replace("skills:\n", "skills:\n  - id: r\n    name: R\n")
UP_TO_DATE = "everything that is made from the program is up to date\n"


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> ProgramOnGitHub:
    """A program whose forms are up to date until a skill is new."""
    made = made_file_texts(load(folder.write(tmp_path / "x", folder.MINIMAL)).program)
    texts = {path: str(text) for path, text in made.items()}
    return ProgramOnGitHub(tmp_path, hub, folder.MINIMAL | texts, TODAY)


def _head(life: ProgramOnGitHub, branch: str = "main") -> str:
    return life.commits.git("rev-parse", branch)


def test_what_is_out_of_date_is_committed_and_the_next_run_does_nothing(
    life: ProgramOnGitHub,
) -> None:
    assert life.run("renew", "--publish").output == UP_TO_DATE
    life.commits.commit("main", {PROGRAM: NEW_SKILL}, "main")
    said = life.run("renew", "--publish")
    assert said.output == f"renewed {SIGN_UP}\nit is on main\n"
    assert "- R" in life.commits.git("show", f"main:{SIGN_UP}")
    changed = life.commits.git("diff", "--name-only", "main~1", "main")
    assert changed.split() == [SIGN_UP]
    head = _head(life)
    assert life.run("renew", "--publish").output == UP_TO_DATE
    assert _head(life) == head
    assert life.repository.settings.started == []


def test_where_main_is_protected_it_waits_in_one_pull_request(life: ProgramOnGitHub) -> None:
    life.repository.is_protected = True
    life.commits.commit("main", {PROGRAM: NEW_SKILL}, "main")
    for _ in range(2):
        said = life.run("renew", "--publish").output
        assert said.endswith("it waits as pull request #1, for somebody who may merge it\n")
    assert life.open_pulls == [1]
    sha, status = life.repository.statuses[-1]
    assert (sha, status["state"]) == (_head(life, "renew"), "success")
    life.repository.is_protected = False
    life.hub.merge(HOME, 1)
    assert life.run("renew", "--publish").output == UP_TO_DATE


def test_a_program_that_wants_to_look_first_gets_a_pull_request(life: ProgramOnGitHub) -> None:
    life.commits.commit("main", {PROGRAM: NEW_SKILL + "renew: by pull request\n"}, "main")
    head = _head(life)
    assert "it waits as pull request #1" in life.run("renew", "--publish").output
    assert _head(life) == head
    # The program goes on meanwhile: the same pull request is brought up to date.
    newer = NEW_SKILL.replace("skills:\n", "skills:\n  - id: sql\n    name: SQL\n")
    newer += "renew: by pull request\n"
    life.commits.commit("main", {PROGRAM: newer}, "main")
    assert "it waits as pull request #1" in life.run("renew", "--publish").output
    assert "- SQL" in life.commits.git("show", f"renew:{SIGN_UP}")
    assert life.open_pulls == [1]


def test_where_actions_may_open_no_pull_request_the_one_click_that_is_left_is_said(
    life: ProgramOnGitHub,
) -> None:
    life.commits.commit("main", {PROGRAM: NEW_SKILL + "renew: by pull request\n"}, "main")
    life.hub.faults = lambda _, method, path: (
        "no pulls" if method == "POST" and path.endswith("/pulls") else None
    )
    said = life.run("renew", "--publish")
    assert said.exit_code == 0, said.output
    assert f"https://github.com/{HOME}/compare/main...renew?expand=1" in said.output
    assert "- R" in life.commits.git("show", f"renew:{SIGN_UP}")


def test_what_somebody_put_on_its_branch_is_not_undone(life: ProgramOnGitHub) -> None:
    life.commits.commit("main", {PROGRAM: NEW_SKILL + "renew: by pull request\n"}, "main")
    life.run("renew", "--publish")
    life.commits.commit("renew", {SIGN_UP: "name: Ours\n"}, "renew")
    head = _head(life, "renew")
    said = life.run("renew", "--publish")
    assert "on the branch 'renew', which somebody has changed" in said.output
    assert _head(life, "renew") == head


def test_a_file_that_a_person_changed_is_named_and_not_published(life: ProgramOnGitHub) -> None:
    by_hand = life.commits.git("show", f"main:{SIGN_UP}").replace("name: Sign up", "name: Join us")
    life.commits.commit("main", {SIGN_UP: f"{by_hand}\n", PROGRAM: NEW_SKILL}, "main")
    said = life.run("renew", "--publish")
    assert said.exit_code == 0
    assert f"{SIGN_UP} was written or changed by a person and is kept as it is" in said.output
    assert "name: Join us" in life.commits.git("show", f"main:{SIGN_UP}")
