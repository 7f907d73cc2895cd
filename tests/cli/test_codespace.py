"""An import in a Codespace says how its result gets to GitHub, or that it cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from stand_in import StandIn

HOME = "reading-circle/mentoring"
SHEET = "Name,Role,I offer,Languages\nEve Example,Mentor,Python,English\n"
PUSH = "this is in your Codespace alone until you choose Commit, then Sync Changes"


def _import(root: Path, environment: dict[str, str]) -> str:
    program = folder.write(root / "program", folder.MINIMAL)
    (root / "sign-ups.csv").write_text(SHEET, encoding="utf-8")
    command = ["-C", str(program), "import", str(root / "sign-ups.csv"), "--cohort", "spring"]
    command += ["--accept", "--today", "2026-01-05"]
    ran = CliRunner().invoke(peerloom, command, env=environment)
    assert (program / "content/participants/eve-example.yml").is_file(), ran.output
    return ran.stderr


@pytest.mark.parametrize("may_push", [True, False])
def test_an_import_says_whether_its_result_can_be_pushed(tmp_path: Path, may_push: bool) -> None:
    with StandIn(HOME) as hub:
        hub.repositories[HOME].settings.may_push = may_push
        said = _import(tmp_path, hub.environment | {"CODESPACES": "true"})
    assert (PUSH in said) == may_push
    refused = (
        f"this is in your Codespace alone, and you may not write to {HOME}: it cannot be pushed"
    )
    assert (refused in said) != may_push
    assert ("ask who owns the repository to invite you as a collaborator" in said) != may_push


def test_where_github_does_not_answer_the_import_is_as_good(tmp_path: Path) -> None:
    with StandIn(HOME) as hub:
        hub.faults = lambda number, method, path: "502"
        assert PUSH in _import(tmp_path, hub.environment | {"CODESPACES": "true"})


def test_elsewhere_nothing_is_asked_or_said(tmp_path: Path) -> None:
    with StandIn(HOME) as hub:
        assert "Codespace" not in _import(tmp_path, hub.environment)
    assert hub.requests == []


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("sign-ups", "the sheets in this folder are: 'Answers (2).XLSX', 'sign-ups.csv'"),
        ("", "the sheets in this folder are: 'Answers (2).XLSX', 'sign-ups.csv'"),
        ("x" * 5000, "the sheets in this folder are: 'Answers (2).XLSX', 'sign-ups.csv'"),
        ("content/sign-ups.csv", "the sheets in 'content' are: none"),
        ("nowhere/sign-ups.csv", "the sheets in 'nowhere' are: none"),
    ],
)
def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, known: str
) -> None:
    sheets = dict.fromkeys(("sign-ups.csv", "Answers (2).XLSX"), "Name\n")
    monkeypatch.chdir(folder.write(tmp_path, folder.MINIMAL | sheets))
    run = CliRunner().invoke(peerloom, ["import", "--cohort=spring", "--", typed])
    assert run.exit_code == 2
    assert known in " ".join(run.stderr.split())
