"""The workflow `upgrade`: a pull request with all but the workflows, or what to type instead."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commits import Commits
from peerloom import __version__
from peerloom.cli.command import peerloom
from peerloom.toolbox import encode_files, machinery_files, pack_written_files
from releases.frozen import read_frozen
from stand_in import Origin, StandIn

HOME = "reading-circle/mentoring"
TODAY = "2026-12-01"
SITE = ".github/workflows/site.yml"
COMMAND = "pipx run --no-cache peerloom upgrade"


class Program:
    """A program on the stand-in, and the step that proposes its upgrade."""

    def __init__(self, root: Path, hub: StandIn, files: dict[str, bytes]) -> None:
        self.hub, self.repository, self.summary = hub, hub.repositories[HOME], root / "summary.md"
        self.commits = Commits(root / "origin.git")
        self.commits.commit("main", files)
        self.repository.origin = Origin(self.commits.folder)
        self._root = root

    def upgrade(self) -> Result:
        clone = self._root / f"clone{len(list(self._root.glob('clone*')))}"
        self.commits.git("clone", "--quiet", ".", str(clone))
        environment = {
            "GITHUB_REPOSITORY": HOME,
            "GITHUB_ACTOR": "noor",
            "GITHUB_ACTOR_ID": "5",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        command = ["-C", str(clone), "upgrade", "--pull-request", "--today", TODAY]
        return CliRunner().invoke(peerloom, command, env=environment, catch_exceptions=False)

    def list_changes(self) -> dict[str, str]:
        """What the branch does to each path: A, M or D."""
        lines = self.commits.git("diff", "--no-renames", "--name-status", "main", "upgrade")
        return {path: how for how, path in (line.split("\t") for line in lines.splitlines())}


@pytest.fixture(scope="module")
def machinery() -> dict[str, bytes]:
    return encode_files(machinery_files("2026-spring"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn(HOME) as hub:
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield hub


def _older_program(machinery: dict[str, bytes], **workflows: bytes) -> dict[str, bytes]:
    """A program that differs from an upgraded one in its toolbox, and in some workflows."""
    content = {p: d for p, d in read_frozen("0.1.0").items() if p.startswith("content/")}
    written = {p: d for p, d in machinery.items() if not p.endswith(".whl")} | workflows
    return {
        **content,
        **written,
        "mkdocs.yml": read_frozen("0.1.0")["mkdocs.yml"],
        ".peerloom/version": b"0.1.0\n",
        ".peerloom/peerloom-0.1.0-py3-none-any.whl": b"PK",
        ".peerloom/written.zip": pack_written_files(written),
    }


def test_an_upgrade_is_proposed_with_all_that_it_changes(
    tmp_path: Path, hub: StandIn, machinery: dict[str, bytes]
) -> None:
    program = Program(tmp_path, hub, _older_program(machinery))
    ran = program.upgrade()
    assert ran.exit_code == 0, ran.output
    assert ran.output.endswith(
        f"pull request #1 upgrades the program: read and merge it at "
        f"https://github.com/{HOME}/pull/1\n"
    )
    changes = program.list_changes()
    assert changes[".peerloom/version"] == "M"
    assert changes[".peerloom/peerloom-0.1.0-py3-none-any.whl"] == "D"
    assert changes[".github/ISSUE_TEMPLATE/sign-up.yml"] == "A"
    assert not any(path.startswith(".github/workflows/") for path in changes)
    (wheel,) = (path for path in changes if path.endswith(".whl") and changes[path] == "A")
    held = program.commits.git("cat-file", "-s", f"upgrade:{wheel}")
    assert held == str(len(machinery[wheel]))
    pull = program.repository.issues[1]
    assert pull["title"] == f"Upgrade Peerloom to {__version__}"
    assert "- `.peerloom/version`\n" in pull["body"]
    assert "in a Codespace, and type there" not in pull["body"]
    assert "[Pull request #1]" in program.summary.read_text()


def test_a_second_run_leaves_the_pull_request_as_it_is(
    tmp_path: Path, hub: StandIn, machinery: dict[str, bytes]
) -> None:
    program = Program(tmp_path, hub, _older_program(machinery))
    program.upgrade()
    first = program.commits.git("rev-parse", "upgrade")
    assert program.upgrade().exit_code == 0
    assert program.commits.git("rev-parse", "upgrade") == first
    assert list(program.repository.pulls) == [1]


def test_workflows_that_run_as_they_are_are_left_to_a_codespace(
    tmp_path: Path, hub: StandIn, machinery: dict[str, bytes]
) -> None:
    older = machinery[SITE].replace(b"name: site\n", b"name: our site\n")
    program = Program(tmp_path, hub, _older_program(machinery, **{SITE: older}))
    ran = program.upgrade()
    assert ran.exit_code == 0, ran.output
    assert SITE not in program.list_changes()
    body = program.repository.issues[1]["body"]
    assert f"- `{SITE}`: a workflow's token may not change a workflow, so it stays.\n" in body
    assert f"in a Codespace, and type there: `{COMMAND}`" in body
    program.commits.git("update-ref", "refs/heads/main", "upgrade")
    ran = program.upgrade()
    assert ran.exit_code == 1
    assert "only workflows are left to be upgraded" in ran.output


def test_where_workflows_could_not_run_without_it_there_is_no_pull_request(
    tmp_path: Path, hub: StandIn
) -> None:
    program = Program(tmp_path, hub, read_frozen("0.1.0"))
    ran = program.upgrade()
    assert ran.exit_code == 1
    assert "this upgrade changes workflows that could not run without it" in ran.output
    assert f"type there: {COMMAND}" in ran.output
    assert program.repository.pulls == {}
    assert "upgrade" not in program.commits.git("branch", "--list")
    assert "could not run without it" in program.summary.read_text()


def test_what_a_person_put_on_the_branch_stays(
    tmp_path: Path, hub: StandIn, machinery: dict[str, bytes]
) -> None:
    program = Program(tmp_path, hub, _older_program(machinery))
    mine = program.commits.commit("upgrade", {"mine.txt": "mine"}, "main")
    ran = program.upgrade()
    assert ran.exit_code == 1
    assert "somebody has changed the branch 'upgrade' by hand" in ran.output
    assert program.commits.git("rev-parse", "upgrade") == mine
