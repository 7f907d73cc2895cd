"""What a page loses when it is cleaned."""

from typing import NamedTuple


class Loss(NamedTuple):
    """Something that cleaning takes out: an element, or one attribute of an element that stays."""

    tag: str
    attribute: str | None = None
    value: str = ""
