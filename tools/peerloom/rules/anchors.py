"""Links to a part of a page, with `#`.

Whether its page has such a part is no rule of `RULES`: that is known only when it is rendered.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from peerloom.model import Page, TrainingModule
from peerloom.records import Program
from peerloom.rules.written_pages import (
    find_html_links,
    find_links,
    list_written_texts,
    resolve_link,
)

ANCHOR_RULES = {
    "links-lead-to-anchors": (
        "A link to a part of a page leads to a heading or a name that the page has."
    )
}

# To these, browsers scroll by themselves.
_TOP = frozenset({"", "top"})


class AnchorLink(NamedTuple):
    """A link in a text that somebody wrote, to an anchor on a page of the site."""

    record: Page | TrainingModule
    written: str
    offset: int
    page: str
    anchor: str


def list_anchor_links(program: Program) -> Iterator[AnchorLink]:
    """Yield each link to an anchor, whether there is such a page or not.

    Of links in HTML, which engines leave as they are, only those within a page are looked at.
    """
    for record, path in list_written_texts(program):
        in_html = find_html_links(record.text)
        own_parts = (each for each in in_html if each[0].startswith("#"))
        for link, offset in chain(find_links(record.text), own_parts):
            resolved = resolve_link(path, link)
            if resolved is None or resolved[1] in _TOP or resolved[1].startswith(":~:"):
                continue
            yield AnchorLink(record, link, offset, *resolved)
