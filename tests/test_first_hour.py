"""The first hour of a coordinator who knows no terminal: twelve typed lines are enough."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from first_hour.__main__ import FirstHour
from machine import HOME
from stand_in import StandIn

ROOT = Path(__file__).parents[1]


def test_the_first_hour_takes_at_most_twelve_typed_lines_and_edits_no_file() -> None:
    """Without installing: `make first-hour` also fills the environments from the locks."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    command = [sys.executable, "-m", "first_hour", "--quick"]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.endswith(" lines typed, 0 files edited; 12 and 0 are the most\n")
    for step in ('"Actions", "start", "Run workflow"', "Import sign-ups…", "Match", "Begin…"):
        assert step in run.stdout
    assert "64 people: 64 new" in run.stdout
    assert "| 64 pages of people, 32 pages of pairs\n" in run.stdout


def test_a_file_that_the_hour_edits_by_hand_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StandIn(HOME) as hub:
        hour = FirstHour(tmp_path, hub, date(2026, 12, 1), installs=False)
        codespace = tmp_path / "workspaces/mentoring"
        (codespace / "content").mkdir(parents=True)
        settings = codespace / "content/program.yml"
        settings.write_text("name: Lab\n", encoding="utf-8")
        monkeypatch.setattr(hour, "_left", hour._read_codespace())
        hour._note_edits()
        assert hour.transcript.edited == []
        settings.write_text("name: Ours\n", encoding="utf-8")
        hour._note_edits()
        assert hour.transcript.edited == ["content/program.yml"]
