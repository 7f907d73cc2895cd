"""A change is written whole or not at all, also when a run is killed or the disk is full."""

import ast
import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

import folder
from peerloom import changes, os_errors
from peerloom.changes import (
    CannotWrite,
    files,
    journal_folder,
    lock,
    open_writer,
    recover,
)
from peerloom.cli.command import COMMANDS, peerloom

ADA, GRACE = "content/participants/ada.yml", "content/participants/grace.yml"
EVE = "content/participants/eve.yml"
PAIR = "content/pairs/spring/ada-grace.yml"
TEXTS = {
    ADA: folder.MINIMAL[ADA].replace("Ada Example", "Ada Other"),
    EVE: folder.MINIMAL[GRACE].replace("grace", "eve").replace("Grace", "Eve"),
    GRACE: folder.MINIMAL[GRACE].replace("Grace Example", "Grace Other"),
}


class Killed(BaseException):
    """The run ends here."""


@pytest.fixture(params=["alone", "in Git", "in a subfolder of Git", "in a worktree"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = folder.write(tmp_path / "top/program", folder.MINIMAL)
    top = {"in Git": place, "in a subfolder of Git": place.parent}.get(request.param)
    if top is not None:
        subprocess.run(["git", "init", "-q", top], check=True)
    if request.param == "in a worktree":
        (place.parent / "main.git/worktrees/w").mkdir(parents=True)
        (place.parent / "main.git/worktrees/w/HEAD").write_text("ref: refs/heads/w\n")
        (place / ".git").write_text("gitdir: ../main.git/worktrees/w\n")
    return place


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", folder.MINIMAL)


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), *arguments], catch_exceptions=False)


def _check(root: Path) -> Result:
    return _run(root, "check", "--today", "2026-03-01")


def _tree(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text()
        for file in sorted(root.rglob("*"))
        if file.is_file()
        and file.relative_to(root).parts[0] not in (".git", journal_folder.OWN_FOLDER)
    }


def _journals(at: Path) -> list[str]:
    return [
        file.name
        for file in at.rglob("*")
        if file.name == journal_folder.OWN_FOLDER
        or (file.name.startswith("peerloom-") and ".git" in str(file))
    ]


