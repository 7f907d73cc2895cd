"""The built site against bare `mkdocs build` of the same Markdown."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import synthetic
from benchmarks.timing import seconds
from peerloom.model import Audience
from peerloom.pages import read_assets, render_pages
from peerloom.program import load
from peerloom.site_map import build_menu
from peerloom.yaml_editing import set_values

ROOT = Path(__file__).parents[1]
FILES = 1_300
MOST = 1.15


def report(runs: int = 5) -> Iterator[str]:
    """A line for a generated program and one for the shipped, for those who see the most."""
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        root = Path(folder) / "program"
        synthetic.write(root, FILES)
        (root / "content/pages").mkdir()
        shutil.copy(ROOT / "mkdocs.yml", root)
        made, found = ratio(root, "coordinators", runs)
    yield f"build, {made} pages: {found:.2f} times bare mkdocs build (at most {MOST})"
    made, found = ratio(ROOT, "coordinators", runs)
    yield f"build, the {made} pages of the shipped program: {found:.2f} times, start-up included"


def ratio(root: Path, audience: Audience, runs: int) -> tuple[int, float]:
    """How many pages, and the median of `peerloom build` over that of bare MkDocs."""
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        bare = Path(folder) / "bare"
        made = _written(root, bare, audience)
        ours = [sys.executable, "-m", "peerloom", "-C", str(root), "build"]
        ours += ["--audience", audience, "--today", synthetic.TODAY.isoformat()]
        ours += ["--out", str(Path(folder) / "ours")]
        theirs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        # In turns, so that what else the machine does touches both alike; the first run of
        # each fills caches of the system's, and is no measure of either.
        took = [(seconds(ours, root), seconds(theirs, bare)) for _ in range(runs + 1)][1:]
        return made, median(a for a, _ in took) / median(b for _, b in took)


def _written(root: Path, bare: Path, audience: Audience) -> int:
    """The same pages as files, with the same settings but our plugin; how many there are."""
    program = load(root).program
    made = render_pages(program, synthetic.TODAY, audience)
    docs = bare / "docs"
    if (root / "content/pages").is_dir():
        shutil.copytree(root / "content/pages", docs)
    files = {path: text.encode() for path, text in made.items()} | read_assets()
    for path, data in files.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(data)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    changes = {
        "docs_dir": "docs",
        "plugins": ["search"],
        "nav": build_menu(program, audience),
        "extra_css": list(read_assets()),
    }
    settings = set_values(settings, {(key,): value for key, value in changes.items()})
    (bare / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return len(made)
