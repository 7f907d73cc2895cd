"""Build a site in a folder of its own, and replace the old one when it is complete."""

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

from peerloom import bounded_reading, pages, source
from peerloom.audience import redact_for_output
from peerloom.days import seconds_at_midnight
from peerloom.diagnostic import diagnostics_as_text
from peerloom.git import with_received_days
from peerloom.missing_extras import explain_missing_extra
from peerloom.model import Audience
from peerloom.os_errors import describe_os_error
from peerloom.pages.redirects import render_redirects
from peerloom.program import load
from peerloom.records import Program
from peerloom.rules.files import is_page_attachment
from peerloom.sanitizing import NAME as SANITIZING
from peerloom.sanitizing.page_marks import new_token
from peerloom.site import content_security
from peerloom.site.build_folder import (
    BuildFolder,
    CannotBuild,
    open_build_folder,
    remove_abandoned_folders,
)
from peerloom.site.site_summary import SiteSummary, count_pages, refuse_fewer_pages, write_summary
from peerloom.site_map import build_menu

Engine = Literal["mkdocs", "zensical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """Where a site was built, and how many pages it has."""

    out: Path
    pages: int


def build_site(
    root: Path,
    out: Path,
    today: date,
    audience: Audience,
    engine: Engine,
    *,
    is_forced: bool = False,
) -> BuiltSite:
    """Build the site of the program in `root`, and put it in the place of the one at `out`.

    Both paths must be absolute. Raises `CannotBuild` where `out` holds something else, the
    engine fails, or the new site has fewer than half of the old one's pages and the build is
    not `is_forced`; the old site then stays.
    """
    if out.is_relative_to(root / "content") or root.is_relative_to(out):
        raise CannotBuild(f"'{out}' must be outside of what the site is made from")
    try:
        return _build_and_replace(root, out, today, audience, engine, is_forced=is_forced)
    except OSError as error:
        raise CannotBuild(f"the site cannot be built: {describe_os_error(error)}") from error


def _build_and_replace(
    root: Path, out: Path, today: date, audience: Audience, engine: Engine, *, is_forced: bool
) -> BuiltSite:
    program = load_clean_program(root)
    remove_abandoned_folders()
    with open_build_folder(out) as build_folder:
        new = build_folder.make_folder("new")
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        with _fix_build_date(today):
            if engine == "mkdocs":
                _build_with_mkdocs(root, program, new, today, audience)
            else:
                _build_with_zensical(root, program, new, today, audience, build_folder)
        _set_sitemap_time(new, today)
        summary = SiteSummary(audience=audience, pages=count_pages(new))
        if not is_forced:
            refuse_fewer_pages(summary, out)
        write_summary(summary, new)
        new.chmod(0o755)
        build_folder.replace_site(new, out)
    return BuiltSite(out=out, pages=summary.pages)


@contextmanager
def _fix_build_date(today: date) -> Iterator[None]:
    """Make every tool that writes a build date write this one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(seconds_at_midnight(today))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def load_clean_program(root: Path) -> Program:
    """Return the program in a folder. Raises `CannotBuild` if one of its files is invalid."""
    loaded = load(root)
    if not loaded.is_clean:
        raise CannotBuild(
            f"these files must be fixed first; 'peerloom check' finds everything at once:\n"
            f"{diagnostics_as_text(redact_for_output(loaded.diagnostics, loaded.program)).rstrip()}"
        )
    return with_received_days(loaded.program, root)


@contextmanager
def ensure_pages_folder(root: Path) -> Iterator[None]:
    """Make the folder of written pages, which MkDocs needs, for as long as it is missing."""
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


def read_mkdocs_settings(root: Path) -> bytes:
    """Return the bytes of `mkdocs.yml`. Raises `CannotBuild` if they cannot be read."""
    file = root / "mkdocs.yml"
    if not file.exists():
        raise CannotBuild(f"'{file}' must be there; 'peerloom init' makes one for a new program")
    try:
        return bounded_reading.read_at_most(file, source.MAX_BYTES)
    except bounded_reading.FileTooLarge as error:
        raise CannotBuild(f"mkdocs.yml: {source.size_flaw(error.size).message}") from error


def load_mkdocs_config(
    root: Path, program: Program, out: Path, today: date, audience: Audience
) -> Any:
    """Return the configuration of MkDocs for a program, with the audience and day to build for.

    Raises `CannotBuild`.
    """
    from mkdocs.config import load_config  # noqa: PLC0415 - MkDocs takes long to load
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    read_mkdocs_settings(root)  # refuses a file too large for MkDocs, or a pipe
    with _collect_warnings() as warnings:
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=True)
        except (Abort, ConfigurationError) as error:
            reason = "\n".join(warnings.lines or [str(error)])
            raise CannotBuild(f"mkdocs.yml cannot be used: {reason}") from error
    plugin: Any = config.plugins.get("peerloom")
    if plugin is None:
        raise CannotBuild("mkdocs.yml must list 'peerloom' under 'plugins'")
    plugin.program = program
    plugin.config.audience = audience
    plugin.config.today = today.isoformat()
    return config


