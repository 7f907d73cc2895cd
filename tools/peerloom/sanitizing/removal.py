"""What cleaning removes from a page."""

import re
from typing import NamedTuple

_OTHER_SITE = re.compile(r"\s*(?:https?:|mailto:|[/\\]{2})", re.IGNORECASE)


class Removal(NamedTuple):
    """Something that cleaning removes: an element, or an attribute of an element that stays.

    `attribute` is None for an element. `value` is the attribute's, a single class for `class`.
    """

    tag: str
    attribute: str | None = None
    value: str = ""

    @property
    def is_link_to_other_site(self) -> bool:
        """Whether it is an address of a site or a mailbox, and none that could run code."""
        return self.attribute == "href" and bool(_OTHER_SITE.match(self.value))