@contextmanager
def _killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it, a run that moves files into place is killed before it moves that one."""
    put, moved = files.move_into_place, []

    def move(root: Path, path: str, ready: Path) -> None:
        if len(moved) == step:
            raise Killed
        moved.append(path)
        put(root, path, ready)

    with monkeypatch.context() as patched:
        patched.setattr(files, "move_into_place", move)
        with pytest.raises(Killed):
            yield


def test_what_is_written_and_deleted_is_there_and_gone_and_nothing_else_is(root: Path) -> None:
    folder.apply_changes(root, TEXTS, deleted=[PAIR])
    expected = {path: text for path, text in (folder.MINIMAL | TEXTS).items() if path != PAIR}
    assert _tree(root) == expected
    assert _journals(root.parent) == []


def test_where_no_folder_can_be_opened_inside_another_links_are_looked_for(
    alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_CAN_OPEN_FOLDERS", False)  # as on Windows
    folder.apply_changes(alone, TEXTS | {"content/pairs/new/p.yml": "x"}, deleted=[PAIR])
    assert not (alone / PAIR).exists()
    assert (alone / "content/pairs/new/p.yml").read_text() == "x"
    folder.apply_changes(alone, {}, deleted=[GRACE])
    (alone / "content/participants").rename(tmp_path / "elsewhere")
    (alone / "content/participants").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="a symbolic link is in the way"):
        folder.apply_changes(alone, {GRACE: "x"})
    assert not (tmp_path / "elsewhere/grace.yml").exists()


@pytest.mark.parametrize("step", range(3))
def test_the_next_command_finishes_what_was_killed_and_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    with _killed_at(step, monkeypatch):
        folder.apply_changes(root, TEXTS)
    assert len(_journals(root.parent)) == 1
    checked = _check(root)
    assert checked.stderr == (
        "peerloom: an earlier run was interrupted while it wrote 3 files, and is finished now\n"
    )
    assert checked.exit_code == 0
    assert _tree(root) == folder.MINIMAL | TEXTS
    assert _journals(root.parent) == []
    assert _check(root).stderr == ""


def test_what_was_killed_before_it_began_has_changed_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("peerloom.changes.journal.write_journal", die)
        patched.setattr("peerloom.changes.writer.Writer.close", lambda writer: None)
        with pytest.raises(Killed):
            folder.apply_changes(root, TEXTS)
    assert _tree(root) == folder.MINIMAL
    said = "an earlier run was interrupted before it wrote anything, and nothing was changed"
    assert _check(root).stderr == f"peerloom: {said}\n"
    assert _journals(root.parent) == []


def test_two_programs_in_one_repository_do_not_mix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    one = folder.write(tmp_path / "one", folder.MINIMAL)
    two = folder.write(tmp_path / "two", folder.MINIMAL)
    with _killed_at(1, monkeypatch):
        folder.apply_changes(one, TEXTS)
    assert _check(two).stderr == ""
    folder.apply_changes(two, {EVE: TEXTS[EVE]})
    assert _tree(two) == folder.MINIMAL | {EVE: TEXTS[EVE]}
    assert "is finished now" in _check(one).stderr


def test_a_file_that_was_edited_since_is_not_written_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _killed_at(1, monkeypatch):
        folder.apply_changes(root, TEXTS)
    (root / GRACE).write_text("edited")
    there = _tree(root)
    checked = _check(root)
    assert checked.exit_code == 1
    assert f"'{GRACE}' was edited since; nothing is overwritten\n" in checked.stderr
    assert f"help: move '{GRACE}' out of the program and run any command" in checked.stderr
    assert "help: or, to keep all files as they are now, delete the folder '" in checked.stderr
    assert "is in it, as '2.new'\n" in checked.stderr
    assert _tree(root) == there
    journal = journal_folder.find_journal_folder(root)
    assert (journal / "2.new").read_text() == TEXTS[GRACE]


def test_who_moves_the_edited_file_away_has_the_rest_finished(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _killed_at(1, monkeypatch):
        folder.apply_changes(root, TEXTS)
    (root / GRACE).write_text("edited")
    (root / GRACE).rename(tmp_path / "mine.yml")
    assert _check(root).exit_code == 0
    assert _tree(root) == folder.MINIMAL | TEXTS


def test_who_deletes_the_journal_keeps_what_is_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _killed_at(1, monkeypatch):
        folder.apply_changes(root, TEXTS)
    (root / GRACE).write_text(TEXTS[GRACE].replace("Other", "Third"))
    for file in journal_folder.find_journal_folder(root).iterdir():
        file.unlink()
    journal_folder.find_journal_folder(root).rmdir()
    there = _tree(root)
    assert (_check(root).exit_code, _tree(root)) == (0, there)


ENDS_WITH_A_SENTENCE = {
    "new": ["participant", "id=x"],
    "import": ["sheet.csv", "--cohort", "spring"],
    "match": ["spring"],
    "shortlist": ["spring"],
    "explain": ["spring", "grace"],
    "decide": ["ada", "--cohort", "spring", "--state", "accepted"],
    "begin": ["spring", "--on", "2026-02-02"],
    "circles": ["spring"],
    "learn": ["spring"],
    "criteria": ["spring"],
    "check": [],
    "attention": [],
    "put-aside": ["spring", "ada-grace", "--signal", "fit", "--reason", "x"],
    "withdraw": ["ada"],
    "report": ["spring"],
    "about": ["ada"],
    "forget": ["ada", "--yes"],
    "publish": [],
    "upgrade": [],
    "renew": [],
    "remind": [],
    "doctor": [],
    "numbers": [],
    "build": [],
    "serve": [],
}
# `init` begins a program, four read commits and no folder, and two need no program.
READ_NO_PROGRAM = {"init", "start", "review", "propose", "receive", "rules", "schema"}


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS if name not in READ_NO_PROGRAM])
def test_a_command_that_reads_the_program_does_not_read_half_of_a_change(
    name: str, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(alone)
    (alone / "sheet.csv").write_text("Name\nx\n")
    with _killed_at(1, monkeypatch):
        folder.apply_changes(alone, TEXTS)
    (alone / GRACE).write_text("edited")
    ran = _run(alone, name, *ENDS_WITH_A_SENTENCE[name])
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("peerloom: an earlier run was interrupted while it wrote, and '")


def test_the_plugin_alone_finishes_it_too_or_refuses(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alone / "content/pages").mkdir()
    (alone / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content/pages\nplugins: [peerloom]\n"
    )
    with _killed_at(1, monkeypatch):
        folder.apply_changes(alone, TEXTS)
    (alone / GRACE).write_text("edited")
    config = load_config(str(alone / "mkdocs.yml"))
    with pytest.raises(PluginError, match="was edited since"):
        config.plugins.on_config(config)
    (alone / GRACE).write_text(folder.MINIMAL[GRACE])
    config = load_config(str(alone / "mkdocs.yml"))
    config.plugins.on_config(config)
    assert "Grace Other" in (alone / GRACE).read_text()


def test_where_nothing_can_be_written_an_interrupted_change_is_said_and_ends_with_one(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _killed_at(1, monkeypatch):
        folder.apply_changes(alone, TEXTS)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(files, "move_into_place", refuse)
    checked = _check(alone)
    assert checked.exit_code == 1
    assert checked.stderr == (
        "peerloom: an earlier run was interrupted, and cannot be finished or undone here: "
        "the disk is read-only\n"
        "  help: copy the folder to a place where you can write, or have the disk made writable\n"
    )


# Journals that were not written here.

HOSTILE = [
    "../outside.yml",
    "/tmp/outside.yml",
    "content/participants/../../outside.yml",
    "content/participants/..",
    "content/../outside.yml",
    "content//participants/x.yml",
    "content/participants/x.yml\n",
    "content\\participants\\x.yml",
    ".git/hooks/post-checkout",
    ".git/config",
    ".github/workflows/site.yml",
    ".github/ISSUE_TEMPLATE/../workflows/x.yml",
    "mkdocs.yml",
    "README.md",
    ".gitignore",
    "content/pages/index.md",
    "content/pages/x.html",
    "content/training/x.md",
    "content/participants/.gitkeep",
    "",
]


def _plant(root: Path, value: object, way: str = "redo", texts: tuple[str, ...] = ("x",)) -> Path:
    at = journal_folder.find_journal_folder(root)
    at.mkdir(mode=0o700, parents=True)
    data = json.dumps(value).encode()
    (at / way).write_bytes(files.digest_of(data).encode() + b"\n" + data)
    for number, text in enumerate(texts):
        (at / f"{number}.new").write_text(text)
        (at / f"{number}.old").write_text(text)
    return at


def _journal(*steps: dict[str, object], **more: object) -> dict[str, object]:
    return {"version": 1, "steps": list(steps), "folders": []} | more


@pytest.mark.parametrize("way", ["redo", "undo"])
@pytest.mark.parametrize("path", HOSTILE)
def test_a_journal_writes_only_what_commands_write(alone: Path, path: str, way: str) -> None:
    root = alone
    digest = files.digest_of(b"x")
    old, new = (None, digest) if way == "redo" else (digest, None)
    _plant(root, _journal({"path": path, "old": old, "new": new}), way)
    around = {file: file.is_file() and file.read_bytes() for file in root.parent.rglob("*")}
    checked = _check(root)
    assert checked.exit_code == 1
    assert "says that a change was not finished, and cannot be trusted: it names" in checked.stderr
    assert "which no command writes" in checked.stderr
    after = {file: file.is_file() and file.read_bytes() for file in root.parent.rglob("*")}
    assert {file for file in after if "cache" not in str(file)} == set(around)


# What an upgrade may write, and else no command.
_OF_UPGRADES = {".github/workflows/site.yml", "mkdocs.yml", ".gitignore"}


@pytest.mark.parametrize("way", ["redo", "undo"])
@pytest.mark.parametrize("path", [path for path in HOSTILE if path not in _OF_UPGRADES])
def test_the_journal_of_an_upgrade_names_nothing_but_what_upgrades_write(
    alone: Path, path: str, way: str
) -> None:
    digest = files.digest_of(b"x")
    old, new = (None, digest) if way == "redo" else (digest, None)
    at = _plant(alone, _journal({"path": path, "old": old, "new": new}), way)
    data = json.dumps(_journal({"path": path, "old": old, "new": new}, place=at.stat().st_ino))
    (at / way).write_bytes(files.digest_of(data.encode()).encode() + b"\n" + data.encode())
    checked = _check(alone)
    assert checked.exit_code == 1
    assert "which no command writes" in checked.stderr
    assert _tree(alone) == folder.MINIMAL


@pytest.mark.parametrize(
    "path", ["../x", "/x", ".git", ".GIT", ".git/HEAD", "content/../x/y", "a/b", "", "content/a/.."]
)
def test_taking_a_start_back_deletes_nothing_but_files_of_a_new_program(
    alone: Path, path: str
) -> None:
    digest = files.digest_of(b"x")
    _plant(alone, _journal({"path": path, "old": None, "new": digest}), "undo")
    (alone.parent / "x").write_text("x")
    checked = _check(alone)
    assert checked.exit_code == 1
    assert "which no command writes" in checked.stderr
    assert (alone.parent / "x").exists()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        _journal(version=2),
        _journal(more=1),
        _journal({"path": EVE, "old": None}),
        _journal({"path": EVE, "old": 1, "new": None}),
        _journal({"path": 1, "old": None, "new": None}),
        _journal({"path": EVE, "old": None, "new": None, "run": "x"}),
        _journal(*[{"path": EVE, "old": None, "new": files.digest_of(b"x")}] * 2),
        _journal({"path": EVE, "old": None, "new": files.digest_of(b"other")}),
        _journal({"path": EVE, "old": None, "new": "../../x"}),
        _journal(folders=["content"]),
        _journal({"path": EVE, "old": None, "new": files.digest_of(b"x")}, folders=["../x"]),
    ],
    ids=repr,
)
def test_a_journal_of_a_wrong_shape_is_not_believed(alone: Path, value: object) -> None:
    root = alone
    _plant(root, value)
    checked = _check(root)
    assert (checked.exit_code, _tree(root)) == (1, folder.MINIMAL)
    assert "cannot be trusted: " in checked.stderr
    with pytest.raises(CannotWrite, match="cannot be trusted"):
        folder.apply_changes(root, TEXTS)
    assert _tree(root) == folder.MINIMAL


def test_a_damaged_journal_is_not_believed(root: Path) -> None:
    at = _plant(root, _journal({"path": EVE, "old": None, "new": files.digest_of(b"x")}))
    whole = (at / "redo").read_bytes()
    for data in (whole[:-5], whole[:40], b"", b"\xff\xfe", whole.replace(b"eve", b"ada")):
        (at / "redo").write_bytes(data)
        assert "cannot be trusted: 'redo' is damaged" in _check(root).stderr
    (at / "redo").unlink()
    (at / "redo").symlink_to(at / "0.new")
    assert "cannot be trusted: 'redo' is not a file that peerloom writes" in _check(root).stderr
    assert _tree(root) == folder.MINIMAL


def test_a_journal_that_others_could_have_made_is_not_believed(alone: Path) -> None:
    at = _plant(alone, _journal({"path": EVE, "old": None, "new": files.digest_of(b"x")}))
    at.chmod(0o755)
    said = _check(alone).stderr
    assert "cannot be trusted: this account did not make it\n  help: look at what you" in said
    at.rename(alone.parent / "elsewhere")
    at.symlink_to(alone.parent / "elsewhere")
    assert "cannot be trusted: this account did not make it" in _check(alone).stderr
    assert not (alone / EVE).exists()


def test_a_journal_that_a_clone_brings_along_is_not_believed(alone: Path) -> None:
    _plant(alone, _journal({"path": EVE, "old": None, "new": files.digest_of(b"x")}))
    subprocess.run(["git", "init", "-q", alone], check=True)
    assert "cannot be trusted: it came with the files, or is older than" in _check(alone).stderr
    assert not (alone / EVE).exists()


# What stands in the way.


def test_a_folder_that_is_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    (root / "content/participants").rename(tmp_path / "elsewhere")
    (root / "content/participants").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="nothing was written: a file or link is where a folder"):
        folder.apply_changes(root, TEXTS)
    assert not (tmp_path / "elsewhere/eve.yml").exists()


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = files.move_into_place

    def swap_and_put(root: Path, path: str, ready: Path) -> None:
        if not (tmp_path / "elsewhere").exists():
            (root / "content/participants").rename(tmp_path / "elsewhere")
            (root / "content/participants").symlink_to(tmp_path / "elsewhere")
        put(root, path, ready)

    monkeypatch.setattr(files, "move_into_place", swap_and_put)
    with pytest.raises(CannotWrite, match="only a part was written, and the next command"):
        folder.apply_changes(root, TEXTS)
    assert not (tmp_path / "elsewhere/eve.yml").exists()


def test_a_file_that_is_a_link_is_not_followed_or_replaced(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (root / EVE).symlink_to(tmp_path / "mine")
    with pytest.raises(CannotWrite, match=r"a symbolic link is in the way.*participants/eve"):
        folder.apply_changes(root, TEXTS)
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_folder_in_the_place_of_a_file_is_told(root: Path) -> None:
    (root / EVE).mkdir()
    with pytest.raises(CannotWrite) as raised:
        folder.apply_changes(root, TEXTS)
    assert str(raised.value) == (
        f"nothing was written: a folder is where a file must be: '{EVE}'\n"
        "  help: move it away, then run the same command again"
    )
    (root / EVE).rmdir()
    assert _tree(root) == folder.MINIMAL


@pytest.mark.parametrize("path", ["../x.yml", "content/pages/x.md", ".git/config", "mkdocs.yml"])
def test_what_no_command_writes_is_not_written(root: Path, path: str) -> None:
    with pytest.raises(CannotWrite, match="is not a file that commands may write"):
        folder.apply_changes(root, {path: "x"})


def test_files_are_as_readable_as_others_here_and_keep_what_they_had(root: Path) -> None:
    (root / ADA).chmod(0o640)
    (root / GRACE).chmod(0o664)
    umask = os.umask(0o027)
    try:
        folder.apply_changes(root, TEXTS)
    finally:
        os.umask(umask)
    modes = [stat.S_IMODE((root / path).stat().st_mode) for path in (ADA, GRACE, EVE)]
    assert modes == [0o640, 0o664, 0o640]


def test_texts_from_another_disk_are_copied_into_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def of_one_disk(source: object, *more: object, **named: object) -> None:
        if str(source).endswith((".new", ".old")):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        replace(source, *more, **named)  # type: ignore[arg-type]

    (root / ADA).chmod(0o640)
    monkeypatch.setattr(os, "replace", of_one_disk)
    folder.apply_changes(root, TEXTS)
    assert _tree(root) == folder.MINIMAL | TEXTS
    assert stat.S_IMODE((root / ADA).stat().st_mode) == 0o640


# Two at once.


def test_a_second_run_that_writes_waits_and_then_says_that_another_is_writing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.1)
    with open_writer(root) as first:
        ran = _run(root, "renew")
        assert (ran.exit_code, ran.stdout) == (1, "")
        assert ran.stderr == (
            "peerloom: nothing was written: another run of peerloom is writing to this program\n"
            "  help: wait until it is done, then run the same command again\n"
        )
        assert _check(root).exit_code == 0
        first.write_changes(TEXTS)
    assert _run(root, "renew").exit_code == 0


def test_the_lock_of_a_run_that_was_killed_is_free(root: Path) -> None:
    holder = (
        "import os, sys, pathlib; from peerloom.changes import open_writer\n"
        "with open_writer(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", holder, root], check=False).returncode == -9
    assert len(_journals(root.parent)) == 1
    assert (_check(root).stderr, _journals(root.parent)) == ("", [])
    folder.apply_changes(root, TEXTS)


def test_runs_that_write_at_once_come_one_after_the_other(alone: Path) -> None:
    root = alone
    texts = [
        ["participant", f"id=p{n}", "name=P", "cohorts.cohort=spring", "cohorts.role=mentor"]
        for n in range(6)
    ]
    command = [sys.executable, "-m", "peerloom", "-C", str(root), "new"]
    runs = [subprocess.Popen([*command, *said], stdin=subprocess.DEVNULL) for said in texts]
    assert [run.wait() for run in runs] == [0] * 6
    assert {file.stem for file in (root / ADA).parent.iterdir()} >= {f"p{n}" for n in range(6)}
    assert _journals(root.parent) == []


def test_what_somebody_edits_while_a_run_computes_is_not_written_over(root: Path) -> None:
    with open_writer(root) as writer:
        (root / GRACE).write_text("edited")
        os.utime(root / GRACE, ns=(1, 1))
        _wait_for_the_next_tick(root)
        with pytest.raises(CannotWrite) as raised:
            writer.write_changes(TEXTS)
    assert str(raised.value) == (
        f"nothing was written: '{GRACE}' was changed by somebody while this ran\n"
        "  help: run the same command again; it takes that change into account"
    )
    assert _tree(root) == folder.MINIMAL | {GRACE: "edited"}


def _wait_for_the_next_tick(root: Path) -> None:
    """A disk's clock may stand still for some milliseconds: edits until it has gone on."""
    before = (root / GRACE).stat().st_ctime_ns
    while (root / GRACE).stat().st_ctime_ns == before:
        os.utime(root / GRACE, ns=(1, 1))


