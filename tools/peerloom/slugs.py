"""Ids from what people and things are called."""

import re
import unicodedata

from anyascii import anyascii

_LONGEST_ID = 76  # of 80, so that a clash can add a number
_UNUSABLE = frozenset(
    {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
)


def in_ascii(text: str) -> str:
    """A text of any script in ASCII, letter by letter, roughly as it sounds."""
    return anyascii(text)


def slug(text: str) -> str:
    """An id from a name in any script, at most 76 characters; empty where no letter is in it."""
    letters = "".join(c for c in text if unicodedata.category(c)[0] in "LMNPZC" or c in "+<=>|~^`")
    plain = anyascii(re.sub("[’'ʼ`´]", "", letters)).lower().replace("`", "").replace("'", "")
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    cut = words[:_LONGEST_ID].rstrip("-")
    return f"{cut}-1" if cut in _UNUSABLE else cut
