"""Which days can be today, and how long a file may be before it is read."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom import bounded_reading, days
from peerloom.cli.command import peerloom
from peerloom.program import check

_TODAY = (
    *("check", "build", "report spring", "attention", "remind", "serve"),
    *("match spring", "shortlist spring", "explain spring ada", "circles spring", "learn spring"),
)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1969-12-31", "1979-12-31", "2100-01-01", "9999-12-31"]
)
@pytest.mark.parametrize("command", [*_TODAY, "doctor", "propose", "new cohort"])
def test_a_day_that_cannot_be_today_is_refused_with_those_that_can(
    tmp_path: Path, command: str, day: str
) -> None:
    folder.write(tmp_path, folder.MINIMAL)
    run = CliRunner().invoke(peerloom, ["-C", str(tmp_path), *command.split(), "--today", day])
    assert run.exit_code == 2
    assert f"'{day}' must be a day from 1980-01-01 to 2099-12-31" in run.stderr


@pytest.mark.parametrize("day", [days.FIRST_DAY, days.LAST_DAY])
def test_the_first_and_the_last_day_that_can_be_today_date_every_file(
    tmp_path: Path, day: date
) -> None:
    folder.write(tmp_path, folder.MINIMAL)
    settings = "site_name: A\ndocs_dir: content/pages\ntheme: mkdocs\nplugins: [peerloom]\n"
    folder.write(tmp_path, {"mkdocs.yml": settings + "site_url: https://example.org/\n"})
    for name in ("publish", "build"):
        command = [sys.executable, "-m", "peerloom", name, "--today", day.isoformat()]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "site/sitemap.xml.gz").is_file()


def test_a_file_of_two_gigabytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(tmp_path, folder.MINIMAL)
    with (tmp_path / "content/participants/ada.yml").open("ab") as file:
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(bounded_reading.os, "read", _at_most(256 * 1024 + 1))
    found = check(tmp_path, date(2026, 3, 1)).diagnostics
    assert [(d.rule, d.message) for d in found if d.path.endswith("ada.yml")] == [
        ("too-large", "file of 2,147,483,648 bytes must have at most 262,144")
    ]


def _at_most(most: int):
    read = os.read

    def bounded_read(handle: int, size: int) -> bytes:
        assert size <= most
        return read(handle, size)

    return bounded_read


def test_a_file_that_grows_while_it_is_read_is_read_no_further_than_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "growing").write_bytes(b"a" * 10)
    asked = []

    def endless(_: int, size: int) -> bytes:
        asked.append(size)
        return b"a" * size

    monkeypatch.setattr(bounded_reading.os, "read", endless)
    with pytest.raises(bounded_reading.FileTooLarge):
        bounded_reading.read_at_most(tmp_path / "growing", 100)
    assert sum(asked) == 101


def test_a_sheet_that_is_too_large_or_no_file_is_refused_unread(tmp_path: Path) -> None:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    with (tmp_path / "sheet.csv").open("wb") as file:
        file.truncate(2 * 1024**3)
    os.mkfifo(tmp_path / "pipe.csv")
    said = {}
    for name in ("sheet.csv", "pipe.csv"):
        command = ["-C", str(root), "import", str(tmp_path / name), "--cohort", "spring"]
        run = CliRunner().invoke(peerloom, command)
        said[name] = (run.exit_code, run.stderr.strip().splitlines()[-1])
    assert said["sheet.csv"][0] == 1
    assert (
        "the file must have at most 20 MB, and has 2,147; split the sheet" in said["sheet.csv"][1]
    )
    assert said["pipe.csv"][0] == 2
    assert "must be readable, and the system says: it is not a file" in " ".join(
        said["pipe.csv"][1:]
    )
