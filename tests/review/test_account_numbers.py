"""Numbers of accounts filled in beside their logins: nothing else changes, nobody is guessed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom.cli.command import peerloom
from stand_in import StandIn

HOME = "reading-circle/mentoring"
PROGRAM = "content/program.yml"
GRACE = "content/participants/grace.yml"
WITHOUT = folder.MINIMAL[PROGRAM].replace("coordinator_ids: {noor: 1}\n", "") + "# The end.\n"


@pytest.fixture
def hub():
    with StandIn(HOME) as hub:
        hub.accounts = {"noor": (41, "2026-02-01"), "grace": (43, "2020-01-01")}
        yield hub


@pytest.fixture
def root(tmp_path: Path, hub: StandIn, monkeypatch) -> Path:
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    grace = folder.MINIMAL[GRACE] + "github: grace # since the start\n"
    return folder.write(tmp_path, folder.MINIMAL | {PROGRAM: WITHOUT, GRACE: grace})


def numbers(root: Path, *more: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), "numbers", *more])


def test_numbers_are_filled_in_and_all_else_stays_as_it_was(root: Path) -> None:
    before = (root / GRACE).read_text()
    result = numbers(root)
    assert (result.exit_code, result.stdout) == (
        0,
        "content/program.yml: 'noor' is account 41\n"
        "content/participants/grace.yml: 'grace' is account 43\n",
    )
    assert (root / PROGRAM).read_text() == WITHOUT + "coordinator_ids:\n  noor: 41\n"
    assert (root / GRACE).read_text() == before + "github_id: 43\n"
    assert numbers(root).stdout == "every login has its number\n"


def test_numbers_of_a_cohort_s_coordinators_are_filled_in_beside_their_logins(
    root: Path, hub: StandIn
) -> None:
    hub.accounts |= {"lea": (48, "2024-01-01"), "tom": (49, "2024-01-01")}
    cohort = root / "content/cohorts/spring.yml"
    before = cohort.read_text() + "coordinators: [lea, Tom, noor]\ncoordinator_ids: {lea: 48}\n"
    cohort.write_text(before.replace("Tom", "tom"))
    assert "content/cohorts/spring.yml: 'tom' is account 49\n" in numbers(root).stdout
    assert "lea: 48" in cohort.read_text()
    assert "tom: 49" in cohort.read_text()
    assert numbers(root).stdout == "every login has its number\n"


def test_a_dry_run_writes_nothing(root: Path) -> None:
    assert numbers(root, "--dry-run").exit_code == 0
    assert (root / PROGRAM).read_text() == WITHOUT


def test_a_record_that_cannot_be_edited_stays_and_the_message_says_what_to_write(
    root: Path,
) -> None:
    (root / GRACE).write_text(before := (root / GRACE).read_text() + "...\n")
    result = numbers(root)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        f"{GRACE}: it is written in an unusual way and stays as it is; write 'github_id: 43' there"
    ]
    assert (root / GRACE).read_text() == before
    assert "noor: 41" in (root / PROGRAM).read_text()


def test_a_login_that_nobody_has_is_told_and_the_others_are_filled_in(
    root: Path, hub: StandIn
) -> None:
    del hub.accounts["noor"]
    result = numbers(root)
    assert result.exit_code == 1
    assert "no account is called 'noor'; write its new name" in result.stdout
    assert "github_id: 43" in (root / GRACE).read_text()


def test_an_account_younger_than_its_record_is_not_taken_for_the_person(
    root: Path, hub: StandIn
) -> None:
    hub.accounts["grace"] = (99, "2026-01-04")
    result = numbers(root)
    assert result.exit_code == 1
    assert (
        "the account 'grace' was made on 2026-01-04, but its person was already known on "
        "2026-01-03: somebody else may have taken the login; ask them\n"
    ) in result.stdout
    assert "github_id" not in (root / GRACE).read_text()


def test_a_number_that_is_somebodys_already_is_not_given_twice(root: Path) -> None:
    ada = "content/participants/ada.yml"
    folder.write(root, {ada: folder.MINIMAL[ada] + "github_id: 43\n"})
    result = numbers(root)
    assert "the account 'grace' is known as 'ada'" in result.stdout
    assert "github_id" not in (root / GRACE).read_text()


def test_without_a_token_nothing_is_written(root: Path, monkeypatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    result = numbers(root)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert (root / PROGRAM).read_text() == WITHOUT
