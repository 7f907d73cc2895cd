"""What a repository's settings must be, said in words with where to click, and set where asked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from stand_in import StandIn

HOME = "reading-circle/mentoring"


@pytest.fixture
def hub():
    with StandIn(HOME) as hub:
        yield hub


@pytest.fixture
def ask(tmp_path: Path, hub: StandIn, monkeypatch):
    forms = (".github/ISSUE_TEMPLATE/check-in.yml", ".github/ISSUE_TEMPLATE/sign-up.yml")
    files = dict.fromkeys((*forms, ".github/CODEOWNERS"), "")
    root = folder.write(tmp_path / "program", folder.MINIMAL | files)
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    return lambda *more: CliRunner().invoke(peerloom, ["-C", str(root), "doctor", *more])


def test_a_new_repository_is_told_everything_with_where_to_click(ask, hub: StandIn) -> None:
    result = ask()
    assert result.exit_code == 1
    home = f"https://github.com/{HOME}"
    assert result.stdout == (
        "forking must be allowed: by it, people without write access send their check-in\n"
        f"  {home}/settings#features\n"
        "workflows must get a token that only reads, unless they ask for more\n"
        f"  {home}/settings/actions ('--mend' sets it)\n"
        "Actions must be allowed to create pull requests: they do for check-ins by form\n"
        f"  {home}/settings/actions ('--mend' sets it)\n"
        "'main' must take changes by pull request alone, and only with the status 'peerloom', "
        "which says that the rules hold\n"
        f"  {home}/settings/rules ('--mend' sets it)\n"
        "these labels must be there: check-in, for a maintainer, needs a coordinator, sign-up\n"
        f"  {home}/labels ('--mend' sets it)\n"
    )
    assert {method for method, _, _ in hub.requests} == {"GET"}


def test_what_can_be_set_is_set_after_it_was_shown(ask, hub: StandIn) -> None:
    now = hub.repositories[HOME].settings
    now.workflows = {"check-ins": "disabled_inactivity", "site": "active"}
    hub.repositories[HOME].has_issues = False
    shown = ask("--mend")
    assert shown.exit_code == 1  # forking is a person's to allow
    assert "the workflow 'check-ins' must be on: after 60 quiet days" in shown.stdout
    assert "set: issues must be switched on: reminders and sign-ups are issues" in shown.stdout
    now.allow_forking = True
    after = ask()
    assert after.exit_code == 0
    assert after.stdout == f"{HOME} is as the program needs it\n"
    assert now.workflows["check-ins"] == "active"
    assert now.token["default_workflow_permissions"] == "read"


def test_pages_are_public_and_so_a_private_repository_has_none(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.pages = "legacy"
    assert "a private repository must not publish Pages" in ask().stdout


def test_a_public_repository_that_says_it_is_private_is_told_first(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.private = False
    said = ask().stdout.splitlines()[0]
    assert said == (
        "the repository is public, and content/program.yml says that it is private: what is "
        "shown and kept depends on it"
    )


def test_what_the_token_may_not_see_is_said_and_not_guessed(ask, hub: StandIn, monkeypatch) -> None:
    hub.faults = lambda number, method, path: "no" if "/actions/" in path else None
    said = ask().stdout
    assert "not looked at, as the token may not see it: whether Actions are on" in said
    assert "workflows must get a token" not in said


def test_no_token_and_no_repository_are_a_sentence(ask, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/elsewhere")
    result = ask()
    assert result.exit_code == 1
    assert "somebody/elsewhere is not there, has moved, or the token may not" in result.stderr
    monkeypatch.delenv("GITHUB_TOKEN")
    assert "there is no token for GitHub" in ask().stderr


def test_a_schedule_that_no_longer_runs_is_told(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.last_run = "2026-02-09"
    assert "last did on" not in ask("--today", "2026-02-11").stdout
    said = ask("--today", "2026-02-12").stdout
    assert "'check-ins' must run every day, and last did on 2026-02-09" in said
    assert f"https://github.com/{HOME}/actions/workflows/check-ins.yml" in said


def test_files_that_github_reads_are_asked_for(ask, hub: StandIn, tmp_path: Path) -> None:
    (tmp_path / "program/.github/CODEOWNERS").unlink()
    (tmp_path / "program/.github/ISSUE_TEMPLATE/sign-up.yml").unlink()
    said = ask().stdout
    assert "run 'peerloom forms', and commit what it writes" in said
    assert "a file CODEOWNERS must say who looks at changes" in said


def test_a_secret_that_is_missing_is_told(ask, hub: StandIn, tmp_path: Path) -> None:
    file = tmp_path / "program/content/program.yml"
    file.write_text(file.read_text() + "coordinators_repository: reading-circle/coordinators\n")
    assert "the secret COORDINATORS_TOKEN must hold a token" in ask().stdout
    hub.repositories[HOME].settings.secrets = ["COORDINATORS_TOKEN"]
    assert "COORDINATORS_TOKEN" not in ask().stdout
