"""A whole site, built aside and put in place when it is whole."""

import gzip
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

from peerloom import pages, source
from peerloom.audience import readable_here
from peerloom.diagnostic import as_text
from peerloom.model import Audience
from peerloom.program import load
from peerloom.records import Program

Engine = Literal["mkdocs", "zensical"]

# A folder that holds this file is a site of ours, and may be replaced by a new one.
_MARK = ".peerloom-site"


class CannotBuild(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    out: Path
    pages: int


def build(root: Path, out: Path, today: date, audience: Audience, engine: Engine) -> Built:
    """The site of the program in `root`, in the folder `out`, whose old site it replaces.

    Raises `CannotBuild` where the folder holds something else, or the engine fails; the old
    site is then still there.
    """
    if out.exists() and not (out / _MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotBuild(f"'{out}' must be a new or empty folder, or hold a site built before")
    try:
        _build(root, out, today, audience, engine)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotBuild(f"the site cannot be built: {reason}: {error.filename}") from error
    return Built(out=out, pages=sum(1 for _ in out.rglob("*.html")))


def _build(root: Path, out: Path, today: date, audience: Audience, engine: Engine) -> None:
    program = clean_program(root)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        with _dated(today):
            run = _by_mkdocs if engine == "mkdocs" else _by_zensical
            run(root, program, aside, today, audience)
        _steady(aside, today)
        (aside / _MARK).touch()
        aside.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        aside.replace(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _dated(today: date) -> Iterator[None]:
    """Whatever writes a build date writes this one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.combine(today, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def clean_program(root: Path) -> Program:
    """The program in a folder. Raises `CannotBuild` where a file of it cannot be taken."""
    loaded = load(root)
    if not loaded.is_clean:
        raise CannotBuild(
            f"these files must be mended first; 'peerloom check' finds everything at once:\n"
            f"{as_text(readable_here(loaded.diagnostics, loaded.program)).rstrip()}"
        )
    return loaded.program


@contextmanager
def folder_of_pages(root: Path) -> Iterator[None]:
    """MkDocs needs a folder of written pages: a program without one has one meanwhile."""
    folder = root / "content" / "pages"
    is_new = not folder.exists()
    if is_new:
        folder.mkdir()
    try:
        yield
    finally:
        if is_new:
            with suppress(OSError):
                folder.rmdir()


def _settings_file(root: Path) -> Path:
    file = root / "mkdocs.yml"
    if not file.is_file():
        raise CannotBuild(f"'{file}' must be there; 'peerloom init' makes one for a new program")
    return file


def mkdocs_config(root: Path, program: Program, out: Path, today: date, audience: Audience) -> Any:
    """MkDocs' configuration of a program, with what the command line decides.

    Raises `CannotBuild`.
    """
    from mkdocs.config import load_config  # noqa: PLC0415 - MkDocs takes long to load
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    file = _settings_file(root)
    with _said() as said:
        try:
            config = load_config(str(file), site_dir=str(out), strict=True)
        except (Abort, ConfigurationError) as error:
            reason = "\n".join(said.lines or [str(error)])
            raise CannotBuild(f"mkdocs.yml cannot be used: {reason}") from error
    plugin: Any = config.plugins.get("peerloom")
    if plugin is None:
        raise CannotBuild("mkdocs.yml must list 'peerloom' under 'plugins'")
    plugin.program = program
    plugin.config.audience = audience
    plugin.config.today = today.isoformat()
    return config


def _by_mkdocs(root: Path, program: Program, out: Path, today: date, audience: Audience) -> None:
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    with folder_of_pages(root):
        config = mkdocs_config(root, program, out, today, audience)
        with _said() as said:
            try:
                config.plugins.on_startup(command="build", dirty=False)
                mkdocs_build(config)
                config.plugins.on_shutdown()
            except (Abort, MkDocsException) as error:
                raise CannotBuild("\n".join(said.lines or [str(error)])) from error


@contextmanager
def _said() -> Iterator["_Said"]:
    """What MkDocs warns of meanwhile."""
    said = _Said()
    logging.getLogger("mkdocs").addHandler(said)
    try:
        yield said
    finally:
        logging.getLogger("mkdocs").removeHandler(said)


class _Said(logging.Handler):
    """Keeps warnings, to be said where the build fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _by_zensical(root: Path, program: Program, out: Path, today: date, audience: Audience) -> None:
    """Zensical runs no plugin of ours: the pages are written as files for it to find."""
    if shutil.which("zensical", path=str(Path(sys.executable).parent)) is None:
        raise CannotBuild("Zensical is not installed: run pip install 'peerloom[zensical]'")
    settings = source.parse(_settings_file(root).read_bytes())
    if not isinstance(settings.value, dict):
        flaws = [f"{flaw.line}:{flaw.column}: {flaw.message}" for flaw in settings.flaws]
        reason = "\n".join(flaws) or "it must be a group of keys"
        raise CannotBuild(f"mkdocs.yml cannot be used: {reason}")
    made = pages.pages(program, today, audience)
    with tempfile.TemporaryDirectory(prefix="peerloom-") as folder:
        docs = Path(folder) / "docs"
        if (root / "content" / "pages").is_dir():
            shutil.copytree(root / "content" / "pages", docs)
        for path, text in made.items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_text(text, encoding="utf-8", newline="")
        for path, data in pages.assets().items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_bytes(data)
        config = settings.value | {
            "docs_dir": "docs",
            "site_dir": "site",
            "nav": pages.navigation(program, made),
            "plugins": ["search"],
            "extra_css": [*settings.value.get("extra_css", []), *pages.assets()],
        }
        (Path(folder) / "mkdocs.yml").write_text(source.dump(config), encoding="utf-8")
        command = [sys.executable, "-m", "zensical", "build", "--clean"]
        run = subprocess.run(  # noqa: S603 - our own command, no text of anybody's in it
            command, cwd=folder, capture_output=True, text=True, check=False
        )
        if run.returncode != 0 or not (Path(folder) / "site" / "index.html").exists():
            raise CannotBuild(f"Zensical could not build the site:\n{run.stdout}{run.stderr}")
        shutil.copytree(Path(folder) / "site", out, dirs_exist_ok=True)


def _steady(out: Path, today: date) -> None:
    """The packed site map carries the hour of its making; it gets that of the day instead."""
    packed = out / "sitemap.xml.gz"
    if packed.exists():
        data = gzip.decompress(packed.read_bytes())
        stamp = int(datetime.combine(today, time(), UTC).timestamp())
        packed.write_bytes(gzip.compress(data, mtime=stamp))
