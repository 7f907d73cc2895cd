"""Whatever is done to a program's files, it is checked and shown without a traceback.

The shipped records are spoiled at random, ten at a time; each of the ten is a try. What is
done in a round follows from its number alone, which a failure names: `--round 12` does it again.
"""

import json
import os
import re
import shutil
import time
import traceback
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from random import Random
from typing import get_args

import pytest

from mutation import HOSTILE_NAMES, Pool, pool_of, spoiled
from peerloom import source
from peerloom.diagnostic import (
    Diagnostic,
    diagnostics_as_github,
    diagnostics_as_json,
    diagnostics_as_text,
)
from peerloom.model import Audience
from peerloom.pages import render_pages
from peerloom.program import check, load

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
PARTS = 4
AT_ONCE = 10
# A site takes as long to make as five checks.
SHOWN_EVERY = 7
PATIENCE = 20

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped program's files, in a folder of its own that may be spoiled."""

    root: Path
    files: Files
    by_folder: tuple[tuple[str, ...], ...]
    pool: Pool

    def spoiled(self, number: int) -> Files:
        """What a round puts in the place of some files."""
        random = Random(number)
        changed: Files = {}
        for _ in range(AT_ONCE):
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


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    root = tmp_path_factory.mktemp("spoiled")
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


@pytest.mark.parametrize("part", range(PARTS))
def test_no_bytes_in_a_record_make_a_traceback_or_a_finding_without_a_place(
    shipped: Shipped, part: int, pytestconfig: pytest.Config
) -> None:
    only = pytestconfig.getoption("--round")
    numbers = range(pytestconfig.getoption("--tries") // AT_ONCE) if only is None else [only]
    for number in numbers:
        if number % PARTS == part:
            files = shipped.spoiled(number)
            if wrong := _wrong_with(shipped, files, number):
                pytest.fail(_report(shipped, files, number, wrong), pytrace=False)


def _wrong_with(shipped: Shipped, files: Files, number: int) -> str:
    """Why a program with these files in it is not dealt with as it must be, or nothing."""
    shipped.write(files)
    began = time.monotonic()
    try:
        found = check(shipped.root, TODAY).diagnostics
        wrong = [said for d in found for said in _without_a_place(shipped.root, d)]
        wrong += _unfit_to_print(found)
        if number % SHOWN_EVERY == 0:
            audience = get_args(Audience)[number // SHOWN_EVERY % 3]
            render_pages(load(shipped.root).program, TODAY, audience)
    except Exception:  # noqa: BLE001 - whatever it is, it is what this test looks for
        return traceback.format_exc()
    finally:
        took = time.monotonic() - began
        shipped.restore(files)
    return "\n".join(wrong) or (f"took {took:.0f} s" if took > PATIENCE else "")


def _without_a_place(root: Path, found: Diagnostic) -> list[str]:
    if found.rule in ("missing-program", "names-are-text"):
        return []
    text = (root / found.path).read_bytes().decode("utf-8", "replace")
    lines = text.split("\n")
    is_inside = (
        1 <= found.line <= len(lines) and 1 <= found.column <= len(lines[found.line - 1]) + 1
    )
    is_said = bool(found.message) and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", found.rule)
    return [] if is_inside and is_said else [f"not in its file, or not said: {found}"]


def _unfit_to_print(found: tuple[Diagnostic, ...]) -> list[str]:
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


def _report(shipped: Shipped, files: Files, number: int, wrong: str) -> str:
    """The fewest files that show what is wrong, so that it can be repeated by hand."""
    for path, data in files.items():
        if alone := _wrong_with(shipped, {path: data}, number):
            files, wrong = {path: data}, alone
            break
    shown = "".join(f"==> {os.fsencode(path)!r}\n{data!r}\n" for path, data in files.items())
    return f"{wrong}\nin round {number}; to repeat it, add: --round {number}\n{shown}"
