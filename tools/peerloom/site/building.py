"""Build a site in a folder of its own, and replace the old one when it is complete."""

import gzip
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from peerloom import bounded_reading, source
from peerloom.as_of import program_as_of
from peerloom.audience import redact_for_output
from peerloom.days import seconds_at_midnight
from peerloom.diagnostic import Diagnostic, diagnostics_as_text
from peerloom.git import with_days_from_git, with_provenance
from peerloom.model import Audience
from peerloom.os_errors import describe_os_error
from peerloom.program import load
from peerloom.records import Program
from peerloom.site.build_folder import (
    CannotBuild,
    open_build_folder,
    remove_abandoned_folders,
)
from peerloom.site.site_summary import SiteSummary, count_pages, refuse_fewer_pages, write_summary
from peerloom.site.zensical import build_with_zensical
from peerloom.site_checking import find_dead_links
from peerloom.site_settings import find_settings_problems

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
    program = load_clean_program(root, today)
    refuse_unusable_settings(root, program)
    refuse_diagnostics(find_dead_links(root, program, today, audience), program)
    program = program_as_of(program, today)
    remove_abandoned_folders()
    with open_build_folder(out) as build_folder:
        new = build_folder.make_folder("new")
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        with _fix_build_date(today):
            if engine == "mkdocs":
                _build_with_mkdocs(root, program, new, today, audience)
            else:
                build_with_zensical(root, program, new, today, audience, build_folder)
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


def load_clean_program(root: Path, today: date) -> Program:
    """Return the program in a folder. Raises `CannotBuild` if one of its files is invalid."""
    loaded = load(root)
    refuse_diagnostics(loaded.diagnostics, loaded.program)
    return with_provenance(with_days_from_git(loaded.program, root, today), root)


def refuse_diagnostics(diagnostics: Iterable[Diagnostic], program: Program) -> None:
    """Raise `CannotBuild` with the errors among diagnostics, if there are any."""
    errors = [each for each in diagnostics if each.severity == "error"]
    if errors:
        raise CannotBuild(
            f"these files must be fixed first; 'peerloom check' finds everything at once:\n"
            f"{diagnostics_as_text(redact_for_output(errors, program)).rstrip()}"
        )


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


def refuse_unusable_settings(root: Path, program: Program) -> None:
    """Raise `CannotBuild` with what in `mkdocs.yml` keeps every engine from building a site."""
    read_mkdocs_settings(root)
    refuse_diagnostics(find_settings_problems(root, program.settings), program)


def load_mkdocs_config(
    root: Path, program: Program, out: Path, today: date, audience: Audience
) -> Any:
    """Return the configuration of MkDocs for a program, with the audience and day to build for.

    Raises `CannotBuild`.
    """
    from mkdocs.config import load_config  # noqa: PLC0415 - MkDocs takes long to load
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    refuse_unusable_settings(root, program)
    with _collect_warnings() as warnings:
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=True)
        except (Abort, ConfigurationError) as error:
            reason = "\n".join(map(leave_out_code, warnings.lines or [str(error)]))
            raise CannotBuild(f"mkdocs.yml cannot be used: {reason}") from error
        except Exception as error:  # a plugin, an extension or a hook may raise anything
            raise CannotBuild(f"mkdocs.yml cannot be used: {_describe(error)}") from error
    plugin: Any = config.plugins.get("peerloom")
    if plugin is None:  # an inherited file, or a tag of MkDocs, gave the plugins
        raise CannotBuild("mkdocs.yml must list 'peerloom' under 'plugins'")
    plugin.program = program
    plugin.config.audience = audience
    plugin.config.today = today.isoformat()
    return config


def _build_with_mkdocs(
    root: Path, program: Program, out: Path, today: date, audience: Audience
) -> None:
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415

    with ensure_pages_folder(root):
        config = load_mkdocs_config(root, program, out, today, audience)
        with _collect_warnings() as warnings, stop_in_words(warnings.lines):
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()


@contextmanager
def stop_in_words(warnings: Sequence[str] = ()) -> Iterator[None]:
    """Raise `CannotBuild` for whatever MkDocs, a theme, a plugin or a hook raises."""
    from jinja2 import TemplateError  # noqa: PLC0415 - MkDocs takes long to load
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    try:
        yield
    except (Abort, MkDocsException) as error:
        raise CannotBuild("\n".join(warnings or [str(error)])) from error
    except TemplateError as error:  # one of the theme's, changed in its 'custom_dir'
        raise CannotBuild(f"a template of the theme cannot be used: {_describe(error)}") from error
    except (CannotBuild, OSError):
        raise
    except Exception as error:
        message = f"something that mkdocs.yml names stopped the site: {_describe(error)}"
        help_ = "look at its hooks, plugins, extensions and 'custom_dir'"
        raise CannotBuild(f"{message}\n  help: {help_}") from error


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def leave_out_code(output: str) -> str:
    """Return what an engine said without the way through its code, which Python prints."""
    code = re.compile(r'  File "|    |\s*[\^~]+\s*$|Traceback ')
    lines = output.splitlines()
    if not any(line.startswith('  File "') for line in lines):
        return output
    return "\n".join(line for line in lines if line.strip() and not code.match(line))


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


def _set_sitemap_time(out: Path, today: date) -> None:
    """Set the time in the packed site map to the day's midnight: builds of a day are equal."""
    packed = out / "sitemap.xml.gz"
    if packed.exists():
        data = gzip.decompress(packed.read_bytes())
        packed.write_bytes(gzip.compress(data, mtime=seconds_at_midnight(today)))
