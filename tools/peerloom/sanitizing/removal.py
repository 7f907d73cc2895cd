"""What cleaning removes from a page."""

from typing import NamedTuple


class Removal(NamedTuple):
    """Something that cleaning removes: an element, or an attribute of an element that stays.

    `attribute` is None for an element. `value` is the attribute's, a single class for `class`.
    """

    tag: str
    attribute: str | None = None
    value: str = ""
