"""`peerloom serve`: a saved record is on its page, and a mistake does not take the site away."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import folder

ROOT = Path(__file__).parents[2]
PATIENCE = 30


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    shutil.copy(ROOT / "mkdocs.yml", root)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "peerloom", "serve", "--port", str(port)]
    command += ["--today", "2026-03-01"]
    with subprocess.Popen(
        command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        assert "the site is at" in process.stderr.readline()
        yield root, f"http://127.0.0.1:{port}", process
        process.terminate()


def _wait_for(url: str, text: str) -> str:
    until = time.monotonic() + PATIENCE
    page = ""
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError:  # not there yet
            page = ""
        if text in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{text!r} did not appear at {url}:\n{page[-2000:]}")


def test_a_saved_record_appears_on_its_page_and_a_mistake_leaves_the_last_good_one(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    root, url, process = served
    person = f"{url}/people/ada/"
    _wait_for(person, "Ada Example")
    ada = root / "content/participants/ada.yml"
    good = ada.read_text()
    ada.write_text(good + "about: I mend old radios.\n")
    _wait_for(person, "I mend old radios.")
    ada.write_text(good + "about: [\n")
    assert process.stderr is not None
    said = [process.stderr.readline() for _ in range(2)]
    assert any("content/participants/ada.yml" in line for line in said)
    _wait_for(person, "I mend old radios.")
    folder.write(root, {"content/pages/new.md": "# Something new\n"})
    ada.write_text(good)
    _wait_for(f"{url}/new/", "Something new")
