"""The MkDocs plugin: adds the pages of the program beside `mkdocs.yml` to the site."""

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

from peerloom.audience import readable_here
from peerloom.diagnostic import as_text
from peerloom.model import Audience
from peerloom.pages import assets, navigation, pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.templating import compiled_templates


class PeerloomConfig(base.Config):
    """Who the site is for, and the day to take for today (default: the day it is)."""

    audience = option.Choice(("public", "members", "coordinators"), default="public")
    today = option.Optional(option.Type((str, date)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What a build rendered its pages from."""

    config: MkDocsConfig
    files: Files
    env: Environment
    nav: Navigation
    pages: dict[str, str]


class PeerloomPlugin(BasePlugin[PeerloomConfig]):
    """Hands over at once to `peerloom.pages`.

    `program` is set by who has read it already; otherwise it is read beside `mkdocs.yml`.
    """

    program: Program | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being there keeps one instance over all rebuilds of `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the program, and makes the menu where `mkdocs.yml` has none."""
        # MkDocs' theme greets with news about itself; a coordinator can do nothing about it.
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        self._root = Path(config.config_file_path).parent
        program = self.program or _clean(self._root)
        audience = cast("Audience", self.config.audience)
        self._pages = pages(program, _day(self.config.today), audience)
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
        # The theme's templates take as long to compile as a small program's pages to render.
        env.bytecode_cache = compiled_templates()
        self.rendered = Rendered(
            config=config, files=files, env=env, nav=self._nav, pages=self._pages
        )
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds each page; one written by hand is itself, as `pages` gives it."""
        made: dict[str, str | bytes] = {**self._pages, **assets()}
        for path, content in made.items():
            there = files.get_file_from_path(path)
            if there is not None:
                files.remove(there)
            files.append(File.generated(config, path, content=content))
        return files

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Gives the theme's search box the name that a screen reader says."""
        return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuilds when a record changes."""
        server.watch(str(self._root / "content"))
        return server


def _clean(root: Path) -> Program:
    loaded = load(root)
    if not loaded.is_clean:
        found = readable_here(loaded.diagnostics, loaded.program)
        raise PluginError(as_text(found) + "run 'peerloom check' to see all")
    return loaded.program


def _day(today: object) -> date:
    if today is None:
        return datetime.now(UTC).astimezone().date()
    return date.fromisoformat(str(today))
