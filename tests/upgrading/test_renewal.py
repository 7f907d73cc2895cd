"""Each file that Peerloom makes is renewed, merged or left; nothing of a person's is replaced."""

import json
from pathlib import Path

import pytest

from peerloom.git import merge_texts
from peerloom.toolbox.written_files import (
    DamagedArchive,
    WrittenFiles,
    pack_written_files,
    unpack_written_files,
    written_by_version,
)
from peerloom.upgrading.renewal import MachineryFiles, Renewal, plan_renewals
from releases.frozen import list_frozen, unpack_frozen

PATH = ".github/workflows/site.yml"
OLD = b"name: site\n\non:\n  push:\n\njobs:\n  build:\n    steps: []\n"
NEW = OLD.replace(b"steps: []", b"steps: [new]")
# Somebody changed other lines than the new version, the same lines, or the end of each line.
ELSEWHERE = OLD.replace(b"  push:\n", b"  push:\n  schedule:\n")
SAME_LINE = OLD.replace(b"steps: []", b"steps: [mine]")
WINDOWS = OLD.replace(b"\n", b"\r\n")


def _plan(
    current: bytes | None,
    base: bytes | None = OLD,
    new: bytes | None = NEW,
    path: str = PATH,
    **more: bytes,
) -> list[Renewal]:
    files = MachineryFiles(
        current=({path: current} if current is not None else {}) | more,
        written=WrittenFiles(texts={} if base is None else {path: base}),
        new={} if new is None else {path: new},
    )
    return list(plan_renewals(files, merge_texts))


def _renewal(manner: str, **more: object) -> list[Renewal]:
    return [Renewal(path=PATH, manner=manner, **more)]  # type: ignore[arg-type]


def test_a_file_as_it_was_written_is_renewed() -> None:
    assert _plan(OLD) == _renewal("renew", text=NEW)
    assert _plan(WINDOWS) == _renewal("renew", text=NEW)


def test_a_change_in_other_lines_is_kept_in_the_new_text() -> None:
    merged = NEW.replace(b"  push:\n", b"  push:\n  schedule:\n")
    assert _plan(ELSEWHERE) == _renewal("merge", text=merged)


def test_a_merge_keeps_the_line_ends_of_the_file() -> None:
    merged = NEW.replace(b"  push:\n", b"  push:\n  schedule:\n").replace(b"\n", b"\r\n")
    assert _plan(ELSEWHERE.replace(b"\n", b"\r\n")) == _renewal("merge", text=merged)


def test_a_change_of_the_same_lines_stays_and_the_new_text_lies_beside() -> None:
    assert _plan(SAME_LINE) == _renewal("beside", beside=NEW)


def test_a_file_of_the_same_name_that_somebody_wrote_stays() -> None:
    assert _plan(SAME_LINE, base=None) == _renewal("beside", beside=NEW)
    assert _plan(NEW, base=None) == []


def test_what_is_not_new_in_the_version_is_not_touched() -> None:
    assert _plan(SAME_LINE, new=OLD) == []
    assert _plan(OLD, new=OLD) == []


def test_a_file_that_somebody_deleted_stays_deleted() -> None:
    assert _plan(None) == _renewal("missing")
    assert _plan(None, new=None) == []


def test_a_new_file_is_added() -> None:
    assert _plan(None, base=None) == _renewal("add", text=NEW)


def test_a_file_that_is_needed_no_more_goes_unless_somebody_changed_it() -> None:
    assert _plan(OLD, new=None) == _renewal("delete")
    assert _plan(ELSEWHERE, new=None) == _renewal("keep")


@pytest.mark.parametrize("text", [OLD, ELSEWHERE])
def test_a_file_that_was_moved_is_found_and_left(text: bytes) -> None:
    other = ".github/workflows/our-site.yml"
    assert _plan(None, **{other: text}) == _renewal("moved", moved_to=other)
    assert _plan(None, **{"elsewhere/site.yml": text}) == _renewal("missing")
    assert _plan(None, **{other: b"name: another\n"}) == _renewal("missing")


def test_a_merge_that_is_no_yaml_any_more_is_left_to_a_person() -> None:
    """Both add the same key in different places, which Git merges without a conflict."""
    base = b"one: 1\ntwo: 2\nthree: 3\nfour: 4\nfive: 5\n"
    assert _plan(b"extra: mine\n" + base, base, base + b"extra: ours\n") == _renewal(
        "beside", beside=base + b"extra: ours\n"
    )


def test_a_merge_that_is_no_json_any_more_is_left_to_a_person() -> None:
    path = ".devcontainer/devcontainer.json"
    base = json.dumps(dict.fromkeys("abcdefg", 1), indent=1).encode()
    mine, new = base.replace(b'"a": 1,', b'"a": 1'), base.replace(b'"g": 1', b'"g": 2')
    assert _plan(mine, base, new, path) == [Renewal(path=path, manner="beside", beside=new)]


@pytest.mark.parametrize("current", [OLD, SAME_LINE, None])
def test_the_toolbox_is_renewed_whatever_it_holds(current: bytes | None) -> None:
    manner = "add" if current is None else "renew"
    path = ".peerloom/version"
    assert _plan(current, None, NEW, path) == [Renewal(path=path, manner=manner, text=NEW)]


# What was written is kept.


def test_what_was_written_comes_back_from_its_archive() -> None:
    texts, unmerged = {PATH: OLD, "a.json": b"{}\r\n\0"}, {PATH: NEW}
    archive = pack_written_files(texts, unmerged)
    assert archive == pack_written_files(dict(reversed(texts.items())), unmerged)
    written = unpack_written_files(archive)
    assert written.texts == texts
    assert written.unmerged == unmerged


@pytest.mark.parametrize(
    "archive", [b"", b"PK", b"x" * 100, pack_written_files({PATH: OLD}, {})[:-30]], ids=len
)
def test_a_damaged_archive_is_told(archive: bytes) -> None:
    with pytest.raises(DamagedArchive):
        unpack_written_files(archive)


def test_a_damaged_entry_of_an_archive_is_told() -> None:
    with pytest.raises(DamagedArchive):
        unpack_written_files(pack_written_files({PATH: OLD}, {}).replace(b"name:", b"nome:"))


@pytest.mark.parametrize("name", list_frozen())
def test_all_that_the_first_version_wrote_is_known(name: str, tmp_path: Path) -> None:
    root = unpack_frozen(name, tmp_path)
    written = written_by_version("0.1.0", root).texts
    workflows = {file.relative_to(root).as_posix() for file in root.glob(".github/workflows/*")}
    assert {path for path in written if path.startswith(".github/workflows/")} == workflows
    for path, text in written.items():
        assert text in ((root / path).read_bytes(), b"")
    (root / ".gitignore").unlink()
    (root / ".github/workflows/site.yml").write_text("mine")
    assert written_by_version("0.1.0", root).texts == written


def test_what_a_version_wrote_that_never_was_is_unknown(tmp_path: Path) -> None:
    assert written_by_version("0.1.7", tmp_path).texts == {}
