"""What is made from the program is renewed, and what people wrote or changed is kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom import toolbox
from peerloom.cli.command import peerloom
from peerloom.made_files import made_file_texts, plan_renewal, text_reader
from peerloom.program import load

OWNERS, CHECK_IN, SIGN_UP, WITHDRAW = (
    ".github/CODEOWNERS",
    ".github/ISSUE_TEMPLATE/check-in.yml",
    ".github/ISSUE_TEMPLATE/sign-up.yml",
    ".github/ISSUE_TEMPLATE/withdraw.yml",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder.write(tmp_path, folder.MINIMAL)
    assert _run(tmp_path, "renew").exit_code == 0
    return tmp_path


def _run(root: Path, *arguments: str) -> Result:
    day = [] if arguments[0] == "rules" else ["--today", "2026-02-10"]
    return CliRunner().invoke(peerloom, ["-C", str(root), *arguments, *day])


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_everything_that_is_made_is_written_and_then_up_to_date(root: Path) -> None:
    assert {
        path for path in (OWNERS, CHECK_IN, SIGN_UP, WITHDRAW) if (root / path).is_file()
    } == set(made_file_texts(load(root).program))
    again = _run(root, "renew")
    assert again.output == "everything that is made from the program is up to date\n"
    assert "made-files" not in _run(root, "check").output


def test_only_what_is_out_of_date_is_written_again(root: Path) -> None:
    _change(root / "content/program.yml", "coordinators: [noor]", "coordinators: [noor, ada]")
    warned = _run(root, "check")
    assert warned.exit_code == 0
    assert f"{OWNERS}:1:1: warning made-files-are-current" in warned.output
    assert _run(root, "renew").output == f"wrote {OWNERS}\n"
    assert "* @noor @ada\n" in (root / OWNERS).read_text(encoding="utf-8")


def test_a_file_that_was_changed_by_hand_is_named_and_kept_until_that_is_asked_for(
    root: Path,
) -> None:
    _change(root / CHECK_IN, "name: Check-in", "name: How is it going")
    by_hand = (root / CHECK_IN).read_text(encoding="utf-8")
    checked = _run(root, "check")
    assert checked.exit_code == 0
    assert "was changed by hand: it is not renewed" in checked.output
    renewed = _run(root, "renew")
    assert renewed.exit_code == 0
    assert f"{CHECK_IN} was written or changed by a person and is kept as it is" in renewed.stderr
    assert (root / CHECK_IN).read_text(encoding="utf-8") == by_hand
    assert f"+++ b/{CHECK_IN}" in _run(root, "renew", "--replace", "--dry-run").output
    assert _run(root, "renew", "--replace").exit_code == 0
    assert "name: Check-in" in (root / CHECK_IN).read_text(encoding="utf-8")


def test_without_its_first_two_lines_a_file_is_its_owner_s(root: Path) -> None:
    text = (root / CHECK_IN).read_text(encoding="utf-8")
    ours = text.split("\n", 2)[2].replace("name: Check-in", "name: Ours")
    (root / CHECK_IN).write_text(ours, encoding="utf-8")
    assert "made-files" not in _run(root, "check").output
    _run(root, "renew")
    assert (root / CHECK_IN).read_text(encoding="utf-8") == ours


def test_line_ends_of_windows_are_no_change_by_hand(root: Path) -> None:
    (root / OWNERS).write_bytes((root / OWNERS).read_bytes().replace(b"\n", b"\r\n"))
    assert "made-files" not in _run(root, "check").output


def test_owners_named_elsewhere_are_not_named_twice(root: Path) -> None:
    (root / OWNERS).rename(root / "CODEOWNERS")
    _run(root, "renew")
    assert not (root / OWNERS).exists()


def test_what_cannot_be_read_counts_as_a_person_s(root: Path) -> None:
    (root / OWNERS).unlink()
    (root / OWNERS).mkdir()
    renewal = plan_renewal(load(root).program, text_reader(root))
    assert renewal.written_by_people == (OWNERS,)
    assert _run(root, "check").exit_code == 0


def test_workflows_of_another_version_are_named_with_the_command_that_renews_them(
    root: Path,
) -> None:
    for path, text in toolbox.workflow_files().items():
        assert isinstance(text, str)
        folder.write(root, {path: text, ".peerloom/version": "1\n"})
    assert _run(root, "renew").stderr == ""
    _change(root / ".github/workflows/site.yml", "name: site", "name: old")
    said = _run(root, "renew")
    assert said.exit_code == 0
    assert ".github/workflows/site.yml" in said.stderr and "peerloom upgrade" in said.stderr