# What a broken machine says.


@pytest.mark.parametrize("name", [None, "", b"\xff", 7, "a\nb"])
def test_every_error_of_the_system_is_in_words(name: object) -> None:
    errors = [OSError(code, os.strerror(code)) for code in sorted(errno.errorcode)]
    for error in (*errors, OSError(), OSError("x"), OSError(28, None), OSError(99999, "")):
        error.filename = name
        said = os_errors.describe_os_error(error)
        assert said
        assert "None" not in said
        assert said.count("\n") <= 1


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("call", ["replace", "fsync", "write", "mkdir"])
def test_a_disk_that_fails_once_leaves_the_program_as_it_was(
    alone: Path, monkeypatch: pytest.MonkeyPatch, call: str, step: int
) -> None:
    root, code = alone, (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE)[step % 4]
    real, calls = getattr(os, call), []

    def fail_once(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        if len(calls) == step + 1:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    texts = TEXTS | {"content/responses/a/b/c.yml": "x", "content/pairs/new/p.yml": "x"}
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail_once)
        try:
            folder.apply_changes(root, texts, deleted=[PAIR])
        except CannotWrite as error:
            said = str(error)
        else:
            said = ""
    if said:
        assert said.startswith("nothing was written: ")
        assert "None" not in said
        assert _tree(root) == folder.MINIMAL
        assert not (root / "content/responses").exists()
    else:
        assert len(calls) <= step
        assert len(_tree(root)) == len(folder.MINIMAL) + 2
    assert recover(root) is None
    assert _journals(root.parent) == []


