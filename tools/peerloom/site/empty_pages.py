"""Pages that hold nobody's text, made by the theme of a site that MkDocs has built."""

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

from peerloom.site.content_security import empty_pages, inline_scripts


def scripts_of_theme(config: MkDocsConfig, env: Environment, depth: int) -> frozenset[str]:
    """The scripts that stand in a page of this theme, whatever the page says."""
    found = {script for path in empty_pages(depth) for script in _of_page(config, env, path)}
    for name in config.theme.static_templates:
        if name.endswith(".html"):
            found.update(inline_scripts(_template(config, env, name)))
    return frozenset(found)


def _of_page(config: MkDocsConfig, env: Environment, path: str) -> Any:
    page: Any = Page(None, File.generated(config, path, content=""), config)
    page.markdown, page.content, page.meta, page.toc = "", "", {}, get_toc([])
    context = get_context(_nothing(), Files([]), config, page)
    context = config.plugins.on_page_context(context, page=page, config=config, nav=_nothing())
    output = env.get_template("main.html").render(context)
    return inline_scripts(config.plugins.on_post_page(output, page=page, config=config))


def _template(config: MkDocsConfig, env: Environment, name: str) -> str:
    base_url = urlsplit(config.site_url or "/").path if is_error_template(name) else "."
    context = get_context(_nothing(), Files([]), config, base_url=base_url)
    context = config.plugins.on_template_context(context, template_name=name, config=config)
    output = env.get_template(name).render(context)
    return config.plugins.on_post_template(output, template_name=name, config=config) or ""


def _nothing() -> Navigation:
    return Navigation([], [])
