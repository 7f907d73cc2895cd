"""What cleaning removes from a page, whichever engine and extensions the site is built with."""

from collections import Counter

from peerloom.sanitizing.cleaning import find_removals
from peerloom.sanitizing.converting import convert_both_ways
from peerloom.sanitizing.removal import Removal


def find_page_removals(text: str) -> tuple[Removal, ...]:
    """Return what cleaning would remove from a page of this Markdown, in the order it is found."""
    found: Counter[Removal] = Counter()
    for html in convert_both_ways(text):
        found |= Counter(find_removals(html))
    return tuple(found.elements())
