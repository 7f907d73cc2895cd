"""Empty pages, made by the theme of a site that MkDocs has built, and their scripts."""

from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import is_error_template

from peerloom.site.content_security import find_inline_scripts, list_empty_pages


def find_theme_scripts(config: MkDocsConfig, env: Environment, depth: int) -> frozenset[str]:
    """Return the scripts that this theme puts into every page, in folders up to `depth` deep."""
    found = {
        script
        for path in list_empty_pages(depth)
        for script in _find_page_scripts(config, env, path)
    }
    for name in config.theme.static_templates:
        if name.endswith(".html"):
            found.update(find_inline_scripts(_render_template(config, env, name)))
    return frozenset(found)


def _find_page_scripts(config: MkDocsConfig, env: Environment, path: str) -> Any:
    page: Any = Page(None, File.generated(config, path, content=""), config)
    page.markdown, page.content, page.meta, page.toc = "", "", {}, get_toc([])
    context = get_context(_make_empty_navigation(), Files([]), config, page)
    context = config.plugins.on_page_context(
        context, page=page, config=config, nav=_make_empty_navigation()
    )
    output = env.get_template("main.html").render(context)
    return find_inline_scripts(config.plugins.on_post_page(output, page=page, config=config))


def _render_template(config: MkDocsConfig, env: Environment, name: str) -> str:
    base_url = urlsplit(config.site_url or "/").path if is_error_template(name) else "."
    context = get_context(_make_empty_navigation(), Files([]), config, base_url=base_url)
    context = config.plugins.on_template_context(context, template_name=name, config=config)
    output = env.get_template(name).render(context)
    return config.plugins.on_post_template(output, template_name=name, config=config) or ""


def _make_empty_navigation() -> Navigation:
    return Navigation([], [])
