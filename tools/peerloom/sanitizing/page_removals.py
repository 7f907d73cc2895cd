"""What cleaning removes from a page, whichever engine and extensions the site is built with."""

from collections import Counter
from functools import cache, lru_cache
from typing import Any

from markdown import Markdown

from peerloom.sanitizing.cleaning import find_removals
from peerloom.sanitizing.extension import Alignment
from peerloom.sanitizing.removal import Removal

# All extensions that change what a text means are enabled, because a site may enable them. Fences
# and tabs can be read in two ways: by Python-Markdown, and by the extensions of PyMdown, which
# Zensical always uses. A page is therefore judged both ways.
_EXTENSIONS_OF_BOTH = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html")
_EXTENSION_SETS = (
    ("tables", "toc", "fenced_code"),
    ("tables", "toc", "pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed"),
)
_SETTINGS: dict[str, Any] = {"pymdownx.highlight": {"use_pygments": False}}


# A command often checks a program more than once, and few of its pages change in between.
@lru_cache(maxsize=1000)
def find_page_removals(text: str) -> tuple[Removal, ...]:
    """Return what cleaning would remove from a page of this Markdown, in the order it is found."""
    found: Counter[Removal] = Counter()
    for extensions in _EXTENSION_SETS:
        found |= Counter(find_removals(_converter(extensions).reset().convert(text)))
    return tuple(found.elements())


@cache
def _converter(extensions: tuple[str, ...]) -> Markdown:
    has_pymdown = any(extension.startswith("pymdownx") for extension in extensions)
    others: list[Any] = [Alignment(), *(["pymdownx.highlight"] if has_pymdown else [])]
    all_extensions = [*_EXTENSIONS_OF_BOTH, *extensions, *others]
    settings = {name: value for name, value in _SETTINGS.items() if name in all_extensions}
    return Markdown(extensions=all_extensions, extension_configs=settings)
