"""A report says what it was made from, and can be made again from that."""

import csv
import hashlib
import io
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom import __version__
from peerloom.cli.command import peerloom
from peerloom.git import with_provenance
from peerloom.program import load
from peerloom.report.provenance_section import find_definitions

FORMATS = ("md", "html", "csv", "json")
DAYS = ("--to", "2026-02-20", "--today", "2026-03-01", "--audience", "coordinators")
PARTICIPANT = "content/participants/ada.yml"


def git(root: Path, *arguments: str) -> str:
    """What Git says to a command, with an author and a day that are always the same."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", "A"),
            ("EMAIL", "a@example.org"),
            ("DATE", "2026-02-21T12:00:00Z"),
        )
    }
    run = subprocess.run(
        ["git", *arguments], cwd=root, check=True, capture_output=True, env=environment
    )
    return run.stdout.decode().strip()


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A small program in a repository with one commit."""
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Begin")
    return root


def print_report(root: Path, form: str, *options: str) -> str:
    run = CliRunner().invoke(
        peerloom, ["-C", str(root), "report", "spring", "--format", form, *(options or DAYS)]
    )
    assert run.exit_code == 0, run.output
    return run.output


def read_provenance(root: Path) -> dict:
    return json.loads(print_report(root, "json"))["provenance"]


def test_the_json_names_commit_day_version_settings_and_definitions(committed: Path) -> None:
    settings = (committed / "content/program.yml").read_bytes()
    assert read_provenance(committed) == {
        "commit": git(committed, "rev-parse", "HEAD"),
        "uncommitted_changes": False,
        "history_missing": False,
        "today": "2026-03-01",
        "version": __version__,
        "settings": hashlib.sha256(settings).hexdigest(),
        "definitions": find_definitions(),
    }


def test_every_format_names_the_same_provenance(committed: Path) -> None:
    named = read_provenance(committed)
    (row, *_) = csv.DictReader(io.StringIO(print_report(committed, "csv")))
    as_cells = {**named, "uncommitted_changes": "no", "history_missing": "no"}
    assert {key: row[key] for key in named} == as_cells
    for form in ("md", "html"):
        text = print_report(committed, form)
        for value in (named["commit"][:12], "1 March 2026", __version__, named["settings"][:12]):
            assert value in text, form
        assert find_definitions() in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_made_again_from_its_commit_has_the_same_bytes(
    committed: Path, tmp_path: Path, form: str
) -> None:
    first = print_report(committed, form)
    commit = read_provenance(committed)["commit"]
    cohort = committed / "content/cohorts/spring.yml"
    cohort.write_text(cohort.read_text("utf-8").replace("01-26", "02-09"), "utf-8")
    git(committed, "commit", "--quiet", "--all", "--message=Change")
    assert print_report(committed, form) != first
    git(tmp_path, "clone", "--quiet", str(committed), "elsewhere")
    git(tmp_path / "elsewhere", "checkout", "--quiet", "--detach", commit)
    assert print_report(tmp_path / "elsewhere", form) == first


@pytest.mark.parametrize(
    "days",
    [
        DAYS,
        ("--today", "2026-03-01"),
        (
            *("--from", "2025-12-01", "--to", "2026-12-31", "--today", "2026-03-01"),
            *("--audience", "coordinators"),
        ),
    ],
)
def test_the_command_that_a_report_prints_makes_it_again(
    committed: Path, days: tuple[str, ...]
) -> None:
    text = print_report(committed, "md", *days)
    (command,) = [part for part in text.split("`") if part.startswith("peerloom report")]
    options = shlex.split(command)[3:]
    assert print_report(committed, "md", *options) == text


@pytest.mark.parametrize("change", ["changed", "new", "deleted", "staged", "ignored"])
def test_records_that_differ_from_the_commit_are_not_passed_off_as_it(
    committed: Path, change: str
) -> None:
    participant = committed / PARTICIPANT
    if change == "deleted":
        participant.unlink()
    elif change in ("changed", "staged"):
        participant.write_text(participant.read_text("utf-8") + "about: New.\n", "utf-8")
    else:
        shutil.copy(participant, participant.with_name("new.yml"))
        text = participant.read_text("utf-8").replace("id: ada", "id: new")
        participant.with_name("new.yml").write_text(text, "utf-8")
    if change == "staged":
        git(committed, "add", "--all")
    if change == "ignored":
        (committed / ".git/info/exclude").write_text("new.yml\n")
    assert with_provenance(load(committed).program, committed).provenance.has_uncommitted_changes


def test_a_checkout_of_the_newest_commit_alone_is_named_in_words(
    committed: Path, tmp_path: Path
) -> None:
    (committed / "README.md").write_text("Hello")
    git(committed, "add", "--all")
    git(committed, "commit", "--quiet", "--message=Greet")
    newest = tmp_path / "newest"
    git(tmp_path, "clone", "--quiet", "--depth", "1", committed.as_uri(), str(newest))
    made = read_provenance(newest)
    assert (made["history_missing"], made["uncommitted_changes"]) == (True, False)
    assert "The history of these records is not all here" in print_report(newest, "md")


def test_a_file_that_is_no_record_is_no_uncommitted_change(committed: Path) -> None:
    (committed / "report.html").write_text("<p>A report</p>")
    assert read_provenance(committed)["uncommitted_changes"] is False


def test_uncommitted_changes_are_named_in_words(committed: Path) -> None:
    program = committed / "content/program.yml"
    program.write_text(program.read_text("utf-8") + "summary: New.\n", "utf-8")
    assert read_provenance(committed)["uncommitted_changes"] is True
    assert "with uncommitted changes" in print_report(committed, "md")


@pytest.mark.parametrize("outside", ["no repository", "another repository", "no commit yet"])
def test_a_report_of_files_that_no_commit_holds_says_so(tmp_path: Path, outside: str) -> None:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    if outside != "no repository":
        git(tmp_path, "init", "--quiet")
    if outside == "another repository":
        (tmp_path / ".gitignore").write_text("program\n")
        git(tmp_path, "add", ".gitignore")
        git(tmp_path, "commit", "--quiet", "--message=Other")
    made = read_provenance(root)
    assert made["commit"] is None and made["uncommitted_changes"] is None
    assert "are not from a commit" in print_report(root, "md")


def test_line_ends_of_windows_do_not_change_the_digest_of_the_settings(committed: Path) -> None:
    before = read_provenance(committed)["settings"]
    program = committed / "content/program.yml"
    program.write_bytes(program.read_bytes().replace(b"\n", b"\r\n"))
    assert read_provenance(committed)["settings"] == before
