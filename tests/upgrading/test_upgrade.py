"""`peerloom upgrade`: programs of earlier versions, whole, killed at any step, or in no order."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom import __version__
from peerloom.changes import files, journal_folder
from peerloom.cli.command import peerloom
from peerloom.toolbox import FOLDER as TOOLBOX
from peerloom.toolbox import pack_written_files, toolbox_files, workflow_files
from peerloom.upgrading import read_program_version
from releases.frozen import list_frozen, unpack_frozen

DAY = "2026-02-01"
SITE = ".github/workflows/site.yml"
MATCH = ".github/workflows/match.yml"
PAIR = "content/pairs/2026-spring/ada-example-cem-example.yml"


# A program says by itself what no upgrade can know.
NOT_SAID_BEFORE = ["programs-say-what-the-law-asks"]


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


def _find_rules_broken(root: Path) -> list[str]:
    return [found.rule for found in folder.diagnostics(root, date.fromisoformat(DAY))]


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
    assert _find_rules_broken(root) == NOT_SAID_BEFORE
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


# What people changed.


def test_a_program_whose_wheel_was_lost_gets_it_back(program: Path) -> None:
    """It is no program that installs a release from an index, which its locks would say."""
    assert _run(program, "--yes").exit_code == 0
    (wheel,) = (program / TOOLBOX).glob("*.whl")
    data, lock = wheel.read_bytes(), (program / TOOLBOX / "requirements.txt").read_bytes()
    wheel.unlink()
    _git(program, "add", "--all")
    _git(program, "commit", "--quiet", "--message", "x")
    assert _run(program, "--yes").exit_code == 0
    assert wheel.read_bytes() == data
    assert (program / TOOLBOX / "requirements.txt").read_bytes() == lock


def test_a_program_that_installs_from_an_index_goes_on_doing_so_with_a_release(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _run(program, "--yes").exit_code == 0
    (wheel,) = (program / TOOLBOX).glob("*.whl")
    folder.write(program, toolbox_files(from_index=True))
    wheel.unlink()
    _git(program, "add", "--all")
    _git(program, "commit", "--quiet", "--message", "x")
    monkeypatch.setattr("peerloom.upgrading.reading.is_release", lambda version: True)
    assert "nothing is to be done" in _run(program, "--yes").output
    monkeypatch.setattr("peerloom.upgrading.reading.is_release", lambda version: False)
    assert _run(program, "--yes").exit_code == 0
    assert wheel.is_file()


def test_a_changed_workflow_is_merged_or_its_new_text_lies_beside(program: Path) -> None:
    _replace(program / MATCH, "type: boolean", "type: boolean # ours")
    _replace(
        program / SITE, "peerloom build --audience public", "peerloom build --audience members"
    )
    _replace(program / SITE, 'pip install --quiet "peerloom==0.1.0"', "pip install our-peerloom")
    _commit(program)
    mine = (program / SITE).read_text("utf-8")
    ran = _run(program, "--yes")
    assert ran.exit_code == 0, ran.output
    assert "type: boolean # ours" in (program / MATCH).read_text("utf-8")
    assert (program / SITE).read_text("utf-8") == mine
    beside = program / TOOLBOX / "new" / SITE
    assert beside.read_text("utf-8") == workflow_files()[SITE]
    assert (
        f"- {SITE}: you and this version changed the same lines, so yours stays. The new text is "
        f"in .peerloom/new/{SITE}: take over what you want, then delete that file.\n"
    ) in ran.output
    assert _find_rules_broken(program) == NOT_SAID_BEFORE


def test_what_lies_beside_is_told_until_somebody_has_merged_it(program: Path) -> None:
    _replace(program / SITE, 'pip install --quiet "peerloom==0.1.0"', "pip install our-peerloom")
    _commit(program)
    _run(program, "--yes")
    _commit(program)
    ran = _run(program)
    assert "already, and nothing is to be done" in ran.output
    assert "take over what you want, then delete that file" in ran.output
    (program / TOOLBOX / "new" / SITE).unlink()
    _commit(program)
    ran = _run(program)
    assert ran.output.endswith("already, and nothing is to be done\n")
    assert "our-peerloom" in (program / SITE).read_text("utf-8")


def test_a_program_whose_workflows_were_moved_or_deleted_is_told(program: Path) -> None:
    (program / SITE).rename(program / ".github/workflows/our-site.yml")
    (program / MATCH).unlink()
    (program / ".github/ISSUE_TEMPLATE/sign-up.yml").unlink()
    _commit(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 0
    assert f"- {SITE}: it seems to be .github/workflows/our-site.yml now, which stays" in ran.output
    assert f"- {MATCH}: it was deleted in this program, and stays deleted. " in ran.output
    assert "- .github/ISSUE_TEMPLATE/sign-up.yml: it was deleted" in ran.output
    assert not (program / SITE).exists()
    assert not (program / MATCH).exists()
    _commit(program)
    ran = _run(program, "--restore", "--yes")
    assert ran.exit_code == 0
    assert (program / MATCH).read_text("utf-8") == workflow_files()[MATCH]
    assert (program / ".github/ISSUE_TEMPLATE/sign-up.yml").exists()
    assert not (program / SITE).exists()


def test_a_form_that_a_person_wrote_stays(program: Path) -> None:
    form = program / ".github/ISSUE_TEMPLATE/sign-up.yml"
    form.write_text("name: ours\n")
    _commit(program)
    ran = _run(program, "--yes")
    assert form.read_text() == "name: ours\n"
    assert (
        "- .github/ISSUE_TEMPLATE/sign-up.yml: you wrote or changed this file, so it stays."
        in ran.output
    )


# The plan, and a yes.


def test_the_plan_says_what_is_new_and_what_becomes_of_each_file(program: Path) -> None:
    before = _read_tree(program)
    ran = _run(program, "--dry-run")
    assert ran.exit_code == 0
    assert ran.output.startswith(f"Peerloom {__version__}, for a program of 0.1.0\n\nWhat is new")
    assert "Renewed, as nobody has changed them:\n\n- .github/workflows/" in ran.output
    assert "- mkdocs.yml" not in ran.output
    assert _read_tree(program) == before


def test_without_a_terminal_only_a_yes_carries_it_out(program: Path) -> None:
    before = _read_tree(program)
    ran = _run(program)
    assert ran.exit_code == 1
    assert "nothing was written: there is no terminal to ask in; '--yes'" in ran.output
    assert _read_tree(program) == before


def test_in_a_terminal_it_asks(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peerloom.cli.upgrade.can_ask", lambda: True)
    before = _read_tree(program)
    assert _run(program, given="n\n").exit_code == 1
    assert _read_tree(program) == before
    ran = _run(program, given="y\n")
    assert ran.exit_code == 0
    assert f"upgraded to {__version__}: " in ran.output


# What stands in the way.


def test_what_is_not_committed_is_not_upgraded(program: Path) -> None:
    _replace(program / PAIR, "status: active", "status: paused")
    before = _read_tree(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 1
    assert ran.output == (
        "peerloom: nothing was written: some files are not committed, so that their upgrade could "
        f"not be taken back: '{PAIR}'\n"
        "  help: commit them, or put them aside with 'git stash', then run this again\n"
    )
    assert _read_tree(program) == before


def test_a_file_that_git_does_not_know_stops_it_only_if_it_would_change(program: Path) -> None:
    (program / "notes.txt").write_text("mine")
    (program / TOOLBOX).mkdir()
    (program / TOOLBOX / "requirements.txt").write_text("mine")
    ran = _run(program, "--yes")
    assert ran.exit_code == 1
    assert "could not be taken back: '.peerloom/requirements.txt'\n" in ran.output
    (program / TOOLBOX / "requirements.txt").unlink()
    assert _run(program, "--yes").exit_code == 0
    assert (program / "notes.txt").read_text() == "mine"


def test_outside_of_git_it_says_that_there_is_no_way_back_and_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = unpack_frozen("0.1.0", tmp_path / "program")
    ran = _run(root)
    assert ran.exit_code == 1
    assert "in no Git repository, so that an upgrade cannot be taken back\n" in ran.output
    monkeypatch.setattr("peerloom.cli.upgrade.can_ask", lambda: True)
    assert _run(root, given="n\n").exit_code == 1
    assert read_program_version(root) == "0.1.0"
    assert _run(root, "--yes").exit_code == 0
    assert read_program_version(root) == __version__


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("0.1.7", "'.peerloom/version' says 0.1.7, and there never was such a version\n"),
        ("99.0", "this program is of version 99.0, and the installed Peerloom is "),
        ("soon", "'.peerloom/version' must name a version of Peerloom, and says 'soon'\n"),
        ("", "'.peerloom/version' must name a version of Peerloom, and says ''\n"),
        ("\x1b[31m0.1.0", "must name a version of Peerloom, and says '\\x1b[31m0.1.0'\n"),
        ("x" * 5000, "'.peerloom/version' must name a version"),
    ],
    ids=["never was", "newer", "no version", "empty", "escapes", "long"],
)
def test_a_version_that_cannot_be_upgraded_is_refused(
    program: Path, version: str, said: str
) -> None:
    (program / TOOLBOX).mkdir()
    (program / TOOLBOX / "version").write_text(f"{version}\n")
    _commit(program)
    before = _read_tree(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 1
    assert said in ran.output
    assert "\n  help: " in ran.output
    assert len(ran.output) < 500
    assert _read_tree(program) == before


def test_a_program_that_does_not_say_its_version_is_upgraded_from_the_one_that_is_said(
    tmp_path: Path,
) -> None:
    root = unpack_frozen("0.1.0", tmp_path / "program")
    for workflow in (root / ".github/workflows").iterdir():
        workflow.unlink()
    _commit(root)
    assert read_program_version(root) is None
    ran = _run(root, "--yes")
    assert ran.exit_code == 1
    assert "it is not known which version of Peerloom wrote this program" in ran.output
    assert "name it with '--from'; the versions are 0.1.0, 0.2.0\n" in ran.output
    assert _run(root, "--yes", "--from", "0.1.0").exit_code == 0
    assert read_program_version(root) == __version__


def test_where_no_program_is_nothing_is_upgraded(tmp_path: Path) -> None:
    ran = _run(tmp_path, "--yes")
    assert ran.exit_code == 2
    assert "there is no program here: 'content/program.yml' is missing\n" in ran.output


def test_a_damaged_archive_of_what_was_written_is_told(program: Path) -> None:
    _run(program, "--yes")
    (program / TOOLBOX / "written.zip").write_bytes(b"PK")
    _commit(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 1
    assert "'.peerloom/written.zip' is damaged, so that it is not known" in ran.output


def test_a_link_in_the_way_is_not_followed(program: Path, tmp_path: Path) -> None:
    (program / ".github/workflows").rename(tmp_path / "elsewhere")
    (program / ".github/workflows").symlink_to(tmp_path / "elsewhere")
    _commit(program)
    ran = _run(program, "--yes", "--from", "0.1.0")
    assert ran.exit_code == 1
    assert "'.github/workflows' is a symbolic link, and an upgrade follows none\n" in ran.output


# Runs that are killed.


@contextmanager
def _killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Within it, a run is killed before it moves that file into place or deletes it."""
    move, delete, done = files.move_into_place, files.delete_file, list[str]()

    def count(path: str) -> None:
        if len(done) == step:
            raise Killed
        done.append(path)

    def move_or_die(root: Path, path: str, ready: Path) -> None:
        count(path)
        move(root, path, ready)

    def delete_or_die(root: Path, path: str) -> None:
        count(path)
        delete(root, path)

    with monkeypatch.context() as patched:
        patched.setattr(files, "move_into_place", move_or_die)
        patched.setattr(files, "delete_file", delete_or_die)
        yield done


