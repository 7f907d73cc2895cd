"""The HTML of a page as the engines could make it, whatever extensions a site enables."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown import Markdown

from peerloom.sanitizing.extension import Alignment

# All extensions that change what a text means are enabled, because a site may enable them. Fences
# and tabs can be read in two ways: by Python-Markdown, and by the extensions of PyMdown, which
# Zensical always uses. A page is therefore judged both ways.
_EXTENSIONS_OF_BOTH = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html")
_EXTENSION_SETS = (
    ("tables", "toc", "fenced_code"),
    ("tables", "toc", "pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed"),
)
_SETTINGS: dict[str, Any] = {"pymdownx.highlight": {"use_pygments": False}}


def convert_both_ways(text: str) -> Iterator[str]:
    """Yield the HTML of a page of this Markdown, first as MkDocs makes it, then as Zensical."""
    for extensions in _EXTENSION_SETS:
        yield _converter(extensions).reset().convert(text)


@cache
def _converter(extensions: tuple[str, ...]) -> Markdown:
    has_pymdown = any(extension.startswith("pymdownx") for extension in extensions)
    others: list[Any] = [Alignment(), *(["pymdownx.highlight"] if has_pymdown else [])]
    all_extensions = [*_EXTENSIONS_OF_BOTH, *extensions, *others]
    settings = {name: value for name, value in _SETTINGS.items() if name in all_extensions}
    return Markdown(extensions=all_extensions, extension_configs=settings)