def test_output_that_cannot_be_written_is_told_in_words(alone: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "peerloom", "-C", alone, "report", "spring"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr == (
        "peerloom: this cannot be done: the disk is full\n"
        "  help: free some space, then run the same command again\n"
    )


# A program that is being started.

INIT = [
    *("init", "our", "--name", "Reading", "--repository", "reading-circle/mentoring"),
    *("--cohort", "spring", "--starts", "2026-01-12", "--weeks", "20"),
]


@pytest.mark.parametrize("step", [0, 5, 18])
def test_a_start_that_was_killed_is_taken_back_and_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    with _killed_at(step, monkeypatch):
        _run(tmp_path, *INIT)
    again = _run(tmp_path, *INIT)
    assert again.exit_code == 0, again.stderr
    assert "everything is as it was before it\n" in again.stderr
    assert _check(tmp_path / "our").exit_code == 0
    assert not (tmp_path / "our" / journal_folder.OWN_FOLDER).exists()


def test_what_somebody_put_into_a_half_started_folder_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _killed_at(9, monkeypatch):
        _run(tmp_path, *INIT)
    (tmp_path / "our/mine.txt").write_text("mine")
    again = _run(tmp_path, *INIT)
    assert again.exit_code == 2
    assert "must be a new or empty folder, or a fresh clone, and holds 'mine.txt';" in again.stderr
    assert "nothing was changed" in again.stderr
    assert [file.name for file in (tmp_path / "our").rglob("*")] == ["mine.txt"]


def test_a_start_on_a_full_disk_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "move_into_place", full)
    ran = _run(tmp_path, *INIT)
    assert ran.exit_code == 1
    assert ran.stderr.startswith("peerloom: nothing was written: the disk is full\n  help: free")
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_version_left_among_the_records_is_explained(alone: Path) -> None:
    (alone / "content/participants/.new-4f3a_9").write_text("x")
    assert (
        "help: delete it: an earlier version of peerloom left it when a run was interrupted\n"
        in _check(alone).stdout
    )


# No part of a program: the site, the cache, what a step tells its workflow, the released wheel.
WRITE_ELSEWHERE = (
    "changes/",
    "site/",
    "program/cache.py",
    "templating.py",
    "cache_dir.py",
    "github/actions.py",
    "toolbox/__main__.py",
)


def test_nothing_else_writes_files() -> None:
    package = Path(changes.__file__).parents[1]
    found = [
        f"{file.relative_to(package).as_posix()}:{node.lineno}"
        for file in sorted(package.rglob("*.py"))
        if not file.relative_to(package).as_posix().startswith(WRITE_ELSEWHERE)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _writes(node)
    ]
    assert found == []


def _writes(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in ("write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile"):
        return True
    modes = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return name == "open" and any(mode[:1] in ("w", "a", "x") and len(mode) < 4 for mode in modes)
