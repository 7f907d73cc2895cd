"""Without the extras: what works, and what each other command says that it needs."""

import subprocess
import sys
import tomllib
from collections.abc import Collection
from pathlib import Path

import pytest
from openpyxl import Workbook

from peerloom.cli.command import COMMANDS
from peerloom.missing_extras import explain_missing_extra, explain_missing_package

ROOT = Path(__file__).parents[1]
# As if none of these were installed.
_WITHOUT_EXTRAS = """
import sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {packages}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInstalled())
from peerloom.cli import main
main()
"""
PACKAGES = ("github", "openpyxl", "ortools", "pandas", "rapidfuzz", "zensical")
SHEET = "{folder}/sign-ups.csv"
INIT = ["--name=x", "--repository=a/b", "--cohort=one", "--starts=2027-01-11", "--weeks=8"]
WORKS = {
    "init": ["{folder}/p", *INIT],
    "begin": ["2026-autumn", "--on=2026-11-24", "--possible", "--dry-run"],
    "new": ["participant", "--help"],
    "decide": ["--cohort=2026-autumn", "--state=accepted", "--dry-run", "amara-okafor"],
    "check": [],
    "attention": [],
    "put-aside": [
        *("2026-autumn", "dilnoza-zeynep", "--signal=rating", "--reason=We talked.", "--dry-run")
    ],
    "withdraw": ["amara-okafor", "quote", "--dry-run"],
    "report": ["2026-autumn"],
    "about": ["amara-okafor"],
    "forget": ["amara-okafor", "--dry-run"],
    "publish": ["--dry-run"],
    "renew": ["--dry-run"],
    "build": ["--out", "{folder}/site"],
    "serve": ["--help"],
    "rules": [],
    "upgrade": ["--from=0.1.0", "--dry-run"],
    "schema": ["pair"],
}
NEEDS = {
    "import": ("sheets", [SHEET, "--cohort", "2026-autumn"]),
    "match": ("match", ["2026-autumn"]),
    "shortlist": ("match", ["2026-autumn"]),
    "explain": ("match", ["2026-autumn", "ada"]),
    "circles": ("match", ["2026-autumn"]),
    "learn": ("match", ["2026-autumn"]),
    "criteria": ("match", ["2026-autumn"]),
    "review": ("github", ["--base", "HEAD", "--head", "HEAD", "--author", "x", "--author-id", "3"]),
    "propose": ("github", []),
    "start": (
        "github",
        ["--name=x", "--cohort=one", "--starts=2027-01-11", "--weeks=8", "--time-zone=UTC"],
    ),
    "receive": ("github", []),
    "remind": ("github", []),
    "doctor": ("github", []),
    "numbers": ("github", []),
}


def _run(
    folder: Path, *arguments: str, without: Collection[str] = PACKAGES
) -> subprocess.CompletedProcess[str]:
    code = _WITHOUT_EXTRAS.replace("{packages}", str(set(without)))
    return subprocess.run(
        [sys.executable, "-c", code, "-C", str(ROOT), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_is_here() -> None:
    assert {name for name, _, _ in COMMANDS} == WORKS.keys() | NEEDS.keys()


@pytest.mark.parametrize("command", WORKS)
def test_check_build_report_and_most_commands_need_no_extra(command: str, tmp_path: Path) -> None:
    given = [word.replace("{folder}", str(tmp_path)) for word in WORKS[command]]
    run = _run(tmp_path, command, *given)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("command", NEEDS)
def test_a_command_names_the_extra_that_it_lacks(command: str, tmp_path: Path) -> None:
    (tmp_path / "sign-ups.csv").write_text("Name,Role\nAda Example,Mentor\n", encoding="utf-8")
    extra, arguments = NEEDS[command]
    given = [word.replace("{folder}", str(tmp_path)) for word in arguments]
    run = _run(tmp_path, command, *given)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("peerloom: this command ")
    assert f'help: run: pip install "peerloom[{extra}]"' in run.stderr
    assert "--requirement .peerloom/requirements.txt" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_workbook_is_not_called_broken_where_only_what_reads_it_is_missing(
    tmp_path: Path,
) -> None:
    """With the extra `github` alone, a CSV can be imported."""
    book = Workbook()
    for row in (["Name", "Role"], ["Ada Example", "Mentor"]):
        book.active.append(row)
    book.save(tmp_path / "sign-ups.xlsx")
    given = ["import", str(tmp_path / "sign-ups.xlsx"), "--cohort=2026-autumn"]
    run = _run(tmp_path, *given, without=["openpyxl"])
    assert (run.returncode, run.stdout) == (2, "")
    assert 'pip install "peerloom[sheets]"' in run.stderr


def test_another_missing_module_is_a_bug_and_no_extra() -> None:
    assert explain_missing_package("peerloom.no_such_module") is None
    assert explain_missing_package("github.GithubException") == explain_missing_extra("github")


def test_every_extra_for_users_can_be_named_and_all_has_each() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    named = set(extras) - {"all", "dev"}
    assert all(explain_missing_extra(extra) for extra in named)
    assert extras["all"] == ["peerloom[match,sheets,github,zensical]"]
    assert set(extras["all"][0].removesuffix("]").partition("[")[2].split(",")) == named
    assert "peerloom[all]" in extras["dev"]
