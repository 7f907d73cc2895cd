"""Makes the frozen program of a version: with its own commands, and edited by people since.

The people are invented. Run it with the version that is to be frozen, before it is released:
`PYTHONPATH=tests python -m releases NAME` writes `tests/releases/NAME.zip`, which no later version
changes.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

SHEET = """\
Name,Role,Skills I can teach,Skills I want to learn,Languages,Time zone,GitHub
Ada Example,Mentor,Python; Statistics,,English,Europe/Lisbon,ada-example
Bola Example,Mentor,Writing,,English,Africa/Lagos,bola-example
Cem Example,Mentee,,Python,English,Europe/Lisbon,cem-example
Dana Example,Mentee,,Writing,English,Europe/Lisbon,dana-example
"""
COHORT = "2026-spring"
PEOPLE = ("ada-example", "bola-example", "cem-example", "dana-example")
PAIR = f"content/pairs/{COHORT}/ada-example-cem-example.yml"
CHECK_IN = f"content/check-ins/{COHORT}/ada-example-cem-example/2026-01-26-ada-example.yml"
INIT = (
    *("init", "program", "--name", "Reading Circle", "--cohort", COHORT),
    *("--repository", "reading-circle/mentoring", "--starts", "2026-01-12", "--weeks", "20"),
)


def freeze_program(place: Path) -> dict[str, bytes]:
    """Make a program with the installed version in an empty folder, and return its files."""
    root = place / "program"
    _run(place, *INIT)
    (place / "sheet.csv").write_text(SHEET, encoding="utf-8")
    import_ = ("import", "../sheet.csv", "--cohort", COHORT, "--add-skills")
    _run(root, *import_, *_accepting(root), "--today", "2026-01-08")
    for person in PEOPLE:
        agreed = (
            "# They agreed in the first call.\nconsent:\n  given_on: 2026-01-09\n  show: members\n"
        )
        _append(root / f"content/participants/{person}.yml", agreed)
    _run(root, "match", COHORT, "--write", "--today", "2026-01-09")
    proposed = "status: proposed\n"
    _replace(root / PAIR, proposed, "status: active  # they wrote that they like it\n")
    _append(root / PAIR, "started_on: 2026-01-12\n")
    answers = ("due=2026-01-26", "participant=ada-example", "answered_on=2026-01-25", "met=true")
    _run(root, "new", "check-in", f"cohort={COHORT}", "pair=ada-example-cem-example", *answers)
    _append(root / CHECK_IN, "# Taken down on the phone.\nnext_steps: Read a chapter each.\n")
    _replace(root / "mkdocs.yml", "primary: teal", "primary: indigo")
    _replace(root / "mkdocs.yml", "  - attr_list\n", "  - attr_list  # for our logos\n")
    return dict(_read_files(root))


def _accepting(root: Path) -> tuple[str, ...]:
    """Return the option that takes what was guessed, which early versions do not have."""
    help_ = _run(root, "import", "--help")
    return ("--accept",) if "--accept" in help_ else ()


def _run(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "peerloom", *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, text=True, stdin=subprocess.DEVNULL, capture_output=True
    ).stdout


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, encoding="utf-8")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def _read_files(root: Path) -> Iterable[tuple[str, bytes]]:
    for file in sorted(root.rglob("*")):
        if file.is_file():
            yield file.relative_to(root).as_posix(), file.read_bytes()


def pack(files: dict[str, bytes]) -> bytes:
    """Return a zip of files that has the same bytes whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
