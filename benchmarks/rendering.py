"""What it costs to clean pages, and how the time to render grows within the bounds."""

import tempfile
import time
from collections.abc import Iterator
from math import log
from pathlib import Path
from statistics import linear_regression

import markdown

from attacks.hostile_pages import ALL, USUAL
from benchmarks import synthetic
from peerloom import bounds
from peerloom.pages import mark_pages, render_pages
from peerloom.program import load
from peerloom.sanitizing import NAME
from peerloom.sanitizing.cleaning import clean_html

FILES = 13_000
MOST_SHARE, MOST_EXPONENT = 0.1, 1.3
SIZES = (4_000, 8_000, 16_000, 32_000, 64_000)
# Of each of these a page may hold a bounded number, or only so much without a blank line.
_FULL = {
    "text": "Some *words* and [a link](join.md), `code` and more.\n\n",
    "lists": "- a\n    - b **c**\n- [d](join.md)\n\n",
    "tables": "| a | b |\n|---|---|\n| c | d |\n\n",
    "open brackets": "[" * 20 + "a" * 200 + "\n\n",
    "quotes": "> > > a\n\n",
    "references": "&lt;&amp; \\* \\_ &#60; a\n\n",
    "emphasis": "*a **b _c __d ***e\n\n",
}


def report() -> Iterator[str]:
    """A line for what cleaning costs, and one for each kind of page that grows."""
    yield _cost()
    for extensions, named in ((USUAL, "usual extensions"), (ALL, "all extensions")):
        grown = {name: _exponent(unit, extensions) for name, unit in _FULL.items()}
        worst = max(grown, key=lambda name: grown[name])
        yield (
            f"rendering from 4 to 64 KB with {named} grows with an exponent of at most "
            f"{grown[worst]:.2f}, {worst} (at most {MOST_EXPONENT})"
        )


def _cost() -> str:
    with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
        root = Path(folder) / "program"
        synthetic.write(root, FILES)
        program = load(root).program
        made = render_pages(program, synthetic.TODAY, "coordinators")
    reader = markdown.Markdown(extensions=[*USUAL, NAME], extension_configs={NAME: {"token": "x"}})
    begun = time.process_time()
    rendered = [reader.reset().convert(p) for p in mark_pages(program, made, "x").values()]
    between = time.process_time()
    for html in rendered:
        clean_html(html)
    cleaning = time.process_time() - between
    share = cleaning / (between - begun)
    return (
        f"cleaning {len(rendered):,} pages, if all were people's: {cleaning:.2f} s, "
        f"{share:.1%} of the time for their Markdown (at most {MOST_SHARE:.0%})"
    )


def _exponent(unit: str, extensions: tuple[str, ...]) -> float:
    """How the time grows with the size: 1 where it is as many times as long."""
    reader = markdown.Markdown(extensions=[*extensions, NAME])
    measured = []
    for size in SIZES:
        page = unit * (size // len(unit))
        assert not bounds.find_elaborate_parts(page.encode())
        begun = time.process_time()
        reader.reset().convert(page)
        measured.append((log(len(page)), log(time.process_time() - begun)))
    return linear_regression(*zip(*measured, strict=True)).slope
