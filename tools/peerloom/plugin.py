"""The MkDocs plugin, which adds the pages of the program beside `mkdocs.yml` to the site."""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from peerloom import changes
from peerloom.arrival_days import day_in_zone
from peerloom.as_of import program_as_of
from peerloom.audience import redact_for_output
from peerloom.days import ImpossibleDay, possible_day
from peerloom.diagnostic import Diagnostic, diagnostics_as_text
from peerloom.git import with_days_from_git, with_provenance
from peerloom.model import Audience
from peerloom.pages import mark_pages, read_assets, render_pages
from peerloom.pages.redirects import render_redirects
from peerloom.program import load
from peerloom.records import Program
from peerloom.rules.files import is_page_attachment
from peerloom.sanitizing import NAME as SANITIZING
from peerloom.sanitizing.page_marks import new_token
from peerloom.site import content_security
from peerloom.site.empty_pages import find_theme_scripts
from peerloom.site_map import build_menu
from peerloom.site_settings import find_settings_problems
from peerloom.text.escaping.terminal import for_terminal
from peerloom.text.escaping.workflow_log import for_log


class PeerloomConfig(base.Config):
    """The plugin's settings: the site's audience, and a day to take for today."""

    audience = option.Choice(("public", "members", "coordinators"), default="public")
    today = option.Optional(option.Type((str, date)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedSite:
    """What MkDocs rendered a site's pages with; `peerloom serve` uses it to render some again.

    `token` marks the pages that Peerloom made, whose text is not cleaned.
    """

    config: MkDocsConfig
    token: str
    files: Files
    env: Environment
    nav: Navigation
    pages: dict[str, str]


class PeerloomPlugin(BasePlugin[PeerloomConfig]):
    """Passes the pages of `peerloom.pages` to MkDocs.

    A caller that has read the program, and rewound it to the site's day, sets `program`, for the
    next site only; otherwise the program beside `mkdocs.yml` is read.
    """

    program: Program | None = None
    _serves = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command; MkDocs keeps a plugin with this method for all rebuilds."""
        self._serves = command == "serve"
        for handler in logging.getLogger("mkdocs").handlers:
            handler.addFilter(_escape_log_record)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the program, render its pages, and make the menu if `mkdocs.yml` has none."""
        # The theme prints news about itself, which is of no use to a coordinator.
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        self._root = Path(config.config_file_path).absolute().parent
        # MkDocs keeps this plugin for the next site of the process, which may be another program's.
        given, self.program = self.program, None
        program = given or _load_program(self._root)
        audience = cast("Audience", self.config.audience)
        today = _read_today(self.config.today, program.settings.time_zone)
        if given is None:  # else the caller has looked at the settings, too, and rewound it
            _refuse_problems(find_settings_problems(self._root, program.settings), program)
            program = program_as_of(_with_git(program, self._root, today), today)
        self._pages = render_pages(program, today, audience)
        self._token = new_token()
        self._marked = mark_pages(program, self._pages, self._token)
        has_folders = config.use_directory_urls
        self._redirects = render_redirects(program, audience, has_folders=has_folders)
        _add_sanitizing(config, self._token)
        if config.nav is None:
            config.nav = build_menu(program, audience)
        for path in read_assets():
            if path not in config.extra_css:
                config.extra_css.append(path)
        return config

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the menu, for the same reason as `on_env` keeps the environment."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what renders a page, so that `peerloom serve` can render single ones again."""
        self.rendered = RenderedSite(
            config=config,
            token=self._token,
            files=files,
            env=env,
            nav=self._nav,
            pages=self._pages,
        )
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add each page, and remove files that may not lie among written pages."""
        for file in list(files):
            if file.src_dir == config.docs_dir and not is_page_attachment(file.src_uri):
                files.remove(file)
        made: dict[str, str | bytes] = {**self._redirects, **self._marked, **read_assets()}
        for path, content in made.items():
            written = files.get_file_from_path(path)
            if written is not None:
                files.remove(written)
            files.append(File.generated(config, path, content=content))
        return files

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Give the theme's search box a name for screen readers."""
        return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Give every page its Content-Security-Policy, except while the site is served.

        The server of MkDocs puts a script into each page that is different every time.
        """
        if self._serves:
            return
        out = Path(config.site_dir)
        known = find_theme_scripts(
            config, self.rendered.env, content_security.find_greatest_depth(out)
        )
        try:
            content_security.add_policy(out, known, "mkdocs")
        except content_security.UnknownScript as error:
            raise PluginError(str(error)) from error

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuild when a record changes."""
        server.watch(str(self._root / "content"))
        return server


def _escape_log_record(record: logging.LogRecord) -> bool:
    """Escape a message of MkDocs, which may quote what people wrote; return True to keep it."""
    safe = for_log if os.environ.get("GITHUB_ACTIONS") == "true" else for_terminal
    record.msg, record.args = safe(record.getMessage()), ()
    return True


def _add_sanitizing(config: MkDocsConfig, token: str) -> None:
    """Clean the pages that people wrote, whether `mkdocs.yml` names the extension or not."""
    if SANITIZING not in config.markdown_extensions:
        config.markdown_extensions.append(SANITIZING)
    config.mdx_configs[SANITIZING] = {"token": token}


def _load_program(root: Path) -> Program:
    try:
        finished = changes.recover(root)
    except changes.CannotWrite as error:
        raise PluginError(str(error)) from error
    if finished is not None:
        logging.getLogger("mkdocs.plugins.peerloom").info(finished)
    loaded = load(root)
    _refuse_problems(loaded.diagnostics, loaded.program)
    return loaded.program


def _with_git(program: Program, root: Path, today: date) -> Program:
    return with_provenance(with_days_from_git(program, root, today), root)


def _refuse_problems(diagnostics: Iterable[Diagnostic], program: Program) -> None:
    errors = [each for each in diagnostics if each.severity == "error"]
    if errors:
        shown = diagnostics_as_text(redact_for_output(errors, program))
        raise PluginError(for_log(shown) + "run 'peerloom check' to see all")


def _read_today(today: object, time_zone: str) -> date:
    """The day of the site: the one in its settings, else the day it is in the program's zone."""
    day = day_in_zone(time_zone, datetime.now(UTC).timestamp()) if today is None else today
    try:
        return possible_day(day if isinstance(day, date) else str(day))
    except ImpossibleDay as error:
        raise PluginError(f"today: {error}") from None
