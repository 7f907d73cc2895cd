"""Where the links and pictures of a page lead, in the HTML that its Markdown becomes."""

from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from peerloom.sanitizing.converting import convert_both_ways

_ATTRIBUTES = {"a": "href", "img": "src"}


def becomes_link(text: str, target: str) -> bool:
    """Whether a target that looks like one in Markdown is one on the page, with either engine.

    In a comment, in code, or with its bracket escaped, it is only text.
    """
    return _as_compared(target) in _find_targets(text)


@lru_cache(maxsize=100)
def _find_targets(text: str) -> frozenset[str]:
    collector = _Collector()
    for html in convert_both_ways(text):
        collector.feed(html)
        collector.close()
        collector.reset()
    return frozenset(map(_as_compared, collector.targets))


def _as_compared(target: str) -> str:
    """A target without escapes, of which HTML and Markdown write the same one differently."""
    return unquote(unescape(target)).replace("\\", "")


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = _ATTRIBUTES.get(tag)
        self.targets.update(value for name, value in attrs if name == wanted and value)
