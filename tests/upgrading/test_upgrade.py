"""`peerloom upgrade`: programs of earlier versions, whole, killed at any step, or in no order."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peerloom import __version__
from peerloom.changes import journal_folder
from peerloom.cli.command import peerloom
from peerloom.program import check
from peerloom.toolbox import FOLDER as TOOLBOX
from peerloom.toolbox import workflow_files
from peerloom.upgrading import read_program_version
from releases.frozen import list_frozen, unpack_frozen

DAY = "2026-02-01"
SITE = ".github/workflows/site.yml"
MATCH = ".github/workflows/match.yml"
PAIR = "content/pairs/2026-spring/ada-example-cem-example.yml"


class Killed(BaseException):
    """The run ends here."""


def _run(root: Path, *arguments: str, given: str | None = None) -> Result:
    command = ["-C", str(root), "upgrade", "--today", DAY, *arguments]
    return CliRunner().invoke(peerloom, command, input=given, catch_exceptions=False)


def _git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    command = ["git", "-C", str(root), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _commit(root: Path) -> Path:
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "x")
    return root


def _read_tree(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file()
        and file.relative_to(root).parts[0] not in (".git", journal_folder.OWN_FOLDER)
    }


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of the first version, in Git."""
    return _commit(unpack_frozen("0.1.0", tmp_path / "program"))


# Every earlier version.


@pytest.mark.parametrize("name", list_frozen())
def test_a_frozen_program_is_upgraded_and_is_clean_and_builds(name: str, tmp_path: Path) -> None:
    root = _commit(unpack_frozen(name, tmp_path / "program"))
    ran = _run(root, "--yes")
    assert ran.exit_code == 0, ran.output
    assert read_program_version(root) == __version__
    assert check(root, date.fromisoformat(DAY)).diagnostics == ()
    for path, text in workflow_files().items():
        assert (root / path).read_text("utf-8") == text
    assert not (root / TOOLBOX / "new").exists()
    built = CliRunner().invoke(peerloom, ["-C", str(root), "build", "--today", DAY])
    assert built.exit_code == 0, built.output
    assert (root / "site/index.html").exists()


@pytest.mark.parametrize("name", list_frozen())
def test_what_people_wrote_stays_letter_by_letter(name: str, tmp_path: Path) -> None:
    root = _commit(unpack_frozen(name, tmp_path / "program"))
    before = _read_tree(root)
    assert _run(root, "--yes").exit_code == 0
    after = _read_tree(root)
    for path, old in before.items():
        if path.startswith("content/") or path == "mkdocs.yml":
            lines = iter(after[path].splitlines())
            kept = [line for line in old.splitlines() if line != b"  - tables"]
            assert all(line in lines for line in kept), path  # in this order, others between


@pytest.mark.parametrize("name", list_frozen())
def test_a_second_upgrade_has_nothing_to_do(name: str, tmp_path: Path) -> None:
    root = _commit(unpack_frozen(name, tmp_path / "program"))
    _run(root, "--yes")
    _commit(root)
    before = _read_tree(root)
    ran = _run(root)
    assert ran.exit_code == 0
    assert ran.output == f"This program is of {__version__} already, and nothing is to be done\n"
    assert _read_tree(root) == before
