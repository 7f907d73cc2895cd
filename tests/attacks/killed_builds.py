"""Builds killed at a random step: the old site or the new one stands, and nothing lies about."""

import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import folder
from attacks.attack import Attack, Outcome
from peerloom.site import CannotBuild, build_site, building

TODAY = date(2026, 3, 1)
PAGES = 8
# What changes a folder, or looks at it before it does; a run can die just before each.
STEPS = frozenset(
    {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir"}
    | {"os.scandir", "shutil.rmtree", "fcntl.flock"}
)


_SETTINGS = "site_name: A\ndocs_dir: content/pages\nplugins: [peerloom]\n"


def build_and_kill(runs: int, seed: int) -> Outcome:
    """Kills builds, lets the next one fail or be killed too, and looks at what is left."""
    chance = random.Random(seed)
    killed = 0
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as at:
        root = folder.write(Path(at) / "program", folder.MINIMAL)
        (root / "mkdocs.yml").write_text(_SETTINGS)
        site = root / "site"
        _build(root, "0")
        steps = _steps(partial(_build, root, "0"))
        for run in range(runs):
            old, new = str(run), str(run + 1)
            dies_at = [chance.randrange(steps) for _ in range(chance.choice((1, 1, 2)))]
            killed += sum(_die_at(step, partial(_build, root, new)) for step in dies_at)
            wrong = _wrong(site, {old, new}, may_be_gone=True)
            with suppress(CannotBuild):
                _build(root, "broken")
            wrong = wrong or _wrong(site, {old, new}, may_be_gone=False) or _next(root, new)
            if wrong:
                failures.append(f"run {run} of seed {seed}, killed at {dies_at}: {wrong}")
                _begin_again(root, new)
    note = f"{killed:,} builds killed at a random step of about {steps}"
    return Outcome(tries=runs, note=note, failures=tuple(failures))


def _build(root: Path, words: str) -> None:
    """A build whose engine is quick: its pages hold only these words."""
    engine = building._build_with_mkdocs
    building._build_with_mkdocs = _engine(words)
    try:
        build_site(root, root / "site", TODAY, "public", "mkdocs")
    finally:
        building._build_with_mkdocs = engine


def _engine(words: str) -> Callable[..., None]:
    def write(root: Path, program: object, out: Path, *_: object) -> None:
        for number in range(PAGES):
            (out / f"page-{number}").mkdir()
            (out / f"page-{number}" / "index.html").write_text(words)
        if words == "broken":
            raise CannotBuild("the engine failed")

    return write


def _steps(act: Callable[[], None]) -> int:
    """How many steps an act takes, counted in a process of its own."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        seen = [0]

        def count(event: str, _: object) -> None:
            seen[0] += event in STEPS

        sys.addaudithook(count)
        try:
            act()
            os.write(write_end, str(seen[0]).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return int(said)


def _die_at(step: int, act: Callable[[], None]) -> bool:
    """Does it in a process that is killed before a step; whether it was."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, _: object) -> None:
            if event in STEPS:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _next(root: Path, new: str) -> str:
    """What is wrong after another build, which is not killed."""
    try:
        _build(root, new)
    except CannotBuild as error:
        return f"the next build says: {error}"
    return _wrong(root / "site", {new}, may_be_gone=False) or _left_over(root)


def _wrong(site: Path, wanted: set[str], *, may_be_gone: bool) -> str:
    if not site.exists():
        return "" if may_be_gone else "the site is gone"
    found = [page.read_text() for page in sorted(site.rglob("*.html"))]
    if len(found) != PAGES or len(set(found)) != 1:
        return f"the site is not whole: {found}"
    return "" if found[0] in wanted else f"the site is neither the old nor the new: {found[0]}"


def _left_over(root: Path) -> str:
    found = {path.name for path in root.iterdir()} - {"content", "mkdocs.yml", "site"}
    return f"left over: {', '.join(sorted(found))}" if found else ""


def _begin_again(root: Path, words: str) -> None:
    """So that the next try shows a fault of its own."""
    for path in root.iterdir():
        if path.name not in ("content", "mkdocs.yml"):
            shutil.rmtree(path)
    _build(root, words)


ATTACK = Attack(name="killed-builds", command="chaos", run=build_and_kill, few=40)
