"""Cleans HTML by an allowlist; the only module that uses nh3."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import nh3

from peerloom.sanitizing import allowlist
from peerloom.sanitizing.removal import Removal


def clean_html(html: str) -> str:
    """Return HTML with nothing but what the allowlist names; the text of removed elements stays."""
    return allowlist.remove_loose_fields(_make_cleaner().clean(html))


@cache
def _make_cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(allowlist.ELEMENTS),
        clean_content_tags=set(allowlist.DROPPED_WITH_CONTENT),
        attributes=allowlist.ATTRIBUTES,
        attribute_filter=allowlist.allowed_value,
        url_schemes=set(allowlist.SCHEMES),
        link_rel=None,
    )


def find_removals(html: str) -> tuple[Removal, ...]:
    """Return what cleaning removes from HTML, in the HTML's order, without comments.

    Elements and attributes are counted after cleaning; those of the HTML that exceed the count
    were removed. Of several equal ones, the last are reported.
    """
    left = Counter(part for element in _list_elements(clean_html(html)) for part in element)
    found = []
    for element, *attributes in _list_elements(html):
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


def _list_elements(html: str) -> Iterator[list[Removal]]:
    """Yield for each element the element itself, then each of its attributes, class by class."""
    reader = _ElementLister()
    reader.feed(html)
    reader.close()
    return iter(reader.elements)


class _ElementLister(HTMLParser):
    """Notes every element that begins."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[list[Removal]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parts = [Removal(tag)]
        for name, value in dict(reversed(attrs)).items():  # of two equal names, the first counts
            values = (value or "").split() if name == "class" else [value or ""]
            parts += [Removal(tag, name, word) for word in values]
        self.elements.append(parts)
