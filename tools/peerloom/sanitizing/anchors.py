"""The anchors of a page: the names in it to which a link with `#` can lead."""

import re
from html import unescape

from peerloom.sanitizing.converting import convert_both_ways

_ANCHOR = re.compile(r"<[a-z][^<>]*?\s(?:id|name)=\"([^\"<>]{1,500})\"", re.IGNORECASE)


def find_anchors(text: str) -> frozenset[str]:
    """Return the anchors of a page of this Markdown, made by the code that makes those of a site.

    Headings have those of Python-Markdown's `toc`, which both engines use; footnotes, and whatever
    is given an id in Markdown or HTML, have theirs. An anchor of either engine counts.
    """
    return frozenset(
        unescape(match[1]) for html in convert_both_ways(text) for match in _ANCHOR.finditer(html)
    )
