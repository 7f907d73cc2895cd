"""A fresh program, and `peerloom import` in it, for the tests of sheets."""

import atexit
import functools
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import folder
from peerloom import source
from peerloom.cli.command import peerloom
from peerloom.program import load
from peerloom.records import Program

CASES = Path(__file__).parent / "intake/cases"
TODAY = date(2027, 1, 12)


@dataclass(frozen=True)
class Ran:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class NewProgram:
    """A program as `peerloom init` makes it, with one cohort, `spring`."""

    root: Path

    def run(self, *command: str, typed: str = "") -> Ran:
        result = CliRunner().invoke(peerloom, ["-C", str(self.root), *command], input=typed)
        is_plain = result.exception is None or isinstance(result.exception, SystemExit)
        assert is_plain, result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    def import_sheet(self, sheet: str | bytes | Path, *more: str, name: str = "sheet.csv") -> Ran:
        path = sheet if isinstance(sheet, Path) else self.root.parent / name
        if not isinstance(sheet, Path):
            path.write_bytes(sheet.encode() if isinstance(sheet, str) else sheet)
        today = () if "--today" in more else ("--today", TODAY.isoformat())
        return self.run("import", str(path), "--cohort", "spring", *today, *more)

    def program(self) -> Program:
        return load(self.root).program

    def people(self) -> dict[str, dict[str, Any]]:
        """The records of all people, by their ids."""
        files = sorted((self.root / "content/participants").glob("*.yml"))
        return {file.stem: source.parse(file.read_bytes()).value for file in files}

    def readings(self) -> dict[str, dict[str, Any]]:
        """The readings of sheets that are kept, by their ids."""
        files = sorted((self.root / "content/readings").glob("*.yml"))
        return {file.stem: source.parse(file.read_bytes()).value for file in files}

    def files(self) -> dict[str, bytes]:
        """All files of the program, by their paths."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {str(path): path.read_bytes() for path in found}

    def is_sound(self, today: date = TODAY) -> bool:
        return folder.errors(self.root, today) == []


@functools.cache
def _first_program() -> Path:
    """The folder of a program that was made once, to be copied; it lives as long as the tests."""
    above = Path(tempfile.mkdtemp(prefix="peerloom-sheets-"))
    atexit.register(shutil.rmtree, above)
    root = above / "program"
    command = ["init", str(root), "--name", "Open Test", "--repository", "o/r"]
    command += ["--cohort", "spring", "--starts", "2027-01-11", "--weeks", "16"]
    assert CliRunner().invoke(peerloom, command).exit_code == 0
    return root


def make_program(folder: Path) -> NewProgram:
    """A fresh program in a folder."""
    return NewProgram(shutil.copytree(_first_program(), folder / "program"))
