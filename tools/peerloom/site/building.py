"""A whole site, built aside and put in place when it is whole."""

import gzip
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from peerloom import bounded, pages, source
from peerloom.audience import readable_here
from peerloom.days import midnight
from peerloom.diagnostic import as_text
from peerloom.history import with_received
from peerloom.model import Audience
from peerloom.program import load
from peerloom.records import Program
from peerloom.refusals import in_words
from peerloom.rules.files import may_lie_among_pages
from peerloom.sanitizing import NAME as SANITIZING
from peerloom.sanitizing.marks import new_token
from peerloom.site import content_security
from peerloom.site.made import Made, count_pages, note_made, refuse_too_few
from peerloom.site.workplace import CannotBuild, Workplace, remove_abandoned, workplace

Engine = Literal["mkdocs", "zensical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    out: Path
    pages: int


def build(
    root: Path,
    out: Path,
    today: date,
    audience: Audience,
    engine: Engine,
    *,
    is_forced: bool = False,
) -> Built:
    """The site of the program in `root`, in the folder `out`, whose old site it replaces.

    Both must be absolute. Raises `CannotBuild` where the folder holds something else, the
    engine fails, or the new site has so few pages that something must be wrong, unless it
    `is_forced`; the old site is then still there.
    """
    if out.is_relative_to(root / "content") or root.is_relative_to(out):
        raise CannotBuild(f"'{out}' must be outside of what the site is made from")
    try:
        return _build(root, out, today, audience, engine, is_forced=is_forced)
    except OSError as error:
        raise CannotBuild(f"the site cannot be built: {in_words(error)}") from error


def _build(
    root: Path, out: Path, today: date, audience: Audience, engine: Engine, *, is_forced: bool
) -> Built:
    program = clean_program(root)
    remove_abandoned()
    with workplace(out) as place:
        aside = place.room("new")
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        with _dated(today):
            if engine == "mkdocs":
                _by_mkdocs(root, program, aside, today, audience)
            else:
                _by_zensical(root, program, aside, today, audience, place)
        _steady(aside, today)
        made = Made(audience=audience, pages=count_pages(aside))
        if not is_forced:
            refuse_too_few(made, out)
        note_made(made, aside)
        aside.chmod(0o755)
        place.put_in_place(aside, out)
    return Built(out=out, pages=made.pages)


@contextmanager
def _dated(today: date) -> Iterator[None]:
    """Whatever writes a build date writes this one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(midnight(today))
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
    return with_received(loaded.program, root)


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


def settings(root: Path) -> bytes:
    """What `mkdocs.yml` says. Raises `CannotBuild` where it cannot be read."""
    file = root / "mkdocs.yml"
    if not file.exists():
        raise CannotBuild(f"'{file}' must be there; 'peerloom init' makes one for a new program")
    try:
        return bounded.read(file, source.MOST_BYTES)
    except bounded.TooLarge as error:
        raise CannotBuild(f"mkdocs.yml: {source.size_flaw(error.size).message}") from error


def mkdocs_config(root: Path, program: Program, out: Path, today: date, audience: Audience) -> Any:
    """MkDocs' configuration of a program, with what the command line decides.

    Raises `CannotBuild`.
    """
    from mkdocs.config import load_config  # noqa: PLC0415 - MkDocs takes long to load
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    settings(root)  # nothing larger, nor a pipe, is given to MkDocs
    with _said() as said:
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=True)
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


def _by_zensical(
    root: Path, program: Program, out: Path, today: date, audience: Audience, place: Workplace
) -> None:
    """Zensical runs no plugin of ours: the pages are written as files for it to find."""
    if shutil.which("zensical", path=str(Path(sys.executable).parent)) is None:
        raise CannotBuild("Zensical is not installed: run pip install 'peerloom[zensical]'")
    said = source.parse(settings(root))
    if not isinstance(said.value, dict):
        flaws = [f"{flaw.line}:{flaw.column}: {flaw.message}" for flaw in said.flaws]
        reason = "\n".join(flaws) or "it must be a group of keys"
        raise CannotBuild(f"mkdocs.yml cannot be used: {reason}")
    made = pages.pages(program, today, audience)
    token = new_token()
    written = {
        path: text.encode() for path, text in pages.marked_pages(program, made, token).items()
    }
    config = said.value | {
        "docs_dir": "docs",
        "site_dir": "site",
        "plugins": ["search"],
        "extra_css": [*said.value.get("extra_css", []), *pages.assets()],
        "markdown_extensions": _with_sanitizing(said.value.get("markdown_extensions"), token),
        **_theme(root, said.value.get("theme")),
    }
    menu = {"nav": pages.navigation(program, made)}
    beside: dict[str, bytes | Path] = {**_files_beside_pages(root)}
    site = _zensical(place, "all", config | menu, beside | written | pages.assets())
    empty = dict.fromkeys(content_security.empty_pages(content_security.deepest(site)), b"#")
    bare = _zensical(place, "bare", config, empty | pages.assets())
    try:
        content_security.protect(site, content_security.scripts_of_site(bare), "zensical")
    except content_security.UnknownScript as error:
        raise CannotBuild(str(error)) from error
    shutil.copytree(site, out, dirs_exist_ok=True)


def _files_beside_pages(root: Path) -> dict[str, Path]:
    """What lies among the written pages and may be in a site, by its path there."""
    folder = root / "content" / "pages"
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*"))}
    return {
        path: file for path, file in found.items() if file.is_file() and may_lie_among_pages(path)
    }


def _theme(root: Path, theme: Any) -> dict[str, Any]:
    """The theme, whose own folder is found from the program and not from where Zensical runs."""
    if not isinstance(theme, dict) or not isinstance(theme.get("custom_dir"), str):
        return {}
    return {"theme": theme | {"custom_dir": str(root / theme["custom_dir"])}}


def _with_sanitizing(extensions: Any, token: str) -> Any:
    """The extensions of `mkdocs.yml`, and the one that cleans what people wrote."""
    ours = {SANITIZING: {"token": token}}
    if isinstance(extensions, dict):
        return extensions | ours
    named = extensions if isinstance(extensions, list) else []
    return [*(entry for entry in named if SANITIZING not in entry), ours]


def _zensical(
    place: Workplace, room: str, config: dict[str, Any], files: Mapping[str, bytes | Path]
) -> Path:
    """The site that Zensical makes of these files, or of copies. Raises `CannotBuild`."""
    folder = place.room(room)
    for path, data in files.items():
        at = folder / "docs" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):  # of any size, and never in memory
            shutil.copyfile(data, at)
        else:
            at.write_bytes(data)
    (folder / "mkdocs.yml").write_text(source.dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    # While Zensical runs, the place is taken, even where this process is killed.
    held = () if sys.platform == "win32" else (place.lock,)
    run = subprocess.run(  # noqa: S603 - our own command, no text of anybody's in it
        command, cwd=folder, capture_output=True, text=True, check=False, pass_fds=held
    )
    if run.returncode != 0 or not (folder / "site" / "index.html").exists():
        raise CannotBuild(f"Zensical could not build the site:\n{run.stdout}{run.stderr}")
    return folder / "site"


def _steady(out: Path, today: date) -> None:
    """The packed site map carries the hour of its making; it gets that of the day instead."""
    packed = out / "sitemap.xml.gz"
    if packed.exists():
        data = gzip.decompress(packed.read_bytes())
        packed.write_bytes(gzip.compress(data, mtime=midnight(today)))