@pytest.mark.parametrize("is_in_git", [True, False], ids=["in Git", "outside of Git"])
def test_an_upgrade_that_was_killed_at_any_step_is_finished_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_in_git: bool
) -> None:
    whole = unpack_frozen("0.1.0-first", tmp_path / "whole")
    with _killed_at(10_000, monkeypatch) as done:
        assert _run(whole, "--yes").exit_code == 0
    expected = _read_tree(whole)
    assert len(done) > 15
    for step in range(0, len(done), 1 if is_in_git else 5):
        root = unpack_frozen("0.1.0-first", tmp_path / str(step))
        if is_in_git:
            _commit(root)
        with _killed_at(step, monkeypatch), pytest.raises(Killed):
            _run(root, "--yes")
        assert _read_tree(root) != expected
        ran = CliRunner().invoke(peerloom, ["-C", str(root), "check", "--today", DAY])
        assert ran.exit_code == 0, ran.output
        assert "an earlier run was interrupted while it wrote" in ran.output
        assert _read_tree(root) == expected


def test_the_journal_of_an_upgrade_is_not_believed_in_another_folder(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever copies a folder with its journal would else have workflows written by it."""
    with _killed_at(3, monkeypatch), pytest.raises(Killed):
        _run(program, "--yes")
    shutil.copytree(program, tmp_path / "copy")
    before = _read_tree(tmp_path / "copy")
    ran = CliRunner().invoke(peerloom, ["-C", str(tmp_path / "copy"), "check"])
    assert ran.exit_code == 1
    assert "cannot be trusted: it is of an upgrade in another folder, and was copied" in ran.output
    assert _read_tree(tmp_path / "copy") == before


def test_a_full_disk_leaves_the_program_as_it_was(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _read_tree(program)
    move, moved = files.move_into_place, list[str]()

    def fail_once(root: Path, path: str, ready: Path) -> None:
        moved.append(path)
        if len(moved) == 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        move(root, path, ready)

    monkeypatch.setattr(files, "move_into_place", fail_once)
    ran = _run(program, "--yes")
    assert ran.exit_code == 1
    assert "nothing was written: the disk is full\n" in ran.output
    assert _read_tree(program) == before


# What strangers wrote.


def test_an_archive_that_names_other_files_has_none_of_them_changed(program: Path) -> None:
    _run(program, "--yes")
    ada = "content/participants/ada-example.yml"
    names = (
        "../outside",
        "/etc/hostname",
        "mkdocs.yml",
        ".git/config",
        "content/pages/join.md",
        ada,
    )
    hostile = {
        name: b"" if name not in (ada, "mkdocs.yml") else (program / name).read_bytes()
        for name in names
    }
    (program / TOOLBOX / "written.zip").write_bytes(pack_written_files(hostile))
    (program.parent / "outside").write_bytes(b"")
    _commit(program)
    before = _read_tree(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 0, ran.output
    assert {**_read_tree(program), ".peerloom/written.zip": b""} == {
        **before,
        ".peerloom/written.zip": b"",
    }
    assert (program.parent / "outside").exists()


def test_what_somebody_keeps_in_the_toolbox_stays(program: Path) -> None:
    own = program / TOOLBOX / "new/my notes.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    (program / TOOLBOX / "requirements of mine.txt").write_text("mine")
    _commit(program)
    assert _run(program, "--yes").exit_code == 0
    assert own.read_text() == "mine"
    assert (program / TOOLBOX / "requirements of mine.txt").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\0", b"a: [", b"- a\n", b"", b"&a [*a, *a]"])
def test_broken_records_and_settings_are_left_as_they_are(program: Path, data: bytes) -> None:
    for path in (PAIR, "mkdocs.yml", "content/program.yml", "content/cohorts/2026-spring.yml"):
        (program / path).write_bytes(data)
        _commit(program)
    ran = _run(program, "--yes")
    assert ran.exit_code == 0, ran.output
    assert (program / PAIR).read_bytes() == data
    assert (program / "mkdocs.yml").read_bytes() == data
    assert read_program_version(program) == __version__


def test_a_goal_without_a_day_gets_the_one_of_the_commit_that_set_it(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = program / "content/pairs/2026-spring/ada-example-cem-example.yml"
    goal = "goals:\n  - id: first  # the only one\n    title: First\n"
    pair.write_text(pair.read_text("utf-8") + goal, encoding="utf-8")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2040-03-04T12:00:00Z")
    _git(program, "add", "--all")
    _git(program, "commit", "--quiet", "--message", "x")
    ran = _run(program, "--yes")
    assert ran.exit_code == 0, ran.output
    assert "Git's history told the days" in " ".join(ran.output.split())
    assert pair.read_text("utf-8").endswith(f"{goal}    set_on: '2040-03-04'\n")
    assert _run(program, "--dry-run").output.find("set_on") == -1
