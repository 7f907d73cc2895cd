"""The program of this repository with records spoiled at random, and what must be said of them."""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random

from mutation import HOSTILE_NAMES, Pool, pool_of, spoiled
from peerloom import source
from peerloom.diagnostic import (
    Diagnostic,
    diagnostics_as_github,
    diagnostics_as_json,
    diagnostics_as_text,
)

ROOT = Path(__file__).parents[1]

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped program's files, in a folder of its own that may be spoiled."""

    root: Path
    files: Files
    by_folder: tuple[tuple[str, ...], ...]
    pool: Pool

    def spoil_records(self, number: int, count: int) -> Files:
        """What a round puts in the place of some records, `count` of them at most."""
        random = Random(number)
        changed: Files = {}
        for _ in range(count):
            path = random.choice(random.choice(self.by_folder))
            data = spoiled(self.files[path], path.split("/")[1], self.pool, random)
            if random.random() < 0.08:
                path = str(PurePosixPath(path).with_name(random.choice(HOSTILE_NAMES)))
            changed[path] = data
        return changed

    def write(self, files: Files) -> None:
        for path, data in files.items():
            (self.root / path).write_bytes(data)

    def restore(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path in self.files:
                (self.root / path).write_bytes(self.files[path])
            else:
                (self.root / path).unlink()


def copy_shipped_program(root: Path) -> Shipped:
    """Copy the program of this repository into a folder, to be spoiled there."""
    shutil.copytree(ROOT / "content", root / "content")
    found = sorted(p for p in (root / "content").rglob("*") if p.suffix in (".yml", ".md"))
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
    folders = sorted({path.split("/")[1] for path in files})
    parsed = [
        (path.split("/")[1], source.parse(source.front_matter(data)[0] or data).value)
        for path, data in files.items()
    ]
    return Shipped(
        root=root,
        files=files,
        by_folder=tuple(tuple(p for p in files if p.split("/")[1] == name) for name in folders),
        pool=pool_of((kind, value) for kind, value in parsed if value),
    )


def list_unplaced(root: Path, found: Diagnostic) -> list[str]:
    """What is wrong with a diagnostic: its place is not in the file, or its words are missing."""
    if found.rule in ("missing-program", "names-are-text"):
        return []
    text = (root / found.path).read_bytes().decode("utf-8", "replace")
    lines = text.split("\n")
    is_inside = (
        1 <= found.line <= len(lines) and 1 <= found.column <= len(lines[found.line - 1]) + 1
    )
    is_said = bool(found.message) and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", found.rule)
    return [] if is_inside and is_said else [f"not in its file, or not said: {found}"]


def list_unprintable(found: tuple[Diagnostic, ...]) -> list[str]:
    """What is wrong with diagnostics in the formats in which they are printed."""
    text = diagnostics_as_text(found)
    wrong = [f"prints {c!r}" for c in set(text) if c != "\n" and unicodedata.category(c)[0] == "C"]
    if len(text.splitlines()) != len(found) + sum(1 for d in found if d.help):
        wrong.append("a finding is not said in one line, and one for its help")
    annotations = diagnostics_as_github(found).splitlines()
    begun = [line for line in annotations if line.startswith(("::error file=", "::warning file="))]
    if not len(annotations) == len(begun) == len(found):
        wrong.append("a finding is not one annotation")
    if len(json.loads(diagnostics_as_json(found, 1))["diagnostics"]) != len(found):
        wrong.append("a finding is not in the JSON")
    return wrong
