"""Ids from what people and things are called."""

import re
import unicodedata

from anyascii import anyascii

from peerloom.filenames import is_device

_LONGEST_ID = 76  # of 80, so that a clash can add a number
# A check-in's path holds the ids of a cohort, a pair and a person, and must not grow too long.
LONGEST_PERSONS_ID = 56


def in_ascii(text: str) -> str:
    """A text of any script in ASCII, letter by letter, roughly as it sounds."""
    return anyascii(text)


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """An id from a name in any script; empty where no letter is in it. It is no device's name."""
    letters = "".join(c for c in text if unicodedata.category(c)[0] in "LMNPZC" or c in "+<=>|~^`")
    plain = anyascii(re.sub("[’'ʼ`´]", "", letters)).lower().replace("`", "").replace("'", "")
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    cut = words[:longest].rstrip("-")
    return f"{cut}-1" if is_device(cut) else cut