def _build_with_mkdocs(
    root: Path, program: Program, out: Path, today: date, audience: Audience
) -> None:
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    with ensure_pages_folder(root):
        config = load_mkdocs_config(root, program, out, today, audience)
        with _collect_warnings() as warnings:
            try:
                config.plugins.on_startup(command="build", dirty=False)
                mkdocs_build(config)
                config.plugins.on_shutdown()
            except (Abort, MkDocsException) as error:
                raise CannotBuild("\n".join(warnings.lines or [str(error)])) from error


@contextmanager
def _collect_warnings() -> Iterator["_WarningCollector"]:
    """Collect the warnings of MkDocs while the context lasts."""
    collector = _WarningCollector()
    logging.getLogger("mkdocs").addHandler(collector)
    try:
        yield collector
    finally:
        logging.getLogger("mkdocs").removeHandler(collector)


class _WarningCollector(logging.Handler):
    """Keeps warnings, for the message of a build that fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _build_with_zensical(
    root: Path,
    program: Program,
    out: Path,
    today: date,
    audience: Audience,
    build_folder: BuildFolder,
) -> None:
    """Build with Zensical, which runs no plugin: it finds the pages as files."""
    if shutil.which("zensical", path=str(Path(sys.executable).parent)) is None:
        raise CannotBuild(explain_missing_extra("zensical"))
    parsed = source.parse(read_mkdocs_settings(root))
    if not isinstance(parsed.value, dict):
        flaws = [f"{flaw.line}:{flaw.column}: {flaw.message}" for flaw in parsed.flaws]
        reason = "\n".join(flaws) or "it must be a group of keys"
        raise CannotBuild(f"mkdocs.yml cannot be used: {reason}")
    made = pages.render_pages(program, today, audience)
    token = new_token()
    written = {path: text.encode() for path, text in pages.mark_pages(program, made, token).items()}
    config = parsed.value | {
        "docs_dir": "docs",
        "site_dir": "site",
        "plugins": ["search"],
        "extra_css": [*parsed.value.get("extra_css", []), *pages.read_assets()],
        "markdown_extensions": _add_sanitizing(parsed.value.get("markdown_extensions"), token),
        **_locate_theme(root, parsed.value.get("theme")),
    }
    menu = {"nav": build_menu(program, audience)}
    beside: dict[str, bytes | Path] = {**_find_attached_files(root)}
    has_folders = parsed.value.get("use_directory_urls") is not False
    beside |= render_redirects(program, audience, has_folders=has_folders)
    site = _run_zensical(build_folder, "all", config | menu, beside | written | pages.read_assets())
    empty = dict.fromkeys(
        content_security.list_empty_pages(content_security.find_greatest_depth(site)), b"#"
    )
    bare = _run_zensical(build_folder, "bare", config, empty | pages.read_assets())
    try:
        content_security.add_policy(site, content_security.find_site_scripts(bare), "zensical")
    except content_security.UnknownScript as error:
        raise CannotBuild(str(error)) from error
    shutil.copytree(site, out, dirs_exist_ok=True)


def _find_attached_files(root: Path) -> dict[str, Path]:
    """Return the files among the written pages that may be in a site, by their paths there."""
    folder = root / "content" / "pages"
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*"))}
    return {
        path: file for path, file in found.items() if file.is_file() and is_page_attachment(path)
    }


def _locate_theme(root: Path, theme: Any) -> dict[str, Any]:
    """Return the theme's settings with an absolute `custom_dir`: Zensical runs elsewhere."""
    if not isinstance(theme, dict) or not isinstance(theme.get("custom_dir"), str):
        return {}
    return {"theme": theme | {"custom_dir": str(root / theme["custom_dir"])}}


def _add_sanitizing(extensions: Any, token: str) -> Any:
    """Return the extensions of `mkdocs.yml` with the one that cleans what people wrote."""
    extension = {SANITIZING: {"token": token}}
    if isinstance(extensions, dict):
        return extensions | extension
    named = extensions if isinstance(extensions, list) else []
    return [*(entry for entry in named if SANITIZING not in entry), extension]


def _run_zensical(
    build_folder: BuildFolder, name: str, config: dict[str, Any], files: Mapping[str, bytes | Path]
) -> Path:
    """Return the folder of the site that Zensical builds from these files. Raises `CannotBuild`."""
    folder = build_folder.make_folder(name)
    for path, data in files.items():
        at = folder / "docs" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):  # of any size, and never in memory
            shutil.copyfile(data, at)
        else:
            at.write_bytes(data)
    (folder / "mkdocs.yml").write_text(source.dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    # While Zensical runs, the folder stays locked, even if this process is killed.
    kept_open = () if sys.platform == "win32" else (build_folder.lock,)
    run = subprocess.run(  # noqa: S603 - our own command, no text of anybody's in it
        command, cwd=folder, capture_output=True, text=True, check=False, pass_fds=kept_open
    )
    if run.returncode != 0 or not (folder / "site" / "index.html").exists():
        raise CannotBuild(f"Zensical could not build the site:\n{run.stdout}{run.stderr}")
    return folder / "site"


def _set_sitemap_time(out: Path, today: date) -> None:
    """Set the time in the packed site map to the day's midnight: builds of a day are equal."""
    packed = out / "sitemap.xml.gz"
    if packed.exists():
        data = gzip.decompress(packed.read_bytes())
        packed.write_bytes(gzip.compress(data, mtime=seconds_at_midnight(today)))
