"""`peerloom check` says what keeps a program's workflows from installing."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom import __version__
from peerloom.cli.command import peerloom
from peerloom.toolbox import FOLDER, LOCK_NAMES, encode_files, machinery_files, toolbox_files
from peerloom.toolbox_problems import find_toolbox_problems

WHEEL = f"{FOLDER}/peerloom-{__version__}-py3-none-any.whl"
VERSION, LOCK, BUILD_LOCK, GITHUB_LOCK = (
    f"{FOLDER}/{name}"
    for name in ("version", "requirements.txt", "requirements-build.txt", "requirements-github.txt")
)


@pytest.fixture(scope="module")
def machinery() -> dict[str, bytes]:
    return encode_files(machinery_files("spring"))


@pytest.fixture
def root(tmp_path: Path, machinery: dict[str, bytes]) -> Path:
    return folder.write(tmp_path, folder.MINIMAL | machinery)


def _found(root: Path) -> list[tuple[str, str]]:
    found = find_toolbox_problems(root)
    assert {(d.rule, d.severity) for d in found} <= {("toolbox-can-be-installed", "warning")}
    assert all("'peerloom upgrade" in d.help for d in found)
    return [(d.path, d.message) for d in found]


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_said_of_a_toolbox_as_it_was_written(root: Path) -> None:
    assert _found(root) == []
    for lock in (LOCK, BUILD_LOCK, GITHUB_LOCK):
        file = root / lock
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert _found(root) == []


def test_nothing_is_said_of_a_release_that_an_index_has(root: Path) -> None:
    folder.write(root, {p: d for p, d in toolbox_files(from_index=True).items() if p != VERSION})
    (root / WHEEL).unlink()
    assert _found(root) == []


def test_nothing_is_said_where_no_workflow_installs_from_a_toolbox(tmp_path: Path) -> None:
    assert _found(folder.write(tmp_path, folder.MINIMAL)) == []


def test_nothing_is_said_where_peerloom_itself_is_made(root: Path) -> None:
    (root / WHEEL).unlink()
    (root / "tools/peerloom").mkdir(parents=True)
    assert _found(root) == []


def _tamper(root: Path) -> None:
    wheel = root / WHEEL
    wheel.write_bytes(wheel.read_bytes().replace(b"Peerloom", b"Peerl00m", 1))


def _leave_out_windows(root: Path) -> None:
    """What pip-compile writes on Linux has no package that only Windows needs."""
    file = root / BUILD_LOCK
    text = re.sub(
        r"^colorama==.*(\n .*)+\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert text != file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")


THERE = "the file must be there"
HASH = "the file must have the hash that the locks beside it name"
AS_WRITTEN = "the lock must be as Peerloom wrote it, for every platform"
NAMES_ITSELF = "the lock must name Peerloom itself"
SAYS_VERSION = "the file must name the version of Peerloom"


@pytest.mark.parametrize(
    ("break_it", "path", "message"),
    [
        (lambda root: (root / WHEEL).unlink(), WHEEL, THERE),
        (_tamper, WHEEL, HASH),
        (lambda root: (root / BUILD_LOCK).unlink(), BUILD_LOCK, THERE),
        (lambda root: (root / LOCK).write_bytes(b"\xff\0"), LOCK, NAMES_ITSELF),
        (_leave_out_windows, BUILD_LOCK, AS_WRITTEN),
        (lambda root: _change(root / LOCK, "\nbabel==", "\nbabel>="), LOCK, AS_WRITTEN),
        (lambda root: (root / VERSION).unlink(), VERSION, SAYS_VERSION),
        (lambda root: (root / VERSION).write_text("newest\n"), VERSION, SAYS_VERSION),
    ],
)
def test_what_no_workflow_can_install_is_told(
    root: Path, break_it: Callable[[Path], object], path: str, message: str
) -> None:
    break_it(root)
    ((found, said),) = _found(root)
    assert found == path and said.startswith(message)


def test_a_toolbox_that_was_deleted_is_told_file_by_file(root: Path) -> None:
    for file in (root / FOLDER).iterdir():
        file.unlink()
    assert [path for path, _ in _found(root)] == sorted(
        [VERSION, *(f"{FOLDER}/{name}" for name in LOCK_NAMES)]
    )


def test_a_lock_of_another_version_is_not_compared_with_this_one_s(root: Path) -> None:
    _leave_out_windows(root)
    (root / VERSION).write_text("0.1.7\n", encoding="utf-8")
    assert _found(root) == []


def test_a_wheel_that_somebody_changed_with_the_locks_agrees_with_them(root: Path) -> None:
    """Nothing in the folder can tell that; CODEOWNERS and the review ask a maintainer about it."""
    before = hashlib.sha256((root / WHEEL).read_bytes()).hexdigest()
    _tamper(root)
    after = hashlib.sha256((root / WHEEL).read_bytes()).hexdigest()
    for name in LOCK_NAMES:
        _change(root / FOLDER / name, before, after)
    assert _found(root) == []


def test_check_warns_and_does_not_fail(root: Path) -> None:
    _tamper(root)
    run = CliRunner().invoke(peerloom, ["-C", str(root), "check", "--today", "2026-02-10"])
    assert run.exit_code == 0
    assert f"{WHEEL}:1:1: warning toolbox-can-be-installed" in run.output
    assert "peerloom upgrade" in run.output and "ask who could write" in run.output
