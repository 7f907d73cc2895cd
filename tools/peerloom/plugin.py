"""The MkDocs plugin: adds the pages of the program beside `mkdocs.yml` to the site."""

import logging
import os
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
from peerloom.audience import readable_here
from peerloom.console import for_log, for_terminal
from peerloom.days import ImpossibleDay, possible_day
from peerloom.diagnostic import as_text
from peerloom.history import with_received
from peerloom.model import Audience
from peerloom.pages import assets, marked_pages, navigation, pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.rules.files import may_lie_among_pages
from peerloom.sanitizing import NAME as SANITIZING
from peerloom.sanitizing.marks import new_token
from peerloom.site import content_security
from peerloom.site.empty_pages import scripts_of_theme


class PeerloomConfig(base.Config):
    """Who the site is for, and the day to take for today (default: the day it is)."""

    audience = option.Choice(("public", "members", "coordinators"), default="public")
    today = option.Optional(option.Type((str, date)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What a build rendered its pages from, and the token that its own pages are known by."""

    config: MkDocsConfig
    token: str
    files: Files
    env: Environment
    nav: Navigation
    pages: dict[str, str]


class PeerloomPlugin(BasePlugin[PeerloomConfig]):
    """Hands over at once to `peerloom.pages`.

    `program` is set by who has read it already; otherwise it is read beside `mkdocs.yml`.
    """

    program: Program | None = None
    _serves = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being there keeps one instance over all rebuilds of `mkdocs serve`."""
        self._serves = command == "serve"
        for handler in logging.getLogger("mkdocs").handlers:
            handler.addFilter(_in_words_that_do_nothing)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the program, and makes the menu where `mkdocs.yml` has none."""
        # MkDocs' theme greets with news about itself; a coordinator can do nothing about it.
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        self._root = Path(config.config_file_path).absolute().parent
        program = self.program or _clean(self._root)
        audience = cast("Audience", self.config.audience)
        self._pages = pages(program, _day(self.config.today), audience)
        self._token = new_token()
        self._marked = marked_pages(program, self._pages, self._token)
        _sanitize(config, self._token)
        if config.nav is None:
            config.nav = navigation(program, self._pages)
        for path in assets():
            if path not in config.extra_css:
                config.extra_css.append(path)
        return config

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the menu, for the same reason as `on_env` its environment."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps what renders a page, so that `peerloom serve` can do single ones again."""
        self.rendered = Rendered(
            config=config,
            token=self._token,
            files=files,
            env=env,
            nav=self._nav,
            pages=self._pages,
        )
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds each page, and leaves out what must not lie beside the written ones."""
        for file in list(files):
            if file.src_dir == config.docs_dir and not may_lie_among_pages(file.src_uri):
                files.remove(file)
        made: dict[str, str | bytes] = {**self._marked, **assets()}
        for path, content in made.items():
            there = files.get_file_from_path(path)
            if there is not None:
                files.remove(there)
            files.append(File.generated(config, path, content=content))
        return files

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Gives the theme's search box the name that a screen reader says."""
        return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Gives every page its Content-Security-Policy, but where the site is only looked at.

        MkDocs' server puts a script of its own into each page, which changes every time.
        """
        if self._serves:
            return
        out = Path(config.site_dir)
        known = scripts_of_theme(config, self.rendered.env, content_security.deepest(out))
        try:
            content_security.protect(out, known, "mkdocs")
        except content_security.UnknownScript as error:
            raise PluginError(str(error)) from error

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuilds when a record changes."""
        server.watch(str(self._root / "content"))
        return server


def _in_words_that_do_nothing(record: logging.LogRecord) -> bool:
    """What MkDocs prints by itself quotes links and names that people wrote: none is a command."""
    safe = for_log if os.environ.get("GITHUB_ACTIONS") == "true" else for_terminal
    record.msg, record.args = safe(record.getMessage()), ()
    return True


def _sanitize(config: MkDocsConfig, token: str) -> None:
    """Has every page cleaned that people wrote, whether `mkdocs.yml` names the extension or not."""
    if SANITIZING not in config.markdown_extensions:
        config.markdown_extensions.append(SANITIZING)
    config.mdx_configs[SANITIZING] = {"token": token}


def _clean(root: Path) -> Program:
    try:
        settled = changes.settle(root)
    except changes.CannotWrite as error:
        raise PluginError(str(error)) from error
    if settled is not None:
        logging.getLogger("mkdocs.plugins.peerloom").info(settled)
    loaded = load(root)
    if not loaded.is_clean:
        found = readable_here(loaded.diagnostics, loaded.program)
        raise PluginError(for_log(as_text(found)) + "run 'peerloom check' to see all")
    return with_received(loaded.program, root)


def _day(today: object) -> date:
    said = datetime.now(UTC).astimezone().date() if today is None else today
    try:
        return possible_day(said if isinstance(said, date) else str(said))
    except ImpossibleDay as error:
        raise PluginError(f"today: {error}") from None
