"""What is kept to save time is kept from others, and believed only where nobody touched it."""

import os
from datetime import date
from pathlib import Path

import pytest

import folder
import peerloom
from peerloom import cache_dir
from peerloom.program import cache, check, load

TODAY = date(2026, 3, 1)


@pytest.fixture
def kept() -> Path:
    found = cache_dir.cache_folder()
    assert found is not None
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", folder.MINIMAL)


def _remember(root: Path, kept: Path) -> None:
    while not list(kept.glob("*-verdict")):
        check(root, TODAY)


def test_only_its_owner_may_read_what_is_kept(root: Path, kept: Path) -> None:
    before = os.umask(0)
    try:
        _remember(root, kept)
    finally:
        os.umask(before)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in kept.iterdir()} == {0o600}
    assert len(list(kept.iterdir())) == 3


def test_what_was_kept_is_there_again_and_other_words_and_folders_have_their_own(
    root: Path, tmp_path: Path
) -> None:
    cache_dir.write_cached(root, "values", b"some bytes")
    assert cache_dir.read_cached(root, "values") == b"some bytes"
    assert cache_dir.read_cached(root, "verdict") is None
    assert cache_dir.read_cached(tmp_path, "values") is None


def test_a_deleted_person_is_forgotten_by_the_next_command(root: Path, kept: Path) -> None:
    _remember(root, kept)
    assert any(b"Grace Example" in file.read_bytes() for file in kept.iterdir())
    (root / "content/participants/grace.yml").unlink()
    load(root)
    assert not any(b"Grace Example" in file.read_bytes() for file in kept.iterdir())


def test_nothing_is_believed_that_other_code_said_wherever_in_the_package_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(peerloom.__file__).parent
    folders = sorted({file.parent.relative_to(package) for file in package.rglob("*.py")})
    assert Path("sanitizing") in folders
    for folder_of_code in folders:
        (tmp_path / folder_of_code).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "program" / "cache.py"))
    said = {cache._code_digest.__wrapped__()}
    for number, folder_of_code in enumerate(folders, 2):
        (tmp_path / folder_of_code / "new.py").write_text("")
        said.add(cache._code_digest.__wrapped__())
        assert len(said) == number, f"what is in {folder_of_code} decides nothing"


def test_a_program_whose_folder_is_gone_is_forgotten_when_something_is_kept(
    root: Path, tmp_path: Path, kept: Path
) -> None:
    _remember(root, kept)
    root.rename(tmp_path / "moved")
    load(tmp_path / "moved")
    assert [file.name[25:] for file in sorted(kept.glob("*-*"))] == ["values"]


def test_compiled_templates_and_open_files_of_earlier_versions_are_removed(
    root: Path, kept: Path
) -> None:
    old = {"templates/__jinja2_abc0.cache": "code", f"{'a' * 24}-values.77": "half"}
    folder.write(kept, {**old, f"{'a' * 24}-values": "people"})
    kept.chmod(0o755)
    _remember(root, kept)
    assert not (kept / "templates").exists()
    assert not list(kept.glob(f"{'a' * 24}*"))
    assert kept.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_that_name_that_serves_something_else_is_left_alone(
    root: Path, kept: Path
) -> None:
    folder.write(kept, {"README.md": "my project", "secret": "mine"})
    kept.chmod(0o755)
    load(root)
    assert sorted(file.name for file in kept.iterdir()) == ["README.md", "secret"]
    assert kept.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("home", ["cache", "./cache", "../cache"])
def test_a_relative_xdg_cache_home_is_not_obeyed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(root)
    load(root)
    assert list((tmp_path / "home/.cache/peerloom").glob("*-values"))
    assert not list(tmp_path.rglob("cache/peerloom"))


@pytest.mark.parametrize("home", ["", "relative", "/dev/null", "/proc/nowhere"])
def test_without_a_home_that_can_be_written_nothing_is_kept_and_all_else_works(
    root: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", home)
    monkeypatch.chdir(root)
    assert check(root, TODAY) == check(root, TODAY)
    assert sorted(path.name for path in root.iterdir()) == ["content"]


def test_a_linked_folder_is_not_used(root: Path, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    kept.parent.mkdir()
    kept.symlink_to(tmp_path / "elsewhere")
    assert check(root, TODAY).diagnostics == ()
    assert list((tmp_path / "elsewhere").iterdir()) == []
