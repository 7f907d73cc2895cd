"""HTML that people's Markdown became, cleaned by an allowlist; the only module that knows nh3."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import nh3

from peerloom.sanitizing import allowlist
from peerloom.sanitizing.loss import Loss


def clean(html: str) -> str:
    """The HTML with nothing in it but what the allowlist names; what it says stays to be read."""
    return allowlist.without_loose_fields(_cleaner().clean(html))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(allowlist.ELEMENTS),
        clean_content_tags=set(allowlist.DROPPED_WITH_CONTENT),
        attributes=allowlist.ATTRIBUTES,
        attribute_filter=allowlist.kept_value,
        url_schemes=set(allowlist.SCHEMES),
        link_rel=None,
    )


def losses(html: str) -> tuple[Loss, ...]:
    """What cleaning takes out of the HTML, in its order; comments are no loss."""
    left = Counter(part for element in _elements(clean(html)) for part in element)
    found = []
    for element, *attributes in _elements(html):
        if not left[element]:
            found.append(element)
            continue
        left[element] -= 1
        for attribute in attributes:
            if left[attribute]:
                left[attribute] -= 1
            else:
                found.append(attribute)
    return tuple(found)


def _elements(html: str) -> Iterator[list[Loss]]:
    """For each element the element itself, then each of its attributes, class by class."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return iter(reader.elements)


class _Reader(HTMLParser):
    """Notes every element that begins."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[list[Loss]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parts = [Loss(tag)]
        for name, value in dict(reversed(attrs)).items():  # of two alike the first counts
            values = (value or "").split() if name == "class" else [value or ""]
            parts += [Loss(tag, name, word) for word in values]
        self.elements.append(parts)
