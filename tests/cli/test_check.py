"""`peerloom check`, as a coordinator runs it."""

import json
import os
import re
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.diagnostic import diagnostics_as_text
from peerloom.program import check
from run_peerloom import run_peerloom

TODAY = date(2026, 3, 1)


def _found(root: Path) -> list[tuple[str, int, int, str]]:
    return [(d.path, d.line, d.column, d.rule) for d in check(root, TODAY).diagnostics]


def _peerloom(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_peerloom("-C", str(root), *arguments)


def test_a_small_valid_program_has_nothing_to_mend(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    assert _found(root) == []
    run = _peerloom(root, "check", "--today", "2026-03-01")
    assert (run.returncode, run.stdout) == (0, "5 files checked, nothing to fix\n")


def test_everything_is_found_in_one_run_sorted(tmp_path: Path) -> None:
    broken = {
        "content/participants/grace.yml": "id: grace\nname: Grace\nnme: x\n",
        "content/pairs/spring/ada-grace.yml": folder.MINIMAL[
            "content/pairs/spring/ada-grace.yml"
        ].replace("mentor: ada", "mentor: adda"),
        "content/participants/bad.yml": "id: bad\n\tname: x\n",
        "content/notes.txt": "hello\n",
    }
    root = folder.write(tmp_path, folder.MINIMAL | broken)
    assert _found(root) == [
        ("content/notes.txt", 1, 1, "every-file-is-a-record"),
        ("content/pairs/spring/ada-grace.yml", 3, 9, "named-people-exist"),
        ("content/participants/bad.yml", 2, 1, "no-tabs"),
        ("content/participants/grace.yml", 1, 1, "missing-key"),
        ("content/participants/grace.yml", 3, 1, "unknown-key"),
    ]


def test_a_finding_is_said_in_two_lines_for_people(tmp_path: Path) -> None:
    pair = "content/pairs/spring/ada-grace.yml"
    text = folder.MINIMAL[pair].replace("mentor: ada", "mentor: adda")
    root = folder.write(tmp_path, folder.MINIMAL | {pair: text})
    assert diagnostics_as_text(check(root, TODAY).diagnostics) == (
        "content/pairs/spring/ada-grace.yml:3:9: named-people-exist "
        "participant 'adda' must be in 'content/participants'\n"
        "  help: did you mean 'ada'?\n"
    )


def test_json_has_the_documented_keys(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL | {"content/x.txt": ""})
    run = _peerloom(root, "check", "--format", "json", "--today", "2026-03-01")
    said = json.loads(run.stdout)
    assert run.returncode == 1
    assert said["summary"] == {"files": 6, "errors": 1, "warnings": 0}
    assert list(said["diagnostics"][0]) == [
        "path",
        "line",
        "column",
        "severity",
        "rule",
        "message",
        "help",
    ]


def test_a_hostile_file_name_cannot_write_an_annotation_of_its_own(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL | {"content/x\n::error::owned,y": ""})
    run = _peerloom(root, "check", "--format", "github", "--today", "2026-03-01")
    assert run.returncode == 1
    commands = re.findall("^::error file=.*,title=(.*?)::", run.stdout, re.MULTILINE)
    assert commands == ["every-file-is-a-record", "names-work-on-every-computer"]
    assert len(run.stdout.splitlines()) == 2


def test_paths_choose_what_is_printed(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL | {"content/x.txt": "", "content/y.txt": ""})
    run = _peerloom(root, "check", "content/x.txt", "--today", "2026-03-01")
    assert "content/x.txt" in run.stdout
    assert "content/y.txt" not in run.stdout
    assert _peerloom(root, "check", "content/participants").returncode == 0
    assert _peerloom(root, "check", "nowhere").returncode == 2


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [("content/program.yml", "missing-program")]),
        ({"content/program.yml": "- a\n"}, [("content/program.yml", "wrong-type")]),
        ({"content/program.yml": "just a text\n"}, [("content/program.yml", "wrong-type")]),
        ({"content/program.yml": ""}, [("content/program.yml", "wrong-type")]),
    ],
)
def test_a_program_that_is_none_is_told_so(
    tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    root = folder.write(tmp_path, files)
    assert [(path, rule) for path, _, _, rule in _found(root)] == expected
    assert _peerloom(root, "check").returncode == 1


def test_a_folder_named_like_a_record_is_named(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    (root / "content/participants/eve.yml").mkdir()
    assert _found(root) == [("content/participants/eve.yml", 1, 1, "records-are-files")]


def test_a_name_that_is_no_text_is_named(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    (root / os.fsdecode(b"content/participants/zo\xeb.yml")).write_text("id: zoe\n")
    assert diagnostics_as_text(check(root, TODAY).diagnostics) == (
        "content/participants/zo\\udceb.yml:1:1: names-are-text the name "
        "'content/participants/zo\\udceb.yml' must be text in UTF-8\n"
        "  help: rename it; small letters a to z, digits and hyphens are read everywhere\n"
    )


def test_a_folder_without_a_program_is_named_from_inside_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = run_peerloom("check", at=tmp_path / "empty")
    assert run.stdout.startswith("content/program.yml:1:1: missing-program 'empty' must hold")


def test_no_symbolic_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("id: eve\n")
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    (root / "content/participants/eve.yml").symlink_to(outside)
    (root / "content/events").symlink_to(tmp_path)
    assert _found(root) == [
        ("content/events", 1, 1, "no-symbolic-links"),
        ("content/participants/eve.yml", 1, 1, "no-symbolic-links"),
    ]


def test_a_file_that_may_not_be_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        root = folder.write(Path(above), folder.MINIMAL)
        assert _found(root) == []
        (root / "content/participants/ada.yml").chmod(0)
        # The superuser may read everything: the check is somebody else's who may not.
        user = os.geteuid()
        os.seteuid(65534 if user == 0 else user)
        try:
            diagnostics = check(root, TODAY).diagnostics
        finally:
            os.seteuid(user)
    assert diagnostics_as_text(diagnostics) == (
        "content/participants/ada.yml:1:1: cannot-read 'content/participants/ada.yml' "
        "must be readable, and the system says: permission denied\n"
        "  help: check the file's permissions\n"
    )


def test_a_second_run_says_the_same_from_its_cache_and_sees_every_change(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    assert _found(root) == _found(root) == []
    ada = root / "content/participants/ada.yml"
    ada.write_text(ada.read_text().replace("ada\n", "adb\n", 1))
    changed = [("content/participants/ada.yml", 1, 5, "paths-match-keys")]
    assert _found(root) == changed
    assert _found(root) == changed


def test_wrong_use_exits_with_2_and_says_what_is_right(tmp_path: Path) -> None:
    run = _peerloom(tmp_path, "chek")
    assert run.returncode == 2
    assert "there is no command 'chek'; did you mean 'check'?" in run.stderr
    run = _peerloom(tmp_path, "check", "--today", "2026-02-30")
    assert run.returncode == 2
    assert "'2026-02-30' must be a date such as 2026-02-09" in run.stderr


def test_a_sheet_that_git_was_made_to_hold_is_refused_and_an_ignored_one_is_not(
    tmp_path: Path,
) -> None:
    ignored = "*.[cC][sS][vV]\n!/data/places.csv\n"
    places = ("sign-ups.csv", "data/places.csv", "old/Answers.CSV")
    sheets = dict.fromkeys(places, "Name,Mail\n") | {"theirs.csv": "Name\n"}
    root = folder.write(tmp_path, folder.MINIMAL | sheets | {".gitignore": ignored})
    for command in (["init", "--quiet"], ["add", "--force", *places]):
        subprocess.run(["git", *command], cwd=root, check=True)
    run = _peerloom(root, "check", "--today", "2026-03-01")
    assert run.returncode == 1
    help_ = (
        "  help: import it, then delete it here; if it was committed, Git's history still shows it "
        "to everybody who can read the repository, and docs/import.md says how to take it out of "
        "there\n"
    )
    must = "must not be among the program's files, because it is a sheet"
    found = [
        f"{path}:1:1: no-sheet-is-committed '{path}' {must}\n{help_}"
        for path in ("old/Answers.CSV", "sign-ups.csv")
    ]
    assert run.stdout == "".join(found) + "5 files checked: 2 errors, 0 warnings\n"
    subprocess.run(["git", "rm", "--quiet", "--cached", *places], cwd=root, check=True)
    assert _peerloom(root, "check", "--today", "2026-03-01").returncode == 0


@pytest.mark.parametrize("ignored", ["", "*.log\n", "*.csv\n"])
def test_a_committed_sheet_is_refused_whatever_gitignore_leaves_out(
    tmp_path: Path, ignored: str
) -> None:
    sheets = dict.fromkeys(("Sign ups.CSV", "old/Kurs.numbers", "a.xlsm"), "Name\n")
    root = folder.write(tmp_path, folder.MINIMAL | sheets | {".gitignore": ignored})
    for command in (["init", "--quiet"], ["add", "--force", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    run = _peerloom(root, "check", "--today", "2026-03-01")
    assert run.returncode == 1
    for path in sheets:
        assert f"{path}:1:1: no-sheet-is-committed" in run.stdout
