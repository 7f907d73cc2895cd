"""Programs that commands are about to write to, and what is there before and after."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from click.testing import CliRunner

import folder
from attacks.disk import Ended, run, undisturbed
from peerloom.cli.command import peerloom

TODAY = "2026-03-01"
Kept = Literal["alone", "in Git", "in a subfolder of Git"]
KINDS: tuple[Kept, ...] = ("alone", "in Git", "in a subfolder of Git")
_PEOPLE = 12


def _person(id_: str, role: str) -> str:
    word = "skills_offered" if role == "mentor" else "skills_wanted"
    return (
        f"id: {id_}\nname: {id_.title()} Example\ncohorts:\n  - cohort: spring\n    role: {role}\n"
        f"{word}:\n  - skill: python\nconsent:\n  given_on: 2026-01-02\n  show: public\n"
    )


def _files() -> dict[str, str]:
    numbered = {
        f"content/participants/{role}-{n}.yml": _person(f"{role}-{n}", role)
        for role in ("mentor", "mentee")
        for n in range(_PEOPLE)
    }
    wrong = {
        f"content/pairs/spring/mentor-{n}-mentee-{n}.yml": (
            f"id: mentor-{n}-mentee-{n}\ncohort: spring\nmentor: mentor-{n}\nmentee: mentee-{n}\n"
            "status: proposed\nmatch:\n  by: peerloom\n  on: 2026-01-05\n"
        )
        for n in range(3)
    }
    return folder.MINIMAL | numbered | wrong


_SHEET = "id,Name,Role,Skills wanted\n" + "".join(
    f"{'mentee' if n < _PEOPLE else 'person'}-{n},Person {n} Example,mentee,statistics\n"
    for n in range(2 * _PEOPLE)
)

WRITERS: dict[str, list[str]] = {
    "import": ["import", "SHEET", "--cohort", "spring", "--show", "public", "--today", TODAY],
    "match": ["match", "spring", "--write", "--anew", "--today", TODAY],
    "circles": ["circles", "spring", "--supervision", "--write", "--today", TODAY],
    "new": [
        *("new", "participant", "id=eve", "name=Eve Example", "cohorts.cohort=spring"),
        *("cohorts.role=mentor", "consent.given_on=2026-01-02", "consent.show=public"),
        *("--today", TODAY),
    ],
    "begin": [
        *("begin", "spring", "--on", "2026-03-02", "--instead", "mentee-0=mentor-5", "--yes"),
        *("--today", TODAY),
    ],
    "renew": ["renew"],
    "init": [
        *("init", ".", "--name", "Reading", "--repository", "reading-circle/mentoring"),
        *("--cohort", "spring", "--starts", "2026-01-12", "--weeks", "20"),
    ],
}
CHECK = ["check", "--today", TODAY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A program, the command that writes to it, and the files before and after it.

    `base` is copied for each try, with all around the program; `place` is where it is in there.
    """

    base: Path
    place: str
    command: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    changes: int

    def arguments(self, root: Path) -> list[str]:
        """The command for a copy of the program."""
        sheet = str(self.base.parent / "sheet.csv")
        given = [sheet if word == "SHEET" else word for word in WRITERS[self.command]]
        return ["-C", str(root), *given]

    def copy(self, to: Path) -> Path:
        """A program as it is before, made anew."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.base, to)
        return to / self.place


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a program, except for what Git and a run that is not finished keep."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and file.relative_to(root).parts[0] not in (".git", ".peerloom-journal")
    }


def left_behind(at: Path) -> list[str]:
    """What a run should not leave: texts beside the records, and journals."""
    return [
        str(file.relative_to(at))
        for file in sorted(at.rglob("*"))
        if file.name.startswith((".new-", ".peerloom")) or file.match(".git/peerloom*")
    ]


def cases(at: Path, cache: Path) -> list[Case]:
    """Every command on every kind of program."""
    (at / "sheet.csv").write_text(_SHEET, encoding="utf-8")
    _warm(at / "warm", cache)
    return [_case(at, cache, command, kept) for command in WRITERS for kept in KINDS]


def _warm(root: Path, cache: Path) -> None:
    """What every run needs is read here, once, and not by each child."""
    root.mkdir()
    runner = CliRunner(env={"XDG_CACHE_HOME": str(cache)})
    for command in ("init", "renew", "new"):
        assert runner.invoke(peerloom, ["-C", str(root), *WRITERS[command]]).exit_code == 0
    assert runner.invoke(peerloom, ["-C", str(root), *CHECK]).exit_code == 0


def _case(at: Path, cache: Path, command: str, kept: Kept) -> Case:
    base = at / f"{command} {kept}"
    place = "program" if kept == "in a subfolder of Git" else "."
    # A new program begins in an empty folder: where it is to be in Git, in one beside `.git`.
    place = "new" if command == "init" and kept != "alone" else place
    (base / place).mkdir(parents=True)
    if kept != "alone":
        subprocess.run(["git", "init", "--quiet", "--template=", base], check=True)
    if command != "init":
        folder.write(base / place, _files())
    case = Case(
        base=base, place=place, command=command, before=tree(base / place), after={}, changes=0
    )
    done = at / "done"
    root = case.copy(done)
    ended: Ended = run(case.arguments(root), cache, undisturbed)
    assert ended.code == 0, (command, ended)
    after = tree(root)
    assert after != case.before, (command, ended)
    return Case(
        base=base,
        place=place,
        command=command,
        before=case.before,
        after=after,
        changes=ended.changes,
    )
