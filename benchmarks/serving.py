"""How soon a saved record of the shipped program is on its page, against a second."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
MOST = 1.0


def report(runs: int = 7) -> Iterator[str]:
    """A line with the median and the longest of some saves."""
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        root = Path(folder) / "program"
        shutil.copytree(ROOT / "content", root / "content")
        shutil.copy(ROOT / "mkdocs.yml", root)
        took = _saved(root, runs)
    yield (
        f"serve, a saved record is on its page after {median(took):.2f} s, at most "
        f"{max(took):.2f}: {max(took) / MOST:.2f} of the second that it may take"
    )


def _saved(root: Path, runs: int) -> list[float]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "peerloom", "-C", str(root), "serve", "--port", str(port)]
    command += ["--today", "2026-11-24"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()
        record = root / "content/participants/amara-okafor.yml"
        text = record.read_text(encoding="utf-8")
        took = []
        for run in range(runs):
            time.sleep(0.7)  # a person saves, looks, and saves again
            word = f"Lagos number {run}"
            record.write_text(text.replace("region: Lagos", f"region: {word}"), encoding="utf-8")
            took.append(_until(f"http://127.0.0.1:{port}/people/amara-okafor/", word))
        process.terminate()
    return took


def _until(url: str, word: str) -> float:
    begun = time.perf_counter()
    while time.perf_counter() - begun < 60:
        with urllib.request.urlopen(url) as page:
            if word in page.read().decode():
                return time.perf_counter() - begun
        time.sleep(0.01)
    raise TimeoutError(f"{word} is not on {url}")
