"""Where a command runs, and how its folder is named, changes nothing of what it does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import folder
from run_peerloom import run_peerloom

_SETTINGS = "site_name: A\ndocs_dir: content/pages\ntheme: mkdocs\nplugins: [peerloom]\n"


@pytest.fixture
def above(tmp_path: Path) -> Path:
    folder.write(tmp_path / "prog", {**folder.MINIMAL, "mkdocs.yml": _SETTINGS})
    return tmp_path


@pytest.mark.parametrize(
    ("at", "arguments", "site"),
    [
        (".", ["-C", "prog", "build"], "prog/site"),
        ("prog", ["build"], "prog/site"),
        ("prog/content", ["-C", "..", "build", "--out", "made"], "prog/made"),
        (".", ["-C", "prog/../prog", "build", "--out", "../beside"], "beside"),
        (".", ["-C", "link", "build"], "prog/site"),
        (".", ["-C", "a b: c", "build", "--out", "d e: f/site"], "a b: c/d e: f/site"),
    ],
)
def test_a_site_stands_where_the_program_and_out_say_wherever_the_build_ran(
    above: Path, at: str, arguments: list[str], site: str
) -> None:
    (above / "link").symlink_to("prog")
    folder.write(above / "a b: c", {**folder.MINIMAL, "mkdocs.yml": _SETTINGS})
    (above / site).parent.mkdir(parents=True, exist_ok=True)
    before = set(above.rglob("*"))
    for _ in range(2):  # the second replaces the first
        run = run_peerloom(*arguments, "--today", "2026-01-20", at=above / at)
        assert (run.returncode, run.stderr) == (0, "")
        assert (above / site / "pairs/spring/ada-grace/index.html").is_file()
    ours = (above / site, above / "cache")
    after = {path for path in above.rglob("*") if not any(map(path.is_relative_to, ours))}
    assert after == before


def test_zensical_builds_in_a_folder_with_a_space_and_a_colon(above: Path) -> None:
    root = above / "a b: c"
    (above / "prog").rename(root)
    (root / "mkdocs.yml").write_text("site_name: A\ndocs_dir: content/pages\nplugins: [peerloom]\n")
    run = run_peerloom(
        "-C", "a b: c", "build", "--engine", "zensical", "--today", "2026-01-20", at=above
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert (root / "site/index.html").is_file()


def test_what_is_said_of_a_site_is_seen_from_here(above: Path) -> None:
    run = run_peerloom("-C", "prog", "build", "--today", "2026-01-20", at=above)
    assert "look at them: open prog/site/index.html, or" in run.stdout


def test_a_build_into_what_the_site_is_made_from_is_refused(above: Path) -> None:
    run = run_peerloom("-C", "prog", "build", "--out", "content/pages/site", at=above)
    assert run.returncode == 1
    assert "must be outside of what the site is made from" in run.stderr


def test_a_sheet_is_found_from_here_and_the_program_from_there(above: Path) -> None:
    (above / "sheet.csv").write_text("Name,Role\nJoan Example,mentor\n")
    options = ["import", "sheet.csv", "--cohort", "spring", "--today", "2026-01-20"]
    run = run_peerloom("-C", "prog", *options, at=above)
    assert run.returncode == 0, run.stderr
    assert (above / "prog/content/participants/joan-example.yml").is_file()


def test_paths_to_check_are_found_from_here_and_from_the_program(above: Path) -> None:
    (above / "prog/content/participants/ada.yml").write_text("id: ada\n")
    for path in ("prog/content/participants", "content/participants/ada.yml"):
        run = run_peerloom("-C", "prog", "check", path, at=above)
        assert run.stdout.startswith("content/participants/ada.yml:1:1: missing-key"), run


def test_a_program_is_started_where_dir_says_and_named_as_seen_from_here(above: Path) -> None:
    words = ["--name", "A", "--repository", "a/b", "--cohort", "c", "--starts", "2026-03-02"]
    run = run_peerloom("-C", "prog", "init", "../new", *words, "--weeks", "8", at=above)
    assert run.returncode == 0, run.stderr
    assert "then run: peerloom -C new serve" in run.stdout
    assert (above / "new/content/program.yml").is_file()


def test_a_folder_that_is_gone_is_named_without_a_traceback(above: Path) -> None:
    gone = above / "gone"
    gone.mkdir()
    command = [sys.executable, "-m", "peerloom", "-C", str(above / "prog"), "check"]
    script = 'rmdir "$PWD" && exec "$@"'
    run = subprocess.run(
        ["sh", "-c", script, "sh", *command],
        cwd=gone,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "tools")},
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stderr
