"""Serve the site while somebody edits: a page shows a saved record at once."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from peerloom import changes
from peerloom.as_of import program_as_of
from peerloom.diagnostic import diagnostics_as_text
from peerloom.git import with_days_from_git, with_provenance
from peerloom.model import Audience
from peerloom.pages import mark_pages, render_pages
from peerloom.program import load
from peerloom.site.build_folder import CannotBuild, open_served_folder
from peerloom.site.building import (
    ensure_pages_folder,
    load_clean_program,
    load_mkdocs_config,
    read_mkdocs_settings,
    stop_in_words,
)

Say = Callable[[str], None]


def serve_site(root: Path, today: date, audience: Audience, host: str, port: int, say: Say) -> None:
    """Serve the site until interrupted. Raises `CannotBuild` where it cannot begin.

    After a change only the pages that change are rendered again; where pages come or go, all.
    While records cannot be read, `say` is given the reasons and the last good site stays.
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - MkDocs takes long to load

    class Server(LiveReloadServer):
        """Says where the site is once it can be opened and changes are noticed."""

        def _build_loop(self) -> None:
            live.update()  # records saved before the watch began would not be noticed
            say(f"the site is at http://{host}:{port}/ until you press Ctrl+C")
            super()._build_loop()  # type: ignore[no-untyped-call] # MkDocs has no types here

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with open_served_folder() as folder:
        live = _LiveSite(root, folder, today, audience, f"http://{host}:{port}/", say)
        live.build_all()
        try:
            server: LiveReloadServer = Server(
                builder=live.update, host=host, port=port, root=str(folder), polling_interval=0.2
            )
            server.build_delay = 0.05
            server.watch(str(root / "content"))
            server.watch(str(root / "mkdocs.yml"))
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()
        except OSError as error:
            reason = f"{host}:{port} cannot be used: {error.strerror or error}"
            raise CannotBuild(f"{reason}; choose another with --port") from error


class _LiveSite:
    """The served site, and what its pages were rendered from."""

    def __init__(
        self, root: Path, folder: Path, today: date, audience: Audience, url: str, say: Say
    ) -> None:
        self._root, self._folder, self._url, self._say = root, folder, url, say
        self._today, self._audience = today, audience
        self._settings = b""

    def build_all(self) -> None:
        """Build the whole site again."""
        from mkdocs.commands.build import build  # noqa: PLC0415

        program = program_as_of(load_clean_program(self._root, self._today), self._today)
        with ensure_pages_folder(self._root):
            config = load_mkdocs_config(
                self._root, program, self._folder, self._today, self._audience
            )
            config.site_url = self._url
            config.strict = False
            self._settings = read_mkdocs_settings(self._root)
            with stop_in_words():
                config.plugins.on_startup(command="serve", dirty=False)
                build(config, serve_url=self._url)
        self._rendered: Any = config.plugins["peerloom"].rendered
        self._pages: dict[str, str] = dict(self._rendered.pages)

    def update(self) -> None:
        """Render what has changed since the last time, or say why it cannot be shown yet."""
        try:
            finished = changes.recover(self._root)
        except changes.CannotWrite as error:
            self._say(f"{error}\nthe site stays as it was until then")
            return
        if finished is not None:
            self._say(finished)
        loaded = load(self._root)
        if not loaded.is_clean:
            self._say(
                diagnostics_as_text(loaded.diagnostics)
                + "the site stays as it was until this is corrected"
            )
            return
        dated = with_days_from_git(loaded.program, self._root, self._today)
        program = program_as_of(with_provenance(dated, self._root), self._today)
        now = render_pages(program, self._today, self._audience)
        has_same_pages = now.keys() == self._pages.keys()
        try:
            if not has_same_pages or read_mkdocs_settings(self._root) != self._settings:
                self.build_all()
                return
        except (CannotBuild, OSError) as error:
            self._say(str(error))
            return
        changed = {path: text for path, text in now.items() if text != self._pages[path]}
        marked = mark_pages(program, changed, self._rendered.token)
        for path, text in marked.items():
            self._render_again(path, text)
        self._pages = now
        if changed:
            self._say(f"{len(changed)} pages renewed")

    def _render_again(self, path: str, text: str) -> None:
        # MkDocs has no public way to render one page; it is pinned below 2, where these are.
        from mkdocs.commands.build import _build_page, _populate_page  # noqa: PLC0415

        config, files = self._rendered.config, self._rendered.files
        file = files.get_file_from_path(path)
        file.content_string = text
        _populate_page(file.page, config, files)
        nav, env = self._rendered.nav, self._rendered.env
        _build_page(file.page, config, files.documentation_pages(), nav, env)
