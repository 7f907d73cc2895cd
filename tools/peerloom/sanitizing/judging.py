"""What a page would lose in a site, whichever engine and extensions it is built with."""

from collections import Counter
from functools import cache
from typing import Any

from markdown import Markdown

from peerloom.sanitizing.cleaning import losses
from peerloom.sanitizing.extension import Alignment
from peerloom.sanitizing.loss import Loss

# What may be enabled is enabled, as long as it gives text another meaning. Fences and tabs are
# read in two ways: by Python-Markdown, and by PyMdown's extensions, which Zensical always uses.
_EVERYWHERE = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html")
_READINGS = (
    ("tables", "toc", "fenced_code"),
    ("tables", "toc", "pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed"),
)
_SETTINGS: dict[str, Any] = {"pymdownx.highlight": {"use_pygments": False}}


def page_losses(text: str) -> tuple[Loss, ...]:
    """What cleaning would take out of a page of this Markdown, in the order it is found."""
    found: Counter[Loss] = Counter()
    for reading in _READINGS:
        found |= Counter(losses(_reader(reading).reset().convert(text)))
    return tuple(found.elements())


@cache
def _reader(reading: tuple[str, ...]) -> Markdown:
    ours = [extension for extension in reading if extension.startswith("pymdownx")]
    others: list[Any] = [Alignment(), *(["pymdownx.highlight"] if ours else [])]
    extensions = [*_EVERYWHERE, *reading, *others]
    settings = {name: said for name, said in _SETTINGS.items() if name in extensions}
    return Markdown(extensions=extensions, extension_configs=settings)
